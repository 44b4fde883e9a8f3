/**
 * Numbers that take over from other numbers (SIM swaps, burner phones): posterior of "b is the next number of a's user" against "b is new in a's circle"
 * and "b is a stranger", from shared contacts, the fall of a when b rises, handset, night place and whether the two ever called each other.
 * Contacts that swapped themselves are read as who they were, in rounds: a ring that changes all its phones in one night is still followed.
 * After Raghavan et al. 2007 and Hill, Agarwal, Bell & Volinsky 2006 (matching callers by their contacts), with the rival explanations written out.
 */
import { grouped } from '@ringmap/graph/grouped'
import { lowerBound } from '@ringmap/model/lower-bound'
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'
import { fallAt, rises, type Activity } from './activity-change.ts'
import { contactComparison, type ContactRows } from './contact-likelihood.ts'

/** Times are days since the start of the records, with fractions. */
export interface NumberRecords {
  readonly numbers: number
  /** Without those of services. */
  readonly contacts: ContactRows
  readonly activity: Activity
  /** Numbers that can be nobody's (services): never old or new. */
  readonly service?: Uint8Array
  /** Handset seen with a number; `handsets` counts their values. */
  readonly handsets?: { readonly count: number; readonly number: Uint32Array; readonly handset: Uint32Array }
  /** Place where a number is most at night, before and after; 0xffffffff unknown. */
  readonly nights?: Uint32Array
}

export interface SwapOptions {
  /** Days the old number may have been silent before the new one starts; default 3. */
  readonly gap_days?: number
  /** Least log likelihood ratio of the rise of a new number; default 4. */
  readonly rise?: number
  /** Share of rising numbers that replace another one, before looking; default 0.1. */
  readonly prior?: number
  /** Least posterior for a pair to be read as one user in the next round and to be returned; default 0.5. */
  readonly least?: number
  readonly signal?: StopSignal | undefined
}

export interface NumberSwap {
  readonly old: number
  readonly new: number
  /** Day on which the new number rises. */
  readonly day: number
  readonly posterior: number
  /** Numbers (of the time before the swap) that both were in contact with. */
  readonly common: readonly number[]
  /** Contacts of the new number, after its rise. */
  readonly contacts: number
  /** Common contacts that chance gives. */
  readonly expected: number
  /** Share of numbers that fell as sharply at that time. */
  readonly fall_share: number
  readonly same_handset: boolean
  readonly same_night_place: boolean
  readonly called_each_other: boolean
  /** Best rival: an old number that explains the new one second best, with its posterior; null where there is none. */
  readonly rival: { readonly old: number; readonly posterior: number } | null
}

const ROUNDS = 4
/** Posterior from which a swap speaks for those of its contacts. */
const SURE = 0.9
/** Numbers that the share of falls is estimated from. */
const SAMPLE = 4000
/** Likelihood of what is seen, when it is a swap, when the two are of one circle, when they are strangers. */
const SAME_HANDSET = { swap: 0.3, circle: 0.02 }
const SAME_NIGHT = { swap: 0.6, circle: 0.2 }
const CALLED = { swap: 0.02, circle: 0.5, stranger: 0.001 }
/** Each contact who changed numbers on the same day leaves this much of the doubt: phones of a ring are bought and thrown away together. */
const TOGETHER = 0.5
/** Of swaps, those whose old number falls. */
const FALLS = 0.9

/** Best first; no number is old twice or new twice. */
export function numberSwaps(records: NumberRecords, options: SwapOptions = {}): NumberSwap[] {
  const { gap_days: gap = 3, rise: leastRise = 4, prior = 0.1, least = 0.5 } = options
  const { numbers, activity, service, contacts: rows } = records
  const rise = rises(activity)
  const rising = Array.from(rise.ratio.keys()).filter((v) => rise.ratio[v] >= leastRise && service?.[v] !== 1)
  const falls = fallShares(activity, gap)
  const handsets = records.handsets === undefined ? null : handsetRows(records.handsets, numbers)
  const who = Uint32Array.from({ length: numbers }, (_, v) => v)
  const after = new Map<number, number[]>()
  const likelihoods = contactComparison(rows, who, after)
  let found: NumberSwap[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const candidates: NumberSwap[] = []
    for (const b of rising) {
      stopIfAsked(options.signal)
      candidates.push(...explanations(b, rise.day[b]))
    }
    const chosen = oneToOne(candidates, least)
    const same = chosen.length === found.length && chosen.every((one, i) => one.old === found[i].old && one.new === found[i].new)
    found = chosen
    if (same) break
    readAs(who, after, found)
  }
  return found

  function explanations(b: number, day: number): NumberSwap[] {
    const likely = likelihoods(b, day)
    const own = 1 - (1 - prior) * TOGETHER ** changedWith(rows, found, b, day)
    let none = (1 - own) * 0.5
    const scored: { swap: NumberSwap; weight: number }[] = []
    for (const one of likely.candidates) {
      const { a } = one
      const handset = handsets === null ? null : sharedHandset(handsets, a, b)
      const night = records.nights === undefined || records.nights[a] === 0xffffffff || records.nights[b] === 0xffffffff ? null : records.nights[a] === records.nights[b]
      const factor = (kind: 'swap' | 'circle'): number =>
        (handset === null ? 1 : handset ? SAME_HANDSET[kind] : 1 - SAME_HANDSET[kind]) *
        (night === null ? 1 : night ? SAME_NIGHT[kind] : 1 - SAME_NIGHT[kind]) * (one.called ? CALLED[kind] : 1 - CALLED[kind])
      // Against a stranger: how rare it is to share that handset, to be at one place at night, to call.
      const strange = (handset === true ? Math.min(1, 2 / numbers) : 1) * (one.called ? CALLED.stranger : 1)
      const share = falls(a, day)
      // Half of the newcomers to a circle come by chance, half in the place of one who left: the fall of the old number is no proof against those.
      none += ((1 - own) * 0.25 * (1 + (share === null ? 0 : FALLS / share)) * Math.exp(one.circle) * factor('circle')) / strange / numbers
      if (share === null) continue
      const weight = (own * FALLS * Math.exp(one.swap) * factor('swap')) / strange / share / numbers
      scored.push({
        weight,
        swap: {
          old: a, new: b, day, posterior: 0, common: one.common, contacts: likely.contacts, expected: one.expected, fall_share: share,
          same_handset: handset === true, same_night_place: night === true, called_each_other: one.called, rival: null,
        },
      })
    }
    const total = none + scored.reduce((sum, { weight }) => sum + weight, 0)
    scored.sort((x, y) => y.weight - x.weight || x.swap.old - y.swap.old)
    return scored.slice(0, 3).map(({ swap, weight }, i) => {
      const rival = scored[i === 0 ? 1 : 0]
      return { ...swap, posterior: weight / total, rival: rival === undefined ? null : { old: rival.swap.old, posterior: rival.weight / total } }
    })
  }
}

