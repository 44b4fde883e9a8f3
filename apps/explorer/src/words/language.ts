/** Which language the screen speaks: what was chosen before, else what the browser prefers, else English. */

export const LANGUAGES = ['en', 'hi', 'ur'] as const
export type Language = (typeof LANGUAGES)[number]

/** Each in its own words, as a reader of it looks for it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', hi: 'हिन्दी', ur: 'اردو' }

/** Numbers in lakh and crore with the digits of the records; months in the words of the language. */
export const NUMBER_LOCALES: Readonly<Record<Language, string>> = { en: 'en-IN', hi: 'hi-IN-u-nu-latn', ur: 'en-IN' }
export const DATE_LOCALES: Readonly<Record<Language, string>> = { en: 'en-IN', hi: 'hi-IN-u-nu-latn', ur: 'ur-IN-u-nu-latn' }

/** The font that brings the letters, and one of them to ask for. */
const FONTS: Readonly<Partial<Record<Language, readonly [string, string]>>> = { hi: ['Noto Sans Devanagari', 'म'], ur: ['Noto Naskh Arabic', 'م'] }

const KEEP = 'ringmap-language'
let chosen: Language = 'en'

export function currentLanguage(): Language {
  return chosen
}

export function direction(language: Language = chosen): 'ltr' | 'rtl' {
  return language === 'ur' ? 'rtl' : 'ltr'
}

/** Takes the language up and writes it on the page, for fonts, hyphens and readers of screens. @param keep remember it on this machine */
export function setLanguage(language: Language, keep = true): void {
  chosen = language
  if (typeof document === 'undefined') return
  document.documentElement.lang = language
  document.documentElement.dir = direction(language)
  if (keep) localStorage.setItem(KEEP, language)
}

/** @param preferred the browser's languages, best first. */
export function languageFor(kept: string | null, preferred: readonly string[]): Language {
  for (const one of [kept ?? '', ...preferred]) {
    const found = LANGUAGES.find((language) => one.toLowerCase().split('-')[0] === language)
    if (found !== undefined) return found
  }
  return 'en'
}

/** What was chosen on this machine before, else by the browser's own order. */
export function startLanguage(): Language {
  const language = languageFor(localStorage.getItem(KEEP), navigator.languages)
  setLanguage(language, false)
  return language
}

/** Waits for the letters of a language, so that nothing is drawn without them; a font that does not come is no reason to wait for ever. */
export async function fontsOf(language: Language): Promise<void> {
  const font = FONTS[language]
  if (font === undefined) return
  await Promise.all([400, 600].map(async (weight) => await document.fonts.load(`${weight} 14px "${font[0]}"`, font[1]).catch(() => [])))
}
