/**
 * Hub share: c * c / k for a node with k contacts, c of them hubs (the busiest by volume), and at least `contacts` contacts; 0 for others.
 * Finds the insulated leader who reaches the network through its busiest people and few besides. A list of its own, never added to the main order:
 * a lawyer, a relative or a tapped handset looks the same.
 */
import type { Csr } from '@ringmap/graph/csr'
import { weightedDegree } from './degree.ts'
import { undirected } from './undirected.ts'

export interface HubShareOptions {
  /** Share of the nodes with ties that are hubs; default 0.05. */
  readonly busiest?: number
  /** Least number of contacts; default 4. */
  readonly contacts?: number
}

/** Volume is the weight of a node's ties: build the network with weights = calls. */
export function hubShare(given: Csr, options: HubShareOptions = {}): Float64Array {
  const csr = undirected(given)
  const { nodes, offsets, targets } = csr
  const hub = hubs(csr, options)
  const least = options.contacts ?? 4
  const value = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) {
    const contacts = offsets[v + 1] - offsets[v]
    if (contacts < least) continue
    let c = 0
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) c += hub[targets[arc]]
    value[v] = (c * c) / contacts
  }
  return value
}

/** 1 for the busiest; whoever ties with the last of them is one too. */
export function hubs(given: Csr, options: HubShareOptions = {}): Uint8Array {
  const csr = undirected(given)
  const volume = weightedDegree(csr)
  const active = volume.filter((w) => w > 0).sort()
  const hub = new Uint8Array(csr.nodes)
  const wanted = Math.ceil(active.length * (options.busiest ?? 0.05))
  if (wanted === 0) return hub
  const least = active[active.length - wanted]
  for (let v = 0; v < csr.nodes; v++) hub[v] = volume[v] >= least ? 1 : 0
  return hub
}
