/** The search for leaks: whether a protected value can be found in a file, in any form and any reading. */
import { channelsOf } from './canary-channels.ts'
import { needlesOf, type CanaryForm, type Needle } from './canary-forms.ts'
import { foldedText } from './fold-text.ts'

export interface CanaryHit {
  readonly canary: string
  readonly form: CanaryForm
  /** File, with the path through containers. */
  readonly file: string
  /** How the bytes were read when it was found. */
  readonly reading: string
}

/** Every canary with the forms and readings in which it was found, each once; empty when the file is clean. */
export function scanForCanaries(bytes: Uint8Array, name: string, canaries: readonly string[]): CanaryHit[] {
  const needles = [...new Set(canaries)].flatMap(needlesOf)
  const hits = new Map<string, CanaryHit>()
  for (const { file, reading, text } of channelsOf(bytes, name)) {
    const readings: Readonly<Record<Needle['in'], string>> = { exact: text, lower: text.toLowerCase().normalize('NFC'), folded: foldedText(text) }
    for (const needle of needles) {
      const key = JSON.stringify([needle.canary, needle.form, file, reading])
      if (!hits.has(key) && readings[needle.in].includes(needle.text)) hits.set(key, { canary: needle.canary, form: needle.form, file, reading })
    }
  }
  return [...hits.values()]
}
