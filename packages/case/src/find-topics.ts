/** What `ringmap find` answers beyond the whole: one layer, sliding windows, brokers; every identity passes the mask. */
import { RingmapError } from '@ringmap/model/errors'
import type { LayerOrder } from '@ringmap/model/finding'
import type { AxisEvent, Movement, OverTime } from '@ringmap/model/over-time'
import type { WorkOptions } from '@ringmap/model/progress'
import { loadFindings } from './find-step.ts'
import { foundNetwork, namedPart, type FoundNetwork } from './found-network.ts'
import { layerCode, layerOrders } from './layer-orders.ts'
import { labelled, maskedLabel, publicId, type CaseMask } from './mask-case.ts'
import { labelsSpoken, type CaseView } from './case-view.ts'
import { overTime, type OverTimeOptions } from './over-time.ts'
import { timedLinks, type TimedLinks } from './timed-links.ts'
import type { NamedNetwork } from './named-network.ts'

export interface TopicNetwork {
  readonly found: FoundNetwork
  readonly timed: TimedLinks
  readonly whole: NamedNetwork
}

/** The network of the findings again, with the observations under it. @throws RingmapError step_missing */
export async function topicNetwork(view: CaseView, options: WorkOptions = {}): Promise<TopicNetwork> {
  const found = await foundNetwork(view.open, options)
  return { found, timed: await timedLinks(view.open, found), whole: namedPart(found, found.asked, 'the network') }
}

/** @throws RingmapError usage where there is no such layer. */
export async function findOnLayer(view: CaseView, layer: string, options: WorkOptions = {}): Promise<LayerOrder> {
  const { found, timed, whole } = await topicNetwork(view, options)
  layerCode(timed, layer)
  const merged = (await loadFindings(view.open)).organisers
  const [order] = layerOrders(found, timed, whole, merged, { signal: options.signal, only: [layer] })
  if (order === undefined) throw new RingmapError('usage', { what: `Nobody who is ranked has a tie on the layer ${layer}.` })
  return { ...order, organisers: order.organisers.map((place) => maskedPlace(view.mask, place)), unseen: order.unseen.map((id) => publicId(view.mask, id)) }
}

/** @throws RingmapError usage */
export async function findOverTime(view: CaseView, options: OverTimeOptions = {}): Promise<OverTime> {
  const { found, timed, whole } = await topicNetwork(view, options)
  const over = await overTime(found, timed, whole, (await loadFindings(view.open)).organisers, options)
  const labels = await labelsSpoken(view, over.events.map((event) => event.text))
  const event = (one: AxisEvent): AxisEvent => ({ ...one, text: labelled(one.text, view.mask, labels), entities: one.entities.map((id) => publicId(view.mask, id)) })
  const move = (one: Movement): Movement => maskedPlace(view.mask, one)
  return {
    ...over, events: over.events.map(event),
    windows: over.windows.map((window) => ({ ...window, organisers: window.organisers.map((place) => maskedPlace(view.mask, place)) })),
    after_events: over.after_events.map((after) => ({ ...after, events: after.events.map(event), rose: after.rose.map(move), fell: after.fell.map(move) })),
  }
}

export function maskedPlace<T extends { readonly subject: string; readonly label: string }>(mask: CaseMask, place: T): T {
  return { ...place, subject: publicId(mask, place.subject), label: maskedLabel(mask, place.subject, place.label) }
}
