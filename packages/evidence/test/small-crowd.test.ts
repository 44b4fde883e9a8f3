/** Who can be told apart in what an exhibit shows, by hand: eleven alike, and one whose neighbour, month or number of links is her own. */
import { expect, test } from 'vitest'
import type { Chart, ChartEntity, ChartLink } from '@ringmap/model/chart'
import type { EntityKind, LinkKind } from '@ringmap/model/schema'
import type { TraceRow } from '../src/exhibit-model.ts'
import { crowdOf, inCrowd } from '../src/small-crowd.ts'

function entity(id: string, kind: EntityKind, masked: boolean): ChartEntity {
  return { id, kind, label: id, roles: [], masked, x: 0, y: 0, focus: false, rank: null, ring: null }
}

function link(id: string, source: string, target: string, kind: LinkKind = 'called'): ChartLink {
  return { id, kind, label: kind, source, target, directed: true, count: 1, first_ms: null, last_ms: null, amount: null, currency: null, strength: 'confirmed', criminal: false }
}

function row(of: string, at: string): TraceRow {
  return { link: of, source: 's', file: 's.csv', row: 2, row_sha256: null, row_hmac: 'x', rule: '', basis: 'recorded', at, at_local: `${at} local`, count: 1, amount: null, currency: null, duration_s: null, grade: null }
}

/** Phones V-1 to V-n, each called once by the hub in a month. */
function chart(months: readonly string[], more: { readonly entities?: readonly ChartEntity[]; readonly links?: readonly ChartLink[] } = {}): { chart: Chart; trace: TraceRow[] } {
  const masked = months.map((_, i) => entity(`V-${i}`, 'Person', true))
  return {
    chart: { title: '', subtitle: '', entities: [entity('hub', 'Phone', false), ...masked, ...(more.entities ?? [])], links: [...masked.map(({ id }, i) => link(`l${i}`, 'hub', id)), ...(more.links ?? [])], shown: { entities: 0, entities_of: 0, links: 0, links_of: 0, why: '' } },
    trace: months.map((at, i) => row(`l${i}`, at)),
  }
}

const same = (n: number, month: string): string[] => Array.from({ length: n }, () => month)

test('eleven who look alike hide each other; ten do not', () => {
  const eleven = chart(same(11, '2024-03'))
  expect(crowdOf(eleven.chart, eleven.trace, 11)).toMatchObject({ alone: 0, alone_without_times: 0 })
  const ten = chart(same(10, '2024-03'))
  expect(crowdOf(ten.chart, ten.trace, 11)).toMatchObject({ alone: 10, alone_without_times: 10 })
})

test('a month of her own is told by the year where that hides her, and not at all where it does not', () => {
  const months = [...same(11, '2024-03'), '2024-05', '2023-05']
  const { chart: drawn, trace } = chart(months)
  const crowd = crowdOf(drawn, trace, 11)
  expect(crowd.alone).toBe(2)
  expect(crowd.alone_without_times).toBe(0)
  expect([crowd.grain.get('V-0'), crowd.grain.get('V-11'), crowd.grain.get('V-12')]).toEqual(['month', 'year', 'none'])
  expect(inCrowd(drawn, trace, crowd).map(({ at }) => at).slice(10)).toEqual(['2024-03', '2024', ''])
})

test('a neighbour who is a place, or more links than the others have, gives her away whatever the time', () => {
  for (const kind of ['Location', 'Phone'] as const) {
    const { chart: drawn, trace } = chart(same(12, '2024-03'), { entities: [entity('house', kind, false)], links: [link('own', 'V-0', 'house')] })
    expect(crowdOf(drawn, trace, 11), kind).toMatchObject({ alone: 1, alone_without_times: 1 })
    expect(inCrowd(drawn, trace, crowdOf(drawn, trace, 11))[0]?.at).toBe('')
  }
})
