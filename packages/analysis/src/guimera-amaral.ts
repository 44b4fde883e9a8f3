/**
 * Roles by the communities of one's contacts (Guimera & Amaral 2005): z(v) how well tied inside the own community, compared with its members;
 * P(v) = 1 - sum over communities c of (k(v,c) / k(v))^2, how evenly ties spread over communities. Seven roles by their thresholds.
 */
import type { Csr } from '@ringmap/graph/csr'
import { undirected } from './undirected.ts'

/** In the order of their paper, R1 to R7. */
export const CARTOGRAPHY_ROLES = ['ultra-peripheral', 'peripheral', 'connector', 'kinless', 'provincial hub', 'connector hub', 'kinless hub'] as const
export type CartographyRole = (typeof CARTOGRAPHY_ROLES)[number]

export interface Cartography {
  /** Within-community degree, standardised; 0 where all members of the community are alike. */
  readonly within: Float64Array
  /** Participation, 0 to below 1; 0 for a node without ties. */
  readonly participation: Float64Array
  /** Index into CARTOGRAPHY_ROLES. */
  readonly role: Uint8Array
}

export interface CartographyOptions {
  /** Ties count by weight; default false. */
  readonly weighted?: boolean
}

export function cartography(given: Csr, community: ArrayLike<number>, options: CartographyOptions = {}): Cartography {
  const csr = undirected(given)
  const { nodes, offsets, targets, weights } = csr
  const weighted = options.weighted ?? false
  let count = 0
  for (let v = 0; v < nodes; v++) count = Math.max(count, community[v] + 1)
  const towards = new Float64Array(count)
  const inside = new Float64Array(nodes)
  const participation = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) {
    let all = 0
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) {
      const w = weighted ? weights[arc] : 1
      towards[community[targets[arc]]] += w
      all += w
    }
    inside[v] = towards[community[v]]
    let same = 0
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) {
      const c = community[targets[arc]]
      same += (towards[c] / all) ** 2
      towards[c] = 0
    }
    // One community alone is exactly 1.
    participation[v] = all > 0 ? Math.max(0, 1 - same) : 0
  }
  const within = standardised(inside, community, count)
  return { within, participation, role: Uint8Array.from(within, (z, v) => roleOf(z, participation[v])) }
}

/** Against the mean and the standard deviation (of the whole group) of each community. */
function standardised(inside: Float64Array, community: ArrayLike<number>, count: number): Float64Array {
  const size = new Float64Array(count)
  const mean = new Float64Array(count)
  const spread = new Float64Array(count)
  inside.forEach((k, v) => {
    size[community[v]]++
    mean[community[v]] += k
  })
  for (let c = 0; c < count; c++) mean[c] /= Math.max(1, size[c])
  inside.forEach((k, v) => (spread[community[v]] += (k - mean[community[v]]) ** 2))
  return inside.map((k, v) => {
    const c = community[v]
    const deviation = Math.sqrt(spread[c] / size[c])
    return deviation > 1e-9 * Math.max(1, mean[c]) ? (k - mean[c]) / deviation : 0
  })
}

/** Thresholds are the half-open ones of the paper; a billionth keeps rounding from deciding. */
function roleOf(z: number, p: number): number {
  const at = p - 1e-9
  if (z < 2.5 - 1e-9) return at <= 0.05 ? 0 : at <= 0.62 ? 1 : at <= 0.8 ? 2 : 3
  return at <= 0.3 ? 4 : at <= 0.75 ? 5 : 6
}
