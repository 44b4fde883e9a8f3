/**
 * The three steps of Leiden's method in AssemblyScript: the twin of `src/leiden-steps.ts`, operation for operation, so that both give the same bits.
 * Weights are whole numbers of 32 bits (`W` = u32), which are exact and half as much to read, or doubles (`W` = f64). The caller lays the memory out.
 */

let nodes: u32 = 0
let offsets: usize = 0
let targets: usize = 0
let weights: usize = 0
let size: usize = 0

let pair: usize = 0
let near: usize = 0
let queue: usize = 0
let waiting: usize = 0
let members: usize = 0
let empty: usize = 0
let group: usize = 0
let order: usize = 0
let part: usize = 0
let partSize: usize = 0
let outside: usize = 0
let whole: usize = 0
let starts: usize = 0

let penalty: f64 = 0
let least: f64 = 0
let head: u32 = 0
let left: u32 = 0
let moves: u32 = 0
let empties: u32 = 0

/** Where the work's columns stand, in the order of `Work`. */
export function bind(
  pair_: usize, near_: usize, queue_: usize, waiting_: usize, members_: usize, empty_: usize, group_: usize, order_: usize, part_: usize, partSize_: usize,
  outside_: usize, whole_: usize, starts_: usize, penalty_: f64, least_: f64,
): void {
  pair = pair_
  near = near_
  queue = queue_
  waiting = waiting_
  members = members_
  empty = empty_
  group = group_
  order = order_
  part = part_
  partSize = partSize_
  outside = outside_
  whole = whole_
  starts = starts_
  penalty = penalty_
  least = least_
}

/** The level at work. */
export function level(n: u32, offsets_: usize, targets_: usize, weights_: usize, size_: usize): void {
  nodes = n
  offsets = offsets_
  targets = targets_
  weights = weights_
  size = size_
}

export function begin(turns: u32): void {
  memory.fill(pair, 0, <usize>nodes << 4)
  memory.fill(members, 0, <usize>nodes << 2)
  memory.fill(waiting, 0, nodes)
  for (let v: u32 = 0; v < nodes; v++) {
    const g = load<u32>(group + (v << 2))
    store<u32>(members + (g << 2), load<u32>(members + (g << 2)) + 1)
    store<f64>(pair + (g << 4), load<f64>(pair + (g << 4), 8) + load<f64>(size + (v << 3)), 8)
  }
  empties = 0
  for (let g: u32 = 0; g < nodes; g++) if (load<u32>(members + (g << 2)) == 0) store<u32>(empty + (empties++ << 2), g)
  for (let i: u32 = 0; i < turns; i++) {
    const v = load<u32>(order + (i << 2))
    store<u32>(queue + (i << 2), v)
    store<u8>(waiting + v, 1)
  }
  head = 0
  left = turns
  moves = 0
}

export function movesOf(): u32 {
  return moves
}

export function someWhole(most: u32): u32 {
  return some<u32>(most)
}

export function someDouble(most: u32): u32 {
  return some<f64>(most)
}

export function refineWhole(): void {
  refine<u32>()
}

export function refineDouble(): void {
  refine<f64>()
}

export function aggregateWhole(count: u32, toOffsets: usize, toTargets: usize, toWeights: usize, toSize: usize): u32 {
  return aggregate<u32>(count, toOffsets, toTargets, toWeights, toSize)
}

export function aggregateDouble(count: u32, toOffsets: usize, toTargets: usize, toWeights: usize, toSize: usize): u32 {
  return aggregate<f64>(count, toOffsets, toTargets, toWeights, toSize)
}

@inline
function weight<W>(row: usize, i: u32): f64 {
  return sizeof<W>() == 4 ? <f64>load<u32>(row + (i << 2)) : load<f64>(row + (i << 3))
}

@inline
function rowOf<W>(from: u32): usize {
  return sizeof<W>() == 4 ? weights + (from << 2) : weights + (from << 3)
}

