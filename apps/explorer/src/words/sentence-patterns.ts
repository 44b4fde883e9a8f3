/** Finds out which known English sentence a text is, and says it in Hindi or Urdu with what stood in its slots. */
import { isolated } from './isolated.ts'
import type { Language } from './language.ts'

/** English with numbered slots, Hindi, Urdu. */
export type Sentence = readonly [string, string, string]
export type Told = Exclude<Language, 'en'>

export interface Pattern {
  readonly shape: RegExp
  readonly slots: readonly number[]
  readonly said: readonly [string, string]
}

/** @param slot what may stand in a slot. */
export function patternsOf(sentences: readonly Sentence[], slot = '(.+?)'): readonly Pattern[] {
  return sentences.map(([english, ...said]) => {
    const slots = [...english.matchAll(/\{(\d)\}/g)].map(([, n]) => Number(n))
    const shape = english.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replace(/^\{\d\}(?= (?:of|persons?|people|links?|contacts?|times|payments|others?|more)\b)/, String.raw`([\d,]+)`).replaceAll(/\{\d\}/g, () => slot)
    return { shape: new RegExp(`^${shape}$`, 'u'), slots, said }
  })
}

/** @param slot what is said for what stood in a slot. @returns null where no sentence fits. */
export function saidBy(patterns: readonly Pattern[], text: string, language: Told, slot: (text: string) => string = (same) => same): string | null {
  const place = language === 'hi' ? 0 : 1
  for (const { shape, slots, said } of patterns) {
    const match = shape.exec(text)
    if (match === null) continue
    const words = new Map(slots.map((at, i) => [at, inside(slot(match[i + 1] ?? ''), place)]))
    return said[place].replaceAll(/\{(\d)\}/g, (_, at: string) => words.get(Number(at)) ?? '')
  }
  return null
}

/** Small words inside slots. */
const INSIDE: readonly (readonly [RegExp, string, string])[] = [
  [/\bunknown user of ([^\s,]+)/g, '$1 का अज्ञात उपयोगकर्ता', '$1 کا نامعلوم صارف'],
  [/\bRing (\d+)/g, 'गिरोह $1', 'گروہ $1'], [/\bGroup (\d+)/g, 'समूह $1', 'مجموعہ $1'], [/ and /g, ' और ', ' اور '], [/\bthe network\b/g, 'जाल', 'جال'],
]

function inside(text: string, place: 0 | 1): string {
  const said = INSIDE.reduce((now, [shape, ...words]) => now.replaceAll(shape, words[place]), text)
  return place === 1 && /\p{Script=Latin}/u.test(said) ? isolated(said) : said
}
