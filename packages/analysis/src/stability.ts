/** How far a rank can be trusted: its range when some of the evidence is wrong or was never recorded. */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { seeded, type Random } from '@ringmap/model/random'
import { grown } from './grown.ts'
import { joinedDoubles, type Doubles } from './joined-doubles.ts'
import { ranksOf, type Direction } from './ranking.ts'
import { splitMerged, type MergedNode } from './split-merged.ts'
import { thinned, withTies } from './thinned.ts'

export interface StabilityOptions extends WorkOptions {
  readonly direction: Direction
  /** Default 40. */
  readonly copies?: number
  /** Probability that a tie is missing from a copy; default 0.2. */
  readonly thinned?: number
  /** Probability that a person is missing from a copy with all ties; default a quarter of `thinned`. */
  readonly people?: number
  /** How a copy loses ties, where more is known of them than one probability; default each alike. */
  readonly thin?: ((copy: number) => Csr) | undefined
  /** Nodes that may be one person: joined in a copy with their probability. Default none. */
  readonly doubles?: Doubles | undefined
  /** Nodes that may be several persons: each of their joins holds in a copy with its probability. Default none. */
  readonly merged?: readonly MergedNode[] | undefined
  readonly seed: number
}

export interface RankIntervals {
  /** 2.5th and 97.5th percentile (nearest rank) of each node's rank over the copies in which it has a tie; 0 for those who are not eligible. */
  readonly low: Uint32Array
  readonly high: Uint32Array
  /** Share of those copies in which the node is among the first ten. */
  readonly first_ten: Float64Array
  /** Mean share of the first `top` (of the whole network's order) that are among the first `top` of a copy; NaN with nobody eligible. */
  readonly top_overlap: number
  /** Ten, or a third of those who are ranked where they are fewer than thirty, at least three. */
  readonly top: number
}

/** Under this mean share of the first ten that stay, an order is called not stable. */
export const STABLE_OVERLAP = 0.6

/**
 * Runs `measure` on copies of the network. Copies with even numbers lose ties and people: what is recorded may be wrong. Copies with odd numbers gain
 * ties (see `grown`): what was not recorded may be there. Thinning alone sends people down and never up, and its intervals miss the true rank of those who stand low
 * too often; with both, at least nine in ten hold it on planted rings and on the labelled networks (docs/method.md). Copies know less than the world:
 * the middle 95 % of them is what holds nine in ten.
 *
 * A person is in the network because ties of his were recorded, so copies where he has none say nothing of his rank. Copy i has a stream of random numbers of its own: the first
 * copies are the same however many are made.
 */
export function rankIntervals(csr: Csr, measure: (copy: Csr) => Float64Array, eligible: Uint8Array | null, options: StabilityOptions): RankIntervals {
  const copies = options.copies ?? 40
  const tally = rankTally(csr, measure(csr), eligible, { direction: options.direction, copies })
  for (let i = 0; i < copies; i++) {
    stopIfAsked(options.signal)
    options.progress?.('stability', i, copies)
    const copy = copyOf(csr, i, options)
    tally.add(i, copy, measure(copy))
  }
  options.progress?.('stability', copies, copies)
  return tally.intervals()
}

/** Ranks of all copies as they come. */
export interface RankTally {
  /** Copy `i` and the values in it, of which those of people who were split off in it stand behind. */
  readonly add: (i: number, copy: Csr, values: Float64Array) => void
  /** Once every copy is there. */
  readonly intervals: () => RankIntervals
}

