import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Chart, ChartEntity } from '@ringmap/model/chart'
import { seeded, shuffle } from '@ringmap/model/random'
import { ENTITY_KIND_NAMES } from '@ringmap/model/schema'
import { overlaps } from '@ringmap/drawing/entity-places'
import { legendSections } from '@ringmap/drawing/legend'
import type { Rect } from '@ringmap/drawing/operations'
import { chartPng } from '../src/chart-png.ts'
import { chartSvg, type ChartSvgOptions } from '../src/chart-svg.ts'
import { LEGEND_WORDS } from '../src/legend-words.ts'
import { HOSTILE_LABELS } from './hostile-graph.ts'
import { sampleChart } from '@ringmap/fixtures/sample-chart'

/** Any code point, lone surrogates among them, the first ones more often. */
const anySign = fc.oneof(fc.integer({ min: 0, max: 0x2fff }), fc.integer({ min: 0, max: 0x10ffff })).map((point) => String.fromCodePoint(point))

const options: ChartSvgOptions = { caseName: 'FIR 1/2024', reference: 'Exhibit C-1', dataHash: 'ab'.repeat(32), version: '0.1.0', maskedStatement: 'Masked version' }

/** What was drawn where, read back from the picture. */
function drawn(svg: string): { x: number; y: number; radius: number; box: Rect; title: string }[] {
  return [...svg.matchAll(/<g id="e\d+"><title>([^<]*)<\/title>.*?<g transform="translate\(([-\d.]+) ([-\d.]+)\)">(.*?)<rect x="([-\d.]+)" y="([-\d.]+)" width="([-\d.]+)" height="([-\d.]+)" rx="3"/g)]
    .map(([, title, x, y, symbol, ...box]) => ({
      title: title as string, x: Number(x), y: Number(y), radius: Number(/<circle r="([\d.]+)"/.exec(symbol as string)?.[1] ?? 12),
      box: { x: Number(box[0]), y: Number(box[1]), width: Number(box[2]), height: Number(box[3]) },
    }))
}

test.each([1, 2, 10, 40, 80, 120])('%i entities: no label lies on a symbol or on another label, and all are on the sheet', (size) => {
  const svg = chartSvg(sampleChart(size), options)
  const marks = drawn(svg)
  const [width, height] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []).slice(1).map(Number) as [number, number]
  expect(marks.length).toBe(size)
  for (const [i, a] of marks.entries()) {
    expect(a.box.x >= 0 && a.box.y >= 0 && a.box.x + a.box.width <= width && a.box.y + a.box.height <= height).toBe(true)
    for (const [j, b] of marks.entries()) {
      if (i < j) expect(overlaps(a.box, b.box), `${a.title} on ${b.title}`).toBe(false)
      const dx = b.x - Math.min(Math.max(b.x, a.box.x), a.box.x + a.box.width)
      const dy = b.y - Math.min(Math.max(b.y, a.box.y), a.box.y + a.box.height)
      expect(Math.sqrt(dx * dx + dy * dy), `label of ${a.title} on symbol of ${b.title}`).toBeGreaterThanOrEqual(b.radius)
    }
  }
})

test('the same bytes in any order of input, time zone and run', () => {
  const chart = sampleChart(25)
  const once = chartSvg(chart, options)
  const random = seeded(5)
  const shuffled = { ...chart, entities: shuffle(random, [...chart.entities]), links: shuffle(random, [...chart.links]) }
  const zone = process.env.TZ
  try {
    process.env.TZ = 'America/St_Johns'
    expect(chartSvg(shuffled, options)).toBe(once)
  } finally {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  }
  expect(Buffer.from(chartPng(once)).equals(Buffer.from(chartPng(once)))).toBe(true)
})

test('says what it shows, of how many, why, and what it does not say', () => {
  const svg = chartSvg(sampleChart(10), options)
  const words = /<desc id="desc">([^<]*)<\/desc>/.exec(svg)?.[1] as string
  expect(words).toContain('10 of 2,014 entities and 14 of 30,112 links shown: &#x2068;the subject')
  expect(words).toContain('Distances and positions have no meaning')
  expect(words).toContain('nothing here says that anyone is guilty')
  expect(words).toContain('(Asia/Kolkata)')
  expect(svg).toContain('<title id="title">FIR 1/2024: Position of Ravi Tamta in Ring 1</title>')
})

test('a letter without a font is owned up to, and a long reason is not cut', () => {
  const chart = sampleChart(2)
  const why = 'because of a reason that needs a good many words to be told '.repeat(4).trim()
  const svg = chartSvg({ ...chart, shown: { ...chart.shown, why }, entities: chart.entities.map((entity) => ({ ...entity, label: 'বাংলা' })) }, options)
  expect(svg).toContain('2 labels hold letters for which there is no font here')
  expect(svg).toContain(why)
})

