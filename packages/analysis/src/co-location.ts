/**
 * Pairs who are at one place at one time more often than chance gives. Chance keeps how often each is at a place at an hour of the day, and how full the
 * place is on each day at that hour (a market day, a bus station): only the days are dealt out anew. Coincidences are then about Poisson. Places where
 * both are anyway are also left out of a second look, so that daily routine does not hide a few meetings elsewhere.
 */
import { grouped } from '@ringmap/graph/grouped'
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'
import { falseDiscovery, poissonTail } from './chance.ts'

export interface Visits {
  readonly subjects: number
  readonly places: number
  readonly subject: Uint32Array
  readonly place: Uint32Array
  /** Milliseconds since midnight of the first day, local. */
  readonly at: Float64Array
  /** Days that the records cover. */
  readonly days: number
}

export interface CoLocationOptions {
  /** Longest time that still counts as together; default half an hour. Must divide a day. */
  readonly slot_ms?: number
  /** More subjects than this in one place and slot are a crowd: no pair among them is looked at for it; default 60. */
  readonly crowd?: number
  /** Least coincidences; default 2. */
  readonly least?: number
  /** Highest false discovery rate returned; default 0.05. */
  readonly rate?: number
  readonly signal?: StopSignal | undefined
}

export interface CoLocated {
  readonly a: number
  readonly b: number
  readonly together: number
  readonly expected: number
  readonly p: number
  readonly q: number
  /** Visits of a and of b that coincide, in the order of time. */
  readonly visits: readonly (readonly [number, number])[]
  readonly places: number
}

const DAY_MS = 86_400_000
const NONE = 0xffffffff
/** Visits at the pace of all days that are added to those seen: a place hardly seen has no market days. */
const EVEN_VISITS = 5
/** A place and hour where chance gives a pair fewer coincidences than this is one where they are seldom both. */
const SELDOM = 0.1

/** Surest first; every pair of subjects counts as tested, twice looked at. */
export function coLocated(visits: Visits, options: CoLocationOptions = {}): CoLocated[] {
  const { slot_ms: slot = 1_800_000, crowd = 60, least = 2, rate = 0.05 } = options
  const { subjects, place } = visits
  const near = coincidences(visits, slot / 2, crowd)
  const grids = [0, slot / 2].map((shift) => cellsOf(visits, slot, shift))
  const list: Omit<CoLocated, 'q'>[] = []
  for (let from = 0, to = 0; from < near.pair.length; from = to) {
    if ((from & 0xfff) === 0) stopIfAsked(options.signal)
    while (to < near.pair.length && near.pair[to] === near.pair[from]) to++
    if (to - from < least) continue
    const [a, b] = [Math.floor(near.pair[from] / subjects), near.pair[from] % subjects]
    const together = occasions(visits, near, from, to, slot)
    if (together.length < least) continue
    const seldom = new Uint8Array(together.length).fill(1)
    let [all, rare] = [0, 0]
    for (const cells of grids) {
      const chance = expectedOf(cells, a, b, visits.days)
      all = Math.max(all, chance.all)
      rare = Math.max(rare, chance.rare)
      together.forEach(([i, j], n) => { if (cells.hour[i] === cells.hour[j] && chance.often.has(cells.hour[i])) seldom[n] = 0 })
    }
    const rarely = seldom.reduce((sum, one) => sum + one, 0)
    const [whole, part] = [poissonTail(together.length, all), rarely < least ? 1 : poissonTail(rarely, rare)]
    list.push({
      a, b, together: whole < part ? together.length : rarely, expected: whole < part ? all : rare, p: Math.min(1, 2 * Math.min(whole, part)),
      visits: together, places: new Set(together.map(([i]) => place[i])).size,
    })
  }
  list.sort((x, y) => x.p - y.p || x.a - y.a || x.b - y.b)
  const q = falseDiscovery(list.map(({ p }) => p), (subjects * (subjects - 1)) / 2)
  return list.map((one, i) => ({ ...one, q: q[i] })).filter((one) => one.q <= rate)
}

