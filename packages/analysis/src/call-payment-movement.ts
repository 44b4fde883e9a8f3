/**
 * A call, then a payment, then a movement among the same few people within a window: how often for each three, against the same payments and movements
 * dealt out over the same moments anew.
 */
import { grouped, type Grouped } from '@ringmap/graph/grouped'
import { seeded, shuffle } from '@ringmap/model/random'
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'
import { falseDiscovery, poissonTail } from './chance.ts'

/** Persons are numbers below `persons`; times in milliseconds, each kind ascending. */
export interface Doings {
  readonly persons: number
  readonly calls: { readonly a: Uint32Array; readonly b: Uint32Array; readonly at: Float64Array }
  readonly payments: { readonly source: Uint32Array; readonly target: Uint32Array; readonly at: Float64Array }
  readonly moves: { readonly who: Uint32Array; readonly at: Float64Array }
}

export interface MotifOptions {
  readonly seed: number
  /** Longest time from each step to the next; default 48 hours. */
  readonly window_ms?: number
  /** Times that chance is played; default 50, 10 above 300,000 payments and movements. */
  readonly rounds?: number
  /** Least occurrences; default 2. */
  readonly least?: number
  readonly rate?: number
  readonly signal?: StopSignal | undefined
}

export interface Motif {
  /** Who called whom, and who was paid or paid besides; ascending, two or three. */
  readonly people: readonly number[]
  /** Call, payment, movement of each occurrence. */
  readonly occurrences: readonly (readonly [number, number, number])[]
  readonly expected: number
  readonly p: number
  readonly q: number
}

/** Rarest first. */
export function callPaymentMovement(doings: Doings, options: MotifOptions): Motif[] {
  const large = doings.payments.at.length + doings.moves.at.length > 300_000
  const { window_ms: window = 48 * 3_600_000, rounds = large ? 10 : 50, least = 2, rate = 0.05, seed, signal } = options
  const ofCalls = callsOf(doings)
  const observed = counted(doings, ofCalls, window)
  const wanted = new Map([...observed].filter(([, list]) => list.length >= least))
  if (wanted.size === 0) return []
  const chance = new Map<string, number>()
  const random = seeded(seed)
  for (let round = 0; round < rounds; round++) {
    stopIfAsked(signal)
    const [p, m] = [doings.payments.at.length, doings.moves.at.length].map((length) => Uint32Array.from(shuffle(random, Array.from({ length }, (_, i) => i))))
    const dealt: Doings = {
      ...doings, payments: { at: doings.payments.at, source: p.map((i) => doings.payments.source[i]), target: p.map((i) => doings.payments.target[i]) },
      moves: { at: doings.moves.at, who: m.map((i) => doings.moves.who[i]) },
    }
    for (const [key, list] of counted(dealt, ofCalls, window)) if (wanted.has(key)) chance.set(key, (chance.get(key) ?? 0) + list.length)
  }
  const found = [...wanted].map(([key, occurrences]) => {
    // One more than was seen: what chance never gave in these rounds it may give in the next.
    const expected = ((chance.get(key) ?? 0) + 1) / rounds
    return { people: key.split(' ').map(Number), occurrences, expected, p: poissonTail(occurrences.length, expected) }
  }).sort((x, y) => x.p - y.p || x.people[0] - y.people[0] || x.people[1] - y.people[1])
  // Every group that shows the pattern at all was looked at.
  const q = falseDiscovery(found.map(({ p }) => p), Math.max(observed.size, found.length))
  return found.map((one, i) => ({ ...one, q: q[i] })).filter((one) => one.q <= rate)
}

/** Both ends of every call by person, in the order of time; they stay as they are while chance is played. */
function callsOf({ persons, calls }: Doings): Grouped {
  const ends = new Uint32Array(calls.a.length * 2)
  ends.set(calls.a)
  ends.set(calls.b, calls.a.length)
  const interleaved = new Uint32Array(ends.length)
  for (let i = 0; i < ends.length; i++) interleaved[i] = i % 2 === 0 ? i / 2 : calls.a.length + (i - 1) / 2
  return grouped(ends, persons, interleaved)
}

/** Occurrences by group; each payment counts once in a group. */
function counted({ persons, calls, payments, moves }: Doings, ofCalls: Grouped, window: number): Map<string, (readonly [number, number, number])[]> {
  const ofMoves = grouped(moves.who, persons)
  const groups = new Map<string, (readonly [number, number, number])[]>()
  for (let i = 0; i < payments.at.length; i++) {
    const [payer, payee, when] = [payments.source[i], payments.target[i], payments.at[i]]
    if (payer === payee) continue
    const seen = new Set<string>()
    for (const end of [payer, payee]) {
      for (let k = firstFrom(ofCalls, end, (n) => calls.at[n % calls.a.length], when - window); k < ofCalls.offsets[end + 1]; k++) {
        const call = ofCalls.items[k] % calls.a.length
        if (calls.at[call] >= when) break
        const partner = calls.a[call] === end ? calls.b[call] : calls.a[call]
        if (partner === end) continue
        const people = [...new Set([payer, payee, partner])].sort((x, y) => x - y)
        const key = people.join(' ')
        if (seen.has(key)) continue
        const move = people.map((one) => firstMove(ofMoves, moves.at, one, when, window)).filter((one) => one >= 0).sort((x, y) => moves.at[x] - moves.at[y] || x - y)[0]
        if (move === undefined) continue
        seen.add(key)
        const list = groups.get(key)
        if (list === undefined) groups.set(key, [[call, i, move]])
        else list.push([call, i, move])
      }
    }
  }
  return groups
}

/** First movement of a person after a moment, within the window; -1 where there is none. */
function firstMove(of: Grouped, at: Float64Array, who: number, when: number, window: number): number {
  const k = firstFrom(of, who, (n) => at[n], when + 1)
  return k < of.offsets[who + 1] && at[of.items[k]] - when <= window ? of.items[k] : -1
}

function firstFrom({ offsets, items }: Grouped, who: number, time: (item: number) => number, from: number): number {
  let [low, high] = [offsets[who], offsets[who + 1]]
  while (low < high) {
    const middle = (low + high) >> 1
    if (time(items[middle]) < from) low = middle + 1
    else high = middle
  }
  return low
}
