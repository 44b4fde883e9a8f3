/** The two moves of Leiden's method on one level: nodes move to the best group near them; groups are rebuilt from single nodes so that each is connected. */
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'
import type { Level, LevelScratch } from './leiden-level.ts'

/**
 * Fast local move: each node in turn goes to the group with the greatest w(v, group) - penalty * size(v) * size(group); those near a node that moved
 * come to their turn again. `group` and `total` (size of each group) are changed. Returns how often a node moved.
 */
export function moveNodes(
  level: Level, group: Uint32Array, total: Float64Array, order: Uint32Array, penalty: number, least: number, scratch: LevelScratch, signal: StopSignal | undefined,
): number {
  const { nodes, offsets, targets, weights, size } = level
  const { toward, near, queue, waiting } = scratch
  const members = new Uint32Array(nodes)
  for (let v = 0; v < nodes; v++) members[group[v]]++
  const empty: number[] = []
  for (let g = 0; g < nodes; g++) if (members[g] === 0) empty.push(g)
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
    const end = offsets[v + 1]
    let found = 0
    for (let arc = from; arc < end; arc++) {
      const g = group[targets[arc]]
      const w = toward[g]
      if (w === 0) near[found++] = g
      toward[g] = w + weights[arc]
    }
    const s = size[v]
    const factor = penalty * s
    let best = own
    const stay = toward[own] - factor * (total[own] - s)
    let gain = stay + least
    for (let i = 0; i < found; i++) {
      const g = near[i]
      const here = toward[g] - factor * total[g]
      toward[g] = 0
      if (here > gain && g !== own) {
        gain = here
        best = g
      }
    }
    if (best === own) {
      // Better alone than in a group that costs more than it holds.
      if (stay >= -least || members[own] === 1 || empty.length === 0) continue
      best = empty.pop() ?? own
    } else if (gain < -least && empty.length > 0 && members[own] > 1) best = empty.pop() ?? best
    moves++
    group[v] = best
    total[own] -= s
    total[best] += s
    members[best]++
    if (--members[own] === 0) {
      total[own] = 0
      empty.push(own)
    }
    for (let arc = from; arc < end; arc++) {
      const u = targets[arc]
      if (waiting[u] !== 0 || group[u] === best) continue
      waiting[u] = 1
      let tail = head + left
      if (tail >= nodes) tail -= nodes
      queue[tail] = u
      left++
    }
  }
  return moves
}

/**
 * Refinement: starting from single nodes, each node that is still alone and well connected inside its group joins the best well-connected part of it
 * that it has a tie to. Well connected: weight to the rest of the group at least penalty * size * size of the rest. Returns the part of each node.
 */
export function refine(level: Level, group: Uint32Array, total: Float64Array, order: Uint32Array, penalty: number, scratch: LevelScratch): Uint32Array {
  const { nodes, offsets, targets, weights, size } = level
  const { toward, near, waiting: taken } = scratch
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
    let found = 0
    const end = offsets[v + 1]
    for (let arc = offsets[v]; arc < end; arc++) {
      const u = targets[arc]
      if (group[u] !== g) continue
      const p = part[u]
      if (toward[p] === 0) near[found++] = p
      toward[p] += weights[arc]
    }
    let best = v
    let gain = 0
    let weight = 0
    for (let j = 0; j < found; j++) {
      const p = near[j]
      const w = toward[p]
      toward[p] = 0
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
