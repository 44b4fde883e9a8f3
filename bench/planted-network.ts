/**
 * Networks to measure speed on: planted communities with power-law degrees and sizes and heavy-tailed weights (in the manner of Lancichinetti, Fortunato
 * & Radicchi 2008), the same for the same seed on every machine. As a command it writes a file for the peers: `node bench/planted-network.ts FILE NODES TIES`.
 */
import { writeFileSync } from 'node:fs'
import { seeded, type Random } from '@ringmap/model/random'

export interface PlantedNetwork {
  readonly nodes: number
  /** Ends of each tie, source < target, ascending. */
  readonly source: Uint32Array
  readonly target: Uint32Array
  readonly weight: Float64Array
  readonly community: Uint32Array
}

export interface PlantedOptions {
  readonly nodes: number
  readonly ties: number
  /** Share of a node's ties that leave its community; default 0.4. */
  readonly mixing?: number
  readonly seed?: number
}

export function plantedNetwork({ nodes, ties, mixing = 0.4, seed = 7 }: PlantedOptions): PlantedNetwork {
  const random = seeded(seed)
  const { community, members } = communities(nodes, random)
  const degree = degrees(nodes, (2 * ties * 1.08) / nodes, random)
  let keys = new Float64Array(0)
  for (let round = 0, share = 1; keys.length < ties && round < 12; round++) {
    const inside = new Float64Array(nodes)
    const outside = new Float64Array(nodes)
    for (let v = 0; v < nodes; v++) {
      const room = ((members[community[v] as number] as number) - 1) * 0.6
      inside[v] = Math.min((1 - mixing) * (degree[v] as number), room) * share
      outside[v] = (degree[v] as number) * share - (inside[v] as number)
    }
    const drawn = [...paired(inside, community, true, random), ...paired(outside, community, false, random)]
    keys = merged(keys, drawn, nodes)
    share = Math.min(1, (ties - keys.length) / ties + 0.01)
  }
  keys = thinnedTo(keys, ties, random)
  const source = Uint32Array.from(keys, (key) => Math.floor(key / nodes))
  const target = Uint32Array.from(keys, (key) => key % nodes)
  const weight = Float64Array.from(keys, () => Math.floor(powerLaw(random, 2.3, 1, 501)))
  return { nodes, source, target, weight, community }
}

/** Density ~ x^-exponent between low and high. */
function powerLaw(random: Random, exponent: number, low: number, high: number): number {
  const a = 1 - exponent
  return (low ** a + random() * (high ** a - low ** a)) ** (1 / a)
}

function communities(nodes: number, random: Random): { community: Uint32Array; members: number[] } {
  const most = Math.max(200, Math.floor(2 * Math.sqrt(nodes)))
  const members: number[] = []
  for (let left = nodes; left > 0; left -= members.at(-1) as number) members.push(Math.min(left, Math.floor(powerLaw(random, 1.6, 20, most + 1))))
  const community = new Uint32Array(nodes)
  let at = 0
  members.forEach((size, c) => { community.fill(c, at, at += size) })
  shuffleNumbers(community, random)
  return { community, members }
}

function degrees(nodes: number, mean: number, random: Random): Float64Array {
  const exponent = 2.5
  const high = Math.max(8, Math.min(Math.floor(nodes / 20), Math.floor(10 * Math.sqrt(nodes)))) + 1
  let [below, above] = [0.1, mean]
  for (let i = 0; i < 60; i++) {
    const low = (below + above) / 2
    const [a, b] = [1 - exponent, 2 - exponent]
    const found = ((a / b) * (high ** b - low ** b)) / (high ** a - low ** a)
    if (found < mean) below = low
    else above = low
  }
  return Float64Array.from({ length: nodes }, () => powerLaw(random, exponent, below, high))
}

