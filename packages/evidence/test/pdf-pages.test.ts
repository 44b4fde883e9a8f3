import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { sampleChart } from '@ringmap/fixtures/sample-chart'
import { missingProgram } from '@ringmap/fixtures/validators'
import { smallestWord } from '@ringmap/drawing/paper-scene'
import { chartSvg } from '../src/chart-svg.ts'
import { SMALLEST_PRINT, tiledChart } from '../src/chart-tiles.ts'
import { A3_DRAWING, pdf } from '../src/pdf-pages.ts'

const OPTIONS = { caseName: 'Pages', reference: '', dataHash: '', version: '', maskedStatement: '' }
const NAMES = ['कृष्णमूर्ति अग्निहोत्री', 'ज्योत्स्ना शिर्के', 'क़ासिमप्रीत वर्मानी', 'اسلم پرویز چوہدری', 'زبیدہ ٹھیکیدار', 'Ghulam Nabi غلام نبی', 'FIR 11/2024 थाना कुपवाड़ा']

const missing = missingProgram('pdftotext')
test.skipIf(missing !== null)('names in Devanagari and Urdu letters are found whole, in headings, text, tables and under the drawing', async () => {
  const out = pdf({ title: 'Names', subject: '', author: '', at_ms: 0, foot: `foot ${NAMES[0] ?? ''}` })
  out.page('A4')
  out.heading(NAMES[1] ?? '')
  out.text(`In running text stands ${NAMES[3] ?? ''}.`)
  out.table(['name', 'number'], NAMES.map((name, i) => [name, String(i)]), [2, 1])
  out.page('A4', 'landscape')
  const chart = sampleChart(12)
  out.drawing(chartSvg(chart, OPTIONS), NAMES)
  const bytes = await out.done()
  const pages = spawnSync('pdftotext', ['-', '-'], { input: bytes, encoding: 'utf8' }).stdout.normalize('NFC').split('\f')
  // A reader's search knows no marks of direction.
  const plain = pages.map((page) => page.replaceAll(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, ''))
  for (const name of NAMES) for (const page of [0, 1]) expect(plain[page], `${name} on page ${page + 1}`).toContain(name.normalize('NFC'))
  expect(plain[1]).toContain(`foot ${NAMES[0] ?? ''}`.normalize('NFC'))
})

test.each([[40, 1], [80, 1], [120, 4], [300, 4]])('a chart of %i entities takes at least %i sheets, and nothing on them is under seven points', (size, sheets) => {
  const svg = chartSvg(sampleChart(size), OPTIONS)
  const tiled = tiledChart(svg, A3_DRAWING, smallestWord(size))
  if (sheets === 1) {
    expect(tiled).toBeNull()
    return
  }
  const tiles = tiled?.tiles ?? []
  expect(tiles.length).toBeGreaterThanOrEqual(sheets)
  for (const { svg: part } of tiles) {
    const [, wide = '0', high = '0'] = /viewBox="\S+ \S+ ([\d.]+) ([\d.]+)"/.exec(part) ?? []
    expect(Math.min(A3_DRAWING.width / Number(wide), A3_DRAWING.height / Number(high)) * smallestWord(size)).toBeGreaterThanOrEqual(SMALLEST_PRINT - 0.05)
  }
  // Everything is on some sheet, and the index names each of them once.
  for (let i = 1; i <= size; i++) expect(tiles.some(({ svg: part }) => part.includes(`<g id="e${i}">`)), `entity ${i}`).toBe(true)
  const links = svg.match(/<g id="l\d+">/g) ?? []
  for (const link of links) expect(tiles.some(({ svg: part }) => part.includes(link)), link).toBe(true)
  expect(tiled?.index.match(/stroke-dasharray="[\d.]+ [\d.]+"\/><rect/g)?.length).toBe(tiles.length)
  expect(new Set(tiles.map(({ name }) => name)).size).toBe(tiles.length)
})
