/** A network with ties added: what may have been there and was not recorded. */
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { lowerBound } from '@ringmap/model/lower-bound'
import type { Random } from '@ringmap/model/random'
import { arcSources } from './undirected.ts'

export interface GrownOptions {
  /** Share of the whole that is missing from what was recorded: m ties grow by m * share / (1 - share); at most as many again. */
  readonly share: number
  /** Share of the new ties that close a triangle; the rest join anyone with anyone. Default 0.7. */
  readonly closing?: number
}

/**
 * Each new tie starts at a person drawn in proportion to contacts; with probability `closing` it leads to a contact of a contact, otherwise to anyone who has a tie. Its weight
 * is that of a tie drawn at random. People without ties stay without. `tie_of_edge` says nothing of what was added.
 */
export function grown(csr: Csr, { share, closing = 0.7 }: GrownOptions, random: Random): Csr {
  const { nodes, offsets, targets, directed } = csr
  const own = arcSources(csr)
  const wanted = Math.min(csr.tie_count, Math.round((csr.tie_count * share) / Math.max(1e-9, 1 - share)))
  if (wanted === 0) return csr
  const known = directed ? targets.length : targets.length / 2
  const source = new Uint32Array(known + wanted)
  const target = new Uint32Array(known + wanted)
  const weight = new Float64Array(known + wanted)
  let ties = 0
  const add = (u: number, v: number, w: number): void => {
    source[ties] = u
    target[ties] = v
    weight[ties++] = w
  }
  for (let arc = 0; arc < targets.length; arc++) if (directed || own[arc] < targets[arc]) add(own[arc], targets[arc], csr.weights[arc])
  const added = new Set<number>()
  const key = (u: number, v: number): number => (directed || u < v ? u * nodes + v : v * nodes + u)
  const tied = whoHasTies(csr, own)
  const pick = (length: number): number => Math.floor(random() * length)
  const step = (v: number): number => (offsets[v + 1] > offsets[v] ? targets[offsets[v] + pick(offsets[v + 1] - offsets[v])] : v)
  // In a network where nearly everyone is tied there is no room: the tries are counted.
  for (let left = wanted, tries = wanted * 20; left > 0 && tries > 0; tries--) {
    const u = own[pick(own.length)]
    const v = random() < closing ? step(step(u)) : tied[pick(tied.length)]
    const w = csr.weights[pick(targets.length)]
    if (u === v || leads(csr, u, v) || added.has(key(u, v))) continue
    added.add(key(u, v))
    add(u, v, w)
    left--
  }
  return csrFromEdges(nodes, source.subarray(0, ties), target.subarray(0, ties), { directed, weights: weight.subarray(0, ties) })
}

/** Ascending. */
function whoHasTies({ nodes, targets }: Csr, own: Uint32Array): Uint32Array {
  const has = new Uint8Array(nodes)
  for (let arc = 0; arc < targets.length; arc++) has[own[arc]] = has[targets[arc]] = 1
  const tied = new Uint32Array(nodes)
  let count = 0
  for (let v = 0; v < nodes; v++) if (has[v] === 1) tied[count++] = v
  return tied.subarray(0, count)
}

/** Whether u's row, which is ascending, has v. */
function leads({ offsets, targets }: Csr, u: number, v: number): boolean {
  const at = lowerBound(targets, v, offsets[u], offsets[u + 1])
  return at < offsets[u + 1] && targets[at] === v
}
