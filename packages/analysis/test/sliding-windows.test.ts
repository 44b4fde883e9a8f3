import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded, shuffle } from '@ringmap/model/random'
import { slidingSpans, windowNetworks, type TimedTies } from '../src/sliding-windows.ts'

const rows = fc.array(fc.tuple(fc.nat(8), fc.nat(8), fc.option(fc.nat(40), { nil: Number.NaN }), fc.integer({ min: 1, max: 9 })), { maxLength: 40 })

function columns(given: readonly (readonly [number, number, number, number])[], directed: boolean): TimedTies {
  const [source, target] = [0, 1].map((i) => Uint32Array.from(given, (row) => row[i])) as [Uint32Array, Uint32Array]
  return { nodes: 9, directed, source, target, at: Float64Array.from(given, (row) => row[2]), weights: Float64Array.from(given, (row) => row[3]) }
}

describe('sliding windows', () => {
  it('cover every moment, the last one too, at the step that is asked for', () => {
    expect(slidingSpans(0, 9, { span: 5, step: 5 })).toEqual([{ start: 0, end: 5 }, { start: 5, end: 10 }])
    expect(slidingSpans(0, 10, { span: 5, step: 5 })).toHaveLength(3)
    expect(slidingSpans(3, 3, { span: 4, step: 1 })).toEqual([{ start: 3, end: 7 }])
    fc.assert(fc.property(fc.nat(100), fc.nat(100), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), (first, length, span, step) => {
      const spans = slidingSpans(first, first + length, { span, step })
      for (let at = first; at <= first + length; at++) if (step <= span || (at - first) % step < span) expect(spans.some(({ start, end }) => at >= start && at < end)).toBe(true)
      expect(spans.every(({ start, end }, w) => start === first + w * step && end === start + span)).toBe(true)
    }))
  })

  it.each([false, true])('hold the rows of their time, whatever the order of rows (directed %s)', (directed) => {
    fc.assert(fc.property(rows, fc.integer(), (given, seed) => {
      const spans = slidingSpans(0, 40, { span: 12, step: 5 })
      const found = [...windowNetworks(columns(given, directed), spans)]
      const again = [...windowNetworks(columns(shuffle(seeded(seed), [...given]), directed), spans)]
      for (const [w, { start, end, members, csr, rows: count }] of found.entries()) {
        const inside = given.filter(([a, b, at]) => a !== b && at >= start && at < end)
        expect(count).toBe(inside.length)
        expect([...members]).toEqual([...new Set(inside.flatMap(([a, b]) => [a, b]))].sort((a, b) => a - b))
        const weight = new Map<string, number>()
        for (const [a, b, , w1] of inside) for (const key of directed ? [`${a} ${b}`] : [`${a} ${b}`, `${b} ${a}`]) weight.set(key, (weight.get(key) ?? 0) + w1)
        const seen = new Map<string, number>()
        for (let v = 0; v < csr.nodes; v++) for (let arc = csr.offsets[v]; arc < csr.offsets[v + 1]; arc++) seen.set(`${members[v]} ${members[csr.targets[arc]]}`, csr.weights[arc])
        expect(seen).toEqual(weight)
        expect({ ...again[w]?.csr, tie_of_edge: null }).toEqual({ ...csr, tie_of_edge: null })
      }
    }))
  })
})
