/** A chart on paper: places stretched to a frame and parted, lines around strangers, labels beside their symbols, a measure on every line that has room. */
import type { Chart, ChartEntity, ChartLink } from '@ringmap/model/chart'
import { INK, LINE, MASKED_FILL, OFFENCE_LINE, PAPER, QUIET, SOFT_INK } from './colours.ts'
import { placed } from './entity-places.ts'
import { labelPlaces, platePlaces, type LabelPlace, type Size } from './label-places.ts'
import { widthStep } from './line-style.ts'
import { coursesOf, type Course, type Disc } from './link-courses.ts'
import type { Measure, Rect } from './operations.ts'
import type { Scene, SceneBox, SceneLabel, SceneLine } from './scene.ts'
import { paperSymbol } from './symbols.ts'
import { textLines } from './text-lines.ts'

/** What is written on a chart; data in it comes in a form that cannot turn the order of what stands around it. */
export interface ChartWords {
  readonly label: (entity: ChartEntity) => string
  /** Below the label; null: nothing to say. */
  readonly role: (entity: ChartEntity) => string | null
  /** What may stand on a line, longest first, each of one or more lines. */
  readonly measures: (link: ChartLink) => readonly (readonly string[])[]
  readonly entityTitle: (entity: ChartEntity) => string
  readonly linkTitle: (link: ChartLink) => string
}

export interface PaperStyle {
  readonly radius: number
  /** Of a label's words. */
  readonly size: number
  /** Widest label. */
  readonly label: number
  /** Thickness of lines against the steps of the law. */
  readonly line: number
}

export function paperStyle(entities: number): PaperStyle {
  if (entities <= 14) return { radius: 28, size: 17, label: 190, line: 1 }
  if (entities <= 45) return { radius: 21, size: 14, label: 146, line: 0.9 }
  return { radius: 15, size: 12, label: 112, line: 0.75 }
}

/** Size of the smallest word on the chart, in its units: roles below labels. */
export function smallestWord(entities: number): number {
  return paperStyle(entities).size * 0.85
}

/** Entities and links in the order in which they are drawn: by id, so that a picture does not depend on the order in which they came. */
export function inOrder(chart: Chart): Chart {
  const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  return { ...chart, entities: [...chart.entities].sort(byId), links: [...chart.links].sort(byId) }
}

/** @param chart in order, see `inOrder`. */
export function paperScene(chart: Chart, frame: Rect, words: ChartWords, measure: Measure): Scene {
  const style = paperStyle(chart.entities.length)
  const texts = chart.entities.map((entity) => labelText(entity, style, words, measure))
  const gap = style.size * 0.7
  const reach = (entity: ChartEntity): number => style.radius * (entity.focus ? 1.4 : 1.05)
  const places = placed(chart.entities.map((entity, i) => {
    const text = texts[i] as LabelText
    const side = Math.max(reach(entity), text.width / 2) + gap
    return { x: entity.x, y: entity.y, left: side, right: side, up: reach(entity) + gap, down: reach(entity) + text.height + gap }
  }), frame)
  const discs = new Map<string, Disc>(chart.entities.map((entity, i) => {
    const { x, y } = places[i] as { x: number; y: number }
    const { width, height } = texts[i] as LabelText
    const radius = reach(entity)
    return [entity.id, { x, y, radius, label: { x: x - width / 2, y: y + radius * 1.2, width, height } }]
  }))
  const list = [...discs.values()]
  const courses = coursesOf(chart.links, discs)
  const labels = labelPlaces(list, texts, courses, frame)
  return {
    links: courses.map(({ link, from, bend, to }) => ({
      from, bend, to, strength: link.strength, directed: link.directed, disputed: link.disputed === true, unproved: link.unproved === true,
      colour: link.criminal ? OFFENCE_LINE : LINE, width: widthStep(link.count).width * style.line, title: words.linkTitle(link),
    })),
    plates: platesOf(courses, list, labels.map(({ box }) => box), { frame, style, words, measure }),
    entities: chart.entities.map((entity, i) => {
      const { x, y, radius } = list[i] as Disc
      return {
        x, y, symbol: paperSymbol(entity.kind, style.radius, entity.focus), title: words.entityTitle(entity),
        rank: entity.rank === null ? null : { value: entity.rank, x: x + radius * 0.78, y: y - radius * 0.78, radius: style.size * 0.72 },
        label: labelOf(entity, texts[i] as LabelText, labels[i] as LabelPlace, style),
      }
    }),
    names: [],
  }
}

/** Lines of an entity's label: the name, and the role below it where one is recorded. */
interface LabelText extends Size {
  readonly lines: readonly string[]
  readonly role: string | null
}

function labelText(entity: ChartEntity, { size, label }: PaperStyle, words: ChartWords, measure: Measure): LabelText {
  const weight = entity.focus ? 'bold' : 'regular'
  const lines = textLines(words.label(entity), { width: label, lines: 2, size, weight }, measure)
  const known = words.role(entity)
  const role = known === null ? null : (textLines(known, { width: label, lines: 1, size: size * 0.85, weight: 'regular' }, measure)[0] as string)
  const widest = Math.max(...lines.map((line) => measure(line, size, weight)), role === null ? 0 : measure(role, size * 0.85, 'regular'))
  return { lines, role, width: widest + 8, height: lines.length * size * 1.38 + (role === null ? 0 : size * 1.15) + 3 }
}

function labelOf(entity: ChartEntity, text: LabelText, { box, leader }: LabelPlace, { size }: PaperStyle): SceneLabel {
  const lines: SceneLine[] = text.lines.map((line, row) => ({ text: line, y: box.y + size * (1.1 + row * 1.38), size, weight: entity.focus ? 'bold' : 'regular', colour: INK }))
  if (text.role !== null) lines.push({ text: text.role, y: box.y + size * (1.02 + text.lines.length * 1.38), size: size * 0.85, weight: 'regular', colour: SOFT_INK })
  const paint = entity.masked ? { fill: MASKED_FILL, stroke: { colour: SOFT_INK, width: 0.8, dashes: [3, 2] } }
    : { fill: PAPER, opacity: 0.92, ...(leader ? { stroke: { colour: QUIET, width: 0.6 } } : {}) }
  return { box, round: 3, paint, leader, lines }
}

interface PlateRoom {
  readonly frame: Rect
  readonly style: PaperStyle
  readonly words: ChartWords
  readonly measure: Measure
}

function platesOf(courses: readonly Course[], discs: readonly Disc[], labels: readonly Rect[], { frame, style, words, measure }: PlateRoom): (SceneBox | null)[] {
  const size = style.size * 0.86
  const texts = courses.map(({ link }) => words.measures(link))
  const sizes = texts.map((options) => options.map((lines) => ({
    width: Math.max(...lines.map((line) => measure(line, size, 'regular'))) + 6, height: lines.length * size * 1.28 + 2,
  })))
  return platePlaces(courses, sizes, discs, labels, frame).map((place, i) => {
    if (place === null) return null
    const { box } = place
    const lines = (texts[i] as readonly (readonly string[])[])[place.text] as readonly string[]
    return {
      box, round: 2, paint: { fill: PAPER },
      lines: lines.map((line, row) => ({ text: line, y: box.y + size * (1.05 + row * 1.28), size, weight: 'regular', colour: row === 0 ? INK : SOFT_INK })),
    }
  })
}
