/** The insulated: persons who reach the network through its busiest people and few besides. A list of its own, never mixed with the order. */
import type { InsulatedFinding, Reason } from '@ringmap/model/finding'
import { degree, weightedDegree } from '@ringmap/analysis/degree'
import { hubs, hubShare } from '@ringmap/analysis/hub-share'
import { orderOf, ranksOf } from '@ringmap/analysis/ranking'
import type { Csr } from '@ringmap/graph/csr'
import { induced } from '@ringmap/graph/subgraph'
import type { FoundNetwork } from './found-network.ts'
import { listed, plural, type NamedNetwork, type NamedNode } from './named-network.ts'

export const INSULATED_WARNING = 'Who stands here is in contact with the busiest and with few besides. A lawyer, a doctor, a relative or a tapped handset looks the same: this is a question to ask, not an answer, and it is never added to the order.'

const LISTED = 10

/** Those with at least two of the busiest among at least four contacts, who are not themselves among the busiest; volume is the number of calls, meetings and payments. */
export function insulated(found: FoundNetwork, network: NamedNetwork): InsulatedFinding[] {
  const csr = withVolumes(found, network)
  const hub = hubs(csr)
  const values = hubShare(csr)
  const volume = ranksOf(weightedDegree(csr), null, 'high')
  const contacts = degree(csr)
  const candidates = Uint8Array.from(network.nodes, (node, v) => (node.eligible && hub[v] === 0 && hubsAt(csr, hub, v).length >= 2 && (values[v] as number) > 0 ? 1 : 0))
  const ranks = ranksOf(values, candidates, 'high')
  const total = hub.reduce((sum, one) => sum + one, 0)
  return [...orderOf(values, candidates, 'high').subarray(0, LISTED)].map((v) => {
    const node = network.nodes[v] as NamedNode
    const at = hubsAt(csr, hub, v)
    return {
      subject: node.id, label: node.label, ring: node.ring_id, value: values[v] as number, rank: ranks[v] as number, contacts: contacts[v] as number, hubs: at.length,
      volume_rank: volume[v] as number, of: csr.nodes, because: [reason(csr, network, v, at, { contacts: contacts[v] as number, busiest: total, volume: volume[v] as number })],
    }
  })
}

/** The same ties, each weighing as many calls, meetings and payments as stand under it. */
function withVolumes(found: FoundNetwork, network: NamedNetwork): Csr {
  const part = induced(found.network.csr, network.actors)
  const { support_offsets: offsets, support_links: support } = found.network
  const volume = Float64Array.from(part.tie_of, (tie) => {
    let sum = 0
    for (let i = offsets[tie] as number; i < (offsets[tie + 1] as number); i++) sum += found.links.count[support[i] as number] as number
    return sum
  })
  return { ...part.csr, weights: Float64Array.from(part.csr.ties, (tie) => volume[tie] as number) }
}

interface HubContact {
  readonly node: number
  readonly tie: number
}

function hubsAt(csr: Csr, hub: Uint8Array, v: number): HubContact[] {
  const found: HubContact[] = []
  for (let arc = csr.offsets[v] as number; arc < (csr.offsets[v + 1] as number); arc++) {
    const node = csr.targets[arc] as number
    if (hub[node] === 1) found.push({ node, tie: csr.ties[arc] as number })
  }
  return found
}

function reason(csr: Csr, network: NamedNetwork, v: number, at: readonly HubContact[], facts: { contacts: number; busiest: number; volume: number }): Reason {
  const others = facts.contacts - at.length
  return {
    code: 'insulated', entities: at.map(({ node }) => (network.nodes[node] as NamedNode).id), links: [...new Set(at.flatMap(({ tie }) => network.links_of_tie(tie)))],
    text: `in contact with ${at.length} of the ${facts.busiest} busiest persons (${listed(at.map(({ node }) => `{${(network.nodes[node] as NamedNode).id}}`))}) and with ${others === 0 ? 'nobody else' : plural(others, 'other')}; by volume of contact in place ${facts.volume} of ${csr.nodes}`,
  }
}