export function rankTally(csr: Csr, value: Float64Array, eligible: Uint8Array | null, { direction, copies }: { readonly direction: Direction; readonly copies: number }): RankTally {
  const ranks = new Uint32Array(copies * csr.nodes)
  const whole = ranksOf(value, eligible, direction)
  const top = topOf(whole)
  const overlap = new Float64Array(copies)
  const add = (i: number, copy: Csr, found: Float64Array): void => {
    // Whoever was split off in the copy stands behind those of the network, and has no rank.
    const values = found.slice(0, csr.nodes)
    const lost = withoutTies(copy)
    for (let v = 0; v < csr.nodes; v++) if (lost[v] !== 0) values[v] = Number.NaN
    const inCopy = ranksOf(values, eligible, direction)
    overlap[i] = shareOfTop(whole, inCopy, top)
    let ranked = 0
    let seen = 0
    for (let v = 0; v < csr.nodes; v++) {
      if (inCopy[v] === 0) continue
      ranked++
      if (lost[v] === 0) seen++
    }
    // Whoever is lost in the copy would stand somewhere: a place among those seen is one as far along among all.
    for (let v = 0; v < csr.nodes; v++) ranks[i * csr.nodes + v] = lost[v] === 0 && inCopy[v] > 0 ? 1 + Math.round(((inCopy[v] - 1) * (ranked - 1)) / Math.max(1, seen - 1)) : 0
  }
  return { add, intervals: () => ({ ...percentiles(ranks, whole, copies), top_overlap: copies === 0 ? Number.NaN : overlap.reduce((sum, one) => sum + one, 0) / copies, top }) }
}

/** The copy of one number: see `rankIntervals`. */
export function copyOf(csr: Csr, number: number, options: Pick<StabilityOptions, 'seed' | 'thinned' | 'people' | 'thin' | 'doubles' | 'merged'>): Csr {
  const share = options.thinned ?? 0.2
  const random = streamOf(options.seed, number)
  const changed = number % 2 === 1 ? grown(csr, { share }, random) : withoutPeople(options.thin === undefined ? thinned(csr, share, random) : options.thin(number), options.people ?? share / 4, random)
  const copy = options.merged === undefined ? changed : splitMerged(changed, options.merged, streamOf(options.seed ^ 0x1b873593, number))
  return options.doubles === undefined ? copy : joinedDoubles(copy, options.doubles, streamOf(options.seed ^ 0x5bd1e995, number))
}

function streamOf(seed: number, number: number): Random {
  return seeded(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b))
}

/** Each person loses all ties with probability `share`. */
function withoutPeople(csr: Csr, share: number, random: Random): Csr {
  const gone = new Uint8Array(csr.nodes)
  for (let v = 0; v < csr.nodes; v++) if (random() < share) gone[v] = 1
  const kept = new Uint8Array(csr.tie_count).fill(1)
  for (let v = 0; v < csr.nodes; v++)
    for (let arc = csr.offsets[v]; arc < csr.offsets[v + 1]; arc++) if (gone[v] === 1 || gone[csr.targets[arc]] === 1) kept[csr.ties[arc]] = 0
  return withTies(csr, kept)
}

function withoutTies(csr: Csr): Uint8Array {
  const lost = new Uint8Array(csr.nodes).fill(1)
  for (let v = 0; v < csr.nodes; v++) if (csr.offsets[v + 1] > csr.offsets[v]) lost[v] = 0
  if (csr.directed) for (const u of csr.targets) lost[u] = 0
  return lost
}

function topOf(ranks: Uint32Array): number {
  let ranked = 0
  for (const rank of ranks) if (rank > 0) ranked++
  return Math.min(10, Math.max(3, Math.floor(ranked / 3)))
}

function shareOfTop(before: Uint32Array, after: Uint32Array, k: number): number {
  let first = 0
  let kept = 0
  for (let v = 0; v < before.length; v++) {
    if (before[v] === 0 || before[v] > k) continue
    first++
    if (after[v] <= k) kept++
  }
  return kept / first
}

/** Who has no tie in any copy keeps the rank of the whole network. */
function percentiles(ranks: Uint32Array, whole: Uint32Array, copies: number): Pick<RankIntervals, 'low' | 'high' | 'first_ten'> {
  const low = whole.slice()
  const high = whole.slice()
  const firstTen = new Float64Array(whole.length)
  const own = new Uint32Array(copies)
  for (let v = 0; v < whole.length; v++) {
    let seen = 0
    let first = 0
    for (let i = 0; i < copies; i++) {
      const rank = ranks[i * whole.length + v]
      if (rank === 0) continue
      own[seen++] = rank
      if (rank <= 10) first++
    }
    firstTen[v] = seen === 0 ? (whole[v] > 0 && whole[v] <= 10 ? 1 : 0) : first / seen
    if (seen === 0) continue
    const sorted = own.subarray(0, seen).sort()
    low[v] = sorted[Math.ceil(seen * 0.025) - 1]
    high[v] = sorted[Math.ceil(seen * 0.975) - 1]
  }
  return { low, high, first_ten: firstTen }
}
