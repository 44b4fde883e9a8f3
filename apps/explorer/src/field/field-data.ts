/** The whole case as it arrived: columns, ids on demand, and a grid to find what is under the pointer; no object for each entity or link. */
import type { Columns } from '@ringmap/model/columns'
import { LINK_KIND_NAMES } from '@ringmap/model/schema'
import type { WholeCaseHead } from '@ringmap/model/wire'
import { LINK_CLASSES, linkClass, type LinkClass } from '@ringmap/drawing/colours'

export interface FieldData {
  readonly head: WholeCaseHead
  readonly kind: Uint8Array
  readonly masked: Uint8Array
  readonly x: Float32Array
  readonly y: Float32Array
  readonly source: Uint32Array
  readonly target: Uint32Array
  readonly link_kind: Uint8Array
  readonly strength: Uint8Array
  readonly criminal: Uint8Array
  /** Days since the origin; not a number: no time. */
  readonly first: Float32Array
  readonly last: Float32Array
  readonly amount: Float32Array
  readonly count: Float32Array
  readonly bounds: Bounds
  readonly grid: Grid
  readonly idOf: (entity: number) => string
  /** -1: no such id. Goes through all of them byte by byte. */
  readonly numberOf: (id: string) => number
}

export interface Bounds {
  readonly left: number
  readonly right: number
  readonly low: number
  readonly high: number
}

export const CLASS_NAMES = Object.keys(LINK_CLASSES) as LinkClass[]
const CLASS_OF_KIND = Uint8Array.from(LINK_KIND_NAMES, (kind) => CLASS_NAMES.indexOf(linkClass({ kind, criminal: false })))
const OFFENCE = CLASS_NAMES.indexOf('offence')

/** Place of a link's class in CLASS_NAMES. */
export function classOf({ link_kind: kind, criminal }: Pick<FieldData, 'link_kind' | 'criminal'>, link: number): number {
  return criminal[link] === 1 ? OFFENCE : CLASS_OF_KIND[kind[link] as number] as number
}

export function fieldFrom({ head, columns }: Columns<WholeCaseHead>): FieldData {
  const [x, y] = [columns['x'] as Float32Array, columns['y'] as Float32Array]
  const ends = columns['id_ends'] as Uint32Array
  const bytes = columns['id_bytes'] as Uint8Array
  const text = new TextDecoder()
  const bounds = boundsOf(x, y)
  return {
    head, x, y, bounds, grid: gridOf(x, y, bounds),
    kind: columns['kind'] as Uint8Array, masked: columns['masked'] as Uint8Array, source: columns['source'] as Uint32Array, target: columns['target'] as Uint32Array,
    link_kind: columns['link_kind'] as Uint8Array, strength: columns['strength'] as Uint8Array, criminal: columns['criminal'] as Uint8Array,
    first: columns['first'] as Float32Array, last: columns['last'] as Float32Array, amount: columns['amount'] as Float32Array, count: columns['count'] as Float32Array,
    idOf: (entity) => text.decode(bytes.subarray(entity === 0 ? 0 : ends[entity - 1], ends[entity])),
    numberOf: (id) => {
      const wanted = new TextEncoder().encode(id)
      for (let v = 0, from = 0; v < ends.length; from = ends[v++] as number) {
        let same = (ends[v] as number) - from === wanted.length
        for (let i = 0; same && i < wanted.length; i++) same = bytes[from + i] === wanted[i]
        if (same) return v
      }
      return -1
    },
  }
}

function boundsOf(x: Float32Array, y: Float32Array): Bounds {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [x[i] as number, y[i] as number]
    if (px < left) left = px
    if (px > right) right = px
    if (py < low) low = py
    if (py > high) high = py
  }
  return x.length === 0 ? { left: 0, right: 1, low: 0, high: 1 } : { left, right, low, high }
}

/** Entities sorted by square cell. */
export interface Grid {
  readonly size: number
  readonly across: number
  readonly down: number
  readonly starts: Uint32Array
  readonly members: Uint32Array
}

function gridOf(x: Float32Array, y: Float32Array, { left, right, low, high }: Bounds): Grid {
  const size = Math.max(1e-6, Math.sqrt(Math.max(1e-9, (right - left) * (high - low)) / Math.max(1, x.length / 4)), (right - left) / 2000, (high - low) / 2000)
  const across = Math.floor((right - left) / size) + 1
  const down = Math.floor((high - low) / size) + 1
  const starts = new Uint32Array(across * down + 1)
  const cell = (i: number): number => Math.floor(((y[i] as number) - low) / size) * across + Math.floor(((x[i] as number) - left) / size)
  for (let i = 0; i < x.length; i++) starts[cell(i) + 1] = (starts[cell(i) + 1] as number) + 1
  for (let c = 0; c < across * down; c++) starts[c + 1] = (starts[c + 1] as number) + (starts[c] as number)
  const next = starts.slice()
  const members = new Uint32Array(x.length)
  for (let i = 0; i < x.length; i++) {
    const c = cell(i)
    members[next[c] as number] = i
    next[c] = (next[c] as number) + 1
  }
  return { size, across, down, starts, members }
}

/** Nearest entity in sight within `reach` chart units of a place; -1: none. */
export function entityAt({ x, y, bounds, grid }: FieldData, on: Uint8Array, at: { readonly x: number; readonly y: number }, reach: number): number {
  const column = (value: number): number => Math.max(0, Math.min(grid.across - 1, Math.floor((value - bounds.left) / grid.size)))
  const row = (value: number): number => Math.max(0, Math.min(grid.down - 1, Math.floor((value - bounds.low) / grid.size)))
  let best = -1
  let least = reach * reach
  for (let r = row(at.y - reach); r <= row(at.y + reach); r++) {
    for (let c = column(at.x - reach); c <= column(at.x + reach); c++) {
      for (let i = grid.starts[r * grid.across + c] as number; i < (grid.starts[r * grid.across + c + 1] as number); i++) {
        const entity = grid.members[i] as number
        const distance = ((x[entity] as number) - at.x) ** 2 + ((y[entity] as number) - at.y) ** 2
        if (on[entity] === 1 && distance <= least) {
          least = distance
          best = entity
        }
      }
    }
  }
  return best
}

/** Link in sight that runs nearest to a place, within `reach`; -1: none. Goes through all of them, a few milliseconds at 300,000. */
export function linkAt({ x, y, source, target }: FieldData, on: Uint8Array, at: { readonly x: number; readonly y: number }, reach: number): number {
  let best = -1
  let least = reach * reach
  for (let l = 0; l < source.length; l++) {
    if (on[l] === 0) continue
    const [s, t] = [source[l] as number, target[l] as number]
    const [sx, sy, tx, ty] = [x[s] as number, y[s] as number, x[t] as number, y[t] as number]
    if (Math.min(sx, tx) > at.x + reach || Math.max(sx, tx) < at.x - reach || Math.min(sy, ty) > at.y + reach || Math.max(sy, ty) < at.y - reach) continue
    const [dx, dy] = [tx - sx, ty - sy]
    const along = Math.max(0, Math.min(1, ((at.x - sx) * dx + (at.y - sy) * dy) / (dx * dx + dy * dy || 1)))
    const distance = (sx + along * dx - at.x) ** 2 + (sy + along * dy - at.y) ** 2
    if (distance < least) {
      least = distance
      best = l
    }
  }
  return best
}
