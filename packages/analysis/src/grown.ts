/** A network with ties added: what may have been there and was not recorded. */
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
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
  const source: number[] = []
  const target: number[] = []
  const weight: number[] = []
  const have = new Set<number>()
  const key = (u: number, v: number): number => (directed || u < v ? u * nodes + v : v * nodes + u)
  for (let arc = 0; arc < targets.length; arc++) {
    have.add(key(own[arc], targets[arc]))
    if (!directed && own[arc] > targets[arc]) continue
    source.push(own[arc])
    target.push(targets[arc])
    weight.push(csr.weights[arc])
  }
  const tied = Uint32Array.from(new Set([...own, ...targets])).sort()
  const pick = (length: number): number => Math.floor(random() * length)
  const step = (v: number): number => (offsets[v + 1] > offsets[v] ? targets[offsets[v] + pick(offsets[v + 1] - offsets[v])] : v)
  // In a network where nearly everyone is tied there is no room: the tries are counted.
  for (let left = wanted, tries = wanted * 20; left > 0 && tries > 0; tries--) {
    const u = own[pick(own.length)]
    const v = random() < closing ? step(step(u)) : tied[pick(tied.length)]
    const w = csr.weights[pick(targets.length)]
    if (u === v || have.has(key(u, v))) continue
    have.add(key(u, v))
    source.push(u)
    target.push(v)
    weight.push(w)
    left--
  }
  return csrFromEdges(nodes, Uint32Array.from(source), Uint32Array.from(target), { directed, weights: Float64Array.from(weight) })
}
