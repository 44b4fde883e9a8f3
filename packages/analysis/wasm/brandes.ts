/**
 * Brandes' accumulation from eight sources at once, in AssemblyScript: the twin of `src/betweenness-batch.ts`, operation for operation, so that both give
 * the same bits. Two lanes of doubles to a vector, four vectors to a node: one cache line. All memory is laid out by `layout`.
 */

let nodes: u32 = 0
let offsets: usize = 0
let targets: usize = 0
let behind: usize = 0
let sum: usize = 0
let gathered: usize = 0
let state: usize = 0
let touched: usize = 0
let visitor: usize = 0
let lanes: usize = 0
let paths: usize = 0
let handed: usize = 0
let steps: usize = 0
let masks: usize = 0

/** Bytes needed for a network; regions begin at multiples of 64, the first at `start`. A node is visited at most once in each of eight lanes. */
export function layout(n: u32, arcs: u32): usize {
  nodes = n
  let at: usize = 64
  offsets = at
  at = after(at, <usize>(n + 1) * 4)
  targets = at
  at = after(at, <usize>arcs * 4)
  behind = at
  at = after(at, <usize>(n + 8) * 8)
  sum = at
  at = after(at, <usize>n * 8)
  state = at
  at = after(at, <usize>n * 2)
  touched = at
  at = after(at, <usize>n * 4)
  steps = at
  at = after(at, <usize>(n + 2) * 4)
  masks = at
  at = after(at, 256 * 64)
  gathered = at
  at = after(at, <usize>n * 64)
  visitor = at
  at = after(at, <usize>n * 8 * 4)
  lanes = at
  at = after(at, <usize>n * 8)
  paths = at
  at = after(at, <usize>n * 8 * 64)
  handed = at
  return after(at, <usize>n * 8 * 64)
}

export function offsetsAt(): usize {
  return offsets
}

export function targetsAt(): usize {
  return targets
}

export function behindAt(): usize {
  return behind
}

export function sumAt(): usize {
  return sum
}

/** Once after `layout`: which lanes a byte means. */
export function prepare(): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    for (let k: u32 = 0; k < 8; k++) store<u64>(masks + (byte << 6) + (k << 3), (byte >>> k) & 1 ? 0xffffffffffffffff : 0)
  }
}

/** Adds the dependencies of sources `first` up to `last` (at most eight), each times its own `behind`, to `sum`. */
export function accumulate(first: u32, last: u32): void {
  const distances = forward(first, last)
  for (let d = distances - 1; d >= 1; d--) backward(first, d)
  if (distances > 1) clear(1)
}

@inline
function after(at: usize, bytes: usize): usize {
  return (at + bytes + 63) & ~63
}

function forward(first: u32, last: u32): i32 {
  // Low byte: lanes that have reached the node; high byte: lanes of this step.
  memory.fill(state, 0, <usize>nodes * 2)
  let visits: u32 = 0
  for (let s = first; s < last; s++) {
    const bit: u32 = 1 << (s - first)
    store<u32>(visitor + (visits << 2), s)
    store<u8>(lanes + visits, bit)
    store<u16>(state + (s << 1), bit)
    memory.fill(paths + (visits << 6), 0, 64)
    store<f64>(paths + (visits << 6) + ((s - first) << 3), 1)
    visits++
  }
  store<u32>(steps, 0)
  store<u32>(steps + 4, visits)
  let d: i32 = 0
  while (load<u32>(steps + (d << 2)) < load<u32>(steps + ((d + 1) << 2))) {
    let found: u32 = 0
    const end = load<u32>(steps + ((d + 1) << 2))
    for (let i = load<u32>(steps + (d << 2)); i < end; i++) {
      const v = load<u32>(visitor + (i << 2))
      const f = <u32>load<u8>(lanes + i)
      const p = paths + (i << 6)
      const p0 = v128.load(p)
      const p1 = v128.load(p, 16)
      const p2 = v128.load(p, 32)
      const p3 = v128.load(p, 48)
      const stop = targets + (<usize>load<u32>(offsets + (v << 2), 4) << 2)
      for (let arc = targets + (<usize>load<u32>(offsets + (v << 2)) << 2); arc < stop; arc += 4) {
        const u = load<u32>(arc)
        const known = <u32>load<u16>(state + (u << 1))
        if ((f & ~known) == 0) continue
        if (known < 256) {
          store<u32>(touched + (found << 2), u)
          found++
        }
        store<u16>(state + (u << 1), known | (f << 8))
        const q = gathered + (u << 6)
        v128.store(q, f64x2.add(v128.load(q), p0))
        v128.store(q, f64x2.add(v128.load(q, 16), p1), 16)
        v128.store(q, f64x2.add(v128.load(q, 32), p2), 32)
        v128.store(q, f64x2.add(v128.load(q, 48), p3), 48)
      }
    }
    visits = settle(found, visits)
    d++
    store<u32>(steps + ((d + 1) << 2), visits)
  }
  return d
}

