/**
 * Current-flow betweenness of large networks, estimated, with the standard error of every value (after Brandes & Fleischer 2005, who sample pairs).
 * Small blocks are solved exactly. In a large one `samples` ends are drawn in proportion to who stands behind each member, spread evenly in
 * breadth-first order; the potentials of a unit current into each are solved once, and every pair of them is used: k solves give k (k - 1) / 2 pairs.
 * Whether chance put ends near v or far from it is taken out by a control variate (Hammersley & Handscomb 1964): visits to v of a four-step walk from
 * each end, whose sum over everyone is known exactly; it cuts the error about ten times. Pairs that end at v itself send exactly one unit through its ties and are added exactly.
 * The error is that of a U-statistic from its projection (Hoeffding 1948): 2 sd(mean over j of h(i, j)) / sqrt(k), times a
 * caution. Values from small blocks alone are exact, and their error is 0.
 */
import type { Csr } from '@ringmap/graph/csr'
import { invariant } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { seeded, type Random } from '@ringmap/model/random'
import { blockNet, type BlockNet } from './block-net.ts'
import { blocksOf } from './blocks.ts'
import { throughNodes } from './current-flow-betweenness.ts'
import { addBlock, addBridge, blockWork } from './current-flow-block.ts'
import { SIDES, solverScratch, unitPotentials } from './laplacian-solver.ts'
import { undirected } from './undirected.ts'
import { returns, stationary, STEPS, visits, visitsFrom } from './walk-visits.ts'

export interface SampledOptions extends WorkOptions {
  readonly seed: number
  /** Weights are conductances above 0; default false. */
  readonly weighted?: boolean
  /** Ends drawn in each large block; 12 bytes a node and sample. Default 128. */
  readonly samples?: number
  /** Relative residual of the potentials; default 1e-4. */
  readonly tolerance?: number
  /** Blocks of up to so many people are solved exactly, and always those of less than twice as many as are drawn; default 1200. */
  readonly exact_up_to?: number
}

export interface Sampled {
  /** As `currentFlowBetweenness`, normalised. */
  readonly value: Float64Array
  /** Standard error of each value: 95 % of the true values lie within two. */
  readonly error: Float64Array
}

/** What chance leaves out is seldom and large, so plain standard errors hold less often than they say; with this they hold (measured: see the test). */
const CAUTION = 1.4

export function currentFlowSampled(given: Csr, options: SampledOptions): Sampled {
  const csr = undirected(given)
  const weighted = options.weighted ?? false
  if (weighted) for (const w of csr.weights) invariant(w > 0, 'conductances are above 0')
  const blocks = blocksOf(csr)
  const limit = Math.max(options.exact_up_to ?? 1200, 2 * (options.samples ?? 128))
  let most = 0
  for (let b = 0; b < blocks.count; b++) {
    const size = blocks.offsets[b + 1] - blocks.offsets[b]
    if (size <= limit && size > most) most = size
  }
  const work = blockWork(csr.nodes, most > 2 ? most : 0)
  const carried = new Float64Array(csr.nodes)
  const variance = new Float64Array(csr.nodes)
  const random = seeded(options.seed)
  for (let b = 0; b < blocks.count; b++) {
    const size = blocks.offsets[b + 1] - blocks.offsets[b]
    if (size === 2) addBridge(blocks, b, carried)
    else if (size <= limit) addBlock(blocks, b, weighted, work, carried, options)
    else estimate(blockNet(blocks, b, work.local), weighted, random, carried, variance, options)
  }
  const pairs = ((csr.nodes - 1) * (csr.nodes - 2)) / 2
  return { value: throughNodes(blocks, carried, true), error: variance.map((x) => (csr.nodes > 2 ? (CAUTION * Math.sqrt(x)) / 2 / pairs : 0)) }
}

function estimate(block: BlockNet, weighted: boolean, random: Random, carried: Float64Array, variance: Float64Array, options: SampledOptions): void {
  const net = weighted ? block : { ...block, weights: new Float64Array(block.targets.length).fill(1) }
  const ends = drawn(net, options.samples ?? 128, random)
  const field = solved(net, ends, options)
  const scratch = spreadScratch(ends.length)
  const slope = slopeOf(net, ends, field, scratch)
  const everyone = sumOf(net.behind)
  const squares = sumOf(net.behind.map((m) => m * m))
  for (let v = 0; v < net.nodes; v++) {
    if ((v & 1023) === 0) {
      stopIfAsked(options.signal)
      options.progress?.('current-flow', v, net.nodes)
    }
    const count = through(net, v, ends, field, scratch)
    const { mean, near } = scratch
    let sum = 0
    let sumNear = 0
    for (let i = 0; i < count; i++) {
      sum += mean[i]
      sumNear += near[i]
    }
    let spread = 0
    for (let i = 0; i < count; i++) spread += (mean[i] - sum / count - slope * (near[i] - sumNear / count)) ** 2
    const own = net.behind[v]
    const others = everyone - own
    const expected = (field.all[v] - own * field.back[v]) / others - STEPS * field.share[v]
    const pairs = (others * others - (squares - own * own)) / 2
    const node = net.members[v]
    // Each pair has two ends, so what chance put near v counts twice.
    carried[node] += own * others + pairs * (sum / count - 2 * slope * (sumNear / count - expected))
    variance[node] += (pairs * pairs * 4 * spread) / (count - 1) / count
  }
}

