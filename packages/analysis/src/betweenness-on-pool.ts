/** Betweenness over a pool of workers: the same bits as `betweenness` and `betweennessSampled` alone. */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked } from '@ringmap/model/progress'
import { betweennessOfBlock, chunkNet, normalised, smallestBlock, throughCutPoints, type BetweennessOptions } from './betweenness.ts'
import type { BatchNet } from './betweenness-batch.ts'
import { chunkCount } from './betweenness-chunks.ts'
import { sampledPlan, type SampledBetweenness, type SampledBetweennessOptions } from './betweenness-sampled.ts'
import { blockNet } from './block-net.ts'
import { blocksOf } from './blocks.ts'
import { STREAMS_OF_UNIT } from './path-sampler.ts'
import { shared, sharedCounts, sharedFloats } from './shared-columns.ts'
import { refuseWithoutLength } from './shortest-paths.ts'
import type { WorkerPool } from './worker-pool.ts'

/** Below it a block is done before the workers have heard of it. */
const WORTH_SHARING = 500
const WORTH_SHARING_WEIGHTED = 200

export async function betweennessOnPool(csr: Csr, pool: WorkerPool, options: BetweennessOptions = {}): Promise<Float64Array> {
  if (options.weighted ?? false) refuseWithoutLength(csr)
  if (csr.directed) return normalised(csr, await insideOnPool({ ...csr, behind: new Float64Array(csr.nodes).fill(1) }, pool, options), options.normalised ?? true)
  const blocks = blocksOf(csr)
  const sum = throughCutPoints(blocks)
  const local = new Uint32Array(csr.nodes)
  for (let b = 0; b < blocks.count; b++) {
    const size = blocks.offsets[b + 1] - blocks.offsets[b]
    if (size < smallestBlock(options)) continue
    const net = blockNet(blocks, b, local)
    const inside = size < (options.weighted === true ? WORTH_SHARING_WEIGHTED : WORTH_SHARING) ? betweennessOfBlock(net, options) : await insideOnPool(net, pool, options)
    for (let i = 0; i < size; i++) sum[net.members[i]] += inside[i]
  }
  return normalised(csr, sum, options.normalised ?? true)
}

async function insideOnPool(given: BatchNet & { readonly weights: Float64Array }, pool: WorkerPool, options: BetweennessOptions): Promise<Float64Array> {
  stopIfAsked(options.signal)
  const net = chunkNet(given, options)
  const { nodes } = net
  const chunks = chunkCount(nodes)
  const sums = sharedFloats(chunks * nodes)
  const columns = { nodes, offsets: shared(net.offsets), targets: shared(net.targets), behind: shared(net.behind), lengths: net.lengths === null ? null : shared(net.lengths) }
  await pool.run('betweenness-chunks', { net: columns, sums }, chunks, { progress: options.progress, signal: options.signal, step: 'betweenness' })
  const sum = new Float64Array(nodes)
  for (let chunk = 0; chunk < chunks; chunk++) for (let v = 0; v < nodes; v++) sum[v] += sums[chunk * nodes + v]
  return sum
}

export async function betweennessSampledOnPool(csr: Csr, pool: WorkerPool, options: SampledBetweennessOptions): Promise<SampledBetweenness> {
  const plan = sampledPlan(csr, options)
  for (let step = plan.next(); ; ) {
    if (step.done === true) return step.value
    const { net, seed, first, streams, count } = step.value
    const columns = {
      nodes: net.nodes, offsets: shared(net.offsets), targets: shared(net.targets), back_offsets: shared(net.back_offsets), back_targets: shared(net.back_targets), drawn_up_to: shared(net.drawn_up_to),
    }
    const found = sharedCounts(net.nodes)
    await pool.run('path-streams', { net: columns, seed, first, streams, count: found }, Math.ceil(streams / STREAMS_OF_UNIT), { ...options, step: 'betweenness' })
    for (let v = 0; v < net.nodes; v++) count[v] += found[v]
    step = plan.next()
  }
}