test('a label stands nearest to its own symbol', () => {
  const marks = drawn(chartSvg(sampleChart(40), options))
  const gap = (box: Rect, { x, y, radius }: { readonly x: number; readonly y: number; readonly radius: number }): number =>
    Math.hypot(x - Math.min(Math.max(x, box.x), box.x + box.width), y - Math.min(Math.max(y, box.y), box.y + box.height)) - radius
  for (const own of marks) for (const other of marks) if (own !== other) expect(gap(own.box, other), own.title).toBeGreaterThan(gap(own.box, own) - 1)
})

test('the legend holds exactly what is drawn', () => {
  const chart = sampleChart(10)
  const lone: Chart = { ...chart, entities: chart.entities.slice(0, 1).map((entity) => ({ ...entity, focus: false, rank: null, masked: false })), links: [] }
  expect(legendSections(lone, LEGEND_WORDS).map(({ title, rows }) => [title, rows.map(({ words }) => words)])).toEqual([['Entities', ['1 person']]])
  const all = legendSections({ ...chart, links: chart.links.map((link, i) => ({ ...link, strength: i === 0 ? 'confirmed' : 'tentative', count: i === 0 ? 1 : 50, criminal: false, directed: false })) }, LEGEND_WORDS)
  expect(all.find(({ title }) => title === 'Strength of links')?.rows.map(({ words }) => words)).toEqual(['confirmed', 'tentative'])
  expect(all.find(({ title }) => title.startsWith('Links: how often'))?.rows.map(({ words }) => words)).toEqual(['1', '10 to 99'])
})

test('every kind has a symbol of its own', () => {
  const chart = sampleChart(ENTITY_KIND_NAMES.length)
  const svg = chartSvg({ ...chart, links: [], entities: chart.entities.map((entity, i) => ({ ...entity, focus: false, rank: null, kind: ENTITY_KIND_NAMES[i] as ChartEntity['kind'] })) }, options)
  const symbols = [...svg.matchAll(/<g id="e\d+">.*?<g transform="translate\([^)]*\)">(.*?<\/g>)/g)].map(([, symbol]) => symbol)
  expect(new Set(symbols).size).toBe(ENTITY_KIND_NAMES.length)
})

