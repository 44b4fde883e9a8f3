/** Screen and paper agree: one list of operations, drawn alike by SVG and by a canvas; and on the screen lines, heads and symbols follow the laws of paper. */
import { beforeAll, expect, it, vi } from 'vitest'
import { inOrder, paperScene, type ChartWords } from '@ringmap/drawing/paper-scene'
import type { Operation } from '@ringmap/drawing/operations'
import { sceneDrawing } from '@ringmap/drawing/scene-drawing'
import { sampleChart } from '@ringmap/fixtures/sample-chart'
import { svgOf } from '../../../packages/evidence/src/svg-drawing.ts'
import { drawOn, type Surface } from '../src/chart/canvas-drawing.ts'
import { emphasisOf, NO_ATTENTION } from '../src/chart/emphasis.ts'
import type { Screen } from '../src/chart/names.ts'
import { screenScene } from '../src/chart/screen-scene.ts'

const measure = (text: string, size: number): number => text.length * size * 0.55
const words: ChartWords = {
  label: ({ label }) => label, role: ({ roles }) => roles[0] ?? null, measures: ({ count }) => [[`${count} times`], [`${count}×`]], entityTitle: ({ label }) => label, linkTitle: ({ label }) => label,
}
const chart = inOrder({ ...sampleChart(40), links: sampleChart(40).links.map((link, i) => ({ ...link, disputed: i % 9 === 0, directed: i % 2 === 0, count: 10 ** (i % 5) })) })
const paper = paperScene(chart, { x: 0, y: 0, width: 1200, height: 900 }, words, measure)

beforeAll(() => void vi.stubGlobal('Path2D', class { constructor(readonly data: string) {} }))

it('draws the same shapes, at the same places, in the same order, with the same paint, as SVG and on a canvas', () => {
  const operations = sceneDrawing(paper)
  const drawn: string[] = []
  drawOn(recorder(drawn), operations)
  const written = operations.map(svgOf).flatMap(shapesOf)
  expect(drawn.length).toBeGreaterThan(chart.links.length + chart.entities.length * 2)
  expect(drawn).toEqual(written)
})

it('holds every link and entity of the chart once, on paper and on the screen', () => {
  const screen = screenOf()
  const [links, , entities] = sceneDrawing(paper)
  const [onScreen, , symbols] = sceneDrawing(screen)
  expect([links?.parts.length, entities?.parts.length]).toEqual([chart.links.length, chart.entities.length])
  expect([onScreen?.parts.length, symbols?.parts.length]).toEqual([chart.links.length, chart.entities.length])
})

it('gives a link the same dashes and head, and as much more thickness as any other, on the screen as on paper', () => {
  const [screen, scale] = [screenOf(), (paper.links[0]?.width ?? NaN) / (screenOf().links[0]?.width ?? NaN)]
  paper.links.forEach((link, i) => {
    const other = screen.links[i]
    expect(other).toMatchObject({ strength: link.strength, directed: link.directed, disputed: link.disputed })
    expect((other?.width ?? NaN) * scale).toBeCloseTo(link.width, 9)
  })
  // The same course and thickness given, the same operations but for the colour.
  const alike = { ...screen, links: paper.links.map((link, i) => ({ ...link, colour: screen.links[i]?.colour ?? '' })) }
  const plain = (operation: Operation | undefined): unknown => JSON.parse(JSON.stringify(operation), (key, value: unknown) => ['colour', 'fill', 'title'].includes(key) && value !== null ? 'any' : value)
  expect(plain(sceneDrawing(alike)[0])).toEqual(plain(sceneDrawing(paper)[0]))
})

it('gives each kind the outer shape and icon that it has on paper', () => {
  const screen = screenOf()
  paper.entities.forEach(({ symbol }, i) => expect(screen.entities[i]?.symbol).toMatchObject({ shape: symbol.shape, icon: symbol.icon }))
})

it('draws protected identities hollow, and none of their marks is lost at any state', () => {
  const protectedOnes = chart.entities.filter(({ masked }) => masked)
  expect(protectedOnes.length).toBeGreaterThan(0)
  for (const { id, label } of protectedOnes) {
    const scene = screenScene(chart, places(), { ...NO_ATTENTION, picked: { type: 'entity', id } }, emphasisOf(chart, { ...NO_ATTENTION, picked: { type: 'entity', id } }), measure)
    expect(scene.entities.find(({ title }) => title === label)?.symbol.fill).toBe('#ffffff')
  }
})

function places(): Screen {
  const spots = new Map(chart.entities.map(({ id }, i) => [id, { x: paper.entities[i]?.x ?? 0, y: paper.entities[i]?.y ?? 0, radius: 16 }]))
  return { width: 1200, height: 900, place: (id) => spots.get(id) ?? null, bend: () => 0 }
}