function some<W>(most: u32): u32 {
  for (let turns: u32 = 0; left > 0 && turns < most; turns++) {
    const v = load<u32>(queue + (head << 2))
    head = head + 1 == nodes ? 0 : head + 1
    left--
    store<u8>(waiting + v, 0)
    const own = load<u32>(group + (v << 2))
    const from = load<u32>(offsets + (v << 2))
    const ties = load<u32>(offsets + (v << 2), 4) - from
    const row = targets + (from << 2)
    const worth = rowOf<W>(from)
    for (let i: u32 = 0; i < ties; i++) {
      const g = load<u32>(group + (load<u32>(row + (i << 2)) << 2))
      store<u32>(near + (i << 2), g)
      const p = pair + (g << 4)
      store<f64>(p, load<f64>(p) + weight<W>(worth, i))
    }
    const s = load<f64>(size + (v << 3))
    const factor = penalty * s
    let best = own
    const home = pair + (own << 4)
    const stay = load<f64>(home) - factor * (load<f64>(home, 8) - s)
    store<f64>(home, 0)
    let gain = stay + least
    for (let i: u32 = 0; i < ties; i++) {
      const g = load<u32>(near + (i << 2))
      const p = pair + (g << 4)
      const here = load<f64>(p) - factor * load<f64>(p, 8)
      store<f64>(p, 0)
      if (here > gain && g != own) {
        gain = here
        best = g
      }
    }
    if (gain < 0 && (best == own ? stay : gain) < -least && load<u32>(members + (own << 2)) > 1 && empties > 0) best = load<u32>(empty + (--empties << 2))
    if (best == own) continue
    moves++
    store<u32>(group + (v << 2), best)
    store<f64>(home, load<f64>(home, 8) - s, 8)
    const next = pair + (best << 4)
    store<f64>(next, load<f64>(next, 8) + s, 8)
    store<u32>(members + (best << 2), load<u32>(members + (best << 2)) + 1)
    const remain = load<u32>(members + (own << 2)) - 1
    store<u32>(members + (own << 2), remain)
    if (remain == 0) {
      store<f64>(home, 0, 8)
      store<u32>(empty + (empties++ << 2), own)
    }
    for (let i: u32 = 0; i < ties; i++) {
      const u = load<u32>(row + (i << 2))
      if (load<u8>(waiting + u) != 0 || load<u32>(near + (i << 2)) == best) continue
      store<u8>(waiting + u, 1)
      let tail = head + left
      if (tail >= nodes) tail -= nodes
      store<u32>(queue + (tail << 2), u)
      left++
    }
  }
  return left
}

function refine<W>(): void {
  for (let v: u32 = 0; v < nodes; v++) {
    store<u32>(part + (v << 2), v)
    store<f64>(partSize + (v << 3), load<f64>(size + (v << 3)))
    const g = load<u32>(group + (v << 2))
    const from = load<u32>(offsets + (v << 2))
    const ties = load<u32>(offsets + (v << 2), 4) - from
    const row = targets + (from << 2)
    const worth = rowOf<W>(from)
    let sum: f64 = 0
    for (let i: u32 = 0; i < ties; i++) {
      const w = weight<W>(worth, i)
      sum += load<u32>(group + (load<u32>(row + (i << 2)) << 2)) == g ? w : 0
    }
    store<f64>(outside + (v << 3), sum)
  }
  memory.fill(waiting, 0, nodes)
  for (let at: u32 = 0; at < nodes; at++) {
    const v = load<u32>(order + (at << 2))
    if (load<u8>(waiting + v) != 0) continue
    const g = load<u32>(group + (v << 2))
    const s = load<f64>(size + (v << 3))
    const all = load<f64>(whole + (g << 3))
    const own = load<f64>(outside + (v << 3))
    if (own == 0 || own < penalty * s * (all - s)) continue
    const from = load<u32>(offsets + (v << 2))
    const ties = load<u32>(offsets + (v << 2), 4) - from
    const row = targets + (from << 2)
    const worth = rowOf<W>(from)
    let found: u32 = 0
    for (let i: u32 = 0; i < ties; i++) {
      const u = load<u32>(row + (i << 2))
      if (load<u32>(group + (u << 2)) != g) continue
      const p = load<u32>(part + (u << 2))
      store<u32>(near + (found++ << 2), p)
      store<f64>(pair + (p << 4), load<f64>(pair + (p << 4)) + weight<W>(worth, i))
    }
    let best = v
    let gain: f64 = 0
    let joined: f64 = 0
    for (let i: u32 = 0; i < found; i++) {
      const p = load<u32>(near + (i << 2))
      const w = load<f64>(pair + (p << 4))
      store<f64>(pair + (p << 4), 0)
      const there = load<f64>(partSize + (p << 3))
      const here = w - penalty * s * there
      if (here > gain && load<f64>(outside + (p << 3)) >= penalty * there * (all - there)) {
        gain = here
        best = p
        joined = w
      }
    }
    if (best == v) continue
    store<u32>(part + (v << 2), best)
    store<u8>(waiting + v, 1)
    store<u8>(waiting + best, 1)
    store<f64>(partSize + (best << 3), load<f64>(partSize + (best << 3)) + s)
    store<f64>(outside + (best << 3), load<f64>(outside + (best << 3)) + (own - 2 * joined))
  }
}