interface Near {
  /** lower subject * subjects + higher one, ascending. */
  readonly pair: Float64Array
  readonly first: Uint32Array
  readonly second: Uint32Array
}

/** Visits of two subjects to one place at most `reach` apart; none in a crowd. */
function coincidences(visits: Visits, reach: number, crowd: number): Near {
  const { subjects, subject, place, at } = visits
  const byTime = Uint32Array.from(at.keys()).sort((i, j) => at[i] - at[j] || subject[i] - subject[j] || i - j)
  const { offsets, items } = grouped(place, visits.places, byTime)
  const pair: number[] = []
  const first: number[] = []
  const second: number[] = []
  for (let p = 0; p < visits.places; p++) {
    let end = offsets[p]
    for (let k = offsets[p]; k < offsets[p + 1]; k++) {
      const i = items[k]
      while (end < offsets[p + 1] && at[items[end]] - at[i] <= reach) end++
      if (end - k > crowd) continue
      for (let n = k + 1; n < end; n++) {
        const j = items[n]
        if (subject[i] === subject[j]) continue
        const [low, high] = subject[i] < subject[j] ? [i, j] : [j, i]
        pair.push(subject[low] * subjects + subject[high])
        first.push(low)
        second.push(high)
      }
    }
  }
  const keys = Float64Array.from(pair)
  const order = Uint32Array.from(keys.keys()).sort((x, y) => keys[x] - keys[y] || at[first[x]] - at[first[y]] || x - y)
  return { pair: Float64Array.from(order, (n) => keys[n]), first: Uint32Array.from(order, (n) => first[n]), second: Uint32Array.from(order, (n) => second[n]) }
}

/** Coincidences at one place within one slot of each other are one occasion. */
function occasions({ place, at }: Visits, near: Near, from: number, to: number, slot: number): (readonly [number, number])[] {
  const list: (readonly [number, number])[] = []
  const last = new Map<number, number>()
  for (let n = from; n < to; n++) {
    const i = near.first[n]
    const before = last.get(place[i])
    if (before !== undefined && at[i] - before < slot) continue
    last.set(place[i], at[i])
    list.push([i, near.second[n]])
  }
  return list
}

interface Cells {
  /** Place and slot of the day of each visit. */
  readonly hour: Uint32Array
  /** One visit of a subject in a cell on a day, ordered by cell, day, subject. */
  readonly order: Uint32Array
  /** Where each cell and day starts in `order`, and which start each visit in it has. */
  readonly starts: Uint32Array
  readonly start_of: Uint32Array
  /** Visits of each cell, and the sum of squares over its days. */
  readonly total: ReadonlyMap<number, number>
  readonly squares: ReadonlyMap<number, number>
  /** Places in `order` by subject. */
  readonly own: { readonly offsets: Uint32Array; readonly items: Uint32Array }
}

function cellsOf(visits: Visits, slot: number, shift: number): Cells {
  const { subjects, subject, place, places, at } = visits
  const perDay = Math.round(DAY_MS / slot)
  const hour = Uint32Array.from(at, (when, i) => place[i] * perDay + (Math.floor((when + shift) / slot) % perDay))
  const day = Uint32Array.from(at, (when) => Math.floor((when + shift) / DAY_MS))
  // Least significant first: subject, day, cell; each pass is stable.
  const bySubject = grouped(subject, subjects).items
  const byDay = grouped(day, day.reduce((most, one) => Math.max(most, one), 0) + 1, bySubject).items
  const byCell = grouped(hour, places * perDay, byDay).items
  const kept = byCell.filter((i, n) => n === 0 || hour[i] !== hour[byCell[n - 1]] || day[i] !== day[byCell[n - 1]] || subject[i] !== subject[byCell[n - 1]])
  const starts: number[] = []
  const startOf = new Uint32Array(kept.length)
  kept.forEach((i, n) => {
    const before = kept[n - 1]
    if (n === 0 || hour[i] !== hour[before] || day[i] !== day[before]) starts.push(n)
    startOf[n] = starts.length - 1
  })
  starts.push(kept.length)
  const total = new Map<number, number>()
  const squares = new Map<number, number>()
  for (let s = 0; s + 1 < starts.length; s++) {
    const [key, seen] = [hour[kept[starts[s]]], starts[s + 1] - starts[s]]
    total.set(key, (total.get(key) ?? 0) + seen)
    squares.set(key, (squares.get(key) ?? 0) + seen * seen)
  }
  return { hour, order: kept, starts: Uint32Array.from(starts), start_of: startOf, total, squares, own: grouped(Uint32Array.from(kept, (i) => subject[i]), subjects) }
}

