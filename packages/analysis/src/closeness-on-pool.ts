/** Closeness and harmonic centrality over a pool of workers: the same bits as alone. */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked } from '@ringmap/model/progress'
import { closenessOf, distanceNet, type ClosenessOptions } from './closeness.ts'
import { addSums, distanceChunks, distanceSums, type DistanceSums } from './distance-chunks.ts'
import { shared, sharedFloats } from './shared-columns.ts'
import type { WorkerPool } from './worker-pool.ts'

export async function closenessOnPool(csr: Csr, pool: WorkerPool, options: ClosenessOptions = {}): Promise<Float64Array> {
  return closenessOf(await summedOnPool(csr, pool, options))
}

export async function harmonicOnPool(csr: Csr, pool: WorkerPool, options: ClosenessOptions = {}): Promise<Float64Array> {
  return (await summedOnPool(csr, pool, options)).harmonic
}

async function summedOnPool(csr: Csr, pool: WorkerPool, options: ClosenessOptions): Promise<DistanceSums> {
  stopIfAsked(options.signal)
  const { nodes } = csr
  const chunks = distanceChunks(nodes)
  const { offsets, targets, lengths } = distanceNet(csr, options)
  const net = { nodes, offsets: shared(offsets), targets: shared(targets), lengths: lengths === null ? null : shared(lengths) }
  const sums = sharedFloats(chunks * nodes * 3)
  await pool.run('distance-chunks', { net, sums }, chunks, { progress: options.progress, signal: options.signal, step: 'closeness' })
  const all = distanceSums(nodes)
  for (let chunk = 0; chunk < chunks; chunk++) {
    const [reached, distance, harmonic] = [0, 1, 2].map((i) => sums.subarray((3 * chunk + i) * nodes, (3 * chunk + i + 1) * nodes)) as [Float64Array, Float64Array, Float64Array]
    addSums(all, { reached, distance, harmonic })
  }
  return all
}
