/**
 * Potentials of unit currents by conjugate gradients with the degrees as preconditioner (Hestenes & Stiefel 1952; Spielman 2010 for Laplacians), eight
 * right-hand sides a pass, so that one walk over the ties serves all of them.
 */
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'

export const SIDES = 8

export interface LaplacianNet {
  readonly nodes: number
  readonly offsets: Uint32Array
  readonly targets: Uint32Array
  readonly weights: Float64Array
}

export interface SolverScratch {
  readonly strength: Float64Array
  readonly residual: Float64Array
  readonly direction: Float64Array
  readonly image: Float64Array
}

/** Sum of what the ties of each node conduct. */
export function strengths({ nodes, offsets, weights }: LaplacianNet): Float64Array {
  const strength = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) strength[v] += weights[arc]
  return strength
}

export function solverScratch(net: LaplacianNet): SolverScratch {
  const room = net.nodes * SIDES
  return { strength: strengths(net), residual: new Float64Array(room), direction: new Float64Array(room), image: new Float64Array(room) }
}

/**
 * Solves L x = e(source) - 1 / n for up to SIDES sources of a connected network; x by node and side. Ends when each residual, in the norm of the
 * preconditioner, is below `tolerance` of what it was; returns the number of steps.
 */
export function unitPotentials(
  net: LaplacianNet, sources: Uint32Array, tolerance: number, x: Float64Array, scratch: SolverScratch, options: WorkOptions,
): number {
  const { nodes } = net
  const { strength, residual, direction, image } = scratch
  x.fill(0)
  residual.fill(0)
  direction.fill(0)
  for (let k = 0; k < sources.length; k++) {
    for (let v = 0; v < nodes; v++) residual[v * SIDES + k] = -1 / nodes
    residual[sources[k] * SIDES + k] += 1
  }
  const before = new Float64Array(SIDES)
  const now = new Float64Array(SIDES)
  const along = new Float64Array(SIDES)
  const first = new Float64Array(SIDES)
  const factor = new Float64Array(SIDES)
  norms(nodes, residual, strength, now)
  first.set(now)
  let step = 0
  for (; step < 2000; step++) {
    stopIfAsked(options.signal)
    let open = false
    for (let k = 0; k < SIDES; k++) if (now[k] > tolerance * tolerance * first[k]) open = true
    if (!open) break
    for (let k = 0; k < SIDES; k++) factor[k] = before[k] > 0 ? now[k] / before[k] : 0
    turn(nodes, residual, strength, direction, factor)
    apply(net, strength, direction, image, along)
    for (let k = 0; k < SIDES; k++) factor[k] = along[k] > 0 ? now[k] / along[k] : 0
    before.set(now)
    advance(nodes, x, residual, direction, image, factor)
    norms(nodes, residual, strength, now)
  }
  return step
}

/** r . D^-1 r of each side. */
function norms(nodes: number, residual: Float64Array, strength: Float64Array, out: Float64Array): void {
  out.fill(0)
  for (let v = 0; v < nodes; v++) {
    const inverse = 1 / strength[v]
    for (let k = 0; k < SIDES; k++) {
      const r = residual[v * SIDES + k]
      out[k] += r * r * inverse
    }
  }
}

/** direction = D^-1 residual + factor * direction. */
function turn(nodes: number, residual: Float64Array, strength: Float64Array, direction: Float64Array, factor: Float64Array): void {
  for (let v = 0; v < nodes; v++) {
    const inverse = 1 / strength[v]
    for (let k = 0; k < SIDES; k++) {
      const i = v * SIDES + k
      direction[i] = residual[i] * inverse + factor[k] * direction[i]
    }
  }
}

/** image = L direction, along = direction . image of each side. */
function apply(net: LaplacianNet, strength: Float64Array, direction: Float64Array, image: Float64Array, along: Float64Array): void {
  const { nodes, offsets, targets, weights } = net
  along.fill(0)
  for (let v = 0; v < nodes; v++) {
    let s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0
    const end = offsets[v + 1]
    for (let arc = offsets[v]; arc < end; arc++) {
      const u = targets[arc] * SIDES
      const w = weights[arc]
      s0 += w * direction[u]
      s1 += w * direction[u + 1]
      s2 += w * direction[u + 2]
      s3 += w * direction[u + 3]
      s4 += w * direction[u + 4]
      s5 += w * direction[u + 5]
      s6 += w * direction[u + 6]
      s7 += w * direction[u + 7]
    }
    const i = v * SIDES
    const d = strength[v]
    image[i] = d * direction[i] - s0
    image[i + 1] = d * direction[i + 1] - s1
    image[i + 2] = d * direction[i + 2] - s2
    image[i + 3] = d * direction[i + 3] - s3
    image[i + 4] = d * direction[i + 4] - s4
    image[i + 5] = d * direction[i + 5] - s5
    image[i + 6] = d * direction[i + 6] - s6
    image[i + 7] = d * direction[i + 7] - s7
    for (let k = 0; k < SIDES; k++) along[k] += direction[i + k] * image[i + k]
  }
}

function advance(nodes: number, x: Float64Array, residual: Float64Array, direction: Float64Array, image: Float64Array, factor: Float64Array): void {
  for (let v = 0; v < nodes; v++) {
    for (let k = 0; k < SIDES; k++) {
      const i = v * SIDES + k
      x[i] += factor[k] * direction[i]
      residual[i] -= factor[k] * image[i]
    }
  }
}
