/** The legend: exactly the kinds, line styles, widths and marks that are drawn, nothing else. */
import type { Chart, ChartLink } from '@ringmap/model/chart'
import { STRENGTHS, type Strength } from '@ringmap/model/grade'
import { ENTITY_KIND_NAMES, type EntityKind } from '@ringmap/model/schema'
import { INK, LINE, MASKED_FILL, OFFENCE_LINE, SOFT_INK } from './colours.ts'
import { lineStroke, WIDTH_STEPS, widthStep } from './line-style.ts'
import type { GroupOperation, Measure, Operation, PathOperation, Place, Rect } from './operations.ts'
import { disputedMark, paperSymbol, rankMark, symbolParts, unprovedMark } from './symbols.ts'
import { textLines } from './text-lines.ts'

/** What the legend says, in the language of the picture. */
export interface LegendWords {
  readonly title: string
  readonly sections: { readonly entities: string; readonly strengths: string; readonly widths: string; readonly marks: string }
  readonly kind: (kind: EntityKind, count: number) => string
  readonly strength: (strength: Strength) => string
  /** @param from how often a line of this thickness is recorded at least. */
  readonly width: (from: number) => string
  readonly directed: string
  readonly offence: string
  readonly disputed: string
  readonly unproved: string
  readonly focus: string
  readonly rank: string
  readonly masked: string
  /** The beginning of a code, as it stands on the chart. */
  readonly code: string
}

export interface LegendRow {
  /** Drawn in a box of 44 wide around (22, 0). */
  readonly mark: readonly Operation[]
  readonly words: string
}

export interface LegendSection {
  readonly title: string
  readonly rows: readonly LegendRow[]
}

/** Sections of the legend with their rows; lines are as thick as on the chart. */
export function legendSections(chart: Chart, words: LegendWords, thickness = 1): readonly LegendSection[] {
  const { entities } = chart
  const drawn = new Set(entities.map(({ id }) => id))
  const links = chart.links.filter(({ source, target }) => drawn.has(source) && drawn.has(target))
  const kinds = ENTITY_KIND_NAMES.filter((kind) => entities.some((entity) => entity.kind === kind)).map((kind) => ({
    mark: [{ op: 'group', at: { x: 22, y: 0 }, parts: symbolParts(paperSymbol(kind, 12, false)) } as const], words: words.kind(kind, entities.filter((entity) => entity.kind === kind).length),
  }))
  const strengths = STRENGTHS.filter((strength) => links.some((link) => link.strength === strength)).map((strength) => ({ mark: [line(2.2, LINE, strength)], words: words.strength(strength) }))
  const widths = widthsOf(links)
    .map(({ width, from }) => ({ mark: [line(width * thickness, LINE, 'confirmed')], words: words.width(from) }))
  return [
    { title: words.sections.entities, rows: kinds },
    { title: words.sections.strengths, rows: strengths },
    { title: words.sections.widths, rows: widths },
    { title: words.sections.marks, rows: marksOf(chart, links, words) },
  ].filter(({ rows }) => rows.length > 0)
}

/** Thicknesses that lines on the chart have, thinnest first. */
export function widthsOf(links: readonly ChartLink[]): readonly (typeof WIDTH_STEPS)[number][] {
  return WIDTH_STEPS.toReversed().filter((step) => links.some(({ count }) => widthStep(count) === step))
}

function marksOf({ entities }: Chart, links: readonly ChartLink[], words: LegendWords): LegendRow[] {
  const marks: LegendRow[] = []
  if (links.some(({ directed }) => directed)) marks.push({ mark: [line(2.2, LINE, 'confirmed', 30), { op: 'path', steps: [['M', 42, 0], ['L', 30, -5.5], ['L', 30, 5.5], ['Z']], paint: { fill: LINE } }], words: words.directed })
  if (links.some(({ criminal }) => criminal)) marks.push({ mark: [line(2.2, OFFENCE_LINE, 'confirmed')], words: words.offence })
  if (links.some(({ disputed }) => disputed === true)) marks.push({ mark: [line(2.2, LINE, 'tentative'), ...disputedMark(22, 0)], words: words.disputed })
  if (links.some(({ unproved }) => unproved === true)) marks.push({ mark: [line(2.2, LINE, 'unconfirmed'), ...unprovedMark(22, 0)], words: words.unproved })
  if (entities.some(({ focus }) => focus)) marks.push({ mark: [ring(9, 3), ring(13.5, 1.4)], words: words.focus })
  if (entities.some(({ rank }) => rank !== null)) marks.push({ mark: [rankMark(3, 22, 0, 9)], words: words.rank })
  if (entities.some(({ masked }) => masked)) {
    marks.push({
      mark: [
        { op: 'box', x: 1, y: -9, width: 42, height: 18, round: 3, paint: { fill: MASKED_FILL, stroke: { colour: SOFT_INK, width: 1, dashes: [3, 2] } } },
        { op: 'words', text: words.code, x: 22, y: 4.5, size: 12, weight: 'regular', colour: INK, anchor: 'middle' },
      ], words: words.masked,
    })
  }
  return marks
}

function ring(radius: number, width: number): Operation {
  return { op: 'circle', x: 22, y: 0, radius, paint: { fill: null, stroke: { colour: INK, width } } }
}

/** The mark of a line, up to `end` of 44. */
export function line(width: number, colour: string, strength: Strength = 'confirmed', end = 42): PathOperation {
  return { op: 'path', steps: [['M', 2, 0], ['L', end, 0]], paint: { fill: null, stroke: lineStroke(colour, width, strength) } }
}

/** Drawn from the top of the frame downwards, smaller where all of it would not fit. */
export function legendDrawing(sections: readonly LegendSection[], title: string, frame: Rect, measure: Measure): GroupOperation {
  const parts: Operation[] = []
  const write = (text: string, at: Place, size: number, weight: 'regular' | 'bold'): void => {
    parts.push({ op: 'words', text, ...at, size, weight, colour: INK, anchor: 'start' })
  }
  let y = 4
  for (const section of sections) {
    y += 18
    write(section.title, { x: 0, y }, 13, 'bold')
    y += 10
    for (const { mark, words } of section.rows) {
      const lines = textLines(words, { width: frame.width - 56, lines: 3, size: 12.5, weight: 'regular' }, measure)
      const height = Math.max(30, lines.length * 16 + 8)
      parts.push({ op: 'group', at: { x: 0, y: y + height / 2 }, parts: mark })
      for (const [i, text] of lines.entries()) write(text, { x: 56, y: y + height / 2 + 4.5 + (i - (lines.length - 1) / 2) * 16 }, 12.5, 'regular')
      y += height
    }
    y += 8
  }
  const scale = Math.min(1, frame.height / y)
  return { op: 'group', name: 'legend', title, at: { x: frame.x, y: frame.y }, ...(scale < 1 ? { scale: Math.floor(scale * 1000) / 1000 } : {}), parts }
}
