/** Brokers and roles: who joins people that do not know each other, and how ties spread over communities. */
import type { WorkOptions } from '@ringmap/model/progress'
import type { Position, Positions } from '@ringmap/model/position'
import { constraint, effectiveSize } from '@ringmap/analysis/burt'
import { CARTOGRAPHY_ROLES, cartography } from '@ringmap/analysis/guimera-amaral'
import { orderOf, ranksOf } from '@ringmap/analysis/ranking'
import type { CaseView } from './case-view.ts'
import { foundNetwork, namedPart } from './found-network.ts'
import { maskedPlace } from './find-topics.ts'
import { tiesOnLayer } from './layer-orders.ts'
import { plural, type NamedNode } from './named-network.ts'

const CAUTIONS = ['A broker\'s place says who joins people in what was recorded, not why. Shopkeepers, lawyers and relatives stand there too.']

export interface PositionOptions extends WorkOptions {
  /** Only ties of one layer; communities stay those of all ties. Default: all. */
  readonly layer?: string | undefined
}

/** Contacts of all kinds count, also those outside the rings; only whom the order asks about is listed. @throws RingmapError step_missing; usage where there is no such layer */
export async function positionsOf(view: CaseView, by: Positions['by'], options: PositionOptions = {}): Promise<Positions> {
  const found = await foundNetwork(view.open, options)
  const everyone = Array.from({ length: found.network.actors.length }, (_, actor) => actor)
  const csr = options.layer === undefined ? found.network.csr : await tiesOnLayer(found, namedPart(found, everyone, 'the network'), options.layer)
  const tight = constraint(csr)
  const size = effectiveSize(csr)
  const { community } = found.found
  const map = cartography(csr, community)
  const part = namedPart(found, found.asked, 'the network')
  const contacts = (actor: number): number => (csr.offsets[actor + 1] as number) - (csr.offsets[actor] as number)
  const eligible = Uint8Array.from(part.nodes, (node, v) => (node.eligible && contacts(part.actors[v] as number) > 1 ? 1 : 0))
  // Roles stand in the order of their paper: hubs of everything first, then connectors.
  const values = Float64Array.from(part.actors, (actor) => (by === 'constraint' ? (tight[actor] as number) : -10 * (map.role[actor] as number) - (map.participation[actor] as number)))
  const ranks = ranksOf(values, eligible, 'low')
  const of = eligible.reduce((sum, one) => sum + one, 0)
  const roles: Record<string, number> = {}
  const positions = [...orderOf(values, eligible, 'low')].map((v): Position => {
    const actor = part.actors[v] as number
    const node = part.nodes[v] as NamedNode
    const role = CARTOGRAPHY_ROLES[map.role[actor] as number] ?? ''
    roles[role] = (roles[role] ?? 0) + 1
    const groups = new Set(csr.targets.subarray(csr.offsets[actor], csr.offsets[actor + 1]).map((other) => community[other] as number)).size
    return maskedPlace(view.mask, {
      subject: node.id, label: node.label, ring: node.ring_id, rank: ranks[v] as number, of, contacts: contacts(actor), constraint: tight[actor] as number, effective_size: size[actor] as number,
      communities: groups, participation: map.participation[actor] as number, within: map.within[actor] as number, role,
      text: `${plural(contacts(actor), 'contact')} in ${groups === 1 ? '1 community' : `${groups} communities`}, ${(size[actor] as number).toFixed(1)} of them leading to different people; ${role}`,
    })
  })
  return { by, positions, roles, cautions: options.layer === undefined ? CAUTIONS : [`Only ties of the layer ${options.layer} count here; communities are those of all ties.`, ...CAUTIONS] }
}
