/** Modules in WebAssembly that stand in the sources as text: made ready once, with the part of the engine that is used, since neither Node's nor the browser's types are known here. */

export interface WasmMemory {
  readonly buffer: ArrayBuffer
  readonly grow: (pages: number) => number
}

interface Engine {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
  readonly Memory: new (size: { initial: number }) => WasmMemory
  readonly validate: (bytes: Uint8Array) => boolean
}

const PAGE = 65_536
/** Memory of 32 bits ends here. */
export const MOST_BYTES: number = 65_534 * PAGE

const ready = new Map<string, object | null>()

/** A fresh instance with its own memory of one page; null where the engine has no WebAssembly or cannot do what the module needs. */
export function wasmInstance(base64: string): { readonly exports: unknown; readonly memory: WasmMemory } | null {
  const engine = (globalThis as { readonly WebAssembly?: Engine }).WebAssembly
  if (engine === undefined) return null
  let module = ready.get(base64)
  if (module === undefined) {
    const bytes = decoded(base64)
    module = engine.validate(bytes) ? new engine.Module(bytes) : null
    ready.set(base64, module)
  }
  if (module === null) return null
  const memory = new engine.Memory({ initial: 1 })
  return { exports: new engine.Instance(module, { env: { memory } }).exports, memory }
}

/** Makes the memory hold so many bytes; false where the machine refuses. */
export function holds(memory: WasmMemory, bytes: number): boolean {
  if (bytes > MOST_BYTES) return false
  try {
    memory.grow(Math.max(0, Math.ceil((bytes - memory.buffer.byteLength) / PAGE)))
    return true
  } catch {
    return false
  }
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
