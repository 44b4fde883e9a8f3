import { describe, expect, it } from 'vitest'
import { csrFromEdges } from '@ringmap/graph/csr'
import { eigenvector } from '../src/eigenvector.ts'
import { hits } from '../src/hits.ts'
import { katz } from '../src/katz.ts'
import { csrOf, expectClose, ORACLES } from './oracle-zoo.ts'

describe('values equal those of dense matrices', () => {
  it.each(ORACLES.map((oracle) => [oracle.name, oracle] as const))('%s', (_, oracle) => {
    const csr = csrOf(oracle)
    for (const weighted of [false, true]) {
      const of = (name: string): readonly number[] | undefined => oracle.spectral[weighted ? `${name}_weighted` : name] as readonly number[] | undefined
      const { value, eigenvalue, settled } = eigenvector(csr, { weighted })
      const wanted = oracle.spectral[weighted ? 'eigenvalue_weighted' : 'eigenvalue']
      if (wanted === undefined) expect(eigenvalue).toBe(0)
      else expect(eigenvalue).toBeCloseTo(wanted as number, 7)
      near(value, of('eigenvector'), 'eigenvector')
      near(katz(csr, { weighted }), of('katz'), 'katz')
      const { hub, authority } = hits(csr, { weighted })
      near(hub, of('hub'), 'hub')
      near(authority, of('authority'), 'authority')
      expect(settled).toBe(true)
    }
  })
})

function near(actual: Float64Array, wanted: readonly number[] | undefined, what: string): void {
  if (wanted === undefined) return
  // Where the matrix has 0 the powers have what is left of the second eigenvector.
  expectClose(actual.map((x) => (x < 1e-9 ? 0 : x)), wanted.map((x) => (x < 1e-9 ? 0 : x)), what)
}

describe('what has no eigenvector', () => {
  it('a directed network without cycles says nothing, and Katz counts its walks', () => {
    const chain = csrFromEdges(3, Uint32Array.of(0, 1), Uint32Array.of(1, 2), { directed: true })
    expect([...eigenvector(chain).value]).toEqual([Number.NaN, Number.NaN, Number.NaN])
    const [a, b, c] = katz(chain, { alpha: 0.5 })
    expect(b / a).toBeCloseTo(1.5, 12)
    expect(c / a).toBeCloseTo(1.75, 12)
    expect(hits(csrFromEdges(2, new Uint32Array(0), new Uint32Array(0))).hub).toEqual(Float64Array.of(Number.NaN, Number.NaN))
  })

  it('Katz refuses an alpha at which walks never end', () => {
    const pair = csrFromEdges(2, Uint32Array.of(0), Uint32Array.of(1))
    expect(() => katz(pair, { alpha: 1.01 })).toThrow('alpha')
  })
})
