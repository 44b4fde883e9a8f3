import { expect, it } from 'vitest'
import { seeded } from '@ringmap/model/random'
import { binomialTail, discoveryAgainst, falseDiscovery, hypergeometricTail, logGamma, poissonTail, scanTail } from '../src/chance.ts'

// scipy 1.x: special.gammaln; stats.binom.sf(k - 1, n, p), poisson.sf, hypergeom.sf; stats.false_discovery_control
it('tails agree with scipy', () => {
  const close = (value: number, known: number): void => expect(Math.abs(value / known - 1)).toBeLessThan(1e-9)
  close(logGamma(0.3), 1.0957979948180756)
  close(logGamma(10.5), 13.940625219403763)
  close(logGamma(1e6), 12815504.569147611)
  close(binomialTail(7, 20, 0.1), 0.002386089408966118)
  close(binomialTail(1, 5, 0.3), 0.83193)
  close(poissonTail(12, 4.2), 0.0013738596159008673)
  close(hypergeometricTail(5, 500, 30, 25), 0.01251531423759239)
  close(hypergeometricTail(2, 40, 10, 8), 0.6591764858018727)
  expect([...falseDiscovery([0.01, 0.04, 0.03, 0.2, 0.001])].map((q) => Number(q.toFixed(12)))).toEqual([0.025, 0.05, 0.05, 0.2, 0.005])
})

it('the scan statistic is close to what is drawn', () => {
  const random = seeded(4)
  const [n, window, k, runs] = [20, 0.05, 6, 20_000]
  let hits = 0
  for (let run = 0; run < runs; run++) {
    const at = Float64Array.from({ length: n }, () => random()).sort()
    if (at.some((x, i) => i + k - 1 < n && (at[i + k - 1]) - x <= window)) hits++
  }
  expect(scanTail(k, n, window)).toBeGreaterThan((hits / runs) * 0.8)
  expect(scanTail(k, n, window)).toBeLessThan((hits / runs) * 1.3)
})

it('discovery against chance counts what chance gives above each score, and is never none', () => {
  expect([...discoveryAgainst([10, 5, 3], [4, 2, 1, 6], 2)]).toEqual([0.5 / 1, 1 / 2, 1.5 / 3].map((q) => Math.min(q, 0.5)))
  expect([...discoveryAgainst([10, 9], [], 10)]).toEqual([0.05, 0.05])
})
