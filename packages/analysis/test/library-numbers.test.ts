/** Every measure of the catalogue beside what independent libraries say of it (`oracle/libraries/make.py`): the zoo, networks with parallel rows, the labelled networks. */
import { readFileSync } from 'node:fs'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { describe, expect, it } from 'vitest'
import { cartography } from '../src/guimera-amaral.ts'
import { leiden } from '../src/leiden.ts'
import { louvain } from '../src/louvain.ts'
import { MEASURE_CATALOGUE, type CataloguedMeasure } from '../src/measure-catalogue.ts'
import { csrOfNames, edges, missingData, realCases } from './labelled-networks.ts'
import { csrOf, ORACLES } from './oracle-zoo.ts'

/** Nodes without a value; sum; sum of each times (1 + square of its place mod 97). */
type Digest = readonly [number, number, number]

interface NetworkNumbers {
  readonly name: string
  readonly nodes?: number
  readonly directed?: boolean
  readonly rows?: readonly (readonly [number, number, number])[]
  /** By column and library. */
  readonly columns: Readonly<Record<string, Readonly<Record<string, Digest>>>>
  /** By method and library: the best of many seeds, or the most there can be ("exact"). */
  readonly qualities: Readonly<Record<string, Readonly<Record<string, number>>>>
}

const { networks } = JSON.parse(readFileSync(new URL('oracle/libraries/numbers.json', import.meta.url), 'utf8')) as { readonly networks: readonly NetworkNumbers[] }

/** No library has them. */
const NO_LIBRARY: Readonly<Partial<Record<CataloguedMeasure, string>>> = {
  'hub-share': 'defined here; by brute force below',
  cartography: 'thresholds over participation and the standardised ties inside, both of which bctpy has',
  'role-similarity': 'automorphic nodes have 1, and no other renumbering changes it: key-players.test.ts',
  membership: 'the share of Leiden runs that agree, counted by another way: groups.test.ts',
}
/** Their partitions differ with the seed: compared by quality. */
const BY_QUALITY: readonly CataloguedMeasure[] = ['leiden', 'louvain']

describe.each(networks.map((numbers) => [numbers.name, numbers] as const))('%s', (name, numbers) => {
  it('every column is that of each library', (ctx) => {
    const why = name.startsWith('data ') ? missingData() : null
    if (why !== null) ctx.skip(why)
    const csr = networkOf(numbers)
    for (const [column, libraries] of Object.entries(numbers.columns)) {
      const own = digest(valuesOf(csr, column))
      for (const [library, wanted] of Object.entries(libraries)) {
        own.forEach((x, i) => expect(Math.abs(x - (wanted[i] ?? Number.NaN)), `${column} of ${library}: ${own.join(' ')} for ${wanted.join(' ')}`).toBeLessThanOrEqual(1e-6 * Math.abs(wanted[i] ?? 0) + 1e-9))
      }
    }
  })

  // Nothing to compare on networks without ties or with directed ones: named below, so that none goes missing.
  if (Object.keys(numbers.qualities).length > 0) it('communities are as good as the best that leidenalg and igraph find in a hundred runs', (ctx) => {
    const why = name.startsWith('data ') ? missingData() : null
    if (why !== null) ctx.skip(why)
    const csr = networkOf(numbers)
    const best = (of: (seed: number) => { readonly quality: number }): number => Math.max(...Array.from({ length: 40 }, (_, seed) => of(seed).quality))
    const most = numbers.qualities['leiden'] ?? {}
    const found = best((seed) => leiden(csr, { seed, iterations: 10 }))
    expect(found).toBeGreaterThanOrEqual(Math.max(...Object.values(most)) - 0.002)
    expect(found).toBeLessThanOrEqual((most['igraph, exact'] ?? 1) + 1e-9)
    expect(best((seed) => louvain(csr, { seed }))).toBeGreaterThanOrEqual((numbers.qualities['louvain']?.['igraph'] ?? 1) - 0.02)
    const cpm = numbers.qualities['leiden-cpm']?.['leidenalg'] ?? 0
    expect(best((seed) => leiden(csr, { seed, quality: 'cpm', resolution: 0.5, iterations: 10 }))).toBeGreaterThanOrEqual(0.97 * cpm)
  })
})

