/** What a reader sets once for this machine: language, colours and whether single keys act. Nothing of a case is kept here. */
import { setState } from './state.ts'
import type { Scheme } from './theme.ts'
import { fontsOf, setLanguage, startLanguage, type Language } from './words/language.ts'

const KEEP_SCHEME = 'ringmap-colours'
const KEEP_KEYS = 'ringmap-single-keys'

/** Called once, before anything is drawn. */
export async function takePreferences(): Promise<void> {
  const kept = localStorage.getItem(KEEP_SCHEME)
  const language = startLanguage()
  setState({ language, scheme: kept === 'light' || kept === 'dark' ? kept : 'auto', singleKeys: localStorage.getItem(KEEP_KEYS) !== 'off' })
  await fontsOf(language)
}

export async function chooseLanguage(language: Language): Promise<void> {
  await fontsOf(language)
  setLanguage(language)
  setState({ language })
}

/** People who dictate, or touch keys by chance, switch them off. */
export function chooseSingleKeys(on: boolean): void {
  localStorage.setItem(KEEP_KEYS, on ? 'on' : 'off')
  setState({ singleKeys: on })
}

export function chooseScheme(scheme: Scheme): void {
  localStorage.setItem(KEEP_SCHEME, scheme)
  setState({ scheme })
}
