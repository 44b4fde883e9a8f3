/** Pairs that no blocking rule found, but that share a record to which both are strongly linked: without them a cluster could not be checked across. */
import type { Links } from './guarded-clusters.ts'
import { growingU32, push, taken } from './growing-array.ts'

/** Strongest links of a record that are followed. */
const FOLLOWED = 24

/**
 * @param links with `left` in rising order.
 * @param order places of the links that are followed, best first.
 * @returns new pairs in record order, each once.
 */
export function neighbourPairs(records: number, links: Links, order: Uint32Array, source: Uint8Array | null): { left: Uint32Array; right: Uint32Array } {
  const { offsets, neighbours } = strongNeighbours(records, links, order)
  const left = growingU32()
  const right = growingU32()
  // Stamp of the record for which a partner is already known.
  const known = new Uint32Array(records).fill(0xffffffff)
  let at = 0
  for (let a = 0; a < records; a++) {
    for (; at < links.left.length && links.left[at] === a; at++) known[links.right[at] as number] = a
    for (let i = offsets[a] as number; i < (offsets[a + 1] as number); i++) {
      const between = neighbours[i] as number
      for (let j = offsets[between] as number; j < (offsets[between + 1] as number); j++) {
        const b = neighbours[j] as number
        if (b <= a || known[b] === a || (source !== null && source[a] === source[b])) continue
        known[b] = a
        push(left, a)
        push(right, b)
      }
    }
  }
  return { left: taken(left), right: taken(right) }
}

/** For each record its strongest neighbours. */
function strongNeighbours(records: number, links: Links, order: Uint32Array): { offsets: Uint32Array; neighbours: Uint32Array } {
  const count = new Uint8Array(records)
  for (const link of order) for (const r of [links.left[link] as number, links.right[link] as number]) count[r] = Math.min(FOLLOWED, (count[r] as number) + 1)
  const offsets = new Uint32Array(records + 1)
  for (let r = 0; r < records; r++) offsets[r + 1] = (offsets[r] as number) + (count[r] as number)
  const next = offsets.slice(0, records)
  const neighbours = new Uint32Array(offsets[records] as number)
  const put = (from: number, to: number): void => {
    const place = next[from] as number
    if (place >= (offsets[from + 1] as number)) return
    neighbours[place] = to
    next[from] = place + 1
  }
  for (const link of order) {
    put(links.left[link] as number, links.right[link] as number)
    put(links.right[link] as number, links.left[link] as number)
  }
  return { offsets, neighbours }
}
