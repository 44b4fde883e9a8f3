/** Work and memory of the measures, foreseen from the size of a network: who asks too much is told before the machine is. */
import type { Csr } from '@ringmap/graph/csr'
import { blocksOf, largestBlock } from './blocks.ts'
import { EXACT_BLOCK, samplesFor } from './current-flow.ts'
import { undirected } from './undirected.ts'

export interface NetworkSize {
  readonly nodes: number
  readonly ties: number
  /** Members of the largest biconnected block, or of the network where it is not known. */
  readonly largest_block: number
  /** Ends drawn where current flow is estimated; default `samplesFor`. */
  readonly samples?: number
  /** Ties have lengths where the measure knows them, each source having a search of its own; default false. */
  readonly weighted?: boolean
}

export function networkSize(csr: Csr): NetworkSize {
  return { nodes: csr.nodes, ties: csr.tie_count, largest_block: largestBlock(blocksOf(undirected(csr))) }
}

/** Steps are about 10 ns each: once over the network, and so often again. */
export function passes(count: number): (size: NetworkSize) => number {
  return ({ nodes, ties }) => count * (nodes + 2 * ties)
}

/** Once over the network for each node; without lengths 256 of them at once. */
export function distanceSteps({ nodes, ties, weighted }: NetworkSize): number {
  return ((weighted ?? false) ? 2.5 : 0.03) * nodes * (nodes + 2 * ties)
}

/** Above so many nodes times arcs betweenness is estimated: about a minute. */
export const EXACT_BETWEENNESS = 1e10

/** An estimate's cost hardly depends on the network: some twenty seconds at 100,000 people. */
export function betweennessSteps(size: NetworkSize): number {
  const exact = size.nodes * (size.nodes + 2 * size.ties)
  return exact > EXACT_BETWEENNESS ? 2e9 : ((size.weighted ?? false) ? 3 : 0.6) * exact
}

/** Everyone two steps away, at twice the mean degree squared. */
export function nearSteps({ nodes, ties }: NetworkSize): number {
  return nodes * (2 * ties / Math.max(1, nodes) + 1) ** 2 * 2
}

/** Ties to the power of one and a half at worst. */
export function trianglesSteps({ ties }: NetworkSize): number {
  return ties * Math.sqrt(2 * ties) * 0.3
}

export function bytesByNode(bytes: number): (size: NetworkSize) => number {
  return ({ nodes }) => bytes * nodes
}

/** Elimination, and a sort for each tie, of the largest block; or a solution and its use for each drawn end. */
export function currentFlowSteps({ nodes, ties, largest_block: block, samples }: NetworkSize): number {
  if (block > EXACT_BLOCK) return (samples ?? samplesFor(block)) * (nodes + 2 * ties) * 8
  return nodes + 2 * ties + block ** 3 / 250 + (2 * block * ties * block) / Math.max(1, nodes)
}

export function currentFlowBytes({ nodes, largest_block: block }: NetworkSize): number {
  return 80 * nodes + (block > EXACT_BLOCK ? block * (12 * samplesFor(block) + 400) + 16 * EXACT_BLOCK ** 2 : 16 * block ** 2)
}

/** A network of so many ties in memory while it is built from as many rows, and its names (measured: 460 bytes for a node and a row together). */
export function networkBytes(nodes: number, rows: number): number {
  return 250 * nodes + 200 * rows
}

/** What a copy costs beside its measure: losing or adding ties, blocks, ranks (measured at a million nodes: 2.7 microseconds a node and arc; a fifth of it where caches hold the network). */
export function copySteps({ nodes, ties }: NetworkSize): number {
  return 150 * (nodes + 2 * ties)
}

/** Ranks and values of all copies, and in each worker a copy with what its measure needs. */
export function copiesBytes(size: NetworkSize, copies: number, workers: number, measure: number): number {
  return copies === 0 ? 0 : 12 * copies * size.nodes + workers * (measure + 150 * size.nodes + 100 * size.ties)
}