describe('the catalogue', () => {
  it('has qualities of communities for every undirected network with ties', () => {
    expect(networks.filter(({ qualities }) => Object.keys(qualities).length === 0).map(({ name }) => name).sort()).toEqual(['data vast2008', 'directed', 'directed-cycles', 'directed-path', 'empty', 'multi-directed', 'one', 'two-alone'])
  })

  it('has numbers of a library for every measure that one has, on every kind of network', () => {
    const withNumbers = new Set(networks.flatMap(({ columns }) => Object.keys(columns)).map((column) => column.replace('-weighted', '')))
    expect(Object.keys(MEASURE_CATALOGUE).filter((measure) => !withNumbers.has(measure)).sort()).toEqual([...Object.keys(NO_LIBRARY), ...BY_QUALITY].sort())
    for (const kind of ['empty', 'one', 'two-components', 'star', 'path', 'bipartite', 'weighted', 'multi', 'karate']) expect(networks.map(({ name }) => name)).toContain(kind)
  })

  it('hub share is what its definition says', () => {
    for (const oracle of ORACLES.filter(({ directed }) => !directed)) {
      const ties = oracle.source.map((a, i) => [a, oracle.target[i] ?? 0, oracle.weight[i] ?? 1] as const)
      const at = (v: number): readonly (readonly [number, number])[] => ties.flatMap(([a, b, w]) => (a === v ? [[b, w] as const] : b === v ? [[a, w] as const] : []))
      const nodes = Array.from({ length: oracle.nodes }, (_, v) => v)
      const volume = nodes.map((v) => at(v).reduce((sum, [, w]) => sum + w, 0))
      const busy = volume.filter((w) => w > 0).toSorted((a, b) => b - a)
      const least = busy[Math.ceil(busy.length * 0.05) - 1] ?? Number.POSITIVE_INFINITY
      const wanted = nodes.map((v) => (at(v).length < 4 ? 0 : at(v).filter(([u]) => (volume[u] ?? 0) >= least).length ** 2 / at(v).length))
      expect([...MEASURE_CATALOGUE['hub-share'].run(csrOf(oracle))], oracle.name).toEqual(wanted)
    }
  })
})

function networkOf({ name, nodes, directed = false, rows }: NetworkNumbers): Csr {
  if (rows !== undefined) return csrFromEdges(nodes ?? 0, Uint32Array.from(rows, (r) => r[0]), Uint32Array.from(rows, (r) => r[1]), { directed, weights: Float64Array.from(rows, (r) => r[2]) })
  const labelled = name.replace('data ', '')
  const found = name.startsWith('data ') ? (labelled === 'vast2008' ? vast() : realCases().flat().find((one) => one.name === labelled)?.csr) : ORACLES.filter((one) => one.name === name).map(csrOf)[0]
  if (found === undefined) throw new Error(`no network ${name}`)
  return found
}

/** Calls with their directions, thousands of them parallel. */
function vast(): Csr {
  const calls = edges('vast2008/calls.csv', null, 'from', 'to')
  return csrOfNames([...new Set(calls.flatMap(([a, b]) => [a, b]))].sort(), calls, { directed: true })
}

function valuesOf(csr: Csr, column: string): Float64Array {
  const weighted = column.endsWith('-weighted')
  const name = weighted ? column.slice(0, -'-weighted'.length) : column
  const thirds = Uint32Array.from({ length: csr.nodes }, (_, v) => v % 3)
  if (name === 'participation') return cartography(csr, thirds, { weighted }).participation
  if (name === 'within') return cartography(csr, thirds, { weighted }).within
  const value = MEASURE_CATALOGUE[name as CataloguedMeasure].run(csr, { weighted, from: (MEASURE_CATALOGUE[name as CataloguedMeasure].needs_from ?? false) ? [0] : undefined })
  // Where the matrix has 0 the powers have what is left of the second vector.
  return ['eigenvector', 'hub', 'authority'].includes(name) ? value.map((x) => (x < 1e-9 ? 0 : x)) : value
}

function digest(values: Float64Array): Digest {
  let [missing, sum, weighted] = [0, 0, 0]
  values.forEach((x, v) => {
    if (Number.isNaN(x)) missing++
    else {
      sum += x
      weighted += x * (1 + ((v * v) % 97))
    }
  })
  return [missing, sum, weighted]
}
