/** What a person's place stands on: the fewest rows without which it is lost, and the order without each source. */
import { RingmapError } from '@ringmap/model/errors'
import type { OrganiserFinding } from '@ringmap/model/finding'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import type { Standing, WithoutSource } from '@ringmap/model/standing'
import { currentFlow } from '@ringmap/analysis/current-flow'
import { ranksOf } from '@ringmap/analysis/ranking'
import { smallestRemoval } from '@ringmap/analysis/smallest-removal'
import { findingsOf, type CaseView } from './case-view.ts'
import { publicId, shownFile } from './mask-case.ts'
import { linksNear } from './evidence-copies.ts'
import { topicNetwork, type TopicNetwork } from './find-topics.ts'
import { askedActor, tiesAmong } from './found-network.ts'
import { maskedRows } from './source-rows.ts'
import { narrowed, onlyLinks, restricted } from './timed-links.ts'

export interface StandingOptions extends WorkOptions {
  /** Default 10. */
  readonly first?: number | undefined
}

/** A row of the sources: position of its source in case.yaml, and its number. */
interface RowPlace {
  readonly source: number
  readonly row: number
}

/** Rows printed; the text says how many there are. */
const ROWS_SHOWN = 200

/** @param wanted id or label of somebody who is ranked. @throws RingmapError not_found, step_missing */
export async function standingOf(view: CaseView, wanted: string, options: StandingOptions = {}): Promise<Standing> {
  const topic = await topicNetwork(view, options)
  const actor = askedActor(topic.found, wanted)
  const node = topic.whole.actors.indexOf(actor)
  const id = topic.whole.nodes[node]?.id
  const finding = (await findingsOf(view)).organisers.find((one) => one.subject === id)
  if (finding === undefined) throw new RingmapError('not_found', { what: `"${wanted}" among those who are listed in the order` })
  return await standing(view, topic, node, finding, options)
}

async function standing(view: CaseView, topic: TopicNetwork, node: number, finding: OrganiserFinding, options: StandingOptions): Promise<Standing> {
  const first = options.first ?? 10
  const orders = ordersWithout(topic)
  const place = { rows: (list: readonly RowPlace[]): number => orders.rows(list).rank[node] as number, source: (source: number): Place => placeIn(orders.source(source), node) }
  const units = unitsUnder(topic, node)
  const rows = new Map(units.flat().map((row) => [key(row), row]))
  const rowsOf = (chosen: readonly number[]): RowPlace[] => [...new Map(chosen.flatMap((unit) => units[unit] as RowPlace[]).map((row) => [key(row), row])).values()].sort((a, b) => a.source - b.source || a.row - b.row)
  const without = (chosen: readonly number[]): number => place.rows(rowsOf(chosen))
  const found = finding.rank > first ? null : smallestRemoval({
    costs: units.map((unit) => unit.length), works: (chosen) => without(chosen) > first, progressOf: without, signal: options.signal, progress: options.progress,
  })
  const sources = view.open.file.sources
  const named = (list: readonly RowPlace[]): { source: string; row: number }[] => list.map(({ source, row }) => ({ source: sources[source]?.name ?? '', row }))
  const lost = found === null ? [] : rowsOf(found.units)
  // A row can stand under two units; then sums of costs are no order of sizes.
  const apart = units.reduce((sum, unit) => sum + unit.length, 0) === rows.size
  const proof = found === null ? null : found.proof === 'smallest' && !apart ? 'irreducible' : found.proof
  const rank = found === null ? finding.rank : without(found.units)
  return {
    finding, first, rows_of: rows.size,
    smallest: proof === null ? null : {
      rows: await maskedRows(view, named(lost.slice(0, ROWS_SHOWN))), rows_of: lost.length, rank_without: rank, proof, text: told(lost.length, rank, finding.of, first, proof),
    },
    without_source: sources.flatMap(({ name, file }, source): WithoutSource[] => {
      const count = [...rows.values()].filter((row) => row.source === source).length
      if (count === 0) return []
      return [{ source: name, file: shownFile(view.mask, file), rows: count, ...place.source(source) }]
    }),
    cautions: [`Whom the order compares (${finding.of} persons) stays as it was; only the ties change.`, ...(found === null && finding.rank <= first ? ['No removal of rows under this person\'s own ties moves him or her out of the first.'] : [])],
  }
}

function told(rows: number, rank: number, of: number, first: number, proof: 'smallest' | 'irreducible' | 'reduced'): string {
  const less = { smallest: 'no smaller set of the rows under his or her ties does this', irreducible: 'no part of these rows does this', reduced: 'none of them can be left out' }[proof]
  return `without ${rows === 1 ? 'this row' : `these ${rows} rows`} this person is in place ${rank} of ${of}, no longer among the first ${first}; ${less}`
}

