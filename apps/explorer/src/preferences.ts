/** What a reader sets once for this machine: language and colours. Nothing of a case is kept here. */
import { setState } from './state.ts'
import { fontsOf, setLanguage, startLanguage, type Language } from './words/language.ts'

/** `auto`: as the system says. */
export type Scheme = 'light' | 'dark' | 'auto'

const KEEP_SCHEME = 'ringmap-colours'

/** Called once, before anything is drawn. */
export async function takePreferences(): Promise<void> {
  const kept = localStorage.getItem(KEEP_SCHEME)
  const language = startLanguage()
  setState({ language, scheme: kept === 'light' || kept === 'dark' ? kept : 'auto' })
  await fontsOf(language)
}

export async function chooseLanguage(language: Language): Promise<void> {
  await fontsOf(language)
  setLanguage(language)
  setState({ language })
}

export function chooseScheme(scheme: Scheme): void {
  localStorage.setItem(KEEP_SCHEME, scheme)
  setState({ scheme })
}
