/**
 * The twin of `betweenness-batch.ts` in WebAssembly (wasm/brandes.ts), eight sources in SIMD lanes: the same bits, about twice as fast. Null where the
 * engine has no SIMD or the network is too large for 32-bit memory; the plain one then does the work.
 */
import { LANES, type BatchNet } from './betweenness-batch.ts'
import { BRANDES_WASM } from './brandes-bytes.ts'
import { holds, MOST_BYTES, wasmInstance } from './wasm-module.ts'

/** Adds up dependencies of sources, a range at a time. */
export interface Accumulator {
  /** Dependencies of sources `first` up to `last`, each times its own `behind`, added to `sum`. */
  readonly add: (first: number, last: number, sum: Float64Array) => void
}

interface Exports {
  readonly layout: (nodes: number, arcs: number) => number
  readonly prepare: () => void
  readonly accumulate: (first: number, last: number) => void
  readonly offsetsAt: () => number
  readonly targetsAt: () => number
  readonly behindAt: () => number
  readonly sumAt: () => number
}

export function wasmAccumulator(net: BatchNet): Accumulator | null {
  // 1.2 KB a node and 4 bytes an arc: what would pass 4 GB is told by its size before it wraps round.
  if (net.nodes * 1300 + net.targets.length * 4 > MOST_BYTES) return null
  const instance = wasmInstance(BRANDES_WASM)
  if (instance === null) return null
  const { memory } = instance
  const exports = instance.exports as Exports
  if (!holds(memory, exports.layout(net.nodes, net.targets.length) + 65_536)) return null
  exports.prepare()
  new Uint32Array(memory.buffer, exports.offsetsAt(), net.nodes + 1).set(net.offsets.subarray(0, net.nodes + 1))
  new Uint32Array(memory.buffer, exports.targetsAt(), net.targets.length).set(net.targets)
  new Float64Array(memory.buffer, exports.behindAt(), net.nodes).set(net.behind)
  const own = new Float64Array(memory.buffer, exports.sumAt(), net.nodes)
  return {
    add: (first, last, sum) => {
      own.set(sum)
      for (let s = first; s < last; s += LANES) exports.accumulate(s, Math.min(s + LANES, last))
      sum.set(own)
    },
  }
}
