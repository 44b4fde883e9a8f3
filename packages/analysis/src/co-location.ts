/**
 * Pairs who are at one place at one time more often than chance gives. Chance keeps how often each is at a place at an hour of the day, and how full the
 * place is on each day at that hour (a market day, a bus station): only the days are dealt out anew. Coincidences are then about Poisson. Places where
 * both are anyway are also left out of a second look, so that daily routine does not hide a few meetings elsewhere.
 */
import { grouped } from '@ringmap/graph/grouped'
import { growingFloat64, growingUint32 } from '@ringmap/graph/growing-column'
import { lowerBound } from '@ringmap/model/lower-bound'
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
  const near = coincidences(visits, slot / 2, crowd, least)
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
      together.forEach(([i, j], n) => { if (cells.cell[i] === cells.cell[j] && chance.often.has(cells.cell[i])) seldom[n] = 0 })
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

/** Visits of two subjects to one place at most `reach` apart; none in a crowd, and none of a pair with fewer than `least`. */
function coincidences(visits: Visits, reach: number, crowd: number, least: number): Near {
  const { subjects, subject, place, at } = visits
  const { offsets, items } = grouped(place, visits.places, inOrder(at, subject))
  const [pair, first, second] = [growingFloat64(), growingUint32(), growingUint32()]
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
  const keys = pair.view()
  const [one, other] = [first.view(), second.view()]
  // Most pairs coincide once: keys alone are sorted first, many times as fast as with what hangs on them.
  const often = repeated(keys.slice().sort(), least)
  let kept = 0
  const order = new Uint32Array(keys.length)
  for (let n = 0; n < keys.length; n++) {
    const found = lowerBound(often, keys[n])
    if (often[found] === keys[n]) order[kept++] = n
  }
  const sorted = order.subarray(0, kept).sort((x, y) => keys[x] - keys[y] || at[one[x]] - at[one[y]] || x - y)
  return { pair: taken(keys, sorted), first: taken(one, sorted), second: taken(other, sorted) }
}

/** Positions in the order of time, then of subject; a column that is in order already costs one look. */
function inOrder(at: Float64Array, key: Uint32Array): Uint32Array {
  const order = new Uint32Array(at.length)
  let sorted = true
  for (let i = 0; i < order.length; i++) {
    order[i] = i
    if (i > 0 && (at[i] < at[i - 1] || (at[i] === at[i - 1] && key[i] < key[i - 1]))) sorted = false
  }
  return sorted ? order : order.sort((i, j) => at[i] - at[j] || key[i] - key[j] || i - j)
}

/** Values that stand at least so many times in an ascending column. */
function repeated(sorted: Float64Array, least: number): Float64Array {
  const found = growingFloat64()
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to] === sorted[from]) to++
    if (to - from >= least) found.push(sorted[from])
  }
  return found.view()
}

/** `Array.from` with a function takes twenty times as long over ten million. */
function taken<A extends Uint32Array | Float64Array>(column: A, order: Uint32Array): A {
  const found = new (column.constructor as new (length: number) => A)(order.length)
  for (let n = 0; n < order.length; n++) found[n] = column[order[n]]
  return found
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
  /** Of each visit: place and slot of the day, numbered in that order. */
  readonly cell: Uint32Array
  /** One visit of a subject in a cell on a day, ordered by cell, day, subject. */
  readonly order: Uint32Array
  /** Where each cell and day starts in `order`, and which start each visit in it has. */
  readonly starts: Uint32Array
  readonly start_of: Uint32Array
  /** Visits of each cell, and the sum of squares over its days. */
  readonly total: Float64Array
  readonly squares: Float64Array
  /** Places in `order` by subject. */
  readonly own: { readonly offsets: Uint32Array; readonly items: Uint32Array }
}