/** Each number once as old and once as new, by posterior. */
function oneToOne(candidates: readonly NumberSwap[], least: number): NumberSwap[] {
  const olds = new Set<number>()
  const news = new Set<number>()
  const chosen: NumberSwap[] = []
  for (const one of candidates.toSorted((x, y) => y.posterior - x.posterior || x.new - y.new || x.old - y.old)) {
    if (one.posterior < least || olds.has(one.old) || news.has(one.new)) continue
    // A chain of swaps runs forward in time.
    olds.add(one.old)
    news.add(one.new)
    chosen.push(one)
  }
  return chosen
}

/** Contacts of b that are themselves new numbers of known users since the same day, give or take one. */
function changedWith(rows: ContactRows, found: readonly NumberSwap[], b: number, day: number): number {
  const changed = new Set(found.filter((one) => one.posterior >= SURE && Math.abs(one.day - day) <= 1).map((one) => one.new))
  let count = 0
  for (let i = rows.offsets[b]; i < rows.offsets[b + 1]; i++) if (changed.has(rows.contact[i])) count++
  return count
}

/** Writes the oldest number of each user into `who`, and all his numbers into `after`. */
function readAs(who: Uint32Array, after: Map<number, number[]>, found: readonly NumberSwap[]): void {
  const before = new Map(found.map((one) => [one.new, one.old]))
  for (let v = 0; v < who.length; v++) who[v] = v
  after.clear()
  for (const start of before.keys()) {
    let root = start
    const seen = new Set<number>()
    while (before.has(root) && !seen.has(root)) {
      seen.add(root)
      root = before.get(root) as number
    }
    who[start] = root
    after.set(root, [...(after.get(root) ?? []), start].sort((x, y) => x - y))
  }
}

/** Of a sample of numbers, the share that fell at least as sharply around a day; null where the number did not fall. */
function fallShares(activity: Activity, gap: number): (number: number, day: number) => number | null {
  const numbers = activity.offsets.length - 1
  const stride = Math.max(1, Math.floor(numbers / SAMPLE))
  const known = new Map<number, Float64Array>()
  const fall = (number: number, day: number): number => {
    let most = 0
    for (let at = Math.max(1, day - gap); at <= Math.min(day + 1, activity.days - 1); at++) most = Math.max(most, fallAt(activity, number, at))
    return most
  }
  return (number, day) => {
    const own = fall(number, day)
    if (own <= 0.5) return null
    let sample = known.get(day)
    if (sample === undefined) {
      const drawn: number[] = []
      for (let v = 0; v < numbers; v += stride) drawn.push(fall(v, day))
      sample = Float64Array.from(drawn).sort()
      known.set(day, sample)
    }
    return (sample.length - lowerBound(sample, own) + 1) / (sample.length + 1)
  }
}

function handsetRows(given: NonNullable<NumberRecords['handsets']>, numbers: number): { offsets: Uint32Array; handset: Uint32Array; users: Uint32Array } {
  const { offsets, items } = grouped(given.number, numbers)
  const users = new Uint32Array(given.count)
  for (const handset of given.handset) users[handset]++
  return { offsets, handset: Uint32Array.from(items, (i) => given.handset[i]), users }
}

/** Null where either number's handset is unknown. A handset that many numbers use (a tester, a call shop) says nothing. */
function sharedHandset(rows: { readonly offsets: Uint32Array; readonly handset: Uint32Array; readonly users: Uint32Array }, a: number, b: number): boolean | null {
  const of = (v: number): Uint32Array => rows.handset.subarray(rows.offsets[v], rows.offsets[v + 1]).filter((handset) => rows.users[handset] <= 6)
  const [one, other] = [of(a), of(b)]
  return one.length === 0 || other.length === 0 ? null : one.some((handset) => other.includes(handset))
}
