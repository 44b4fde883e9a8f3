/** A chart as one SVG picture that stands alone: everything needed to read it is in it, and no font is needed to show it. */
import type { Chart, ChartEntity, ChartLink } from '@ringmap/model/chart'
import { invariant } from '@ringmap/model/errors'
import { ENTITY_KINDS, LINK_KINDS } from '@ringmap/model/schema'
import { labelPlaces, platePlaces, type LabelPlace, type Size } from './chart-labels.ts'
import { dashes, disputedMark, legendMark, LINE, MASKED_FILL, OFFENCE_LINE, rankMark } from './chart-legend.ts'
import { coursesOf, pointAt, type Course, type Disc } from './chart-lines.ts'
import { placed, type Rect } from './chart-places.ts'
import { daySpan, indianDigits, measureWords, money, widthStep } from './chart-words.ts'
import { INK, num, PAPER, SOFT_INK, symbolMark, textMark, textWidth, wrapped } from './svg-marks.ts'
import { isolate, outline, plainLine } from './text-outline.ts'
import { xmlText } from './xml-text.ts'

export interface ChartSvgOptions {
  readonly caseName: string
  /** Exhibit number, date, author: whatever the caller wants printed at the top right. */
  readonly reference: string
  /** SHA-256 of the data that the chart was drawn from. */
  readonly dataHash: string
  /** Version of ringmap. */
  readonly version: string
  /** Says whether identities are masked: `Masked version; key sealed with …`. */
  readonly maskedStatement: string
  /** Default 1600 by 1130 (a landscape A4 sheet), larger where there are more than 80 entities. */
  readonly width?: number
  readonly height?: number
  /** IANA zone in which days are counted. */
  readonly timezone?: string
}

/** What is printed on every chart, so that no reader takes the drawing for more than it is. */
export const CHART_NOTES: readonly string[] = [
  'Distances and positions have no meaning; only symbols, lines and words do.',
  'Roles are those recorded in the sources; nothing here says that anyone is guilty.',
]

interface Style {
  readonly radius: number
  readonly size: number
  /** Widest label. */
  readonly label: number
  /** Thickness of lines against those of the legend's steps. */
  readonly line: number
}

