/** The two moves of Leiden's method on one level: nodes move to the best group near them; groups are rebuilt from single nodes so that each is connected. */
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'
import type { Level, LevelScratch } from './leiden-level.ts'

/**
 * Fast local move: each node in turn goes to the group with the greatest w(v, group) - penalty * size(v) * size(group); those near a node that moved
 * come to their turn again. `group` is changed. Returns how often a node moved.
 * The loops over ties hold no branch that depends on memory out of cache: a processor then fetches many groups at once.
 */
export function moveNodes(
  level: Level, group: Uint32Array, order: Uint32Array, penalty: number, least: number, scratch: LevelScratch, signal: StopSignal | undefined,
): number {
  const { nodes, offsets, targets, weights, size } = level
  const { pair, near, queue, waiting } = scratch
  const members = new Uint32Array(nodes)
  const empty = new Uint32Array(nodes)
  let empties = 0
  pair.fill(0, 0, 2 * nodes)
  for (let v = 0; v < nodes; v++) {
    members[group[v]]++
    pair[2 * group[v] + 1] += size[v]
  }
  for (let g = 0; g < nodes; g++) if (members[g] === 0) empty[empties++] = g
  queue.set(order)
  waiting.fill(1, 0, nodes)
  let head = 0
  let left = nodes
  let moves = 0
  let turns = 0
  while (left > 0) {
    if ((++turns & 65535) === 0) stopIfAsked(signal)
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
  pair.fill(0, 0, 2 * nodes)
  return moves
}

/**
 * Refinement: starting from single nodes, each node that is still alone and well connected inside its group joins the best well-connected part of it
 * that it has a tie to. Well connected: weight to the rest of the group at least penalty * size * size of the rest. Returns the part of each node.
 */
export function refine(level: Level, group: Uint32Array, total: Float64Array, order: Uint32Array, penalty: number, scratch: LevelScratch): Uint32Array {
  const { nodes, offsets, targets, weights, size } = level
  const { pair, near, waiting: taken } = scratch
  const part = new Uint32Array(nodes)
  const partSize = size.slice()
  /** Weight from each part to the rest of its group. */
  const outside = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) {
    part[v] = v
    const g = group[v]
    let sum = 0
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) if (group[targets[arc]] === g) sum += weights[arc]
    outside[v] = sum
  }
  taken.fill(0, 0, nodes)
  for (let i = 0; i < nodes; i++) {
    const v = order[i]
    if (taken[v] !== 0) continue
    const g = group[v]
    const s = size[v]
    const whole = total[g]
    if (outside[v] === 0 || outside[v] < penalty * s * (whole - s)) continue
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
    let weight = 0
    for (let i = 0; i < found; i++) {
      const p = near[i]
      const w = pair[2 * p]
      pair[2 * p] = 0
      const here = w - penalty * s * partSize[p]
      if (here > gain && outside[p] >= penalty * partSize[p] * (whole - partSize[p])) {
        gain = here
        best = p
        weight = w
      }
    }
    if (best === v) continue
    // The part keeps the number of the node it began with, which may not leave it any more.
    part[v] = best
    taken[v] = 1
    taken[best] = 1
    partSize[best] += s
    outside[best] += outside[v] - 2 * weight
  }
  return part
}
