/** The layouts that an analyst chooses from. Each is the same for the same chart; pinned entities stay where they are in every one. */
import { layoutChart } from '@ringmap/graph/layout'
import type { Chart, ChartEntity } from '@ringmap/model/chart'
import { ENTITY_KIND_NAMES } from '@ringmap/model/schema'
import { fitted } from './arrange.ts'
import type { View } from './spread.ts'
import { movedChart } from './moved-chart.ts'

/** In the order of their keys; what each is called and says stands under `layout.…` in the catalogue. */
export const LAYOUTS = ['force', 'hierarchy', 'circle', 'grouped', 'theme'] as const
export type LayoutName = (typeof LAYOUTS)[number]

interface Place {
  readonly x: number
  readonly y: number
}

export interface LayoutOptions {
  readonly view: View
  readonly pinned: readonly string[]
  readonly seed: number
}

export function laidOut(chart: Chart, name: LayoutName, { view, pinned, seed }: LayoutOptions): Chart {
  if (chart.entities.length === 0) return chart
  const kept = new Set(pinned)
  const places = name === 'force' ? forced(chart, kept, seed, view) : LAYS[name](chart, view)
  return movedChart(chart, new Map([...places].filter(([id]) => !kept.has(id))))
}

/** With pinned ones the rest is laid about them; without, all of it is fitted to the view. */
function forced(chart: Chart, pinned: ReadonlySet<string>, seed: number, view: View): ReadonlyMap<string, Place> {
  const fixed = new Map(chart.entities.filter(({ id }) => pinned.has(id)).map(({ id, x, y }) => [id, { x, y }]))
  if (fixed.size > 0) return layoutChart(chart.entities, chart.links, { seed, fixed })
  const laid = arranged({ ...chart, entities: chart.entities.toSorted(byId) }, seed, view)
  return new Map(laid.entities.map(({ id, x, y }) => [id, { x, y }]))
}

const LAYS: Readonly<Record<Exclude<LayoutName, 'force'>, (chart: Chart, view: View) => ReadonlyMap<string, Place>>> = {
  hierarchy: (chart, view) => rows(levels(chart), view),
  circle: (chart, view) => {
    const order = walkOrder(chart)
    return new Map(order.map((id, i) => {
      const angle = Math.PI / 2 - i / order.length * 2 * Math.PI
      return [id, { x: Math.cos(angle) * view.width / 2, y: Math.sin(angle) * view.height / 2 }]
    }))
  },
  grouped: (chart, view) => rows(ENTITY_KIND_NAMES.map((kind) => chart.entities.filter((entity) => entity.kind === kind).map(({ id }) => id).sort()).filter((ids) => ids.length > 0), view),
  theme: (chart, view) => {
    const first = new Map<string, number>()
    for (const { source, target, first_ms: at } of chart.links) {
      if (at !== null) for (const id of [source, target]) first.set(id, Math.min(first.get(id) ?? Infinity, at))
    }
    const times = [...first.values()]
    const [from, until] = [Math.min(...times), Math.max(...times)]
    const order = chart.entities.toSorted((a, b) => (first.get(a.id) ?? Infinity) - (first.get(b.id) ?? Infinity) || byId(a, b))
    const at = (id: string): number => ((first.get(id) ?? until) - from) / Math.max(1, until - from) * view.width - view.width / 2 || 0
    return onLines(order.map(({ id }) => ({ id, x: at(id) })), view)
  },
}

/** A row for each up to so many; beyond, rows are shared by those that stand far enough apart. */
const OWN_ROWS = 25
/** Room that a shared row keeps between two: a symbol and most of a name; at least a symbol. */
const APART = 130
const SYMBOL = 30

