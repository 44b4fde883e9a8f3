/** How alike two texts are: Jaro-Winkler and a bounded edit distance over UTF-16 code units held in one typed array, without allocation. */
import { buffer } from './shared-arrays.ts'

/** Texts of a dictionary in one array: text i is `units[offsets[i]..offsets[i + 1])`. */
export interface TextPool {
  readonly units: Uint16Array
  readonly offsets: Uint32Array
  /** Bits of the word that begins at a place of `units`: the rarer, the more; null where words are not weighed. */
  readonly weights?: Float32Array | null
}

/** Longest text compared; what lies beyond it is not looked at. */
export const LONGEST = 64

/** Jaro's value from which a common beginning counts. */
const BOOST_FROM = 0.7

const taken = new Uint8Array(LONGEST)
const matched = new Uint16Array(LONGEST)

/** @param shared whether the arrays are to be seen by worker threads. */
export function textPool(texts: readonly string[], shared = true): TextPool {
  let total = 0
  for (const text of texts) total += text.length
  const units = new Uint16Array(buffer(total * 2, shared))
  const offsets = new Uint32Array(buffer((texts.length + 1) * 4, shared))
  let at = 0
  texts.forEach((text, i) => {
    for (let k = 0; k < text.length; k++) units[at++] = text.charCodeAt(k)
    offsets[i + 1] = at
  })
  return { units, offsets }
}

/**
 * Jaro's similarity with Winkler's bonus for a common beginning (Winkler 1990): prefix of at most 4, scale 0.1, given above 0.7.
 *
 * @returns 0 to 1; 1 for equal texts.
 */
export function jaroWinkler(pool: TextPool, a: number, b: number): number {
  const { units, offsets } = pool
  const a0 = offsets[a] as number
  const b0 = offsets[b] as number
  const la = Math.min((offsets[a + 1] as number) - a0, LONGEST)
  const lb = Math.min((offsets[b + 1] as number) - b0, LONGEST)
  return jaroWinklerAt(units, a0, la, b0, lb)
}

/** The same over two stretches of the array, such as words of a text. */
export function jaroWinklerAt(units: Uint16Array, a0: number, la: number, b0: number, lb: number): number {
  if (la === 0 || lb === 0) return la === lb ? 1 : 0
  const reach = Math.max(0, (Math.max(la, lb) >> 1) - 1)
  for (let j = 0; j < lb; j++) taken[j] = 0
  let common = 0
  for (let i = 0; i < la; i++) {
    const unit = units[a0 + i]
    const end = Math.min(lb, i + reach + 1)
    for (let j = i > reach ? i - reach : 0; j < end; j++) {
      if (taken[j] === 0 && units[b0 + j] === unit) {
        taken[j] = 1
        matched[common++] = unit as number
        break
      }
    }
  }
  if (common === 0) return 0
  let turned = 0
  let k = 0
  for (let j = 0; j < lb; j++) {
    if (taken[j] === 0) continue
    if (units[b0 + j] !== matched[k]) turned++
    k++
  }
  const jaro = (common / la + common / lb + (common - (turned >> 1)) / common) / 3
  if (jaro <= BOOST_FROM) return jaro
  let prefix = 0
  const most = Math.min(4, la, lb)
  while (prefix < most && units[a0 + prefix] === units[b0 + prefix]) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

/** Whether two texts differ by one insertion, deletion, substitution or exchange of neighbours (Damerau 1964). Equal texts do too. */
export function withinOneEdit(pool: TextPool, a: number, b: number): boolean {
  const { units, offsets } = pool
  let a0 = offsets[a] as number
  let b0 = offsets[b] as number
  let la = (offsets[a + 1] as number) - a0
  let lb = (offsets[b + 1] as number) - b0
  if (la - lb > 1 || lb - la > 1) return false
  while (la > 0 && lb > 0 && units[a0] === units[b0]) { a0++; b0++; la--; lb-- }
  while (la > 0 && lb > 0 && units[a0 + la - 1] === units[b0 + lb - 1]) { la--; lb-- }
  if (la <= 1 && lb <= 1) return true
  return la === 2 && lb === 2 && units[a0] === units[b0 + 1] && units[a0 + 1] === units[b0]
}

/** Length of the common beginning. */
export function commonPrefix(pool: TextPool, a: number, b: number): number {
  const { units, offsets } = pool
  const a0 = offsets[a] as number
  const b0 = offsets[b] as number
  const most = Math.min((offsets[a + 1] as number) - a0, (offsets[b + 1] as number) - b0)
  let k = 0
  while (k < most && units[a0 + k] === units[b0 + k]) k++
  return k
}

/** Whether the shorter text begins the longer one, and how long it is: an initial has 1. Zero when it does not. */
export function beginning(pool: TextPool, a: number, b: number): number {
  const { offsets } = pool
  const shorter = Math.min((offsets[a + 1] as number) - (offsets[a] as number), (offsets[b + 1] as number) - (offsets[b] as number))
  return commonPrefix(pool, a, b) === shorter ? shorter : 0
}