test('ids are neutral and nothing of the internal ids is in the picture', () => {
  const chart = sampleChart(12)
  const svg = chartSvg(chart, options)
  for (const { id } of [...chart.entities, ...chart.links]) expect(svg).not.toContain(id)
  expect([...svg.matchAll(/ id="([^"]+)"/g)].every(([, id]) => /^(title|desc|head|foot|legend|links|measures|entities|[el]\d+)$/.test(id as string))).toBe(true)
})

test('hostile labels stay text, and the picture stays well formed', () => {
  const chart = sampleChart(HOSTILE_LABELS.length)
  const svg = chartSvg({
    ...chart, title: HOSTILE_LABELS.join(' '), subtitle: HOSTILE_LABELS[2] as string,
    entities: chart.entities.map((entity, i) => ({ ...entity, label: HOSTILE_LABELS[i] as string, masked: false })), links: chart.links.map((link, i) => ({ ...link, label: HOSTILE_LABELS[i % HOSTILE_LABELS.length] as string })),
  }, { ...options, caseName: HOSTILE_LABELS[1] as string, reference: HOSTILE_LABELS[5] as string })
  expect(svg).not.toContain('<script')
  expect(svg).not.toMatch(/[\u202A-\u202E]/)
  expect(chartPng(svg, { scale: 0.25 }).length).toBeGreaterThan(1000)
})

test('odd charts are drawn too: empty, one point, no numbers, self-links, links to nowhere', () => {
  const chart = sampleChart(30)
  const [first, second] = chart.entities as [ChartEntity, ChartEntity]
  const link = chart.links[0] as Chart['links'][number]
  const odd: Chart[] = [
    { ...chart, entities: [], links: [] },
    { ...chart, entities: chart.entities.map((entity) => ({ ...entity, x: 0, y: 0 })) },
    { ...chart, entities: chart.entities.map((entity, i) => ({ ...entity, x: i === 0 ? Number.NaN : Number.POSITIVE_INFINITY, y: i * 1e300 })) },
    { ...chart, entities: [first, second], links: [{ ...link, source: first.id, target: first.id }, { ...link, id: 'x', source: first.id, target: 'nobody' }] },
  ]
  for (const one of odd) {
    const svg = chartSvg(one, options)
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    expect(chartPng(svg, { scale: 0.2 }).length).toBeGreaterThan(500)
  }
})

test('several links between the same two are drawn apart', () => {
  const chart = sampleChart(2)
  const [a, b] = chart.entities as [ChartEntity, ChartEntity]
  const link = chart.links[0] as Chart['links'][number]
  const svg = chartSvg({ ...chart, links: [0, 1, 2, 3].map((i) => ({ ...link, id: `l${i}`, source: i % 2 === 0 ? a.id : b.id, target: i % 2 === 0 ? b.id : a.id })) }, options)
  const middles = [...svg.matchAll(/<g id="l\d+"><title>[^<]*<\/title><path d="M([-\d.]+) ([-\d.]+)Q([-\d.]+) ([-\d.]+) /g)].map((match) => `${match[3]} ${match[4]}`)
  expect(new Set(middles).size).toBe(4)
})

test('the picture has the size asked for and no chunk but the picture itself', () => {
  const png = Buffer.from(chartPng(chartSvg(sampleChart(5), { ...options, width: 1000, height: 700 }), { scale: 1.5 }))
  expect(png.readUInt32BE(16)).toBe(1500)
  expect(png.readUInt32BE(20)).toBe(1050)
  const kinds = new Set<string>()
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) kinds.add(png.toString('latin1', at + 4, at + 8))
  expect([...kinds]).toEqual(['IHDR', 'IDAT', 'IEND'])
})

test('any labels at any places give a picture', () => {
  fc.assert(fc.property(fc.array(fc.record({ label: fc.string({ unit: anySign, maxLength: 20 }), x: fc.double(), y: fc.double() }), { maxLength: 12 }), (list) => {
    const base = sampleChart(1).entities[0] as ChartEntity
    const svg = chartSvg({ ...sampleChart(1), entities: list.map((item, i) => ({ ...base, ...item, id: `e${i}`, masked: false })) }, options)
    return chartPng(svg, { scale: 0.1 }).length > 100 && !/NaN|Infinity/.test(svg)
  }), { numRuns: 12 })
})

test('a disputed line has a mark of its own, and the legend says so only where there is one', () => {
  const chart = sampleChart(12)
  const options = { caseName: 'x', reference: '', dataHash: '', version: '', maskedStatement: '' }
  const plain = chartSvg(chart, options)
  const marked = chartSvg({ ...chart, links: chart.links.map((link, i) => (i === 0 ? { ...link, disputed: true } : link)) }, options)
  const crosses = (svg: string): number => svg.split('r="6.5"').length - 1
  expect([crosses(plain), crosses(marked)]).toEqual([0, 2])
  expect(marked).toContain('; disputed</title>')
})

test('lines of each strength, disputed ones and those not yet provable: as many looks as drawn, the same in the legend, each by dash or shape and not by colour alone', () => {
  const chart = sampleChart(12)
  const [base] = chart.links
  const [a, b, c, d, e, f] = chart.entities
  const ends = [[a, b], [b, c], [c, d], [d, e], [e, f]] as const
  const marks: readonly Partial<Chart['links'][number]>[] = [{ strength: 'confirmed' }, { strength: 'unconfirmed' }, { strength: 'tentative' }, { strength: 'unconfirmed', disputed: true }, { strength: 'confirmed', unproved: true }]
  const svg = chartSvg({ ...chart, links: marks.map((mark, i) => ({ ...(base as Chart['links'][number]), id: `L${i}`, source: ends[i]?.[0]?.id ?? '', target: ends[i]?.[1]?.id ?? '', count: 1, criminal: false, directed: false, ...mark })) }, options)
  const part = (name: string): string => (svg.split(`<g id="${name}"`)[1] ?? '').split(/<g id="(?:measures|entities|foot)"/)[0] ?? ''
  // The line of a look is a path that is stroked and not filled; its dashes say which.
  const dashes = (of: string): string[] => [...of.matchAll(/<path d="[^"]*" fill="none" stroke="#59626e" [^>]*>/g)].map(([path]) => /stroke-dasharray="([^"]*)"/.exec(path)?.[1] ?? 'solid')
  const drawn = dashes(part('links'))
  expect(drawn.map((dash) => (dash === 'solid' ? dash : dash.split(' ').map((length) => Number(length) < 1 ? 'dot' : 'dash')[0]))).toEqual(['solid', 'dash', 'dot', 'dash', 'solid'])
  expect(new Set(dashes(part('legend'))).size).toBe(new Set(drawn).size)
  expect([part('links'), part('legend')].map((of) => of.split('r="6.5"').length - 1)).toEqual([1, 1])
  expect([part('links'), part('legend')].map((of) => of.match(/Z" fill="#ffffff"/g)?.length)).toEqual([1, 1])
})
