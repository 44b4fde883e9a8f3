/** The search for leaks: whether a protected value can be found in a file, in any form and any reading. */
import { channelsOf, readingsOfText, type Channel } from './canary-channels.ts'
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
  return hitsIn(channelsOf(bytes, name), canaries)
}

/** The same over a text that some program read out of a file. */
export function scanTextForCanaries(text: string, name: string, canaries: readonly string[]): CanaryHit[] {
  return hitsIn(readingsOfText(text, name), canaries)
}

function hitsIn(channels: Iterable<Channel>, canaries: readonly string[]): CanaryHit[] {
  const needles = [...new Set(canaries)].flatMap(needlesOf)
  const searches = (['exact', 'lower', 'folded'] as const).map((how) => ({ how, search: searchFor(needles.filter((needle) => needle.in === how)) }))
  const hits = new Map<string, CanaryHit>()
  for (const { file, reading, text } of channels) {
    for (const { how, search } of searches) {
      for (const { canary, form } of search(readAs(how, text))) {
        const key = JSON.stringify([canary, form, file, reading])
        if (!hits.has(key)) hits.set(key, { canary, form, file, reading })
      }
    }
  }
  return [...hits.values()]
}

function readAs(how: Needle['in'], text: string): string {
  return how === 'exact' ? text : how === 'lower' ? text.toLowerCase().normalize('NFC') : foldedText(text)
}

const KEY_BITS = 14
/** Where three characters hash to; needles that are shorter are looked for one by one. */
const KEY_LENGTH = 3

/** One pass over the text for all needles: the hash of the next three characters says which needles may begin here. */
function searchFor(needles: readonly Needle[]): (text: string) => Set<Needle> {
  const short = needles.filter(({ text }) => text.length < KEY_LENGTH)
  const starting = new Map<number, Needle[]>()
  const begins = new Uint8Array(1 << KEY_BITS)
  for (const needle of needles) {
    if (needle.text.length < KEY_LENGTH) continue
    const key = keyOf(needle.text.charCodeAt(0), needle.text.charCodeAt(1), needle.text.charCodeAt(2))
    begins[key] = 1
    const same = starting.get(key)
    if (same === undefined) starting.set(key, [needle])
    else same.push(needle)
  }
  return (text) => {
    const found = new Set(short.filter((needle) => text.includes(needle.text)))
    let a = text.charCodeAt(0)
    let b = text.charCodeAt(1)
    for (let at = 0; at + KEY_LENGTH <= text.length; at++) {
      const c = text.charCodeAt(at + 2)
      const key = keyOf(a, b, c)
      if (begins[key] === 1) for (const needle of starting.get(key) as Needle[]) if (!found.has(needle) && text.startsWith(needle.text, at)) found.add(needle)
      a = b
      b = c
    }
    return found
  }
}

function keyOf(a: number, b: number, c: number): number {
  return (Math.imul(a, 0x9e3b) ^ Math.imul(b, 0x85eb) ^ Math.imul(c, 0xc2b2)) & ((1 << KEY_BITS) - 1)
}