/** In the order of time, from the top in as many rounds as symbols need. */
function onLines(order: readonly { readonly id: string; readonly x: number }[], view: View): ReadonlyMap<string, Place> {
  const count = order.length <= OWN_ROWS ? order.length : Math.max(OWN_ROWS, Math.min(order.length, Math.floor(view.height / 15)))
  // What follows each other in time stands nearly below each other: so many rows lie between that no symbol covers the next.
  const between = Math.max(1, Math.ceil(SYMBOL / (view.height / count)))
  const inTurn = Array.from({ length: between }, (_, first) => Array.from({ length: Math.ceil((count - first) / between) }, (_, n) => first + n * between)).flat()
  const ends = Array.from({ length: count }, () => -Infinity)
  const places = new Map<string, Place>()
  order.forEach(({ id, x }, i) => {
    let row = inTurn[i % count] as number
    // The next row in turn, or the first after it with room; where none has, the one that was left longest ago.
    for (let tried = 1; tried <= count && x - (ends[row] as number) < APART; tried++) row = inTurn[(i + tried) % count] as number
    if (x - (ends[row] as number) < APART) row = ends.indexOf(Math.min(...ends))
    const to = Math.max(x, (ends[row] as number) + SYMBOL)
    ends[row] = to
    places.set(id, { x: to, y: view.height / 2 - (row + 0.5) / count * view.height })
  })
  // Those pushed on at the right edge take the rest back with them.
  const most = Math.max(view.width / 2, ...ends)
  const scale = view.width / (most + view.width / 2)
  return scale >= 1 ? places : new Map([...places].map(([id, { x, y }]) => [id, { x: (x + view.width / 2) * scale - view.width / 2, y }]))
}

/** Rows one below the other, long ones broken so that every entity keeps its room. */
function rows(groups: readonly (readonly string[])[], view: View): ReadonlyMap<string, Place> {
  const most = Math.max(4, Math.ceil(Math.sqrt(groups.flat().length * view.width / view.height)))
  const lines = groups.flatMap((group) => Array.from({ length: Math.ceil(group.length / most) }, (_, i) => group.slice(i * most, (i + 1) * most)))
  return new Map(lines.flatMap((line, r) => line.map((id, c): [string, Place] => [id, {
    x: (c + 0.5) / line.length * view.width - view.width / 2, y: view.height / 2 - (r + 0.5) / lines.length * view.height,
  }])))
}

/** Links away from the subject, or from the best linked; what is not joined to it comes last. */
function levels(chart: Chart): readonly (readonly string[])[] {
  const beside = neighbours(chart)
  const starts = chart.entities.filter(({ focus }) => focus).map(({ id }) => id).sort()
  const found: string[][] = []
  let row = starts.length > 0 ? starts : walkOrder(chart).slice(0, 1)
  const seen = new Set(row)
  while (row.length > 0) {
    found.push(row)
    row = [...new Set(row.flatMap((id) => beside.get(id) ?? []))].filter((id) => !seen.has(id)).sort()
    for (const id of row) seen.add(id)
  }
  const apart = chart.entities.map(({ id }) => id).filter((id) => !seen.has(id)).sort()
  return apart.length === 0 ? found : [...found, apart]
}

/** Depth first from the best linked, so that neighbours come one after the other. */
function walkOrder(chart: Chart): readonly string[] {
  const beside = neighbours(chart)
  const degree = (id: string): number => beside.get(id)?.length ?? 0
  const order: string[] = []
  const seen = new Set<string>()
  for (const { id: start } of chart.entities.toSorted((a, b) => degree(b.id) - degree(a.id) || byId(a, b))) {
    const stack = [start]
    while (stack.length > 0) {
      const id = stack.pop() as string
      if (seen.has(id)) continue
      seen.add(id)
      order.push(id)
      stack.push(...(beside.get(id) ?? []).toSorted((a, b) => degree(a) - degree(b) || (a < b ? 1 : -1)))
    }
  }
  return order
}

function neighbours({ entities, links }: Chart): ReadonlyMap<string, readonly string[]> {
  const sets = new Map<string, Set<string>>(entities.map(({ id }) => [id, new Set()]))
  for (const { source, target } of links) {
    sets.get(source)?.add(target)
    sets.get(target)?.add(source)
  }
  return new Map([...sets].map(([id, set]) => [id, [...set].sort()]))
}

function byId(a: ChartEntity, b: ChartEntity): number {
  return a.id < b.id ? -1 : 1
}

/** By the layout that the first drawing came from; the same for the same chart, seed and view. */
export function arranged(chart: Chart, seed: number, view: View): Chart {
  return fitted(movedChart(chart, layoutChart(chart.entities, chart.links, { seed })), view)
}
