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
  readonly cut_points: readonly number[]
  readonly bridges: readonly (readonly [number, number])[]
  readonly blocks: readonly (readonly (readonly [number, number])[])[]
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