/** Ends drawn as often as asked, shuffled inside each group (or over all), neighbours joined. */
function paired(wanted: Float64Array, community: Uint32Array, within: boolean, random: Random): [Uint32Array, Uint32Array][] {
  const counts = wanted.map((x) => Math.floor(x) + (random() < x - Math.floor(x) ? 1 : 0))
  const ends = new Uint32Array(counts.reduce((a, b) => a + b, 0))
  let at = 0
  counts.forEach((count, v) => { ends.fill(v, at, at += count) })
  shuffleNumbers(ends, random)
  if (within) ends.set(byCommunity(ends, community))
  const source = new Uint32Array(ends.length >> 1)
  const target = new Uint32Array(ends.length >> 1)
  let pairs = 0
  for (let i = 0; i + 1 < ends.length; i += 2) {
    const [a, b] = [ends[i] as number, ends[i + 1] as number]
    if (a === b || (community[a] === community[b]) !== within) {
      // Out of step with its group: the next end begins a pair.
      if (within && a !== b) i--
      continue
    }
    source[pairs] = Math.min(a, b)
    target[pairs++] = Math.max(a, b)
  }
  return [[source.subarray(0, pairs), target.subarray(0, pairs)]]
}

function byCommunity(ends: Uint32Array, community: Uint32Array): Uint32Array {
  const starts = new Uint32Array(community.reduce((a, b) => Math.max(a, b), 0) + 2)
  for (const v of ends) starts[(community[v] as number) + 1] = (starts[(community[v] as number) + 1] as number) + 1
  for (let c = 1; c < starts.length; c++) starts[c] = (starts[c] as number) + (starts[c - 1] as number)
  const sorted = new Uint32Array(ends.length)
  for (const v of ends) {
    const c = community[v] as number
    sorted[starts[c] as number] = v
    starts[c] = (starts[c] as number) + 1
  }
  return sorted
}

/** Ascending, each pair once. */
function merged(keys: Float64Array, drawn: readonly [Uint32Array, Uint32Array][], nodes: number): Float64Array<ArrayBuffer> {
  const all = new Float64Array(drawn.reduce((sum, [source]) => sum + source.length, keys.length))
  all.set(keys)
  let at = keys.length
  for (const [source, target] of drawn) for (let i = 0; i < source.length; i++) all[at++] = (source[i] as number) * nodes + (target[i] as number)
  all.sort()
  let count = 0
  for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[i - 1]) all[count++] = all[i] as number
  return all.slice(0, count)
}

/** Exactly `ties` of the keys, drawn in order (Knuth's algorithm S). */
function thinnedTo(keys: Float64Array, ties: number, random: Random): Float64Array<ArrayBuffer> {
  const kept = new Float64Array(Math.min(ties, keys.length))
  let count = 0
  for (let i = 0; i < keys.length && count < kept.length; i++) if (random() * (keys.length - i) < kept.length - count) kept[count++] = keys[i] as number
  return kept
}

function shuffleNumbers(items: Uint32Array, random: Random): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const kept = items[i] as number
    items[i] = items[j] as number
    items[j] = kept
  }
}

/** Bytes for numpy: source u32, target u32, weight f64. */
export function writePlanted(path: string, network: PlantedNetwork): void {
  writeFileSync(path, Buffer.concat([network.source, network.target, network.weight].map((column) => Buffer.from(column.buffer, column.byteOffset, column.byteLength))))
}

if (import.meta.main) {
  const [path, nodes, ties] = process.argv.slice(2)
  if (path === undefined || nodes === undefined || ties === undefined) throw new Error('usage: node bench/planted-network.ts FILE NODES TIES')
  const network = plantedNetwork({ nodes: Number(nodes), ties: Number(ties) })
  if (path.endsWith('.csv')) writeFileSync(path, ['source,target,weight', ...Array.from(network.source, (v, e) => `${v},${network.target[e]},${network.weight[e]}`), ''].join('\n'))
  else writePlanted(path, network)
}
