/** A name or number inside a sentence of the other direction. */

/** Kept apart from the text around it, whichever way it runs (U+2068 … U+2069). */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`
}