function settle(found: u32, from: u32): u32 {
  const zero = f64x2.splat(0)
  let visits = from
  for (let i: u32 = 0; i < found; i++) {
    const u = load<u32>(touched + (i << 2))
    const known = <u32>load<u16>(state + (u << 1))
    const fresh = (known >>> 8) & ~known & 255
    store<u16>(state + (u << 1), (known | fresh) & 255)
    store<u32>(visitor + (visits << 2), u)
    store<u8>(lanes + visits, fresh)
    const p = paths + (visits << 6)
    const q = gathered + (u << 6)
    const m = masks + (fresh << 6)
    v128.store(p, v128.and(v128.load(q), v128.load(m)))
    v128.store(p, v128.and(v128.load(q, 16), v128.load(m, 16)), 16)
    v128.store(p, v128.and(v128.load(q, 32), v128.load(m, 32)), 32)
    v128.store(p, v128.and(v128.load(q, 48), v128.load(m, 48)), 48)
    v128.store(q, zero)
    v128.store(q, zero, 16)
    v128.store(q, zero, 32)
    v128.store(q, zero, 48)
    visits++
  }
  return visits
}

function backward(first: u32, d: i32): void {
  const from = load<u32>(steps + (d << 2))
  const end = load<u32>(steps + (d << 2), 4)
  const b = behind + (first << 3)
  for (let i = from; i < end; i++) {
    const v = load<u32>(visitor + (i << 2))
    const f = <u32>load<u8>(lanes + i)
    let g0 = f64x2.splat(0)
    let g1 = g0
    let g2 = g0
    let g3 = g0
    const stop = targets + (<usize>load<u32>(offsets + (v << 2), 4) << 2)
    for (let arc = targets + (<usize>load<u32>(offsets + (v << 2)) << 2); arc < stop; arc += 4) {
      const u = load<u32>(arc)
      // The high byte holds the lanes whose shares stand in `gathered`.
      if ((<u32>load<u8>(state + (u << 1), 1) & f) == 0) continue
      const q = gathered + (u << 6)
      g0 = f64x2.add(g0, v128.load(q))
      g1 = f64x2.add(g1, v128.load(q, 16))
      g2 = f64x2.add(g2, v128.load(q, 32))
      g3 = f64x2.add(g3, v128.load(q, 48))
    }
    const p = paths + (i << 6)
    const h = handed + (i << 6)
    const m = masks + (f << 6)
    const own = f64x2.splat(load<f64>(behind + (v << 3)))
    let total: f64 = 0
    for (let k: usize = 0; k < 64; k += 16) {
      const path = v128.load(p + k)
      const got = k == 0 ? g0 : k == 16 ? g1 : k == 32 ? g2 : g3
      const dependency = f64x2.mul(got, path)
      const share = f64x2.mul(dependency, v128.load(b + k))
      total += f64x2.extract_lane(share, 0)
      total += f64x2.extract_lane(share, 1)
      v128.store(h + k, v128.and(f64x2.div(f64x2.add(own, dependency), path), v128.load(m + k)))
    }
    store<f64>(sum + (v << 3), load<f64>(sum + (v << 3)) + total)
  }
  clear(d + 1)
  if (d == 1) return
  for (let i = from; i < end; i++) {
    const u = load<u32>(visitor + (i << 2))
    store<u8>(state + (u << 1), load<u8>(lanes + i), 1)
    memory.copy(gathered + (u << 6), handed + (i << 6), 64)
  }
}

function clear(d: i32): void {
  const zero = f64x2.splat(0)
  const end = load<u32>(steps + (d << 2), 4)
  for (let i = load<u32>(steps + (d << 2)); i < end; i++) {
    const u = load<u32>(visitor + (i << 2))
    store<u8>(state + (u << 1), 0, 1)
    const q = gathered + (u << 6)
    v128.store(q, zero)
    v128.store(q, zero, 16)
    v128.store(q, zero, 32)
    v128.store(q, zero, 48)
  }
}
