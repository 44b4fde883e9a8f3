/** The same persons ordered on each layer alone: who stands out in calls need not stand out in money. */
import type { LayerOrder, OrganiserFinding, Place } from '@ringmap/model/finding'
import type { StopSignal } from '@ringmap/model/progress'
import { stopIfAsked } from '@ringmap/model/progress'
import { RingmapError } from '@ringmap/model/errors'
import { currentFlow } from '@ringmap/analysis/current-flow'
import { orderOf, ranksOf } from '@ringmap/analysis/ranking'
import type { Csr } from '@ringmap/graph/csr'
import { linksNear } from './evidence-copies.ts'
import { tiesAmong, type FoundNetwork } from './found-network.ts'
import type { NamedNetwork, NamedNode } from './named-network.ts'
import { narrowed, observationsWhere, onlyLinks, timedLinks, type TimedLinks } from './timed-links.ts'

const LISTED = 50

export interface LayerOptions {
  readonly signal?: StopSignal | undefined
  /** Only layers of these names; default all. */
  readonly only?: readonly string[]
}

/** Layers on which nobody who is asked has a tie are left out. */
export function layerOrders(found: FoundNetwork, timed: TimedLinks, whole: NamedNetwork, merged: readonly OrganiserFinding[], options: LayerOptions = {}): LayerOrder[] {
  const orders: LayerOrder[] = []
  timed.layers.forEach(({ layer, label }, code) => {
    if (options.only !== undefined && !options.only.includes(layer)) return
    stopIfAsked(options.signal)
    const csr = asSeen(found, timed, whole, observationsWhere(timed, (i) => timed.layer[i] === code))
    if (csr.tie_count === 0) return
    orders.push({ layer, label, ...placesOf(csr, whole, merged) })
  })
  return orders
}

/** Ties among the nodes of a network that the observations of one layer make. @throws RingmapError usage where there is no such layer, or it ties nobody */
export async function tiesOnLayer(found: FoundNetwork, network: NamedNetwork, layer: string): Promise<Csr> {
  const timed = await timedLinks(found.open, found, { each: 'layer' })
  const code = layerCode(timed, layer)
  const csr = asSeen(found, timed, network, observationsWhere(timed, (i) => timed.layer[i] === code))
  if (csr.tie_count === 0) throw new RingmapError('usage', { what: `Nobody in ${network.called} has a tie on the layer ${layer}.` })
  return csr
}

/** The number by which observations name a layer. @throws RingmapError usage where there is no such layer */
export function layerCode(timed: TimedLinks, layer: string): number {
  const code = timed.layers.findIndex((one) => one.layer === layer)
  if (code < 0) throw new RingmapError('usage', { what: `There is no layer ${layer} in this case; there are ${timed.layers.map((one) => one.layer).join(', ')}.` })
  return code
}

/** Ties among the nodes of a network that some of the observations make; who stands behind which thing stays known. */
export function asSeen(found: FoundNetwork, timed: TimedLinks, whole: NamedNetwork, kept: Uint8Array): Csr {
  const links = narrowed(found.links, timed, kept, { attribution: 'stays' })
  return tiesAmong(found, whole.actors, onlyLinks(links, linksNear({ ...found, links }, whole.actors)))
}

/** Persons without a tie have no place. */
export function placesOf(csr: Csr, whole: NamedNetwork, merged: readonly OrganiserFinding[]): Pick<LayerOrder, 'persons' | 'ties' | 'organisers' | 'unseen'> {
  const tied = (v: number): boolean => (csr.offsets[v + 1] as number) > (csr.offsets[v] as number)
  const eligible = Uint8Array.from(whole.nodes, (node, v) => (node.eligible && tied(v) ? 1 : 0))
  const values = currentFlow(csr).value
  const ranks = ranksOf(values, eligible, 'high')
  const of = eligible.reduce((sum, one) => sum + one, 0)
  const overall = new Map(merged.map((one) => [one.subject, one.rank]))
  const place = new Map(whole.nodes.map((node, v) => [node.id, v]))
  const organisers = [...orderOf(values, eligible, 'high').subarray(0, LISTED)].map((v): Place => {
    const node = whole.nodes[v] as NamedNode
    return { subject: node.id, label: node.label, value: values[v] as number, rank: ranks[v] as number, of, overall: overall.get(node.id) ?? null }
  })
  const unseen = merged.filter((one) => one.rank <= 10 && !tied(place.get(one.subject) ?? 0)).map(({ subject }) => subject)
  return { persons: whole.nodes.filter((_, v) => tied(v)).length, ties: csr.tie_count, organisers, unseen }
}
