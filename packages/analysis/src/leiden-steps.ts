/**
 * The three steps of Leiden's method on one level, plain: nodes move to the best group near them; groups are rebuilt from single nodes so that each is
 * connected; groups become nodes. `leiden-wasm.ts` does the same, operation for operation, for large networks; this is its oracle.
 */
import type { LeidenSteps, Level, LevelColumns, Terms, Work } from './leiden-level.ts'

export function plainSteps(nodes: number, arcs: number, terms: Terms): LeidenSteps {
  const work = plainWork(nodes)
  const room = (): LevelColumns => ({
    offsets: new Uint32Array(nodes + 1), targets: new Uint32Array(arcs), weights: new Float64Array(arcs), size: new Float64Array(nodes),
  })
  const state: Turns = { level: null, head: 0, left: 0, moves: 0, empties: 0 }
  return {
    work,
    rooms: [room(), room(), room()],
    begin: (level, turns) => begin(level, turns, work, state),
    some: (most) => moveNodes(most, terms, work, state),
    movesOf: () => state.moves,
    refine: (level) => refine(level, terms.penalty, work),
    aggregate: (level, count, into) => aggregate(level, count, into, work),
  }
}

interface Turns {
  level: Level | null
  head: number
  left: number
  moves: number
  empties: number
}

function plainWork(nodes: number): Work {
  const u32 = (): Uint32Array => new Uint32Array(nodes)
  const f64 = (): Float64Array => new Float64Array(nodes)
  return {
    pair: new Float64Array(2 * nodes), near: u32(), queue: u32(), waiting: new Uint8Array(nodes), members: u32(), empty: u32(), group: u32(), order: u32(),
    part: u32(), partSize: f64(), outside: f64(), whole: f64(), starts: new Uint32Array(nodes + 1),
  }
}

function begin(level: Level, turns: number, { pair, members, empty, waiting, queue, group, order }: Work, state: Turns): void {
  const { nodes } = level
  const { size } = level.columns
  pair.fill(0, 0, 2 * nodes)
  members.fill(0, 0, nodes)
  waiting.fill(0, 0, nodes)
  for (let v = 0; v < nodes; v++) {
    members[group[v]]++
    pair[2 * group[v] + 1] += size[v]
  }
  let empties = 0
  for (let g = 0; g < nodes; g++) if (members[g] === 0) empty[empties++] = g
  for (let i = 0; i < turns; i++) {
    queue[i] = order[i]
    waiting[order[i]] = 1
  }
  Object.assign(state, { level, head: 0, left: turns, moves: 0, empties })
}

/**
 * Fast local move: each node in turn goes to the group with the greatest w(v, group) - penalty * size(v) * size(group); those near a node that moved
 * come to their turn again. The loops over ties hold no branch that depends on memory out of cache: a processor then fetches many groups at once.
 */
function moveNodes(most: number, { penalty, least }: Terms, { pair, near, queue, waiting, members, empty, group }: Work, state: Turns): number {
  const level = state.level as Level
  const { nodes } = level
  const { offsets, targets, weights, size } = level.columns
  let { head, left, moves, empties } = state
  for (let turns = 0; left > 0 && turns < most; turns++) {
    const v = queue[head]
    head = head + 1 === nodes ? 0 : head + 1
    left--
    waiting[v] = 0
    const own = group[v]
    const from = offsets[v]
    const ties = offsets[v + 1] - from
    for (let i = 0; i < ties; i++) {
      const g = group[targets[from + i]]
      near[i] = g
      pair[2 * g] += weights[from + i]
    }
    const s = size[v]
    const factor = penalty * s
    let best = own
    const stay = pair[2 * own] - factor * (pair[2 * own + 1] - s)
    pair[2 * own] = 0
    let gain = stay + least
    for (let i = 0; i < ties; i++) {
      // A group met again has nothing left to give and cannot be better than it was.
      const g = near[i]
      const here = pair[2 * g] - factor * pair[2 * g + 1]
      pair[2 * g] = 0
      if (here > gain && g !== own) {
        gain = here
        best = g
      }
    }
    // Better alone than in a group that costs more than it holds.
    if (gain < 0 && (best === own ? stay : gain) < -least && members[own] > 1 && empties > 0) best = empty[--empties]
    if (best === own) continue
    moves++
    group[v] = best
    pair[2 * own + 1] -= s
    pair[2 * best + 1] += s
    members[best]++
    if (--members[own] === 0) {
      pair[2 * own + 1] = 0
      empty[empties++] = own
    }
    for (let i = 0; i < ties; i++) {
      const u = targets[from + i]
      if (waiting[u] !== 0 || near[i] === best) continue
      waiting[u] = 1
      let tail = head + left
      if (tail >= nodes) tail -= nodes
      queue[tail] = u
      left++
    }
  }
  Object.assign(state, { head, left, moves, empties })
  return left
}

