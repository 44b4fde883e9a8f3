/** What if these persons were arrested, or which two or three at best: with successors, and with the safety of victims. */
import { RingmapError } from '@ringmap/model/errors'
import type { WorkOptions } from '@ringmap/model/progress'
import { PROTECTED_ROLES, type Role } from '@ringmap/model/schema'
import type { ArrestSet, Named, WhatIf } from '@ringmap/model/what-if'
import { arrestEffect, bestArrests, type ArrestEffect } from '@ringmap/analysis/arrests'
import type { CaseView } from './case-view.ts'
import { foundNetwork, askedActor, namedPart } from './found-network.ts'
import { maskedLabel, publicId } from './mask-case.ts'
import { listed, plural, type NamedNetwork, type NamedNode } from './named-network.ts'

export interface WhatIfOptions extends WorkOptions {
  /** Ids or labels of those to arrest; without them the best sets of `size` are searched. */
  readonly arrest?: readonly string[] | undefined
  /** 1 to 4; default 2. */
  readonly size?: number | undefined
  /** Ring id, such as `ring-1`; default all who are asked. */
  readonly ring?: string | undefined
  readonly count?: number | undefined
}

const CAUTIONS = [
  'Successors are those nearest in role in what is recorded; who really steps in may never have been recorded.',
  'Exposed are protected persons in contact with somebody arrested and with somebody who stays free: bring them to safety before anything else.',
  'A set that breaks much is no reason for an arrest: that needs evidence of an offence against each person.',
]

/** @throws RingmapError not_found, usage, step_missing */
export async function whatIf(view: CaseView, options: WhatIfOptions = {}): Promise<WhatIf> {
  const found = await foundNetwork(view.open, options)
  const place = options.ring === undefined ? null : Number(/^ring-(\d+)$/.exec(options.ring)?.[1] ?? 0) - 1
  const ring = place === null ? null : found.rings[place]
  if (ring === undefined) throw new RingmapError('not_found', { what: `The ring ${options.ring}` })
  const network = namedPart(found, ring === null ? found.asked : [...ring.members], ring === null ? 'the network' : `Ring ${(place as number) + 1}`)
  const safety = Uint8Array.from(network.actors, (actor) => (PROTECTED_ROLES.includes(found.unranked.get(found.network.actors[actor] as number) as Role) ? 1 : 0))
  const eligible = Uint8Array.from(network.nodes, (node) => (node.eligible ? 1 : 0))
  const kernel = { safety, successors: eligible, progress: options.progress, signal: options.signal }
  const facts = { persons: network.csr.nodes, protected_persons: safety.reduce((sum, one) => sum + one, 0), cautions: CAUTIONS }
  const told = (effect: ArrestEffect): ArrestSet => inWords(view, network, effect, facts.protected_persons)
  if (options.arrest !== undefined && options.arrest.length > 0) {
    const nodes = options.arrest.map((wanted) => {
      const node = network.actors.indexOf(askedActor(found, wanted))
      if (node < 0) throw new RingmapError('not_found', { what: `"${wanted}" in ${network.called}` })
      return node
    })
    return { kind: 'asked', size: new Set(nodes).size, sets: [told(arrestEffect(network.csr, nodes, kernel))], tried: 1, exact: true, ...facts }
  }
  const size = options.size ?? 2
  if (!Number.isInteger(size) || size < 1 || size > 4) throw new RingmapError('usage', { what: '--size is 1, 2, 3 or 4.' })
  const { sets, tried, exact } = bestArrests(network.csr, { ...kernel, eligible, size, count: options.count ?? 5 })
  return { kind: 'searched', size, sets: sets.map(told), tried, exact, ...facts }
}

function inWords(view: CaseView, network: NamedNetwork, effect: ArrestEffect, of: number): ArrestSet {
  const named = (v: number): Named => {
    const node = network.nodes[v] as NamedNode
    return { id: publicId(view.mask, node.id), label: maskedLabel(view.mask, node.id, node.label) }
  }
  const percent = (share: number): string => `${Math.round(share * 100)} %`
  const arrested = effect.arrested.map(named)
  const successors = effect.successors.map((by, i) => ({ of: arrested[i] as Named, by: by < 0 ? null : named(by) }))
  const exposed = effect.exposed.map(named)
  const stepIn = successors.map(({ of: who, by }) => (by === null ? `nobody is near enough to follow ${who.label}` : `${by.label} is nearest in role to ${who.label}`))
  const safe = of === 0 ? 'no protected person is in this network' : exposed.length === 0 ? 'no protected person is left exposed' : `${plural(exposed.length, 'protected person')} of ${of} would be left exposed: ${listed(exposed.map(({ label }) => label))}`
  return {
    arrested, successors, exposed, at_once: effect.at_once, lasting: effect.lasting, score: effect.score,
    text: `${percent(effect.at_once)} of the cohesion of ${network.called} is lost at once, ${percent(effect.lasting)} for good; ${stepIn.join('; ')}; ${safe}`,
  }
}
