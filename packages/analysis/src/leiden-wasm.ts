/**
 * The twin of `leiden-steps.ts` in WebAssembly (wasm/leiden.ts): the same bits, with weights as whole numbers of 32 bits where every sum is exact. Null
 * where the engine cannot or the network passes 32-bit memory; the plain steps then do the work.
 */
import { LEIDEN_WASM } from './leiden-bytes.ts'
import type { LeidenSteps, Level, LevelColumns, Terms, Work } from './leiden-level.ts'
import { holds, wasmInstance } from './wasm-module.ts'

interface Exports {
  readonly bind: (...places: number[]) => void
  readonly level: (nodes: number, offsets: number, targets: number, weights: number, size: number) => void
  readonly begin: (turns: number) => void
  readonly someWhole: (most: number) => number
  readonly someDouble: (most: number) => number
  readonly movesOf: () => number
  readonly refineWhole: () => void
  readonly refineDouble: () => void
  readonly aggregateWhole: (count: number, offsets: number, targets: number, weights: number, size: number) => number
  readonly aggregateDouble: (count: number, offsets: number, targets: number, weights: number, size: number) => number
}

/** `whole`: every weight is a whole number and all of them together stay below 2^32. */
export function wasmSteps(nodes: number, arcs: number, terms: Terms, whole: boolean): LeidenSteps | null {
  const instance = wasmInstance(LEIDEN_WASM)
  if (instance === null) return null
  const { memory } = instance
  const exports = instance.exports as Exports
  let end = 64
  const place = (bytes: number): number => {
    const at = end
    end = Math.ceil((at + bytes) / 64) * 64
    return at
  }
  // The levels' columns are as long as the largest level could need; a page that is never written costs nothing.
  const widths = [16, 4, 4, 1, 4, 4, 4, 4, 4, 8, 8, 8, 4].map((width) => place((nodes + 1) * width))
  const rooms = [0, 1, 2].map(() => [place((nodes + 1) * 4), place(arcs * 4), place(arcs * (whole ? 4 : 8)), place(nodes * 8)])
  if (!holds(memory, end)) return null
  const u32 = (at: number, length: number): Uint32Array => new Uint32Array(memory.buffer, at, length)
  const f64 = (at: number, length: number): Float64Array => new Float64Array(memory.buffer, at, length)
  const [pair, near, queue, waiting, members, empty, group, order, part, partSize, outside, wholes, starts] = widths
  const work: Work = {
    pair: f64(pair, 2 * nodes), near: u32(near, nodes), queue: u32(queue, nodes), waiting: new Uint8Array(memory.buffer, waiting, nodes),
    members: u32(members, nodes), empty: u32(empty, nodes), group: u32(group, nodes), order: u32(order, nodes), part: u32(part, nodes),
    partSize: f64(partSize, nodes), outside: f64(outside, nodes), whole: f64(wholes, nodes), starts: u32(starts, nodes + 1),
  }
  const columns = ([offsets, targets, weights, size]: number[]): LevelColumns => ({
    offsets: u32(offsets, nodes + 1), targets: u32(targets, arcs), weights: whole ? u32(weights, arcs) : f64(weights, arcs), size: f64(size, nodes),
  })
  exports.bind(...widths, terms.penalty, terms.least)
  const at = ({ nodes: count, columns: { offsets, targets, weights, size } }: Level): void =>
    exports.level(count, offsets.byteOffset, targets.byteOffset, weights.byteOffset, size.byteOffset)
  const some = whole ? exports.someWhole : exports.someDouble
  const aggregate = whole ? exports.aggregateWhole : exports.aggregateDouble
  return {
    work,
    rooms: [columns(rooms[0]), columns(rooms[1]), columns(rooms[2])],
    begin: (level, turns) => {
      at(level)
      exports.begin(turns)
    },
    some: (most) => some(most) >>> 0,
    movesOf: () => exports.movesOf() >>> 0,
    refine: (level) => {
      at(level)
      if (whole) exports.refineWhole()
      else exports.refineDouble()
    },
    aggregate: (level, count, { offsets, targets, weights, size }) => {
      at(level)
      return aggregate(count, offsets.byteOffset, targets.byteOffset, weights.byteOffset, size.byteOffset) >>> 0
    },
  }
}
