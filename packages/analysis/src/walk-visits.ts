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

/** Expected visits in steps 1 to STEPS of walks that begin as `start` says, the start itself left out. */
export function visits({ nodes, offsets, targets, weights }: LaplacianNet, strength: Float64Array, start: Float64Array): Float64Array {
  const sum = new Float64Array(nodes)
  const leaving = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) leaving[v] = start[v] / strength[v]
  for (let step = 0; step < STEPS; step++) {
    const before = leaving.slice()
    for (let v = 0; v < nodes; v++) {
      let met = 0
      for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) met += weights[arc] * before[targets[arc]]
      sum[v] += met
      leaving[v] = met / strength[v]
    }
  }
  return sum
}

/** Memory for `visitsFrom`, by node and side. */
export interface WalkScratch {
  readonly sum: Float64Array
  readonly leaving: readonly [Float64Array, Float64Array]
}

export function walkScratch(nodes: number): WalkScratch {
  return { sum: new Float64Array(nodes * SIDES), leaving: [new Float64Array(nodes * SIDES), new Float64Array(nodes * SIDES)] }
}

/** Visits from up to SIDES sources, by node and side; they stay in `scratch.sum` until the next call. */
export function visitsFrom({ nodes, offsets, targets, weights }: LaplacianNet, strength: Float64Array, sources: Uint32Array, { sum, leaving: [one, other] }: WalkScratch): Float64Array {
  sum.fill(0)
  one.fill(0)
  for (let k = 0; k < sources.length; k++) one[sources[k] * SIDES + k] = 1 / strength[sources[k]]
  for (let step = 0; step < STEPS; step++) {
    const [from, to] = step % 2 === 0 ? [one, other] : [other, one]
    for (let v = 0; v < nodes; v++) {
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0
      const end = offsets[v + 1]
      for (let arc = offsets[v]; arc < end; arc++) {
        const u = targets[arc] * SIDES
        const w = weights[arc]
        s0 += w * from[u]
        s1 += w * from[u + 1]
        s2 += w * from[u + 2]
        s3 += w * from[u + 3]
        s4 += w * from[u + 4]
        s5 += w * from[u + 5]
        s6 += w * from[u + 6]
        s7 += w * from[u + 7]
      }
      const i = v * SIDES
      const inverse = 1 / strength[v]
      sum[i] += s0
      sum[i + 1] += s1
      sum[i + 2] += s2
      sum[i + 3] += s3
      sum[i + 4] += s4
      sum[i + 5] += s5
      sum[i + 6] += s6
      sum[i + 7] += s7
      to[i] = s0 * inverse
      to[i + 1] = s1 * inverse
      to[i + 2] = s2 * inverse
      to[i + 3] = s3 * inverse
      to[i + 4] = s4 * inverse
      to[i + 5] = s5 * inverse
      to[i + 6] = s6 * inverse
      to[i + 7] = s7 * inverse
    }
  }
  return sum
}
