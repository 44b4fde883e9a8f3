/**
 * How often a random walk of a few steps visits each node, less what it would in the long run: a near sight of where current from a node goes, cheap for
 * one source, and exact when summed over all of them.
 */
import { SIDES, type LaplacianNet } from './laplacian-solver.ts'

/** Steps of a walk. */
export const STEPS = 4

/** Share of each node in the long run. */
export function stationary(strength: Float64Array): Float64Array {
  let all = 0
  for (const s of strength) all += s
  return strength.map((s) => s / all)
}

/** Expected visits in steps 1 to STEPS of walks that begin as `start` says (by node and lane), the start itself left out. */
export function visits(net: LaplacianNet, strength: Float64Array, start: Float64Array, lanes: number): Float64Array {
  const { nodes, offsets, targets, weights } = net
  const sum = new Float64Array(nodes * lanes)
  const leaving = new Float64Array(nodes * lanes)
  let at = start
  for (let step = 0; step < STEPS; step++) {
    for (let v = 0; v < nodes; v++) for (let k = 0; k < lanes; k++) leaving[v * lanes + k] = at[v * lanes + k] / strength[v]
    const next = new Float64Array(nodes * lanes)
    for (let v = 0; v < nodes; v++) {
      const i = v * lanes
      for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) {
        const u = targets[arc] * lanes
        const w = weights[arc]
        for (let k = 0; k < lanes; k++) next[i + k] += w * leaving[u + k]
      }
      for (let k = 0; k < lanes; k++) sum[i + k] += next[i + k]
    }
    at = next
  }
  return sum
}

/** Visits from up to SIDES sources, by node and lane of SIDES. */
export function visitsFrom(net: LaplacianNet, strength: Float64Array, sources: Uint32Array): Float64Array {
  const start = new Float64Array(net.nodes * SIDES)
  for (let k = 0; k < sources.length; k++) start[sources[k] * SIDES + k] = 1
  return visits(net, strength, start, SIDES)
}

/** Expected returns of a walk to where it began, in steps 1 to 4: with p the chances after two steps, p(v), p over one tie back, and p squared. */
export function returns(net: LaplacianNet, strength: Float64Array): Float64Array {
  const { nodes, offsets, targets, weights } = net
  const chance = new Float64Array(nodes)
  const met = new Uint32Array(nodes)
  const value = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) {
    let found = 0
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) {
      const u = targets[arc]
      const there = weights[arc] / strength[v] / strength[u]
      const end = offsets[u + 1]
      for (let next = offsets[u]; next < end; next++) {
        const x = targets[next]
        if (chance[x] === 0) met[found++] = x
        chance[x] += there * weights[next]
      }
    }
    let sum = chance[v]
    // Walks can be turned round: from x back to v is as likely as from v to x, times strength(v) / strength(x).
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) sum += (chance[targets[arc]] * weights[arc]) / strength[targets[arc]]
    for (let i = 0; i < found; i++) {
      const x = met[i]
      sum += (chance[x] * chance[x] * strength[v]) / strength[x]
      chance[x] = 0
    }
    value[v] = sum
  }
  return value
}
