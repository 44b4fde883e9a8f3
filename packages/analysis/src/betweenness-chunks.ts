/**
 * Betweenness inside one network in chunks of sources: each chunk is added up alone and chunks are added in their order, so that it does not matter who
 * did which, and one worker gives the same bits as four.
 */
import type { StopSignal } from '@ringmap/model/progress'
import { accumulateBatch, batchScratch, LANES, type BatchNet } from './betweenness-batch.ts'
import { wasmAccumulator, type Accumulator } from './betweenness-wasm.ts'
import { accumulateLengths, lengthScratch } from './betweenness-weighted.ts'

export interface ChunkNet extends BatchNet {
  /** Of each arc; null: every tie is one step. */
  readonly lengths: Float64Array | null
}

export interface AccumulatorOptions {
  /** Never WebAssembly; default false. */
  readonly plain?: boolean
  /** Looked at between sources where ties have lengths; without, a chunk is done in no time. */
  readonly signal?: StopSignal | undefined
}

/** Below it the network is done before WebAssembly is ready. */
const SMALL = 64

export function accumulatorOf(net: ChunkNet, { plain = false, signal }: AccumulatorOptions = {}): Accumulator {
  const { lengths } = net
  if (lengths !== null) {
    const scratch = lengthScratch(net.nodes)
    return { add: (first, last, sum) => accumulateLengths({ ...net, lengths }, first, last, scratch, sum, signal) }
  }
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