/** Same chart and options, same bytes, in whatever order entities and links come. */
export function chartSvg(chart: Chart, options: ChartSvgOptions): string {
  const sorted = inOrder(chart)
  const grown = Math.max(1, Math.sqrt(sorted.entities.length / 80))
  const width = options.width ?? Math.round(1600 * grown)
  const height = options.height ?? Math.round(1130 * grown)
  invariant(width >= 600 && height >= 500, 'a chart needs 600 by 500 units')
  const head = header(sorted, options, width)
  // The lines at the foot are counted before anything is drawn; with what the drawing has to add they stay as many.
  const room = footer(sorted, sorted.links.length, options, width, height).height
  const body: Rect = { x: 28, y: head.height, width: width - 28 * 3 - 232, height: height - head.height - room }
  const drawing = draw(sorted, body, options.timezone ?? 'Asia/Kolkata')
  const foot = footer(sorted, drawing.unlabelled, options, width, height)
  const title = xmlText(plainLine(`${options.caseName}: ${chart.title}`))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${title}</title>`,
    `<desc id="desc">${xmlText([plainLine(chart.subtitle), ...foot.words].filter((words) => words !== '').join(' '))}</desc>`,
    `<rect width="${width}" height="${height}" fill="${PAPER}"/>`,
    head.mark,
    `<rect x="${num(body.x - 8)}" y="${num(body.y - 8)}" width="${num(body.width + 16)}" height="${num(body.height + 16)}" fill="none" stroke="#d5d9de"/>`,
    drawing.mark,
    legendMark(sorted, styleFor(sorted.entities.length).line, { x: body.x + body.width + 28, y: body.y - 12, width: 232, height: body.height }),
    foot.mark,
    '</svg>',
    '',
  ].join('\n')
}

function inOrder(chart: Chart): Chart {
  const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  return { ...chart, entities: [...chart.entities].sort(byId), links: [...chart.links].sort(byId) }
}

function styleFor(entities: number): Style {
  if (entities <= 14) return { radius: 28, size: 17, label: 190, line: 1 }
  if (entities <= 45) return { radius: 21, size: 14, label: 146, line: 0.9 }
  return { radius: 15, size: 12, label: 112, line: 0.75 }
}

/** Size of the smallest word on the chart, in its units: roles below labels. */
export function smallestWord(entities: number): number {
  return styleFor(entities).size * 0.85
}

/** Lines of an entity's label: the name, and the role below it where one is recorded. */
interface LabelText extends Size {
  readonly lines: readonly string[]
  readonly role: string | null
}

function labelText(entity: ChartEntity, style: Style): LabelText {
  const lines = wrapped(plainLine(entity.label), style.label, 2, style.size, entity.focus ? 'bold' : 'regular')
  const known = entity.roles.filter((role) => role !== 'unknown')
  const role = known.length === 0 ? null : (wrapped(known.join(', '), style.label, 1, style.size * 0.85)[0] as string)
  const widest = Math.max(...lines.map((line) => textWidth(line, style.size, entity.focus ? 'bold' : 'regular')), role === null ? 0 : textWidth(role, style.size * 0.85))
  return { lines, role, width: widest + 8, height: lines.length * style.size * 1.38 + (role === null ? 0 : style.size * 1.15) + 3 }
}

function draw(chart: Chart, frame: Rect, timezone: string): { readonly mark: string; readonly unlabelled: number } {
  const style = styleFor(chart.entities.length)
  const texts = chart.entities.map((entity) => labelText(entity, style))
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
  const plates = platesOf(courses, list, labels.map(({ box }) => box), frame, chart.links.length, style, timezone)
  const nameOf = new Map(chart.entities.map(({ id, label }) => [id, isolate(label)]))
  const lines = courses.map((course, i) => `<g id="l${i + 1}"><title>${xmlText(linkWords(course.link, nameOf, timezone))}</title>${lineMark(course, style.line)}</g>`)
  const symbols = chart.entities.map((entity, i) => {
    const disc = list[i] as Disc
    return `<g id="e${i + 1}"><title>${xmlText(entityWords(entity))}</title>${leaderMark(disc, labels[i] as LabelPlace)}<g transform="translate(${num(disc.x)} ${num(disc.y)})">${symbolMark(entity.kind, style.radius, entity.focus)}</g>${
      entity.rank === null ? '' : rankMark(entity.rank, disc.x + disc.radius * 0.78, disc.y - disc.radius * 0.78, style.size * 0.72)}${labelMark(entity, texts[i] as LabelText, labels[i] as LabelPlace, style)}</g>`
  })
  return { mark: `<g id="links">${lines.join('\n')}</g>\n<g id="measures">${plates.mark}</g>\n<g id="entities">${symbols.join('\n')}</g>`, unlabelled: plates.left }
}

function platesOf(courses: readonly Course[], discs: readonly Disc[], labels: readonly Rect[], frame: Rect, links: number, style: Style, timezone: string): { readonly mark: string; readonly left: number } {
  const size = style.size * 0.86
  const texts = courses.map(({ link }) => {
    const { long, short } = measureWords(link)
    const span = daySpan(link.first_ms, link.last_ms, timezone)
    const full = links <= 30 && span !== '' ? [[long, span]] : []
    return [...full, ...(links <= 70 ? [[long]] : []), [short]]
  })
  const sizes = texts.map((options) => options.map((lines) => ({
    width: Math.max(...lines.map((line) => textWidth(line, size))) + 6, height: lines.length * size * 1.28 + 2,
  })))
  const places = platePlaces(courses, sizes, discs, labels, frame)
  const marks = places.map((place, i) => {
    if (place === null) return ''
    const { box } = place
    const lines = ((texts[i] as string[][])[place.text] as string[])
    return `<rect x="${num(box.x)}" y="${num(box.y)}" width="${num(box.width)}" height="${num(box.height)}" rx="2" fill="${PAPER}"/>${lines.map((line, row) =>
      textMark(line, box.x + box.width / 2, box.y + size * (1.05 + row * 1.28), { size, fill: row === 0 ? INK : SOFT_INK, anchor: 'middle' })).join('')}`
  })
  return { mark: marks.join('\n'), left: places.filter((place) => place === null).length }
}

function lineMark(course: Course, scale: number): string {
  const { link, from, bend, to } = course
  const width = widthStep(link.count).width * scale
  const colour = link.criminal ? OFFENCE_LINE : LINE
  const head = 6 + width * 1.5
  const length = Math.sqrt((to.x - bend.x) ** 2 + (to.y - bend.y) ** 2) || 1
  const ux = (to.x - bend.x) / length
  const uy = (to.y - bend.y) / length
  // The line stops within its arrow head, so that a thick line does not blunt the point.
  const end = link.directed ? { x: to.x - ux * head * 0.8, y: to.y - uy * head * 0.8 } : to
  const arrow = link.directed
    ? `<path fill="${colour}" d="M${num(to.x)} ${num(to.y)}L${num(to.x - ux * head - uy * head * 0.46)} ${num(to.y - uy * head + ux * head * 0.46)}L${num(to.x - ux * head + uy * head * 0.46)} ${num(to.y - uy * head - ux * head * 0.46)}Z"/>`
    : ''
  const middle = pointAt(course, 0.5)
  const straight = Math.abs((to.x - from.x) * (middle.y - from.y) - (to.y - from.y) * (middle.x - from.x)) < 1
  const course_ = straight ? `M${num(from.x)} ${num(from.y)}L${num(end.x)} ${num(end.y)}` : `M${num(from.x)} ${num(from.y)}Q${num(bend.x)} ${num(bend.y)} ${num(end.x)} ${num(end.y)}`
  return `<path d="${course_}" fill="none" stroke="${colour}" stroke-width="${num(width)}"${dashes(link.strength, width)}/>${arrow}${link.disputed === true ? disputedMark(...quarter(course)) : ''}`
}

/** Off the middle, where the measure of the line stands. */
function quarter(course: Course): [number, number] {
  const { x, y } = pointAt(course, 0.28)
  return [x, y]
}

function leaderMark(disc: Disc, { box, leader }: LabelPlace): string {
  if (!leader) return ''
  const x = Math.min(Math.max(disc.x, box.x), box.x + box.width)
  const y = Math.min(Math.max(disc.y, box.y), box.y + box.height)
  return `<path d="M${num(disc.x)} ${num(disc.y)}L${num(x)} ${num(y)}" stroke="#9aa3ad" stroke-width="0.8"/>`
}

function labelMark(entity: ChartEntity, text: LabelText, { box, leader }: LabelPlace, style: Style): string {
  const x = box.x + box.width / 2
  const frame = entity.masked ? `fill="${MASKED_FILL}" stroke="${SOFT_INK}" stroke-width="0.8" stroke-dasharray="3 2"` : `fill="${PAPER}" fill-opacity="0.92"${leader ? ' stroke="#9aa3ad" stroke-width="0.6"' : ''}`
  const weight = entity.focus ? 'bold' : 'regular'
  const rows = text.lines.map((line, row) => textMark(line, x, box.y + style.size * (1.1 + row * 1.38), { size: style.size, weight, anchor: 'middle' }))
  const role = text.role === null ? '' : textMark(text.role, x, box.y + style.size * (1.02 + text.lines.length * 1.38), { size: style.size * 0.85, fill: SOFT_INK, anchor: 'middle' })
  return `<rect x="${num(box.x)}" y="${num(box.y)}" width="${num(box.width)}" height="${num(box.height)}" rx="3" ${frame}/>${rows.join('')}${role}`
}

function entityWords(entity: ChartEntity): string {
  const roles = entity.roles.length === 0 ? '' : ` (${entity.roles.join(', ')})`
  const rank = entity.rank === null ? '' : `; place ${entity.rank} in the order`
  return `${isolate(entity.label)}: ${ENTITY_KINDS[entity.kind].label}${roles}${rank}${entity.ring === null ? '' : `; ${isolate(entity.ring)}`}`
}

function linkWords(link: ChartLink, nameOf: ReadonlyMap<string, string>, timezone: string): string {
  const words = [
    `${nameOf.get(link.source) ?? ''} – ${isolate(link.label || LINK_KINDS[link.kind].label)} – ${nameOf.get(link.target) ?? ''}: ${indianDigits(String(link.count))}×`,
    link.amount === null ? '' : money(link.amount, link.currency), daySpan(link.first_ms, link.last_ms, timezone), link.strength, link.disputed === true ? 'disputed' : '',
  ]
  return words.filter((word) => word !== '').join('; ')
}

function header(chart: Chart, options: ChartSvgOptions, width: number): { readonly mark: string; readonly height: number } {
  const right = [...wrapped(plainLine(options.reference), 420, 2, 13.5), ...wrapped(plainLine(options.maskedStatement), 420, 3, 13.5)]
  const room = width - 56 - 450
  const left: { readonly text: string; readonly size: number; readonly bold: boolean }[] = [
    ...wrapped(plainLine(chart.title), room, 2, 24, 'bold').map((text) => ({ text, size: 24, bold: true })),
    ...wrapped(plainLine(chart.subtitle), room, 2, 15).map((text) => ({ text, size: 15, bold: false })),
    ...wrapped(plainLine(options.caseName), room, 1, 15).map((text) => ({ text, size: 15, bold: false })),
  ].filter(({ text }) => text !== '')
  let y = 20
  const marks = left.map(({ text, size, bold }) => {
    y += size * 1.4
    return textMark(text, 28, y, { size, weight: bold ? 'bold' : 'regular', fill: bold ? INK : SOFT_INK })
  })
  const side = right.map((text, i) => textMark(text, width - 28, 48 + i * 20, { size: 13.5, anchor: 'end' }))
  return { mark: `<g id="head">${marks.join('')}${side.join('')}</g>`, height: Math.max(y, 30 + right.length * 20) + 28 }
}

interface Footer {
  readonly mark: string
  readonly words: readonly string[]
  readonly height: number
}

function footer(chart: Chart, unlabelled: number, options: ChartSvgOptions, width: number, height: number): Footer {
  const { shown } = chart
  const n = (value: number): string => indianDigits(String(value))
  const zone = options.timezone ?? 'Asia/Kolkata'
  const times = chart.links.flatMap(({ first_ms, last_ms }) => [first_ms, last_ms]).filter((at) => at !== null)
  const window = times.length === 0 ? 'No link on it is dated.'
    : `Dated links: ${daySpan(times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b)), zone)} (${zone}).`
  const shapeless = chart.entities.filter(({ label }) => outline(plainLine(label)).missing !== '').length
  const words = [
    `${n(shown.entities)} of ${n(shown.entities_of)} entities and ${n(shown.links)} of ${n(shown.links_of)} links shown${shown.why === '' ? '' : `: ${isolate(shown.why.replace(/\.$/, ''))}`}.`,
    `${window}${unlabelled === 0 ? '' : ` ${n(unlabelled)} of ${n(chart.links.length)} link labels left out for want of room; all links are drawn.`}${
      shapeless === 0 ? '' : ` ${n(shapeless)} labels hold letters for which there is no font here; boxes stand for them.`}`,
    CHART_NOTES.join(' '),
  ]
  const lines = words.flatMap((text, i) => wrapped(text, width - 56, 2, 12.5, i === 0 ? 'bold' : 'regular').map((line) => ({ line, bold: i === 0 })))
  const top = height - 20 - lines.length * 18
  const marks = lines.map(({ line, bold }, i) => textMark(line, 28, top + i * 18, { size: 12.5, weight: bold ? 'bold' : 'regular' }))
  const left = textMark(`Data SHA-256 ${options.dataHash}`, 28, height - 16, { size: 11, fill: SOFT_INK })
  const right = textMark(`ringmap ${options.version}`, width - 28, height - 16, { size: 11, fill: SOFT_INK, anchor: 'end' })
  return { mark: `<g id="foot">${marks.join('')}${left}${right}</g>`, words, height: 58 + lines.length * 18 }
}
