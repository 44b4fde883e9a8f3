/**
 * How likely a random walk is back where it began in steps 2 to 4, of every node, exactly. With A(u,v) = w(u,v) / sqrt(strength(u) strength(v)) that is the diagonal of A^2 + A^3 + A^4:
 * ways out and back over one tie or two, triangles, and four-cycles. Triangles and four-cycles are found once, from the busiest of their corners (Chiba & Nishizeki 1985),
 * so that two steps around a hub are never walked in full.
 */
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'
import type { LaplacianNet } from './laplacian-solver.ts'

export function returns(net: LaplacianNet, strength: Float64Array, signal?: StopSignal): Float64Array {
  const { order, offsets, targets, share } = byDegree(net, strength)
  const { nodes } = net
  const two = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) two[v] += share[arc] ** 2
  const sum = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) {
    sum[v] = two[v] + two[v] * two[v]
    // Out over the tie to u, on to another and back to u: all that u has but the tie itself, which is in the square.
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) sum[v] += share[arc] ** 2 * (two[targets[arc]] - share[arc] ** 2)
  }
  const near = new Float64Array(nodes)
  const reached = new Float64Array(nodes)
  const squares = new Float64Array(nodes)
  const met = new Uint32Array(nodes)
  for (let h = 0; h < nodes; h++) {
    if ((h & 4095) === 0) stopIfAsked(signal)
    for (let arc = offsets[h]; arc < offsets[h + 1] && targets[arc] < h; arc++) near[targets[arc]] = share[arc]
    let found = 0
    for (let arc = offsets[h]; arc < offsets[h + 1] && targets[arc] < h; arc++) {
      const u = targets[arc]
      for (let next = offsets[u]; next < offsets[u + 1] && targets[next] < h; next++) {
        const x = targets[next]
        const along = share[arc] * share[next]
        if (reached[x] === 0) met[found++] = x
        reached[x] += along
        squares[x] += along * along
        // Each triangle is met from both its lower corners: once for each way round.
        const closed = along * near[x]
        if (closed === 0) continue
        sum[h] += closed
        sum[u] += closed
        sum[x] += closed
      }
    }
    for (let arc = offsets[h]; arc < offsets[h + 1] && targets[arc] < h; arc++) {
      const u = targets[arc]
      let round = 0
      for (let next = offsets[u]; next < offsets[u + 1] && targets[next] < h; next++) {
        const along = share[arc] * share[next]
        round += along * (reached[targets[next]] - along)
      }
      sum[u] += 2 * round
    }
    for (let i = 0; i < found; i++) {
      const x = met[i]
      const round = reached[x] * reached[x] - squares[x]
      sum[h] += round
      sum[x] += round
      reached[x] = squares[x] = 0
    }
    for (let arc = offsets[h]; arc < offsets[h + 1] && targets[arc] < h; arc++) near[targets[arc]] = 0
  }
  const value = new Float64Array(nodes)
  for (let i = 0; i < nodes; i++) value[order[i]] = sum[i]
  return value
}

interface Ordered {
  /** Node at each place: those with few ties first. Rows, ascending, are by place. */
  readonly order: Uint32Array
  readonly offsets: Uint32Array
  readonly targets: Uint32Array
  /** A(u,v) of each arc. */
  readonly share: Float64Array
}

function byDegree({ nodes, offsets, targets, weights }: LaplacianNet, strength: Float64Array): Ordered {
  const order = Uint32Array.from({ length: nodes }, (_, v) => v).sort((a, b) => offsets[a + 1] - offsets[a] - (offsets[b + 1] - offsets[b]) || a - b)
  const place = new Uint32Array(nodes)
  const starts = new Uint32Array(nodes + 1)
  for (let i = 0; i < nodes; i++) {
    place[order[i]] = i
    starts[i + 1] = starts[i] + offsets[order[i] + 1] - offsets[order[i]]
  }
  const next = starts.slice(0, nodes)
  const far = new Uint32Array(targets.length)
  const share = new Float64Array(targets.length)
  // In the order of places, so that every row comes out ascending.
  for (let i = 0; i < nodes; i++) {
    const v = order[i]
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) {
      const u = targets[arc]
      const at = next[place[u]]++
      far[at] = i
      share[at] = weights[arc] / Math.sqrt(strength[v] * strength[u])
    }
  }
  return { order, offsets: starts, targets: far, share }
}