/**
 * Refinement: starting from single nodes, each node that is still alone and well connected inside its group joins the best well-connected part of it
 * that it has a tie to. Well connected: weight to the rest of the group at least penalty * size * size of the rest. A part has the number of the node it
 * began with, which may not leave it any more.
 */
function refine(level: Level, penalty: number, { pair, near, waiting: taken, group, order, part, partSize, outside, whole }: Work): void {
  const { nodes } = level
  const { offsets, targets, weights, size } = level.columns
  for (let v = 0; v < nodes; v++) {
    part[v] = v
    partSize[v] = size[v]
    const g = group[v]
    const end = offsets[v + 1]
    let sum = 0
    for (let arc = offsets[v]; arc < end; arc++) sum += group[targets[arc]] === g ? weights[arc] : 0
    outside[v] = sum
  }
  taken.fill(0, 0, nodes)
  for (let at = 0; at < nodes; at++) {
    const v = order[at]
    if (taken[v] !== 0) continue
    const g = group[v]
    const s = size[v]
    const all = whole[g]
    if (outside[v] === 0 || outside[v] < penalty * s * (all - s)) continue
    const from = offsets[v]
    const ties = offsets[v + 1] - from
    let found = 0
    for (let i = 0; i < ties; i++) {
      const u = targets[from + i]
      if (group[u] !== g) continue
      const p = part[u]
      near[found++] = p
      pair[2 * p] += weights[from + i]
    }
    let best = v
    let gain = 0
    let joined = 0
    for (let i = 0; i < found; i++) {
      const p = near[i]
      const w = pair[2 * p]
      pair[2 * p] = 0
      const here = w - penalty * s * partSize[p]
      if (here > gain && outside[p] >= penalty * partSize[p] * (all - partSize[p])) {
        gain = here
        best = p
        joined = w
      }
    }
    if (best === v) continue
    part[v] = best
    taken[v] = 1
    taken[best] = 1
    partSize[best] += s
    outside[best] += outside[v] - 2 * joined
  }
}

function aggregate(level: Level, count: number, into: LevelColumns, { pair, part, order, starts }: Work): number {
  const { nodes } = level
  const { offsets, targets, weights, size } = level.columns
  const { offsets: nextOffsets, targets: nextTargets, weights: nextWeights, size: nextSize } = into
  starts.fill(0, 0, count + 1)
  for (let v = 0; v < nodes; v++) starts[part[v] + 1]++
  for (let g = 0; g < count; g++) starts[g + 1] += starts[g]
  // Filling moves each start to its end, which is the start of the next.
  for (let v = 0; v < nodes; v++) order[starts[part[v]]++] = v
  let arcs = 0
  nextOffsets[0] = 0
  for (let g = 0; g < count; g++) {
    const first = g === 0 ? 0 : starts[g - 1]
    const last = starts[g]
    let total = 0
    for (let at = first; at < last; at++) {
      const v = order[at]
      total += size[v]
      const end = offsets[v + 1]
      for (let arc = offsets[v]; arc < end; arc++) pair[2 * part[targets[arc]]] += weights[arc]
    }
    nextSize[g] = total
    pair[2 * g] = 0
    for (let at = first; at < last; at++) {
      const end = offsets[order[at] + 1]
      for (let arc = offsets[order[at]]; arc < end; arc++) {
        const h = part[targets[arc]]
        const w = pair[2 * h]
        if (w === 0) continue
        pair[2 * h] = 0
        nextTargets[arcs] = h
        nextWeights[arcs++] = w
      }
    }
    nextOffsets[g + 1] = arcs
  }
  return arcs
}
