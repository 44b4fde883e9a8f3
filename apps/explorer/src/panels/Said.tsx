/** A sentence of the engine in the language of the screen, or marked as the English it is where its words are not known. */
import { capital } from '../words/terms.ts'

interface SaidProps {
  /** Null: not known in this language. */
  readonly words: string | null
  readonly english: string
  /** In the middle of a line: no capital. */
  readonly inside?: boolean
}

export function Said({ words, english, inside = false }: SaidProps) {
  const shown = (text: string): string => inside ? text : capital(text)
  return words === null ? <span lang="en" dir="ltr">{shown(english)}</span> : <span>{shown(words)}</span>
}