/** With nothing marked out: in the order of the chart. */
function screenOf() {
  const plain = { ...chart, entities: chart.entities.map((entity) => ({ ...entity, focus: false })) }
  return screenScene(plain, places(), NO_ATTENTION, emphasisOf(plain, NO_ATTENTION), measure)
}

const round = (value: number): string => String(Math.round(value * 100) / 100 + 0)

/** Writes down each fill and stroke, with places counted from the corner of the picture. */
function recorder(out: string[]): Surface {
  let path = ''
  let at = { x: 0, y: 0, icons: 0 }
  const before: (typeof at)[] = []
  let dashes: readonly number[] = []
  const put = (letter: string, ...values: readonly number[]): void => {
    path += letter + values.map((value, i) => round(Number(round(value)) + Number(round(i % 2 === 0 ? at.x : at.y)))).join(' ')
  }
  const surface = {
    fillStyle: '', strokeStyle: '', lineWidth: 0, lineCap: '', lineJoin: '', globalAlpha: 1, font: '', textAlign: '', textBaseline: '',
    beginPath: () => void (path = ''), moveTo: (x: number, y: number) => put('M', x, y), lineTo: (x: number, y: number) => put('L', x, y),
    quadraticCurveTo: (a: number, b: number, x: number, y: number) => put('Q', a, b, x, y), closePath: () => void (path += 'Z'),
    arc: (x: number, y: number, r: number) => { put('circle', x, y); path += ` ${round(r)}` },
    roundRect: (x: number, y: number, w: number, h: number, r: number) => { put('rect', x, y); path += ` ${round(w)} ${round(h)} ${round(r)}` },
    fill: () => void out.push(`${path} fill ${surface.fillStyle} ${round(surface.globalAlpha)}`),
    stroke: (icon?: unknown) => icon === undefined ? void out.push(`${path} stroke ${surface.strokeStyle} ${round(surface.lineWidth)} ${dashes.map(round).join(',')} ${surface.lineCap}`) : undefined,
    fillText: () => undefined, setLineDash: (list: readonly number[]) => void (dashes = list), scale: () => undefined,
    save: () => void before.push({ ...at }), restore: () => void (at = before.pop() ?? at), translate: (x: number, y: number) => void (at = { ...at, x: at.x + x, y: at.y + y }),
  }
  return surface as unknown as Surface
}

/** The same notes, read from the SVG: icons and outlines of letters left out. */
function shapesOf(svg: string): string[] {
  const out: string[] = []
  const moves = [{ x: 0, y: 0, icon: false }]
  for (const [, closing, tag = '', text = ''] of svg.matchAll(/<(\/?)(g|path|circle|polygon|rect)\b([^>]*?)\/?>/g)) {
    const now = moves.at(-1) ?? { x: 0, y: 0, icon: false }
    const attribute = (name: string): string => new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(text)?.[1] ?? ''
    if (tag === 'g') {
      if (closing === '/') moves.pop()
      else {
        const [, x = '0', y = '0'] = /translate\((\S+) ([^)]+)\)/.exec(attribute('transform')) ?? []
        moves.push({ x: now.x + Number(x), y: now.y + Number(y), icon: now.icon || text.includes('stroke-linecap') })
      }
      continue
    }
    if (now.icon || attribute('transform') !== '') continue
    const n = (name: string): number => Number(attribute(name))
    const shape = tag === 'circle' ? `circle${round(n('cx') + now.x)} ${round(n('cy') + now.y)} ${round(n('r'))}`
      : tag === 'rect' ? `rect${round(n('x') + now.x)} ${round(n('y') + now.y)} ${round(n('width'))} ${round(n('height'))} ${round(n('rx'))}`
      : (tag === 'path' ? attribute('d') : `${attribute('points').split(' ').map((point, i) => (i === 0 ? 'M' : 'L') + point.replace(',', ' ')).join('')}Z`)
        .replaceAll(/([MLQ])([^MLQZ]*)/g, (_, letter: string, values: string) => letter + values.split(' ').map((value, i) => round(Number(value) + (i % 2 === 0 ? now.x : now.y))).join(' '))
    if (attribute('fill') !== 'none') out.push(`${shape} fill ${attribute('fill')} ${attribute('fill-opacity') || '1'}`)
    if (attribute('stroke') !== '') out.push(`${shape} stroke ${attribute('stroke')} ${attribute('stroke-width')} ${attribute('stroke-dasharray').replaceAll(' ', ',')} ${attribute('stroke-linecap') || 'butt'}`)
  }
  return out
}
