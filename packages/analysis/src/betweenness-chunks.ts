/**
 * Betweenness inside one network in chunks of sources: each chunk is added up alone and chunks are added in their order, so that it does not matter who
 * did which, and one worker gives the same bits as four.
 */
import { accumulateBatch, batchScratch, LANES, type BatchNet } from './betweenness-batch.ts'
import { wasmAccumulator, type Accumulator } from './betweenness-wasm.ts'

/** Below it the network is done before WebAssembly is ready. */
const SMALL = 64

/** @param plain never WebAssembly; default false. */
export function accumulatorOf(net: BatchNet, plain = false): Accumulator {
  const fast = plain || net.nodes < SMALL ? null : wasmAccumulator(net)
  if (fast !== null) return fast
  const scratch = batchScratch(net.nodes)
  return {
    add: (first, last, sum) => {
      for (let s = first; s < last; s += LANES) accumulateBatch(net, s, Math.min(s + LANES, last), scratch, sum)
    },
  }
}

/** Sources of a chunk: at most 64 chunks, of which none costs too little to be worth a turn. Depends on the number of nodes alone. */
export function chunkSize(nodes: number): number {
  return Math.max(4 * LANES, Math.ceil(nodes / 64 / LANES) * LANES)
}

export function chunkCount(nodes: number): number {
  return Math.ceil(nodes / chunkSize(nodes))
}

/** Fills `into` with what the chunk's sources add. */
export function chunkOf(accumulator: Accumulator, nodes: number, chunk: number, into: Float64Array): void {
  into.fill(0)
  const size = chunkSize(nodes)
  accumulator.add(chunk * size, Math.min((chunk + 1) * size, nodes), into)
}