function key({ source, row }: RowPlace): string {
  return `${source}:${row}`
}

export interface PlaceWithoutSource extends Place {
  readonly source: string
  readonly subject: string
}

/** Where each of some persons would stand without each source, in the order of case.yaml, then of those asked. Public ids; who is not in the order is left out. */
export async function placesWithoutSources(view: CaseView, subjects: readonly string[], options: WorkOptions = {}): Promise<PlaceWithoutSource[]> {
  const topic = await topicNetwork(view, options)
  const nodes = new Map(topic.whole.nodes.map(({ id }, node) => [publicId(view.mask, id), node]))
  const orders = ordersWithout(topic)
  return view.open.file.sources.flatMap(({ name }, source) => {
    stopIfAsked(options.signal)
    const order = orders.source(source)
    return subjects.flatMap((subject): PlaceWithoutSource[] => {
      const node = nodes.get(subject)
      return node === undefined ? [] : [{ source: name, subject, ...placeIn(order, node) }]
    })
  })
}

interface OrdersWithout {
  readonly rows: (rows: readonly RowPlace[]) => Order
  readonly source: (source: number) => Order
}

interface Order {
  readonly rank: ArrayLike<number>
  /** 1 for nodes that would have no tie. */
  readonly unseen: Uint8Array
}

interface Place {
  readonly rank_without: number
  readonly unseen: boolean
}

function placeIn({ rank, unseen }: Order, node: number): Place {
  return { rank_without: rank[node] as number, unseen: unseen[node] === 1 }
}

/** Everybody's rank when rows are not there; who is asked stays in the order, tied or not. */
function ordersWithout({ found, timed, whole }: TopicNetwork): OrdersWithout {
  // Only what is near the persons asked can change their ties.
  const near = linksNear(found, whole.actors)
  const links = onlyLinks(found.links, near)
  const part = restricted(timed, near)
  const eligible = Uint8Array.from(whole.nodes, (one) => (one.eligible ? 1 : 0))
  const kept = new Uint8Array(part.link.length)
  const order = (): Order => {
    const csr = tiesAmong(found, whole.actors, narrowed(links, part, kept, { attribution: 'goes' }))
    const values = currentFlow(csr).value.slice()
    const unseen = new Uint8Array(csr.nodes)
    for (let v = 0; v < csr.nodes; v++) {
      if (csr.offsets[v] !== csr.offsets[v + 1]) continue
      values[v] = Number.NaN
      unseen[v] = 1
    }
    return { rank: ranksOf(values, eligible, 'high'), unseen }
  }
  return {
    rows: (rows) => {
      const gone = new Set(rows.map(key))
      for (let i = 0; i < kept.length; i++) kept[i] = gone.has(key({ source: part.source[i] as number, row: part.row[i] as number })) ? 0 : 1
      return order()
    },
    source: (source) => {
      for (let i = 0; i < kept.length; i++) kept[i] = part.source[i] === source ? 0 : 1
      return order()
    },
  }
}

/**
 * Rows that fall or stand together: all that state anything between two entities under this person's ties. A tie needs each pair on its way (whose phone it is, the call), and a pair
 * holds while one of its rows does, so smaller parts than these change nothing.
 */
function unitsUnder({ found, timed, whole }: TopicNetwork, node: number): RowPlace[][] {
  const { network, links } = found
  const actor = whole.actors[node] as number
  const pair = new Map<number, number>()
  const pairKey = (l: number): number => {
    const [a, b] = [links.source[l] as number, links.target[l] as number]
    return Math.min(a, b) * found.entities.kind.length + Math.max(a, b)
  }
  for (let arc = network.csr.offsets[actor] as number; arc < (network.csr.offsets[actor + 1] as number); arc++) {
    const tie = network.csr.ties[arc] as number
    for (let i = network.support_offsets[tie] as number; i < (network.support_offsets[tie + 1] as number); i++) {
      const which = pairKey(network.support_links[i] as number)
      if (!pair.has(which)) pair.set(which, pair.size)
    }
  }
  const units: Map<string, RowPlace>[] = Array.from({ length: pair.size }, () => new Map())
  for (let i = 0; i < timed.link.length; i++) {
    const unit = pair.get(pairKey(timed.link[i] as number))
    if (unit === undefined) continue
    const row = { source: timed.source[i] as number, row: timed.row[i] as number }
    units[unit]?.set(key(row), row)
  }
  // The same rows under two pairs are one unit.
  const once = new Map(units.map((unit) => [[...unit.keys()].sort().join(' '), unit]))
  return [...once.values()].filter((unit) => unit.size > 0).map((unit) => [...unit.values()])
}