/** Current through v from each drawn end but v itself, as the mean over the other ends, in `mean`; visits to v of short walks from it in `near`. */
function through(net: BlockNet, v: number, ends: Uint32Array, field: Field, scratch: SpreadScratch): number {
  const { potential, visit, share } = field
  const { value, mean, near, used } = scratch
  const k = ends.length
  const here = v * k
  let count = 0
  for (let i = 0; i < k; i++) if (ends[i] !== v) used[count++] = i
  mean.fill(0)
  for (let i = 0; i < count; i++) near[i] = visit[here + used[i]] - STEPS * share[v]
  for (let arc = net.offsets[v]; arc < net.offsets[v + 1]; arc++) {
    const there = net.targets[arc] * k
    const w = net.weights[arc]
    for (let i = 0; i < count; i++) value[i] = w * (potential[here + used[i]] - potential[there + used[i]])
    addMeans(scratch, count)
  }
  return count
}

/** How much more current passes for each visit more, by least squares within the nodes, some thousands of them. */
function slopeOf(net: BlockNet, ends: Uint32Array, field: Field, scratch: SpreadScratch): number {
  const step = Math.ceil(net.nodes / 4096)
  let product = 0
  let square = 0
  for (let v = 0; v < net.nodes; v += step) {
    const count = through(net, v, ends, field, scratch)
    const { mean, near } = scratch
    let sum = 0
    let sumNear = 0
    for (let i = 0; i < count; i++) {
      sum += mean[i]
      sumNear += near[i]
    }
    for (let i = 0; i < count; i++) {
      const x = near[i] - sumNear / count
      product += x * (mean[i] - sum / count)
      square += x * x
    }
  }
  return square > 0 ? product / square : 0
}

function sumOf(values: Float64Array): number {
  let sum = 0
  for (const x of values) sum += x
  return sum
}

/** Systematic sampling: equal steps through everyone behind the members, from a random start. */
function drawn(net: BlockNet, samples: number, random: Random): Uint32Array {
  let everyone = 0
  for (const m of net.behind) everyone += m
  const step = everyone / samples
  const ends = new Uint32Array(samples)
  let next = random() * step
  let passed = 0
  let count = 0
  for (let v = 0; v < net.nodes && count < samples; v++) {
    passed += net.behind[v]
    while (count < samples && next < passed) {
      ends[count++] = v
      next += step
    }
  }
  return ends.subarray(0, count)
}

interface Field {
  /** Potentials and visits by node and sample. */
  readonly potential: Float64Array
  readonly visit: Float32Array
  /** By node: visits from everyone, returns to itself, share of visits in the long run. */
  readonly all: Float64Array
  readonly back: Float64Array
  readonly share: Float64Array
}

function solved(net: BlockNet, ends: Uint32Array, options: SampledOptions): Field {
  const k = ends.length
  const potential = new Float64Array(net.nodes * k)
  const visit = new Float32Array(net.nodes * k)
  const scratch = solverScratch(net)
  const { strength } = scratch
  const x = new Float64Array(net.nodes * SIDES)
  for (let first = 0; first < k; first += SIDES) {
    options.progress?.('current-flow potentials', first, k)
    const some = ends.subarray(first, Math.min(first + SIDES, k))
    unitPotentials(net, some, options.tolerance ?? 1e-4, x, scratch, options)
    const walked = visitsFrom(net, strength, some)
    for (let v = 0; v < net.nodes; v++) {
      for (let i = 0; i < some.length; i++) {
        potential[v * k + first + i] = x[v * SIDES + i]
        visit[v * k + first + i] = walked[v * SIDES + i]
      }
    }
  }
  return { potential, visit, all: visits(net, strength, net.behind, 1), back: returns(net, strength), share: stationary(strength) }
}

interface SpreadScratch {
  readonly value: Float64Array
  readonly mean: Float64Array
  readonly near: Float64Array
  readonly used: Uint32Array
  readonly order: Uint32Array
  readonly other: Uint32Array
  readonly key: Uint32Array
  readonly count: Uint32Array
}

function spreadScratch(k: number): SpreadScratch {
  return {
    value: new Float64Array(k), mean: new Float64Array(k), near: new Float64Array(k), used: new Uint32Array(k),
    order: new Uint32Array(k), other: new Uint32Array(k), key: new Uint32Array(k), count: new Uint32Array(512),
  }
}

/** Adds to `mean` of each i the mean over the others j of |value(i) - value(j)|, after a radix sort on 16 bits of the range. */
function addMeans(scratch: SpreadScratch, length: number): void {
  const { value, mean, order, other, key, count } = scratch
  let least = value[0]
  let most = value[0]
  let total = 0
  for (let i = 0; i < length; i++) {
    const x = value[i]
    total += x
    if (x < least) least = x
    else if (x > most) most = x
  }
  const scale = most > least ? 65535 / (most - least) : 0
  count.fill(0)
  for (let i = 0; i < length; i++) {
    const key16 = ((value[i] - least) * scale) | 0
    key[i] = key16
    count[key16 & 255]++
    count[256 + (key16 >>> 8)]++
  }
  let a = 0
  let b = 0
  for (let d = 0; d < 256; d++) {
    const na = count[d]
    const nb = count[256 + d]
    count[d] = a
    count[256 + d] = b
    a += na
    b += nb
  }
  for (let i = 0; i < length; i++) order[count[key[i] & 255]++] = i
  for (let i = 0; i < length; i++) other[count[256 + (key[order[i]] >>> 8)]++] = order[i]
  let below = 0
  for (let i = 0; i < length; i++) {
    const at = other[i]
    const x = value[at]
    // Those before it are lower, those behind it are higher.
    mean[at] += (x * i - below + (total - below - x) - x * (length - 1 - i)) / (length - 1)
    below += x
  }
}