/** Coincidences that chance gives: at all places and slots, at those where the two are seldom both, and which are the others. */
function expectedOf(cells: Cells, a: number, b: number, days: number): { readonly all: number; readonly rare: number; readonly often: ReadonlySet<number> } {
  const { order, starts, start_of: startOf, hour, own } = cells
  const often = new Set<number>()
  let [all, rare] = [0, 0]
  let [i, j] = [own.offsets[a], own.offsets[b]]
  const [lastA, lastB] = [own.offsets[a + 1], own.offsets[b + 1]]
  // Both subjects' visits are in the order of cells, so one merge finds the cells that they share.
  while (i < lastA && j < lastB) {
    const [cell, other] = [hour[order[own.items[i]]], hour[order[own.items[j]]]]
    if (cell !== other) {
      if (cell < other) i++
      else j++
      continue
    }
    let [total, squares] = [cells.total.get(cell) as number, cells.squares.get(cell) as number]
    let [mine, hers] = [0, 0]
    for (;;) {
      const atA = i < lastA && hour[order[own.items[i]]] === cell ? startOf[own.items[i]] : NONE
      const atB = j < lastB && hour[order[own.items[j]]] === cell ? startOf[own.items[j]] : NONE
      const at = Math.min(atA, atB)
      if (at === NONE) break
      const two = (atA === at ? 1 : 0) + (atB === at ? 1 : 0)
      // What the two did themselves says nothing of how full the place is.
      const seen = starts[at + 1] - starts[at]
      total -= two
      squares -= 2 * seen * two - two * two
      if (atA === at) {
        mine++
        i++
      }
      if (atB === at) {
        hers++
        j++
      }
    }
    const oneDay = (squares + (2 * EVEN_VISITS * total) / days + (EVEN_VISITS * EVEN_VISITS) / days) / (total + EVEN_VISITS) ** 2
    const expected = mine * hers * oneDay
    all += expected
    if (expected <= SELDOM) rare += expected
    else often.add(cell)
  }
  return { all, rare, often }
}

/** Ways from place to place: each subject's next place within `hours`, as a visit to that way when it sets out. */
export function legsOf(visits: Visits, hours = 6): Visits & { readonly from: Uint32Array; readonly to: Uint32Array } {
  const { subject, place, at, subjects, places } = visits
  const time = Uint32Array.from(Array.from(at.keys()).sort((i, j) => at[i] - at[j] || place[i] - place[j] || i - j))
  const { offsets, items } = grouped(subject, subjects, time)
  const from: number[] = []
  const to: number[] = []
  for (let v = 0; v < subjects; v++)
    for (let k = offsets[v]; k + 1 < offsets[v + 1]; k++) {
      const [i, j] = [items[k], items[k + 1]]
      if (place[i] !== place[j] && at[j] - at[i] <= hours * 3_600_000) {
        from.push(i)
        to.push(j)
      }
    }
  const ways = new Map<number, number>()
  const way = Uint32Array.from(from, (i, n) => {
    const key = place[i] * places + place[to[n]]
    const known = ways.get(key)
    if (known !== undefined) return known
    ways.set(key, ways.size)
    return ways.size - 1
  })
  return { subjects, places: ways.size, days: visits.days, subject: Uint32Array.from(from, (i) => subject[i]), place: way, at: Float64Array.from(from, (i) => at[i]), from: Uint32Array.from(from), to: Uint32Array.from(to) }
}
