/**
 * Key players (Borgatti 2006): the k people whose loss breaks most (fragmentation), or who together reach most (reach). Distance-weighted, as he proposes:
 *   fragmentation(S) = 1 - sum over ordered pairs i != j outside S of 1 / d(i,j) without S, divided by n' (n' - 1), n' = n - |S|
 *   reach(S) = sum over v of 1 / d(S, v), divided by n, members of S counting 1.
 * Greedy, then exchanges of one for another while they better it; all sets are tried where they are few, and the answer says which it was.
 */
import type { Csr } from '@ringmap/graph/csr'
import { invariant } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { undirected } from './undirected.ts'

export interface KeyPlayerOptions extends WorkOptions {
  /** How many. */
  readonly count: number
  /** 1 for whoever may be chosen; null: everyone. */
  readonly eligible?: Uint8Array | null
  /** All sets are tried up to so many; default 20,000. */
  readonly exact_up_to?: number
}

export interface KeyPlayers {
  /** Ascending. */
  readonly players: readonly number[]
  /** 0 to 1. */
  readonly score: number
  /** Whether all sets were tried, so that none is better. */
  readonly exact: boolean
}

type Score = (csr: Csr, players: readonly number[], scratch: Scratch) => number

export function keyPlayersByFragmentation(given: Csr, options: KeyPlayerOptions): KeyPlayers {
  return best(undirected(given), fragmentationWithout, options)
}

export function keyPlayersByReach(given: Csr, options: KeyPlayerOptions): KeyPlayers {
  return best(undirected(given), reachOf, options)
}

export function fragmentation(given: Csr, players: readonly number[]): number {
  const csr = undirected(given)
  return fragmentationWithout(csr, players, scratchFor(csr.nodes))
}

export function reach(given: Csr, players: readonly number[]): number {
  const csr = undirected(given)
  return reachOf(csr, players, scratchFor(csr.nodes))
}

function best(csr: Csr, score: Score, options: KeyPlayerOptions): KeyPlayers {
  const eligible: number[] = []
  for (let v = 0; v < csr.nodes; v++) if ((options.eligible ?? null) === null || options.eligible?.[v] === 1) eligible.push(v)
  invariant(options.count >= 0, 'a number of players')
  const count = Math.min(options.count, eligible.length)
  const scratch = scratchFor(csr.nodes)
  const sets = binomial(eligible.length, count)
  if (sets <= (options.exact_up_to ?? 20_000)) return { ...tryAll(csr, score, eligible, count, scratch, options), exact: true }
  return { ...greedy(csr, score, eligible, count, scratch, options), exact: false }
}

/** Rounding never decides: a set has to be better by a billionth. */
const BETTER = 1e-9

function tryAll(csr: Csr, score: Score, eligible: readonly number[], count: number, scratch: Scratch, options: WorkOptions): Omit<KeyPlayers, 'exact'> {
  const at = Array.from({ length: count }, (_, i) => i)
  let found: Omit<KeyPlayers, 'exact'> = { players: [], score: -1 }
  for (let tried = 0; ; tried++) {
    if ((tried & 255) === 0) stopIfAsked(options.signal)
    const players = at.map((i) => eligible[i])
    const value = score(csr, players, scratch)
    if (value > found.score + BETTER) found = { players, score: value }
    let i = count - 1
    while (i >= 0 && at[i] === eligible.length - count + i) i--
    if (i < 0) return found
    at[i]++
    for (let j = i + 1; j < count; j++) at[j] = at[j - 1] + 1
  }
}

function greedy(csr: Csr, score: Score, eligible: readonly number[], count: number, scratch: Scratch, options: WorkOptions): Omit<KeyPlayers, 'exact'> {
  let players: number[] = []
  let value = score(csr, players, scratch)
  const tryWith = (rest: readonly number[]): { player: number; value: number } => {
    let found = { player: -1, value: -1 }
    for (const v of eligible) {
      if (rest.includes(v)) continue
      stopIfAsked(options.signal)
      const here = score(csr, [...rest, v], scratch)
      if (here > found.value + BETTER) found = { player: v, value: here }
    }
    return found
  }
  while (players.length < count) {
    options.progress?.('key players', players.length, count)
    const next = tryWith(players)
    players = [...players, next.player]
    value = next.value
  }
  for (let again = true; again; ) {
    again = false
    for (const leaving of players) {
      const rest = players.filter((v) => v !== leaving)
      const next = tryWith(rest)
      if (next.value <= value + BETTER) continue
      players = [...rest, next.player]
      value = next.value
      again = true
      break
    }
  }
  return { players: players.toSorted((a, b) => a - b), score: value }
}

interface Scratch {
  readonly out: Uint8Array
  readonly met: Uint32Array
  readonly queue: Uint32Array
  /** Of the last search. */
  mark: number
}

function scratchFor(nodes: number): Scratch {
  return { out: new Uint8Array(nodes), met: new Uint32Array(nodes), queue: new Uint32Array(nodes), mark: 0 }
}

function fragmentationWithout(csr: Csr, players: readonly number[], scratch: Scratch): number {
  const left = csr.nodes - players.length
  if (left < 2) return 0
  for (const v of players) scratch.out[v] = 1
  let sum = 0
  for (let v = 0; v < csr.nodes; v++) if (scratch.out[v] === 0) sum += nearness(csr, [v], scratch)
  for (const v of players) scratch.out[v] = 0
  return 1 - sum / (left * (left - 1))
}

function reachOf(csr: Csr, players: readonly number[], scratch: Scratch): number {
  return csr.nodes === 0 ? 0 : (players.length + nearness(csr, players, scratch)) / csr.nodes
}

/** Sum of 1 / d over all others in reach of the sources, not passing those who are out. */
function nearness(csr: Csr, sources: readonly number[], scratch: Scratch): number {
  const { offsets, targets } = csr
  const { out, met, queue } = scratch
  const mark = ++scratch.mark
  let to = 0
  for (const s of sources) {
    met[s] = mark
    queue[to++] = s
  }
  let sum = 0
  let from = 0
  for (let step = 1; from < to; step++) {
    let end = to
    for (let i = from; i < to; i++) {
      for (let arc = offsets[queue[i]]; arc < offsets[queue[i] + 1]; arc++) {
        const u = targets[arc]
        if (met[u] === mark || out[u] !== 0) continue
        met[u] = mark
        queue[end++] = u
      }
    }
    sum += (end - to) / step
    from = to
    to = end
  }
  return sum
}

function binomial(n: number, k: number): number {
  let value = 1
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i
  return value
}
