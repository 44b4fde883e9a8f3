/**
 * One large block, estimated from drawn ends: the potentials of a unit current into each end, and from them what every pair of ends sends through each node. The method and its
 * sources stand in `current-flow-sampled.ts`.
 */
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'
import type { Random } from '@ringmap/model/random'
import type { BlockNet } from './block-net.ts'
import { returns } from './closed-walks.ts'
import { SIDES, solverScratch, strengths, unitPotentials, type LaplacianNet } from './laplacian-solver.ts'
import { addMeans, pairMeans, type PairMeans } from './pair-means.ts'
import type { Columns } from './shared-columns.ts'
import { stationary, STEPS, visits, visitsFrom, walkScratch } from './walk-visits.ts'

/** What the units of both jobs need, and where they write. */
export interface DrawnBlock {
  readonly net: LaplacianNet
  readonly ends: Uint32Array
  /** Relative residual of the potentials. */
  readonly tolerance: number
  /** Sum of what the ties of each node conduct, and its share of the visits of a walk in the long run. */
  readonly strength: Float64Array
  readonly share: Float64Array
  /** By node and end: potentials, and visits of a short walk from the end. */
  readonly potential: Float64Array
  readonly visit: Float32Array
  /** MOMENTS sums by node. */
  readonly moments: Float64Array
}

/** Ends that are not the node itself; sums over them of the current through it and of the visits; of their squares and product about the means: current, both, visits. */
const MOMENTS = 6

export function drawnBlock(block: BlockNet, weighted: boolean, random: Random, samples: number, tolerance: number, columns: Columns): DrawnBlock {
  const weights = weighted ? block.weights : new Float64Array(block.targets.length).fill(1)
  const net = { nodes: block.nodes, offsets: columns.kept(block.offsets), targets: columns.kept(block.targets), weights: columns.kept(weights) }
  const ends = columns.kept(drawn(block, samples, random))
  const strength = strengths(net)
  return {
    net, ends, tolerance, strength: columns.kept(strength), share: columns.kept(stationary(strength)),
    potential: columns.floats(net.nodes * ends.length), visit: columns.singles(net.nodes * ends.length), moments: columns.floats(net.nodes * MOMENTS),
  }
}

/** Systematic sampling: equal steps through everyone behind the members, from a random start. */
function drawn(net: BlockNet, samples: number, random: Random): Uint32Array {
  const step = sumOf(net.behind) / samples
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

export function potentialUnits({ ends }: DrawnBlock): number {
  return Math.ceil(ends.length / SIDES)
}

/** Unit: as many ends as are solved in one pass. */
export function potentials({ net, ends, tolerance, strength, potential, visit }: DrawnBlock, signal: StopSignal | undefined): (unit: number) => void {
  const k = ends.length
  const scratch = solverScratch(net)
  const walk = walkScratch(net.nodes)
  const x = new Float64Array(net.nodes * SIDES)
  return (unit) => {
    const first = unit * SIDES
    const some = ends.subarray(first, Math.min(first + SIDES, k))
    unitPotentials(net, some, tolerance, x, scratch, { signal })
    const walked = visitsFrom(net, strength, some, walk)
    for (let v = 0; v < net.nodes; v++) {
      for (let i = 0; i < some.length; i++) {
        potential[v * k + first + i] = x[v * SIDES + i]
        visit[v * k + first + i] = walked[v * SIDES + i]
      }
    }
  }
}

/** Nodes of a unit. */
const NODES = 512

export function nodeUnits({ net }: DrawnBlock): number {
  return Math.ceil(net.nodes / NODES)
}

/** Unit: some nodes, whose moments are filled. */
export function nodeCurrents(block: DrawnBlock, signal: StopSignal | undefined): (unit: number) => void {
  const k = block.ends.length
  const scratch = { ...pairMeans(k), near: new Float64Array(k), used: new Uint32Array(k) }
  return (unit) => {
    stopIfAsked(signal)
    for (let v = unit * NODES; v < Math.min((unit + 1) * NODES, block.net.nodes); v++) momentsOf(block, v, scratch)
  }
}

interface NodeScratch extends PairMeans {
  readonly near: Float64Array
  readonly used: Uint32Array
}

/** Current through v from each drawn end but v itself, as the mean over the other ends; visits to v of short walks from it. */
function momentsOf({ net, ends, potential, visit, share, moments }: DrawnBlock, v: number, scratch: NodeScratch): void {
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
  let sum = 0
  let sumNear = 0
  for (let i = 0; i < count; i++) {
    sum += mean[i]
    sumNear += near[i]
  }
  let [square, product, squareNear] = [0, 0, 0]
  for (let i = 0; i < count; i++) {
    const y = mean[i] - sum / count
    const x = near[i] - sumNear / count
    square += y * y
    product += x * y
    squareNear += x * x
  }
  moments.set([count, sum, sumNear, square, product, squareNear], v * MOMENTS)
}

/** Adds the current that all pairs send through the ties of each member, and the variance of the estimate. */
export function addDrawn(block: BlockNet, { net, strength, share, moments }: DrawnBlock, carried: Float64Array, variance: Float64Array, signal: StopSignal | undefined): void {
  const slope = slopeOf(moments)
  const everyone = sumOf(block.behind)
  const squares = sumOf(block.behind.map((m) => m * m))
  const all = visits(net, strength, block.behind)
  const back = returns(net, strength, signal)
  for (let v = 0; v < net.nodes; v++) {
    const [count, sum, sumNear, square, product, squareNear] = moments.subarray(v * MOMENTS, (v + 1) * MOMENTS)
    const own = block.behind[v]
    const others = everyone - own
    const expected = (all[v] - own * back[v]) / others - STEPS * share[v]
    const pairs = (others * others - (squares - own * own)) / 2
    const spread = Math.max(0, square - 2 * slope * product + slope * slope * squareNear)
    const node = block.members[v]
    // Each pair has two ends, so what chance put near v counts twice.
    carried[node] += own * others + pairs * (sum / count - 2 * slope * (sumNear / count - expected))
    variance[node] += (pairs * pairs * 4 * spread) / (count - 1) / count
  }
}

/** How much more current passes for each visit more, by least squares within the nodes. */
function slopeOf(moments: Float64Array): number {
  let product = 0
  let square = 0
  for (let i = 0; i < moments.length; i += MOMENTS) {
    product += moments[i + 4]
    square += moments[i + 5]
  }
  return square > 0 ? product / square : 0
}

function sumOf(values: Float64Array): number {
  let sum = 0
  for (const x of values) sum += x
  return sum
}
