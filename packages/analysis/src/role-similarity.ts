/**
 * Who is like whom. Structural equivalence: two people with the same contacts (Lorrain & White 1971), here the share of contacts in common, the pair
 * itself left out (Jaccard). Role similarity: two people whose contacts play the same roles, though they may know nobody in common (RoleSim, Jin, Lee & Hong
 * 2011): s(u,v) = (1 - b) * (best matching of their contacts) / (larger number of contacts) + b. Automorphic nodes have 1.
 */
import type { Csr } from '@ringmap/graph/csr'
import { invariant, RingmapError } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { largestAssignment } from './assignment.ts'
import { undirected } from './undirected.ts'

/** Of one person to everyone: 1 for the same contacts, 0 for none in common; NaN where neither has a contact besides the other. */
export function structuralEquivalence(given: Csr, node: number): Float64Array {
  const csr = undirected(given)
  invariant(node < csr.nodes, 'the person is a node')
  const { nodes, offsets, targets } = csr
  const own = new Uint8Array(nodes)
  for (let arc = offsets[node]; arc < offsets[node + 1]; arc++) own[targets[arc]] = 1
  const value = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) {
    let both = 0
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) both += own[targets[arc]]
    const tied = v !== node && own[v] === 1 ? 1 : 0
    const all = offsets[node + 1] - offsets[node] + offsets[v + 1] - offsets[v] - 2 * tied - both
    value[v] = v === node ? 1 : all === 0 ? Number.NaN : both / all
  }
  return value
}

export interface RoleSimilarityOptions extends WorkOptions {
  /** Least similarity b of any two, in [0, 1); default 0.15. */
  readonly least?: number
  /** Ends when no pair changes by more; default 1e-3. */
  readonly tolerance?: number
  /** Largest network: 16 bytes a pair. Default 3000 (144 MB). */
  readonly largest?: number
}

/** Symmetric, nodes x nodes, row by row. Contacts are matched as well as can be, so that the numbers of nodes do not matter. */
export function roleSimilarity(given: Csr, options: RoleSimilarityOptions = {}): Float64Array {
  const csr = undirected(given)
  const { nodes } = csr
  const limit = options.largest ?? 3000
  if (nodes > limit) {
    throw new RingmapError('too_large', {
      what: `Role similarity of ${nodes} nodes`, needed: `${Math.ceil((nodes * nodes * 16) / 1e9)} GB`, available: `${Math.ceil((limit * limit * 16) / 1e9)} GB`, hint: 'Compare the members of a ring, or a part of the network.',
    })
  }
  const least = options.least ?? 0.15
  let now: Float64Array = new Float64Array(nodes * nodes).fill(1)
  let next: Float64Array = new Float64Array(nodes * nodes)
  for (let step = 0; step < 100; step++) {
    options.progress?.('role similarity', step, 0)
    const change = refine(csr, least, now, next, options)
    const kept = now
    now = next
    next = kept
    if (change <= (options.tolerance ?? 1e-3)) break
  }
  return now
}

function refine(csr: Csr, least: number, now: Float64Array, next: Float64Array, options: WorkOptions): number {
  const { nodes, offsets } = csr
  let change = 0
  for (let u = 0; u < nodes; u++) {
    stopIfAsked(options.signal)
    next[u * nodes + u] = 1
    for (let v = u + 1; v < nodes; v++) {
      const most = Math.max(offsets[u + 1] - offsets[u], offsets[v + 1] - offsets[v])
      const value = most === 0 ? 1 : (1 - least) * (matching(csr, u, v, now) / most) + least
      change = Math.max(change, Math.abs(value - now[u * nodes + v]))
      next[u * nodes + v] = next[v * nodes + u] = value
    }
  }
  return change
}

/** Weight of the best matching of two people's contacts. */
function matching(csr: Csr, u: number, v: number, now: Float64Array): number {
  const { nodes, offsets, targets } = csr
  if (offsets[u + 1] - offsets[u] > offsets[v + 1] - offsets[v]) [u, v] = [v, u]
  const rows = offsets[u + 1] - offsets[u]
  const columns = offsets[v + 1] - offsets[v]
  if (rows === 0) return 0
  const similar = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) similar[i * columns + j] = now[targets[offsets[u] + i] * nodes + targets[offsets[v] + j]]
  return largestAssignment(rows, columns, similar)
}
