import { describe, expect, it } from 'vitest'
import { betweenness } from '../src/betweenness.ts'
import { betweennessSampled } from '../src/betweenness-sampled.ts'
import { confidenceOf, divergence } from '../src/binomial-range.ts'
import { attachment } from './random-network.ts'

describe('sampled betweenness', () => {
  it.each([[400, 2, false, 0.02], [400, 3, true, 0.02], [900, 2, false, 0.01]] as const)('%i people, %i ties each, directed %s: the guarantee holds', (nodes, ties, directed, epsilon) => {
    const csr = attachment(nodes, ties, nodes, { directed })
    const exact = betweenness(csr)
    const delta = 0.1
    let missed = 0
    for (let seed = 0; seed < 40; seed++) {
      const { value } = betweennessSampled(csr, { seed, epsilon, delta, exact_up_to: 100 })
      if (value.some((x, v) => Math.abs(x - exact[v]) > epsilon)) missed++
    }
    // 4 of 40 are allowed on average; the bounds are wide, so nearly none is expected.
    expect(missed).toBeLessThanOrEqual(4)
  })

  it('is unbiased: the mean over many seeds is the exact value', () => {
    const csr = attachment(150, 2, 3)
    const exact = betweenness(csr)
    const sum = new Float64Array(150)
    for (let seed = 0; seed < 60; seed++) betweennessSampled(csr, { seed, epsilon: 0.03, exact_up_to: 20 }).value.forEach((x, v) => (sum[v] += x / 60))
    for (let v = 0; v < 150; v++) expect(Math.abs(sum[v] - exact[v])).toBeLessThan(0.004)
  })

  it('is exact on small blocks and repeats with the seed', () => {
    const csr = attachment(300, 2, 5)
    expect(betweennessSampled(csr, { seed: 1 })).toEqual({ value: betweenness(csr), paths: 0 })
    const options = { seed: 4, epsilon: 0.02, exact_up_to: 50 }
    expect(betweennessSampled(csr, options)).toEqual(betweennessSampled(csr, options))
    expect(betweennessSampled(csr, { ...options, epsilon: 0.01 }).paths).toBeGreaterThan(2 * betweennessSampled(csr, options).paths)
  })
})

describe('range of a binomial mean', () => {
  it('holds what the binomial distribution says', () => {
    // P(Bin(50, 0.3) <= 5) and P(Bin(50, 0.3) >= 25) are below Chernoff's bound.
    const tail = (from: number, to: number): number => {
      let sum = 0
      let term = 0.7 ** 50
      for (let k = 0; k <= 50; k++) {
        if (k >= from && k <= to) sum += term
        term *= (((50 - k) / (k + 1)) * 0.3) / 0.7
      }
      return sum
    }
    expect(tail(0, 5)).toBeLessThanOrEqual(Math.exp(-50 * divergence(0.1, 0.3)))
    expect(tail(25, 50)).toBeLessThanOrEqual(Math.exp(-50 * divergence(0.5, 0.3)))
    expect(confidenceOf(0.2, 0.1, 50)).toBeCloseTo(50 * Math.min(divergence(0.2, 0.3), divergence(0.2, 0.1)), 12)
    expect(confidenceOf(0, 0.1, 10)).toBeCloseTo(-10 * Math.log(0.9), 12)
  })
})
