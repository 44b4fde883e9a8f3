/** Text that came from case data, made safe to show: no direction tricks, no control characters, no endless lines. */
import { currentLanguage } from './language.ts'
import { say } from './say.ts'

/** Bidi overrides and embeddings, isolates, zero-width marks and control characters: they can make one name look like another. */
const TRICKS = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/** Name that the engine gives to whoever uses a number that nobody is known for. */
const UNKNOWN_USER = /^unknown user of (.+)$/

export function plainLabel(text: string): string {
  const plain = text.replaceAll(TRICKS, ' ').replaceAll(/\s+/g, ' ').trim()
  const thing = currentLanguage() === 'en' ? undefined : UNKNOWN_USER.exec(plain)?.[1]
  return thing === undefined ? plain : say('label.unknown-user', { thing })
}

/** At most `most` characters as a reader counts them, the last one an ellipsis where something was cut. */
export function shortened(text: string, most: number): string {
  const plain = plainLabel(text.length > most * 12 ? text.slice(0, most * 12) : text)
  const letters: string[] = []
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(plain)) {
    letters.push(segment)
    if (letters.length > most) return `${letters.slice(0, most - 1).join('').trimEnd()}…`
  }
  return plain
}
