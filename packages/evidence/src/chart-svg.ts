/** A chart as one SVG picture that stands alone: everything needed to read it is in it, and no font is needed to show it. */
import type { Chart, ChartEntity, ChartLink } from '@ringmap/model/chart'
import { invariant } from '@ringmap/model/errors'
import { ENTITY_KINDS, LINK_KINDS } from '@ringmap/model/schema'
import { INK, PAPER, SOFT_INK } from '@ringmap/drawing/colours'
import { legendDrawing, legendSections } from '@ringmap/drawing/legend'
import type { Rect } from '@ringmap/drawing/operations'
import { inOrder, paperScene, paperStyle, type ChartWords } from '@ringmap/drawing/paper-scene'
import { sceneDrawing } from '@ringmap/drawing/scene-drawing'
import { daySpan, indianDigits, measureWords, money } from './chart-words.ts'
import { LEGEND_WORDS } from './legend-words.ts'
import { num, outlineWidth, svgOf, textMark, wrapped } from './svg-drawing.ts'
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
  const scene = paperScene(sorted, body, wordsOf(sorted, options.timezone ?? 'Asia/Kolkata'), outlineWidth)
  const legend = legendSections(sorted, LEGEND_WORDS, paperStyle(sorted.entities.length).line)
  const foot = footer(sorted, scene.plates.filter((plate) => plate === null).length, options, width, height)
  const title = xmlText(plainLine(`${options.caseName}: ${chart.title}`))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${title}</title>`,
    `<desc id="desc">${xmlText([plainLine(chart.subtitle), ...foot.words].filter((words) => words !== '').join(' '))}</desc>`,
    `<rect width="${width}" height="${height}" fill="${PAPER}"/>`,
    head.mark,
    `<rect x="${num(body.x - 8)}" y="${num(body.y - 8)}" width="${num(body.width + 16)}" height="${num(body.height + 16)}" fill="none" stroke="#d5d9de"/>`,
    ...sceneDrawing(scene).map(svgOf),
    svgOf(legendDrawing(legend, LEGEND_WORDS.title, { x: body.x + body.width + 28, y: body.y - 12, width: 232, height: body.height }, outlineWidth)),
    foot.mark,
    '</svg>',
    '',
  ].join('\n')
}

/** Words of the chart itself; its data comes without marks that turn the order of reading. */
function wordsOf(chart: Chart, timezone: string): ChartWords {
  const nameOf = new Map(chart.entities.map(({ id, label }) => [id, isolate(label)]))
  const links = chart.links.length
  return {
    label: ({ label }) => plainLine(label),
    role: ({ roles }) => {
      const known = roles.filter((role) => role !== 'unknown')
      return known.length === 0 ? null : known.join(', ')
    },
    measures: (link) => {
      const { long, short } = measureWords(link)
      const span = daySpan(link.first_ms, link.last_ms, timezone)
      return [...(links <= 30 && span !== '' ? [[long, span]] : []), ...(links <= 70 ? [[long]] : []), [short]]
    },
    entityTitle: entityWords,
    linkTitle: (link) => linkWords(link, nameOf, timezone),
  }
}

function entityWords(entity: ChartEntity): string {
  const roles = entity.roles.length === 0 ? '' : ` (${entity.roles.join(', ')})`
  const rank = entity.rank === null ? '' : `; place ${entity.rank} in the order`
  return `${isolate(entity.label)}: ${ENTITY_KINDS[entity.kind].label}${roles}${rank}${entity.ring === null ? '' : `; ${isolate(entity.ring)}`}`
}

function linkWords(link: ChartLink, nameOf: ReadonlyMap<string, string>, timezone: string): string {
  const words = [
    `${nameOf.get(link.source) ?? ''} – ${isolate(link.label || LINK_KINDS[link.kind].label)} – ${nameOf.get(link.target) ?? ''}: ${indianDigits(String(link.count))}×`,
    link.amount === null ? '' : money(link.amount, link.currency), daySpan(link.first_ms, link.last_ms, timezone), link.strength, link.disputed === true ? 'disputed' : '', link.unproved === true ? 'not yet provable' : '',
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