function aggregate<W>(count: u32, toOffsets: usize, toTargets: usize, toWeights: usize, toSize: usize): u32 {
  memory.fill(starts, 0, <usize>(count + 1) << 2)
  for (let v: u32 = 0; v < nodes; v++) {
    const p = starts + (load<u32>(part + (v << 2)) << 2)
    store<u32>(p, load<u32>(p, 4) + 1, 4)
  }
  for (let g: u32 = 0; g < count; g++) store<u32>(starts + (g << 2), load<u32>(starts + (g << 2), 4) + load<u32>(starts + (g << 2)), 4)
  // Filling moves each start to its end, which is the start of the next.
  for (let v: u32 = 0; v < nodes; v++) {
    const p = starts + (load<u32>(part + (v << 2)) << 2)
    const at = load<u32>(p)
    store<u32>(order + (at << 2), v)
    store<u32>(p, at + 1)
  }
  let arcs: u32 = 0
  let first: u32 = 0
  store<u32>(toOffsets, 0)
  for (let g: u32 = 0; g < count; g++) {
    const last = load<u32>(starts + (g << 2))
    let total: f64 = 0
    for (let at = first; at < last; at++) {
      const v = load<u32>(order + (at << 2))
      total += load<f64>(size + (v << 3))
      const from = load<u32>(offsets + (v << 2))
      const ties = load<u32>(offsets + (v << 2), 4) - from
      const row = targets + (from << 2)
      const worth = rowOf<W>(from)
      for (let i: u32 = 0; i < ties; i++) {
        const p = pair + (load<u32>(part + (load<u32>(row + (i << 2)) << 2)) << 4)
        store<f64>(p, load<f64>(p) + weight<W>(worth, i))
      }
    }
    store<f64>(toSize + (g << 3), total)
    store<f64>(pair + (g << 4), 0)
    for (let at = first; at < last; at++) {
      const v = load<u32>(order + (at << 2))
      const from = load<u32>(offsets + (v << 2))
      const ties = load<u32>(offsets + (v << 2), 4) - from
      const row = targets + (from << 2)
      for (let i: u32 = 0; i < ties; i++) {
        const h = load<u32>(part + (load<u32>(row + (i << 2)) << 2))
        const w = load<f64>(pair + (h << 4))
        if (w == 0) continue
        store<f64>(pair + (h << 4), 0)
        store<u32>(toTargets + (arcs << 2), h)
        if (sizeof<W>() == 4) store<u32>(toWeights + (arcs << 2), <u32>w)
        else store<f64>(toWeights + (arcs << 3), w)
        arcs++
      }
    }
    store<u32>(toOffsets + (g << 2), arcs, 4)
    first = last
  }
  return arcs
}
