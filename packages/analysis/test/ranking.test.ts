import { describe, expect, it } from 'vitest'
import { csrFromEdges } from '@ringmap/graph/csr'
import { seeded } from '@ringmap/model/random'
import { averagePrecision, recallAt, rocAuc } from '../src/accuracy.ts'
import { degree } from '../src/degree.ts'
import { grown } from '../src/grown.ts'
import { hubShare } from '../src/hub-share.ts'
import { orderOf, ranksOf } from '../src/ranking.ts'
import { rankIntervals } from '../src/stability.ts'
import { withTies } from '../src/thinned.ts'

describe('ranks', () => {
  it('share the better rank on a tie and leave out who is not eligible', () => {
    const values = Float64Array.of(3, 9, 9, 1, 100, 3)
    const eligible = Uint8Array.of(1, 1, 1, 1, 0, 1)
    expect([...ranksOf(values, eligible, 'high')]).toEqual([3, 1, 1, 5, 0, 3])
    expect([...ranksOf(values, eligible, 'low')]).toEqual([2, 4, 4, 1, 0, 2])
    expect([...orderOf(values, eligible, 'high')]).toEqual([1, 2, 0, 5, 3])
  })

  it('do not let rounding or a missing number decide', () => {
    const values = Float64Array.of(0.1 + 0.2, 0.3, Number.NaN, 0, Number.NaN, 0.3 * (1 + 1e-6))
    expect([...ranksOf(values, null, 'high')]).toEqual([2, 2, 5, 4, 5, 1])
    expect([...ranksOf(values, null, 'low')]).toEqual([2, 2, 5, 1, 5, 4])
    expect([...orderOf(values, null, 'high')]).toEqual([5, 0, 1, 3, 2, 4])
  })
})

describe('accuracy', () => {
  // scikit-learn: average_precision_score([1,0,1,0,1,0], [9,9,7,6,6,1]) = 0.588888…, roc_auc_score = 0.666666…
  const values = Float64Array.of(9, 9, 7, 6, 6, 1)
  const positives = Uint8Array.of(1, 0, 1, 0, 1, 0)

  it('takes equal values together', () => {
    expect(averagePrecision(values, positives, null, 'high')).toBeCloseTo((1 / 2 + 2 / 3 + 3 / 5) / 3, 12)
    expect(rocAuc(values, positives, null, 'high')).toBeCloseTo(6 / 9, 12)
    expect(recallAt(1, values, positives, null, 'high')).toBeCloseTo(1 / 6, 12)
    expect(recallAt(4, values, positives, null, 'high')).toBeCloseTo(2.5 / 3, 12)
  })

  it('reads low measures from below and leaves out who is not eligible', () => {
    expect(averagePrecision(values.map((x) => -x), positives, null, 'low')).toBeCloseTo((1 / 2 + 2 / 3 + 3 / 5) / 3, 12)
    expect(averagePrecision(values, positives, Uint8Array.of(1, 0, 1, 0, 1, 0), 'high')).toBe(1)
    expect(averagePrecision(values, new Uint8Array(6), null, 'high')).toBeNaN()
  })
})

describe('rank intervals', () => {
  const star = csrFromEdges(6, Uint32Array.of(0, 0, 0, 0), Uint32Array.of(1, 2, 3, 4))

  it('are a point where nothing is left out, and put the lost last', () => {
    const { low, high, top_overlap } = rankIntervals(star, (copy) => degree(copy), null, { direction: 'high', copies: 10, thinned: 0, seed: 1 })
    expect([...low]).toEqual([1, 2, 2, 2, 2, 6])
    expect([...high]).toEqual([...low])
    expect(top_overlap).toBe(1)
    // A person without ties in a copy is not seen there: whoever is never seen keeps the rank of the whole.
    const none = rankIntervals(star, (copy) => degree(copy), null, { direction: 'high', copies: 1, thinned: 1, seed: 1 })
    expect([...none.high]).toEqual([1, 2, 2, 2, 2, 6])
  })

  it('hold the rank and repeat with the seed', () => {
    const options = { direction: 'high', copies: 40, thinned: 0.3, seed: 7 } as const
    const eligible = Uint8Array.of(1, 1, 1, 1, 0, 1)
    const once = rankIntervals(star, (copy) => degree(copy), eligible, options)
    expect(rankIntervals(star, (copy) => degree(copy), eligible, options)).toEqual(once)
    expect(once.low[0]).toBe(1)
    expect(once.high[4]).toBe(0)
    expect(once.high[1]).toBeGreaterThan(once.low[1])
  })
})

describe('grown copies', () => {
  it('add the share that may be missing, keep every tie, and repeat with the seed', () => {
    const path = csrFromEdges(40, Uint32Array.from({ length: 39 }, (_, i) => i), Uint32Array.from({ length: 39 }, (_, i) => i + 1))
    const more = grown(path, { share: 0.2 }, seeded(3))
    // 39 ties are four fifths of 49.
    expect(more.tie_count).toBe(49)
    for (let v = 0; v + 1 < 40; v++) expect([...more.targets.subarray(more.offsets[v], more.offsets[v + 1])]).toContain(v + 1)
    expect(grown(path, { share: 0.2 }, seeded(3))).toEqual(more)
    expect(grown(path, { share: 0 }, seeded(3))).toBe(path)
  })

  it('end where there is no room', () => {
    const triangle = csrFromEdges(3, Uint32Array.of(0, 1, 2), Uint32Array.of(1, 2, 0))
    expect(grown(triangle, { share: 0.5 }, seeded(1)).tie_count).toBe(3)
  })
})

describe('thinned copies', () => {
  it('keep nodes and the way back from edges', () => {
    const ring = csrFromEdges(4, Uint32Array.of(3, 0, 1, 2), Uint32Array.of(0, 1, 2, 3), { weights: Float64Array.of(4, 1, 2, 3) })
    const kept = withTies(ring, Uint8Array.of(1, 0, 1, 1))
    expect(kept).toEqual({ ...csrFromEdges(4, Uint32Array.of(0, 1, 2), Uint32Array.of(1, 2, 3), { weights: Float64Array.of(1, 2, 3) }), tie_of_edge: Uint32Array.of(0xffffffff, 0, 1, 2) })
  })
})

describe('hub share', () => {
  it('finds who reaches the busiest and few besides', () => {
    // 0 to 3 are hubs with many calls; 30 has those four as its only contacts.
    const edges: [number, number][] = []
    for (let hub = 0; hub < 4; hub++) {
      edges.push([30, hub])
      for (let v = 4 + hub; v < 30; v += 2) edges.push([hub, v])
    }
    const score = hubShare(csrFromEdges(31, Uint32Array.from(edges, (e) => e[0]), Uint32Array.from(edges, (e) => e[1])), { busiest: 0.1 })
    expect(score.indexOf(Math.max(...score))).toBe(30)
    expect(score[30]).toBe(4)
    expect(score[4]).toBe(0)
  })
})
