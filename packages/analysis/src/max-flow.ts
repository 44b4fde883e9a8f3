/**
 * Maximum flow and minimum cut between two nodes (Ford & Fulkerson 1956) by Dinic's method (1970): how much can pass at once, and the fewest ties or
 * people without whom nothing passes. Of several least cuts the one nearest to the source is given.
 */
import type { Csr } from '@ringmap/graph/csr'
import { invariant } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'

export interface MaxFlowOptions extends WorkOptions {
  /** Capacity of a tie is its weight; otherwise every tie carries 1. Default false. */
  readonly weighted?: boolean
}

export interface MaxFlow {
  /** How much passes; with every tie 1, the number of ways that share no tie (Menger 1927). */
  readonly value: number
  /** Ties of the cut, ascending; their capacities add up to the value. */
  readonly cut: readonly number[]
  /** 1 for nodes on the source's side of the cut. */
  readonly side: Uint8Array
}

export interface NodeCut {
  /** The fewest people without whom target cannot be reached; null where source and target are tied directly, and no one between can part them. */
  readonly cut: readonly number[] | null
}

export function maxFlow(csr: Csr, source: number, target: number, options: MaxFlowOptions = {}): MaxFlow {
  invariant(source !== target && source < csr.nodes && target < csr.nodes, 'source and target are two nodes')
  const weighted = options.weighted ?? false
  const net = flowNet(csr.nodes, csr.targets.length)
  for (let v = 0; v < csr.nodes; v++) {
    for (let arc = csr.offsets[v]; arc < csr.offsets[v + 1]; arc++) addArc(net, v, csr.targets[arc], weighted ? csr.weights[arc] : 1)
  }
  const value = dinic(net, source, target, options)
  const side = reachable(net, source)
  const cut = new Set<number>()
  for (let v = 0; v < csr.nodes; v++) {
    if (side[v] === 0) continue
    for (let arc = csr.offsets[v]; arc < csr.offsets[v + 1]; arc++) if (side[csr.targets[arc]] === 0) cut.add(csr.ties[arc])
  }
  return { value, cut: [...cut].sort((a, b) => a - b), side }
}

/** Each node but the two ends is split into one where arcs come in and one where they leave, with one unit between (Even 1975). */
export function nodeCut(csr: Csr, source: number, target: number, options: WorkOptions = {}): NodeCut {
  invariant(source !== target && source < csr.nodes && target < csr.nodes, 'source and target are two nodes')
  const { nodes, offsets, targets } = csr
  for (let arc = offsets[source]; arc < offsets[source + 1]; arc++) if (targets[arc] === target) return { cut: null }
  const net = flowNet(2 * nodes, nodes + targets.length)
  const endless = nodes + 1
  for (let v = 0; v < nodes; v++) {
    addArc(net, 2 * v, 2 * v + 1, v === source || v === target ? endless : 1)
    for (let arc = offsets[v]; arc < offsets[v + 1]; arc++) addArc(net, 2 * v + 1, 2 * targets[arc], endless)
  }
  dinic(net, 2 * source, 2 * target + 1, options)
  const side = reachable(net, 2 * source)
  const cut: number[] = []
  for (let v = 0; v < nodes; v++) if (side[2 * v] === 1 && side[2 * v + 1] === 0) cut.push(v)
  return { cut }
}

/** Arcs in pairs: 2i and its reverse 2i + 1; `left` is what may still pass. */
interface FlowNet {
  readonly nodes: number
  readonly head: Int32Array
  readonly next: Int32Array
  readonly to: Uint32Array
  readonly left: Float64Array
  arcs: number
}

function flowNet(nodes: number, arcs: number): FlowNet {
  return { nodes, head: new Int32Array(nodes).fill(-1), next: new Int32Array(2 * arcs), to: new Uint32Array(2 * arcs), left: new Float64Array(2 * arcs), arcs: 0 }
}

function addArc(net: FlowNet, from: number, to: number, capacity: number): void {
  for (const [a, b, c] of [[from, to, capacity], [to, from, 0]] as const) {
    net.to[net.arcs] = b
    net.left[net.arcs] = c
    net.next[net.arcs] = net.head[a]
    net.head[a] = net.arcs++
  }
}

function dinic(net: FlowNet, source: number, target: number, options: WorkOptions): number {
  const level = new Int32Array(net.nodes)
  const at = new Int32Array(net.nodes)
  const path = new Int32Array(net.nodes)
  let value = 0
  while (levels(net, source, target, level)) {
    stopIfAsked(options.signal)
    at.set(net.head)
    for (let pushed = pushOne(net, source, target, level, at, path); pushed > 0; pushed = pushOne(net, source, target, level, at, path)) value += pushed
  }
  return value
}

function levels(net: FlowNet, source: number, target: number, level: Int32Array): boolean {
  level.fill(-1)
  level[source] = 0
  const queue = [source]
  for (const v of queue) {
    for (let arc = net.head[v]; arc !== -1; arc = net.next[arc]) {
      const u = net.to[arc]
      if (net.left[arc] <= 0 || level[u] !== -1) continue
      level[u] = level[v] + 1
      queue.push(u)
    }
  }
  return level[target] !== -1
}

/** One way from source to target along rising levels, filled to its narrowest place; dead ends are not looked at again. */
function pushOne(net: FlowNet, source: number, target: number, level: Int32Array, at: Int32Array, path: Int32Array): number {
  const { to, left, next } = net
  let depth = 0
  let v = source
  while (v !== target) {
    const arc = at[v]
    if (arc === -1) {
      if (depth === 0) return 0
      v = to[path[--depth] ^ 1]
      at[v] = next[at[v]]
    } else if (left[arc] > 0 && level[to[arc]] === level[v] + 1) {
      path[depth++] = arc
      v = to[arc]
    } else at[v] = next[arc]
  }
  let narrowest = Number.POSITIVE_INFINITY
  for (let i = 0; i < depth; i++) narrowest = Math.min(narrowest, left[path[i]])
  for (let i = 0; i < depth; i++) {
    left[path[i]] -= narrowest
    left[path[i] ^ 1] += narrowest
  }
  return narrowest
}

function reachable(net: FlowNet, source: number): Uint8Array {
  const side = new Uint8Array(net.nodes)
  side[source] = 1
  const queue = [source]
  for (const v of queue) {
    for (let arc = net.head[v]; arc !== -1; arc = net.next[arc]) {
      if (net.left[arc] <= 0 || side[net.to[arc]] !== 0) continue
      side[net.to[arc]] = 1
      queue.push(net.to[arc])
    }
  }
  return side
}
