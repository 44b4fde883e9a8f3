import { describe, expect, it } from 'vitest'
import { betweenness } from '../src/betweenness.ts'
import { constraint, effectiveSize } from '../src/burt.ts'
import { closeness, harmonic } from '../src/closeness.ts'
import { connectedComponents } from '../src/components.ts'
import { currentFlowBetweenness } from '../src/current-flow-betweenness.ts'
import { cutPoints } from '../src/cut-points.ts'
import { degree, weightedDegree } from '../src/degree.ts'
import { coreness } from '../src/k-core.ts'
import { pagerank } from '../src/pagerank.ts'
import { undirected } from '../src/undirected.ts'
import type { Csr } from '@ringmap/graph/csr'
import { csrOf, expectClose, ORACLES } from './oracle-zoo.ts'

const KERNELS: Readonly<Record<string, (csr: Csr) => ArrayLike<number>>> = {
  degree: (csr) => degree(csr),
  weighted_degree: (csr) => weightedDegree(csr),
  core: coreness,
  pagerank: (csr) => pagerank(csr, { tolerance: 1e-15 }),
  pagerank_weighted: (csr) => pagerank(csr, { tolerance: 1e-15, weighted: true }),
  closeness: (csr) => closeness(csr),
  harmonic: (csr) => harmonic(csr),
  betweenness: (csr) => betweenness(csr),
  betweenness_raw: (csr) => betweenness(csr, { normalised: false }),
  current_flow: (csr) => currentFlowBetweenness(csr),
  current_flow_weighted: (csr) => currentFlowBetweenness(csr, { weighted: true }),
  parts_without: (csr) => cutPoints(undirected(csr)).partsWithout,
  constraint: (csr) => constraint(csr),
  constraint_weighted: (csr) => constraint(csr, { weighted: true }),
  effective_size: (csr) => effectiveSize(csr),
  effective_size_weighted: (csr) => effectiveSize(csr, { weighted: true }),
}

describe('values equal networkx', () => {
  it.each(ORACLES.map((oracle) => [oracle.name, oracle] as const))('%s', (_, oracle) => {
    const csr = csrOf(oracle)
    expect(Object.keys(oracle.measures).sort()).toEqual(Object.keys(KERNELS).sort())
    for (const [name, kernel] of Object.entries(KERNELS)) expectClose(kernel(csr), oracle.measures[name] ?? [], name)
  })
})

describe('structure equals networkx', () => {
  it.each(ORACLES.map((oracle) => [oracle.name, oracle] as const))('%s', (_, oracle) => {
    const csr = csrOf(oracle)
    const ties = undirected(csr)
    const { component, count } = connectedComponents(csr)
    const parts: number[][] = Array.from({ length: count }, () => [])
    component.forEach((c, v) => parts[c]?.push(v))
    expect(parts).toEqual(oracle.components)
    const { cut, bridges, block, blocks } = cutPoints(ties)
    expect([...cut.keys()].filter((v) => cut[v] === 1)).toEqual(oracle.cut_points)
    const ends = tieEnds(ties)
    expect([...bridges].map((t) => ends[t])).toEqual(oracle.bridges)
    const grouped: (readonly number[])[][] = Array.from({ length: blocks }, () => [])
    block.forEach((b, t) => grouped[b]?.push(ends[t] ?? []))
    expect(grouped).toEqual(oracle.blocks)
  })
})

function tieEnds(csr: Csr): number[][] {
  const ends: number[][] = []
  for (let v = 0; v < csr.nodes; v++) {
    for (let arc = csr.offsets[v]; arc < csr.offsets[v + 1]; arc++) if (v < csr.targets[arc]) ends[csr.ties[arc]] = [v, csr.targets[arc]]
  }
  return ends
}
