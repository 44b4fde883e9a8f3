/** Text that came from case data, made safe to show: no direction tricks, no control characters, no endless lines. */

/** Bidi overrides and embeddings, isolates, zero-width marks and control characters: they can make one name look like another. */
const TRICKS = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

export function plainLabel(text: string): string {
  return text.replaceAll(TRICKS, ' ').replaceAll(/\s+/g, ' ').trim()
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

/** Kept apart from the text around it, whichever way it runs (U+2068 … U+2069). */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`
}
