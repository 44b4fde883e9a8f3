/** The count of a moving window agrees with the filter of a window at rest, and the rule of the shader never loses what the count keeps. */
import { expect, it } from 'vitest'
import * as fc from 'fast-check'
import { NO_FILTERS, structural, visibleOf } from '../src/chart/filters.ts'
import { factsOf, originOf, ruleOf } from '../src/chart/link-rule.ts'
import type { LinkTimes } from '../src/chart/link-times.ts'
import { drawnOf, sifted } from '../src/chart/stage-graph.ts'
import { windowCounter } from '../src/chart/window-count.ts'
import { chartOf, entity, link } from './chart-fixture.ts'

const DAY = 86_400_000
const START = Date.UTC(2024, 0, 1)
const network = fc.array(fc.record({
  source: fc.integer({ min: 0, max: 7 }), target: fc.integer({ min: 0, max: 7 }), at: fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 5 }),
  amount: fc.option(fc.integer({ min: 1, max: 900 })), strength: fc.constantFrom('confirmed', 'unconfirmed', 'tentative'), known: fc.boolean(),
}), { maxLength: 25 })
const asked = fc.record({
  from: fc.integer({ min: -5, max: 900 }), width: fc.integer({ min: 0, max: 300 }), least: fc.option(fc.integer({ min: 1, max: 900 })), most: fc.option(fc.integer({ min: 1, max: 900 })),
  off: fc.subarray(['confirmed', 'unconfirmed', 'tentative'] as const),
})

it('agrees with the filter at rest, whatever the chart, window, sums and grades', () => {
  fc.assert(fc.property(network, asked, (rows, { from, width, least, most, off }) => {
    const dated = rows.map(({ at, known }) => known ? at.toSorted((a, b) => a - b).map((day) => START + day * DAY) : [])
    const links = rows.map(({ source, target, amount, strength }, i) => link(`l${i}`, `n${source}`, `n${target}`, {
      amount: amount === null ? null : String(amount * 100), strength: strength as 'confirmed', first_ms: dated[i]?.[0] ?? null, last_ms: dated[i]?.at(-1) ?? null,
    }))
    const chart = chartOf(Array.from({ length: 8 }, (_, i) => entity(`n${i}`, { focus: i === 0 })), links)
    const times: LinkTimes = {
      place: new Map(links.map(({ id }, i) => [id, i])), offsets: Uint32Array.from([0, ...dated.map((_, i) => dated.slice(0, i + 1).flat().length)]), undated: new Uint32Array(links.length),
      at_ms: Float64Array.from(dated.flat()), count: new Uint32Array(dated.flat().length).fill(1), amount: new Float64Array(dated.flat().length).fill(NaN),
    }
    const window = { from_ms: START + from * DAY, until_ms: START + (from + width) * DAY }
    const filters = { ...NO_FILTERS, strengths: off, least: least === null ? null : String(least * 100), most: most === null ? null : String(most * 100) }
    const count = windowCounter(chart, filters, times)(window)
    const rest = visibleOf(chart, { ...filters, window }, times).chart
    expect(chart.links.filter((_, l) => count.links[l] === 1).map(({ id }) => id)).toEqual(rest.links.map(({ id }) => id))
    expect(chart.entities.filter((_, i) => count.entities[i] === 1).map(({ id }) => id)).toEqual(rest.entities.map(({ id }) => id))
    expect([count.links_shown, count.entities_shown]).toEqual([rest.links.length, rest.entities.length])

    // What the shader lets through of what is left in the renderer's hands is what the count says.
    const rule = ruleOf(filters, window, originOf(links))
    const drawn = drawnOf(visibleOf(chart, structural(filters), null).chart)
    sifted(drawn, count, rule)
    const through = drawn.chart.links.filter((one) => {
      const { first, last, amount, grade } = factsOf(one, originOf(links))
      const [f, l, a] = Float32Array.of(first, last, amount) as unknown as [number, number, number]
      return drawn.links.has(one.id) && f <= rule.window[1] && l >= rule.window[0] && rule.grades[grade] === 1 && (a < 0 || (a >= rule.amounts[0] && a <= rule.amounts[1]))
    })
    expect(through.map(({ id }) => id)).toEqual(rest.links.map(({ id }) => id))
  }))
})
