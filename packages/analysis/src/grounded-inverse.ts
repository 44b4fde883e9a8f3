/**
 * Inverse of the grounded Laplacian of a connected network: C with L C = I on all nodes but the last one eliminated, whose row is 0.
 * Potentials of any unit current are differences of its rows. Eliminating a node replaces its star by a mesh among its neighbours (Rosen 1924;
 * Cholesky's factorisation of a Laplacian, with sums of positive terms only), those with fewest neighbours first (Tinney & Walker 1967); the inverse
 * comes back row by row from the same factors: C(v, j) = sum over u of w(v,u)/d(v) C(u, j), C(v, v) = 1/d(v) + sum over u of w(v,u)/d(v) C(u, v).
 */
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'

export interface GroundedInverse {
  /** Symmetric, `nodes` x `nodes`, by place. */
  readonly inverse: Float64Array
  /** Place of each node: the reverse of the order of elimination; the ground is at 0. */
  readonly place: Uint32Array
}

/** @param mesh `nodes` x `nodes` conductances, symmetric, 0 for no tie and on the diagonal; overwritten. */
export function groundedInverse(nodes: number, mesh: Float64Array, inverse: Float64Array, options: WorkOptions = {}): GroundedInverse {
  const order = eliminate(nodes, mesh, options)
  const place = new Uint32Array(nodes)
  for (let i = 0; i < nodes; i++) place[order[i]] = nodes - 1 - i
  inverse.fill(0, 0, nodes * nodes)
  const at = new Uint32Array(nodes)
  const factor = new Float64Array(nodes)
  for (let p = 1; p < nodes; p++) {
    if ((p & 63) === 0) stopIfAsked(options.signal)
    const v = order[nodes - 1 - p]
    let count = 0
    let sum = 0
    for (let q = 0; q < p; q++) {
      const w = mesh[v * nodes + order[nodes - 1 - q]]
      if (w === 0) continue
      at[count] = q * nodes
      factor[count++] = w
      sum += w
    }
    for (let i = 0; i < count; i++) factor[i] /= sum
    addRows(inverse, p * nodes, p, at, factor, count)
    let own = 1 / sum
    for (let i = 0; i < count; i++) own += factor[i] * inverse[p * nodes + at[i] / nodes]
    for (let q = 0; q < p; q++) inverse[q * nodes + p] = inverse[p * nodes + q]
    inverse[p * nodes + p] = own
  }
  return { inverse, place }
}

/** Row `into` becomes the sum of the given rows times their factors, four at a time. */
function addRows(matrix: Float64Array, into: number, length: number, at: Uint32Array, factor: Float64Array, count: number): void {
  let i = 0
  for (; i + 4 <= count; i += 4) {
    const a = at[i], b = at[i + 1], c = at[i + 2], d = at[i + 3]
    const fa = factor[i], fb = factor[i + 1], fc = factor[i + 2], fd = factor[i + 3]
    for (let j = 0; j < length; j++) matrix[into + j] += fa * matrix[a + j] + fb * matrix[b + j] + fc * matrix[c + j] + fd * matrix[d + j]
  }
  for (; i < count; i++) {
    const a = at[i]
    const fa = factor[i]
    for (let j = 0; j < length; j++) matrix[into + j] += fa * matrix[a + j]
  }
}

/** Order of elimination; row v of `mesh` keeps what v was tied to when its turn came. */
function eliminate(nodes: number, mesh: Float64Array, options: WorkOptions): Uint32Array {
  const order = new Uint32Array(nodes)
  const done = new Uint8Array(nodes)
  const degree = new Uint32Array(nodes)
  for (let v = 0; v < nodes; v++) for (let u = 0; u < nodes; u++) if (mesh[v * nodes + u] !== 0) degree[v]++
  const near = new Uint32Array(nodes)
  const weight = new Float64Array(nodes)
  for (let k = 0; k < nodes; k++) {
    if ((k & 63) === 0) stopIfAsked(options.signal)
    let v = -1
    for (let u = 0; u < nodes; u++) if (done[u] === 0 && (v === -1 || degree[u] < degree[v])) v = u
    order[k] = v
    done[v] = 1
    let count = 0
    let sum = 0
    for (let u = 0; u < nodes; u++) {
      const w = mesh[v * nodes + u]
      if (w === 0 || done[u] !== 0) continue
      near[count] = u
      weight[count++] = w
      sum += w
    }
    for (let i = 0; i < count; i++) {
      const row = near[i] * nodes
      const part = weight[i] / sum
      let filled = 0
      for (let j = 0; j < count; j++) {
        const w = mesh[row + near[j]]
        if (w === 0) filled++
        mesh[row + near[j]] = w + part * weight[j]
      }
      // The diagonal was counted as filled and stays empty; the tie to v is gone.
      mesh[row + near[i]] = 0
      degree[near[i]] = degree[near[i]] + filled - 2
    }
  }
  return order
}
