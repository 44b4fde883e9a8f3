/**
 * Betweenness of large networks from shortest paths drawn at random: with probability 1 - delta no value is off by more than epsilon. How often a drawn path
 * passes v is a binomial count, so Chernoff's bound (Chernoff 1952; Hoeffding 1963) gives the range of its mean: |mean - b(v)| <= epsilon at confidence
 * level delta(v). A pilot, which is then thrown away, says roughly where each value lies; from it delta is dealt out so that all ranges become narrow
 * enough at the same time (after Borassi & Natale 2016, KADABRA), and the drawing stops at the first of some planned checks at which they are. Every check
 * has a share of delta of its own, so stopping early costs nothing of the guarantee.
 * Small biconnected blocks are counted exactly; only the large ones are drawn from.
 */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { betweennessOfBlock, throughCutPoints } from './betweenness.ts'
import { blockNet } from './block-net.ts'
import { blocksOf } from './blocks.ts'
import { confidenceOf, levelsFor, type Levels } from './binomial-range.ts'
import { countPaths, SAMPLES_OF_STREAM, samplerScratch, type SampleNet, type SamplerScratch } from './path-sampler.ts'
import { reversed } from './undirected.ts'

export interface SampledBetweennessOptions extends WorkOptions {
  readonly seed: number
  /** Largest error of any value, all of which lie in 0 to 1; default 0.001. */
  readonly epsilon?: number
  /** Probability that some value is off by more; default 0.1. */
  readonly delta?: number
  /** Blocks of up to so many people are counted exactly; default 1000. */
  readonly exact_up_to?: number
}

export interface SampledBetweenness {
  /** As `betweenness`, normalised. */
  readonly value: Float64Array
  /** Paths drawn in all, the pilot not counted. */
  readonly paths: number
}

export function betweennessSampled(csr: Csr, options: SampledBetweennessOptions): SampledBetweenness {
  const plan = sampledPlan(csr, options)
  const scratch = samplerScratch(csr.nodes)
  for (let step = plan.next(); ; step = plan.next()) {
    if (step.done === true) return step.value
    draw(step.value, scratch, options)
  }
}

/** Paths to draw: streams `first` up to `first + streams`, counted into `count`. */
export interface Drawing {
  readonly net: SampleNet
  readonly seed: number
  readonly first: number
  readonly streams: number
  readonly count: Uint32Array
}

/** The whole method, which asks for what is to be drawn; who draws it, and with how many hands, does not matter. */
export function* sampledPlan(csr: Csr, options: SampledBetweennessOptions): Generator<Drawing, SampledBetweenness, undefined> {
  const { nodes } = csr
  const epsilon = options.epsilon ?? 0.001
  const delta = options.delta ?? 0.1
  const all = (nodes - 1) * (nodes - 2)
  if (nodes < 3) return { value: new Float64Array(nodes), paths: 0 }
  if (csr.directed) {
    const back = reversed(csr)
    const net = { ...csr, back_offsets: back.offsets, back_targets: back.targets, drawn_up_to: Float64Array.from({ length: nodes }, (_, v) => v + 1) }
    const { mean, paths } = yield* drawn(net, (epsilon * all) / (nodes * (nodes - 1)), delta, options.seed)
    return { value: mean.map((x) => (x * nodes * (nodes - 1)) / all), paths }
  }
  const blocks = blocksOf(csr)
  const sum = throughCutPoints(blocks)
  const local = new Uint32Array(nodes)
  const exact = options.exact_up_to ?? 1000
  let large = 0
  for (let b = 0; b < blocks.count; b++) if (blocks.offsets[b + 1] - blocks.offsets[b] > exact) large++
  let paths = 0
  for (let b = 0; b < blocks.count; b++) {
    const size = blocks.offsets[b + 1] - blocks.offsets[b]
    if (size < 4) continue
    const net = blockNet(blocks, b, local)
    if (size <= exact) {
      const inside = betweennessOfBlock(net, options)
      for (let i = 0; i < size; i++) sum[net.members[i]] += inside[i]
      continue
    }
    const { upTo, pairs } = ends(net.behind)
    // Errors of several large blocks can meet in a cut point, so each may use its part of what is allowed.
    const sampled = yield* drawn({ ...net, back_offsets: net.offsets, back_targets: net.targets, drawn_up_to: upTo }, (epsilon * all) / (pairs * large), delta / large, options.seed + b)
    for (let i = 0; i < size; i++) sum[net.members[i]] += sampled.mean[i] * pairs
    paths += sampled.paths
  }
  return { value: sum.map((x) => x / all), paths }
}

/** Running sums of who is behind each member, and the number of ordered pairs of different members' people. */
function ends(behind: Float64Array): { upTo: Float64Array; pairs: number } {
  const upTo = new Float64Array(behind.length)
  let sum = 0
  let squares = 0
  behind.forEach((m, v) => {
    sum += m
    squares += m * m
    upTo[v] = sum
  })
  return { upTo, pairs: sum * sum - squares }
}

/** Share of delta that each planned check may use: the first is expected to be the last. */
const CHECKS = [0.7, 0.15, 0.075, 0.0375, 0.01875] as const

/** How often a drawn path passes each node, within epsilon with probability 1 - delta. */
function* drawn(net: SampleNet, epsilon: number, delta: number, seed: number): Generator<Drawing, { mean: Float64Array; paths: number }, undefined> {
  const streams = Math.ceil(Math.max(4, 2 / epsilon / SAMPLES_OF_STREAM))
  const pilot = new Uint32Array(net.nodes)
  yield { net, seed: ~seed, first: 0, streams, count: pilot }
  const levels = levelsFor(pilot, streams * SAMPLES_OF_STREAM, epsilon, delta * CHECKS[0])
  const count = new Uint32Array(net.nodes)
  let done = 0
  for (let check = 0; ; check++) {
    const wanted = Math.ceil((levels.paths * 1.3 ** check) / SAMPLES_OF_STREAM)
    yield { net, seed, first: done, streams: wanted - done, count }
    done = wanted
    // After the planned checks each next one may use half of what the one before it could: a geometric series has a sum.
    const share = CHECKS[check] ?? 0.01875 * 0.5 ** (check - CHECKS.length + 1)
    if (narrow(count, done * SAMPLES_OF_STREAM, epsilon, levels, share / CHECKS[0])) break
  }
  const paths = done * SAMPLES_OF_STREAM
  return { mean: Float64Array.from(count, (c) => c / paths), paths }
}

function draw({ net, seed, first, streams, count }: Drawing, scratch: SamplerScratch, options: WorkOptions): void {
  for (let s = 0; s < streams; s++) {
    if ((s & 7) === 0) {
      stopIfAsked(options.signal)
      options.progress?.('betweenness', s, streams)
    }
    countPaths(net, seed, first + s, scratch, count)
  }
}

/** Whether every node's range is within epsilon on both sides at its own level of confidence. */
function narrow(count: Uint32Array, paths: number, epsilon: number, levels: Levels, share: number): boolean {
  for (let v = 0; v < count.length; v++) {
    if (confidenceOf(count[v] / paths, epsilon, paths) < levels.needed[v] - Math.log(share)) return false
  }
  return true
}