function cellsOf(visits: Visits, slot: number, shift: number): Cells {
  const { subjects, subject, place, places, at } = visits
  const perDay = Math.round(DAY_MS / slot)
  const [hour, day] = [new Uint32Array(at.length), new Uint32Array(at.length)]
  let days = 0
  for (let i = 0; i < at.length; i++) {
    hour[i] = Math.floor((at[i] + shift) / slot) % perDay
    day[i] = Math.floor((at[i] + shift) / DAY_MS)
    if (day[i] >= days) days = day[i] + 1
  }
  // Least significant first: subject, day, hour, place; each pass is stable. Nothing is as long as there are places and hours: few of them occur.
  const byHour = grouped(hour, perDay, grouped(day, days, grouped(subject, subjects).items).items).items
  const sorted = grouped(place, places, byHour).items
  const cell = new Uint32Array(at.length)
  const order = new Uint32Array(at.length)
  const startOf = new Uint32Array(at.length)
  const starts = growingUint32()
  let [cells, kept] = [0, 0]
  for (let n = 0; n < sorted.length; n++) {
    const i = sorted[n]
    const before = sorted[n - 1]
    const sameCell = n > 0 && place[i] === place[before] && hour[i] === hour[before]
    const sameDay = sameCell && day[i] === day[before]
    if (!sameCell) cells++
    cell[i] = cells - 1
    if (sameDay && subject[i] === subject[before]) continue
    if (!sameDay) starts.push(kept)
    startOf[kept] = starts.length - 1
    order[kept++] = i
  }
  starts.push(kept)
  const begins = starts.view()
  const [total, squares] = [new Float64Array(cells), new Float64Array(cells)]
  for (let s = 0; s + 1 < begins.length; s++) {
    const [key, seen] = [cell[order[begins[s]]], begins[s + 1] - begins[s]]
    total[key] += seen
    squares[key] += seen * seen
  }
  const once = order.subarray(0, kept)
  return { cell, order: once, starts: begins, start_of: startOf, total, squares, own: grouped(taken(subject, once), subjects) }
}

/** Coincidences that chance gives: at all places and slots, at those where the two are seldom both, and which are the others. */
function expectedOf(cells: Cells, a: number, b: number, days: number): { readonly all: number; readonly rare: number; readonly often: ReadonlySet<number> } {
  const { order, starts, start_of: startOf, cell: cellOf, own } = cells
  const often = new Set<number>()
  let [all, rare] = [0, 0]
  let [i, j] = [own.offsets[a], own.offsets[b]]
  const [lastA, lastB] = [own.offsets[a + 1], own.offsets[b + 1]]
  // Both subjects' visits are in the order of cells, so one merge finds the cells that they share.
  while (i < lastA && j < lastB) {
    const [cell, other] = [cellOf[order[own.items[i]]], cellOf[order[own.items[j]]]]
    if (cell !== other) {
      if (cell < other) i++
      else j++
      continue
    }
    let [total, squares] = [cells.total[cell], cells.squares[cell]]
    let [mine, hers] = [0, 0]
    for (;;) {
      const atA = i < lastA && cellOf[order[own.items[i]]] === cell ? startOf[own.items[i]] : NONE
      const atB = j < lastB && cellOf[order[own.items[j]]] === cell ? startOf[own.items[j]] : NONE
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
  const { offsets, items } = grouped(subject, subjects, inOrder(at, place))
  const [from, to] = [growingUint32(), growingUint32()]
  for (let v = 0; v < subjects; v++)
    for (let k = offsets[v]; k + 1 < offsets[v + 1]; k++) {
      const [i, j] = [items[k], items[k + 1]]
      if (place[i] !== place[j] && at[j] - at[i] <= hours * 3_600_000) {
        from.push(i)
        to.push(j)
      }
    }
  const [out, back] = [from.view(), to.view()]
  const ways = new Map<number, number>()
  const way = new Uint32Array(out.length)
  for (let n = 0; n < way.length; n++) {
    const key = place[out[n]] * places + place[back[n]]
    const known = ways.get(key)
    way[n] = known ?? ways.size
    if (known === undefined) ways.set(key, way[n])
  }
  return { subjects, places: ways.size, days: visits.days, subject: taken(subject, out), place: way, at: taken(at, out), from: out, to: back }
}
