/**
 * Brandes' accumulation from eight sources at once: one walk over the ties serves all of them (multi-source BFS, Then et al. 2014), since in a network
 * of short distances they pass the same nodes at the same time. Nodes count `behind` times as ends of paths.
 */

/** Sources of one pass. */
export const LANES = 8

export interface BatchNet {
  readonly nodes: number
  readonly offsets: Uint32Array
  readonly targets: Uint32Array
  /** How many nodes each one stands for as an end of a path. */
  readonly behind: Float64Array
}

/** Kept between passes; grows with the number of visits. */
export interface BatchScratch {
  /** By node and lane: paths found in this step; what a node hands back to those before it. Zero between uses. */
  gathered: Float64Array
  /** By node, one bit a lane: reached at all; reached in this step; marked for the step. */
  seen: Uint8Array
  near: Uint8Array
  touched: Uint32Array
  /** A visit is a node and the lanes that reach it at one distance; paths and dependencies by visit and lane. */
  visitor: Uint32Array
  lanes: Uint8Array
  paths: Float64Array
  handed: Float64Array
  /** First visit of each distance. */
  steps: Uint32Array
}

export function batchScratch(nodes: number): BatchScratch {
  const visits = 2 * nodes + 16
  return {
    gathered: new Float64Array(nodes * LANES), seen: new Uint8Array(nodes), near: new Uint8Array(nodes), touched: new Uint32Array(nodes), visitor: new Uint32Array(visits),
    lanes: new Uint8Array(visits), paths: new Float64Array(visits * LANES), handed: new Float64Array(visits * LANES), steps: new Uint32Array(nodes + 2),
  }
}

/** Adds to `sum` the dependencies of sources `first` up to `last` (at most LANES), each times its own `behind`. */
export function accumulateBatch(net: BatchNet, first: number, last: number, scratch: BatchScratch, sum: Float64Array): void {
  const distances = forward(net, first, last, scratch)
  for (let d = distances - 1; d >= 1; d--) backward(net, first, d, scratch, sum)
  // The visits of distance 1 were the last to be handed back.
  if (distances > 1) clear(scratch, 1)
}

function forward(net: BatchNet, first: number, last: number, scratch: BatchScratch): number {
  const { offsets, targets } = net
  const { gathered, seen, near, touched, steps } = scratch
  seen.fill(0, 0, net.nodes)
  let visits = 0
  for (let s = first; s < last; s++) {
    scratch.visitor[visits] = s
    seen[s] = scratch.lanes[visits] = 1 << (s - first)
    scratch.paths.fill(0, visits * LANES, (visits + 1) * LANES)
    scratch.paths[visits * LANES + s - first] = 1
    visits++
  }
  steps[0] = 0
  steps[1] = visits
  let d = 0
  while (steps[d] < steps[d + 1]) {
    const { visitor, lanes, paths } = scratch
    let found = 0
    for (let i = steps[d]; i < steps[d + 1]; i++) {
      const v = visitor[i]
      const f = lanes[i]
      const p = i * LANES
      const p0 = paths[p], p1 = paths[p + 1], p2 = paths[p + 2], p3 = paths[p + 3], p4 = paths[p + 4], p5 = paths[p + 5], p6 = paths[p + 6], p7 = paths[p + 7]
      const end = offsets[v + 1]
      for (let arc = offsets[v]; arc < end; arc++) {
        const u = targets[arc]
        if ((f & ~seen[u]) === 0) continue
        if (near[u] === 0) touched[found++] = u
        near[u] |= f
        const q = u * LANES
        gathered[q] += p0
        gathered[q + 1] += p1
        gathered[q + 2] += p2
        gathered[q + 3] += p3
        gathered[q + 4] += p4
        gathered[q + 5] += p5
        gathered[q + 6] += p6
        gathered[q + 7] += p7
      }
    }
    if (visits + found > scratch.visitor.length) grow(scratch, visits + found)
    visits = settle(scratch, found, visits)
    d++
    steps[d + 1] = visits
  }
  return d
}

/** Lanes that were new at a touched node make a visit; what was gathered for others is dropped. */
function settle(scratch: BatchScratch, found: number, from: number): number {
  const { gathered, seen, near, touched, visitor, lanes, paths } = scratch
  let visits = from
  for (let i = 0; i < found; i++) {
    const u = touched[i]
    const fresh = near[u] & ~seen[u]
    near[u] = 0
    seen[u] |= fresh
    visitor[visits] = u
    lanes[visits] = fresh
    const p = visits * LANES
    const q = u * LANES
    for (let k = 0; k < LANES; k++) {
      paths[p + k] = (fresh >>> k) & 1 ? gathered[q + k] : 0
      gathered[q + k] = 0
    }
    visits++
  }
  return visits
}

/** Dependencies of the visits at distance d from those one step farther, whose shares stand in `gathered` and whose lanes stand in `near`. */
function backward(net: BatchNet, first: number, d: number, scratch: BatchScratch, sum: Float64Array): void {
  const { offsets, targets, behind } = net
  const { gathered, near, visitor, lanes, paths, handed, steps } = scratch
  for (let i = steps[d]; i < steps[d + 1]; i++) {
    const v = visitor[i]
    const f = lanes[i]
    let g0 = 0, g1 = 0, g2 = 0, g3 = 0, g4 = 0, g5 = 0, g6 = 0, g7 = 0
    const end = offsets[v + 1]
    for (let arc = offsets[v]; arc < end; arc++) {
      const u = targets[arc]
      if ((near[u] & f) === 0) continue
      const q = u * LANES
      g0 += gathered[q]
      g1 += gathered[q + 1]
      g2 += gathered[q + 2]
      g3 += gathered[q + 3]
      g4 += gathered[q + 4]
      g5 += gathered[q + 5]
      g6 += gathered[q + 6]
      g7 += gathered[q + 7]
    }
    const p = i * LANES
    handed[p] = g0
    handed[p + 1] = g1
    handed[p + 2] = g2
    handed[p + 3] = g3
    handed[p + 4] = g4
    handed[p + 5] = g5
    handed[p + 6] = g6
    handed[p + 7] = g7
    const own = behind[v]
    let total = 0
    for (let k = 0; k < LANES; k++) {
      if (((f >>> k) & 1) === 0) handed[p + k] = 0
      else {
        const dependency = handed[p + k] * paths[p + k]
        total += dependency * behind[first + k]
        handed[p + k] = (own + dependency) / paths[p + k]
      }
    }
    sum[v] += total
  }
  clear(scratch, d + 1)
  if (d === 1) return
  for (let i = steps[d]; i < steps[d + 1]; i++) {
    const q = visitor[i] * LANES
    const p = i * LANES
    near[visitor[i]] = lanes[i]
    for (let k = 0; k < LANES; k++) gathered[q + k] = handed[p + k]
  }
}

function clear(scratch: BatchScratch, d: number): void {
  const { gathered, near, visitor, steps } = scratch
  for (let i = steps[d]; i < steps[d + 1]; i++) {
    near[visitor[i]] = 0
    gathered.fill(0, visitor[i] * LANES, (visitor[i] + 1) * LANES)
  }
}

function grow(scratch: BatchScratch, needed: number): void {
  const visits = Math.ceil(needed * 1.5)
  const { visitor, lanes, paths } = scratch
  scratch.visitor = new Uint32Array(visits)
  scratch.visitor.set(visitor)
  scratch.lanes = new Uint8Array(visits)
  scratch.lanes.set(lanes)
  scratch.paths = new Float64Array(visits * LANES)
  scratch.paths.set(paths)
  scratch.handed = new Float64Array(visits * LANES)
}
