/**
 * The twin of `betweenness-batch.ts` in WebAssembly (wasm/brandes.ts), eight sources in SIMD lanes: the same bits, about twice as fast. Null where the
 * engine has no SIMD or the network is too large for 32-bit memory; the plain one then does the work.
 */
import { LANES, type BatchNet } from './betweenness-batch.ts'
import { BRANDES_WASM } from './brandes-bytes.ts'

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

/** The part that is used, since neither Node's nor the browser's types are known here. */
interface Engine {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number }
  readonly validate: (bytes: Uint8Array) => boolean
}

const PAGE = 65_536
const MOST_PAGES = 65_535

let compiled: object | null | undefined

export function wasmAccumulator(net: BatchNet): Accumulator | null {
  const engine = (globalThis as { readonly WebAssembly?: Engine }).WebAssembly
  if (engine === undefined) return null
  compiled ??= compile(engine)
  if (compiled === null) return null
  const memory = new engine.Memory({ initial: 1 })
  const { exports } = new engine.Instance(compiled, { env: { memory } }) as { exports: Exports }
  // 1.2 KB a node and 4 bytes an arc: what would pass 4 GB is told by its size before it wraps round.
  if (net.nodes * 1300 + net.targets.length * 4 > (MOST_PAGES - 1) * PAGE) return null
  try {
    memory.grow(Math.ceil(exports.layout(net.nodes, net.targets.length) / PAGE))
  } catch {
    return null
  }
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

function compile(engine: Engine): object | null {
  const bytes = decoded(BRANDES_WASM)
  return engine.validate(bytes) ? new engine.Module(bytes) : null
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 without the help of an engine. */
function decoded(text: string): Uint8Array {
  const digits = text.replace(/=+$/, '')
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4))
  let held = 0
  let bits = 0
  let at = 0
  for (const digit of digits) {
    held = ((held << 6) | DIGITS.indexOf(digit)) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = (held >>> bits) & 255
  }
  return bytes
}
