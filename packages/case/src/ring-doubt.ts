/** How sure the rings are: whether other runs of the same method find them again, and who stands at their edge. */
import type { Ring, RingEdge } from '@ringmap/model/finding'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { groupAgreement } from '@ringmap/analysis/group-agreement'
import { communities } from '@ringmap/graph/communities'
import { DOUBT_RUNS, DOUBT_TIES, type FoundNetwork } from './found-network.ts'
import { ringCommunities } from './ring-communities.ts'

/** Members who are with their ring in fewer runs than this stand at its edge. */
const EDGE = 0.8

/** Null where the network is too large, or the engine's method takes no seed; the findings say so. */
export function ringDoubts(found: FoundNetwork, options: WorkOptions = {}): Pick<Ring, 'agreement' | 'edge'>[] | null {
  const { network, rings, open } = found
  if (rings.length === 0) return []
  if (network.csr.tie_count > DOUBT_TIES || (found.engine !== null && found.engine.again === null)) return null
  const { seed, resolution } = open.file.find
  const partitions = Array.from({ length: found.engine?.again?.length ?? DOUBT_RUNS }, (_, run) => {
    stopIfAsked(options.signal)
    const base = found.engine?.again?.[run] ?? communities(network.csr, { seed: Math.imul(seed, 0x9e3779b1) ^ (run + 1), resolution }).community
    return ringCommunities(network, { community: base, count: base.reduce((most, c) => Math.max(most, c), -1) + 1 }, { ...open.file.find, signal: options.signal }).community
  })
  const label = (actor: number): { subject: string; label: string } => {
    const name = found.names.get(network.actors[actor] as number)
    return { subject: name?.id ?? '', label: name === undefined ? '' : name.kind === 'Person' || name.kind === 'Organisation' ? name.label : `unknown user of ${name.label}` }
  }
  return groupAgreement(rings.map((ring) => ring.members), partitions).map((one, r) => ({
    agreement: { overlap: rounded(one.overlap), runs: DOUBT_RUNS },
    edge: [...(rings[r]?.members ?? [])].flatMap((actor, i): RingEdge[] => {
      const share = one.share[i] as number
      if (share >= EDGE) return []
      const other = one.other[i] as number
      return [{ ...label(actor), share: rounded(share), also: other < 0 ? null : `ring-${other + 1}`, also_share: rounded(one.other_share[i] as number) }]
    }).sort((a, b) => a.share - b.share || (a.subject < b.subject ? -1 : 1)),
  }))
}

function rounded(share: number): number {
  return Math.round(share * 1000) / 1000
}
