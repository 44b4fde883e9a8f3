/// <reference types="node" />
/** Reads the stored oracle networks and compares values with theirs. */
import { readdirSync, readFileSync } from 'node:fs'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { expect } from 'vitest'

export interface Oracle {
  readonly name: string
  readonly nodes: number
  readonly directed: boolean
  readonly source: readonly number[]
  readonly target: readonly number[]
  readonly weight: readonly number[]
  readonly measures: Readonly<Record<string, readonly (number | null)[]>>
  readonly components: readonly (readonly number[])[]
  /** Truss number of each tie. */
  readonly truss: readonly number[]
  /** Left out where the vector is not one. */
  readonly spectral: Readonly<Record<string, readonly number[] | number>>
  readonly paths: OraclePaths
  readonly cut_points: readonly number[]
  readonly bridges: readonly (readonly [number, number])[]
  readonly blocks: readonly (readonly (readonly [number, number])[])[]
}

/** Between node 0 and the last one, and from node 0; lengths are 1 / weight. Only the first two for fewer than two nodes. */
export interface OraclePaths {
  /** Weighted, unnormalised. */
  readonly betweenness: readonly number[]
  readonly strong: readonly (readonly number[])[]
  readonly distance?: readonly (number | null)[]
  readonly length: readonly (number | null)[]
  readonly flow: number
  readonly flow_weighted: number
  /** Size of the least node cut; null for neighbours. */
  readonly node_cut: number | null
  readonly dominators: readonly (number | null)[]
  /** Lengths of the six shortest simple ways. */
  readonly ways: readonly number[]
  /** PageRank that jumps to node 0 twice as often as to the last one, and nowhere else. */
  readonly personal: readonly number[]
}

const folder = new URL('oracle/', import.meta.url)

export const ORACLES: readonly Oracle[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => ({ name: file.replace('.json', ''), ...(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Omit<Oracle, 'name'>) }))

export function csrOf(oracle: Oracle): Csr {
  const { nodes, source, target, weight, directed } = oracle
  return csrFromEdges(nodes, Uint32Array.from(source), Uint32Array.from(target), { directed, weights: Float64Array.from(weight) })
}

/** Relative error below 1e-6, absolute below 1e-12 near 0; a missing number is missing on both sides. */
export function expectClose(actual: ArrayLike<number>, wanted: readonly (number | null)[], what: string): void {
  expect(actual.length, what).toBe(wanted.length)
  for (let v = 0; v < wanted.length; v++) {
    const is = actual[v]
    const to = wanted[v]
    if (to === null || to === undefined) expect(Number.isNaN(is), `${what}, node ${v}: ${is} is no number`).toBe(true)
    else expect(Math.abs(is - to), `${what}, node ${v}: ${is} for ${to}`).toBeLessThanOrEqual(1e-6 * Math.abs(to) + 1e-12)
  }
}
