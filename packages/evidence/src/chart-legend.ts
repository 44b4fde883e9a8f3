/** The legend: exactly the kinds, line styles, widths and marks that are drawn, nothing else. */
import type { Chart } from '@ringmap/model/chart'
import type { Strength } from '@ringmap/model/grade'
import { ENTITY_KIND_NAMES, ENTITY_KINDS } from '@ringmap/model/schema'
import { WIDTH_STEPS, widthStep } from './chart-words.ts'
import { INK, num, PAPER, SOFT_INK, symbolMark, textMark, wrapped } from './svg-marks.ts'
import type { Rect } from './chart-places.ts'

/** Dashes of each strength, for a line of width 1. */
export const DASHES: Readonly<Record<Strength, string | null>> = { confirmed: null, unconfirmed: '7 4', tentative: '0.1 4' }
const STRENGTH_WORDS: Readonly<Record<Strength, string>> = {
  confirmed: 'confirmed', unconfirmed: 'unconfirmed or not graded', tentative: 'tentative',
}

export const LINE = '#59626e'
/** Darker, so that it shows in grey print too. */
export const OFFENCE_LINE = '#14171a'

export interface LegendMark {
  /** Drawn in a box of 44 wide around (22, 0). */
  readonly mark: string
  readonly words: string
}

/** Sections of the legend with their rows; lines are as thick as on the chart. */
export function legendRows(chart: Chart, thickness = 1): { readonly title: string; readonly rows: readonly LegendMark[] }[] {
  const { entities } = chart
  const drawn = new Set(entities.map(({ id }) => id))
  const links = chart.links.filter(({ source, target }) => drawn.has(source) && drawn.has(target))
  const kinds = ENTITY_KIND_NAMES.filter((kind) => entities.some((entity) => entity.kind === kind)).map((kind) => {
    const count = entities.filter((entity) => entity.kind === kind).length
    return { mark: `<g transform="translate(22 0)">${symbolMark(kind, 12, false)}</g>`, words: `${count} ${count === 1 ? ENTITY_KINDS[kind].label : ENTITY_KINDS[kind].plural}` }
  })
  const strengths = (Object.keys(DASHES) as Strength[]).filter((strength) => links.some((link) => link.strength === strength))
    .map((strength) => ({ mark: line(2.2, LINE, strength), words: STRENGTH_WORDS[strength] }))
  const widths = [...WIDTH_STEPS].reverse().filter((step) => links.some(({ count }) => widthStep(count) === step))
    .map(({ width, words }) => ({ mark: line(width * thickness, LINE, 'confirmed'), words }))
  const marks: LegendMark[] = []
  if (links.some(({ directed }) => directed)) marks.push({ mark: `${line(2.2, LINE, 'confirmed', 30)}<path fill="${LINE}" d="M42 0L30 -5.5L30 5.5Z"/>`, words: 'from one to the other' })
  if (links.some(({ criminal }) => criminal)) marks.push({ mark: line(2.2, OFFENCE_LINE, 'confirmed'), words: 'black: the record itself concerns an offence' })
  if (links.some(({ disputed }) => disputed === true)) marks.push({ mark: `${line(2.2, LINE, 'tentative')}${disputedMark(22, 0)}`, words: 'disputed: a record under it is graded improbable or suspected false' })
  if (entities.some(({ focus }) => focus)) {
    marks.push({ mark: `<circle cx="22" r="9" fill="none" stroke="${INK}" stroke-width="3"/><circle cx="22" r="13.5" fill="none" stroke="${INK}" stroke-width="1.4"/>`, words: 'what this chart is about' })
  }
  if (entities.some(({ rank }) => rank !== null)) marks.push({ mark: rankMark(3, 22, 0, 9), words: 'place in the order by position in the network' })
  if (entities.some(({ masked }) => masked)) marks.push({ mark: `<rect x="1" y="-9" width="42" height="18" rx="3" fill="${MASKED_FILL}" stroke="${SOFT_INK}" stroke-dasharray="3 2"/>${textMark('V-7K2Q9M'.slice(0, 3) + '…', 22, 4.5, { size: 12, anchor: 'middle' })}`, words: 'a code in place of a protected identity' })
  return [
    { title: 'Entities', rows: kinds },
    { title: 'Strength of links', rows: strengths },
    { title: 'Links: how often recorded', rows: widths },
    { title: 'Marks', rows: marks },
  ].filter(({ rows }) => rows.length > 0)
}

/** A cross in a disc: a shape of its own, so that it shows in grey print. */
export function disputedMark(x: number, y: number): string {
  return `<circle cx="${num(x)}" cy="${num(y)}" r="6.5" fill="${PAPER}" stroke="${INK}" stroke-width="1.2"/><path d="M${num(x - 3)} ${num(y - 3)}L${num(x + 3)} ${num(y + 3)}M${num(x - 3)} ${num(y + 3)}L${num(x + 3)} ${num(y - 3)}" stroke="${INK}" stroke-width="1.6"/>`
}

export const MASKED_FILL = '#e9ecef'

/** The number of an entity's place in the order. */
export function rankMark(rank: number, x: number, y: number, radius: number): string {
  return `<circle cx="${num(x)}" cy="${num(y)}" r="${num(radius)}" fill="${INK}"/>${textMark(String(rank), x, y + radius * 0.42, { size: radius * (rank > 99 ? 0.95 : 1.2), weight: 'bold', fill: '#ffffff', anchor: 'middle' })}`
}

function line(width: number, colour: string, strength: Strength, end = 42): string {
  return `<path d="M2 0L${end} 0" fill="none" stroke="${colour}" stroke-width="${num(width)}"${dashes(strength, width)}/>`
}

/** Dashes grow with the line, dots stay round. */
export function dashes(strength: Strength, width: number): string {
  const pattern = DASHES[strength]
  if (pattern === null) return ''
  const grown = Math.max(1, width / 2)
  return ` stroke-dasharray="${pattern.split(' ').map((part) => num(Number(part) * grown)).join(' ')}"${strength === 'tentative' ? ' stroke-linecap="round"' : ''}`
}

/** Drawn from the top of the frame downwards, smaller where all of it would not fit. */
export function legendMark(chart: Chart, thickness: number, frame: Rect): string {
  const out: string[] = []
  let y = 4
  for (const { title, rows } of legendRows(chart, thickness)) {
    y += 18
    out.push(textMark(title, 0, y, { size: 13, weight: 'bold' }))
    y += 10
    for (const { mark, words } of rows) {
      const lines = wrapped(words, frame.width - 56, 3, 12.5)
      const height = Math.max(30, lines.length * 16 + 8)
      out.push(`<g transform="translate(0 ${num(y + height / 2)})">${mark}</g>`)
      for (const [i, text] of lines.entries()) out.push(textMark(text, 56, y + height / 2 + 4.5 + (i - (lines.length - 1) / 2) * 16, { size: 12.5 }))
      y += height
    }
    y += 8
  }
  const scale = Math.min(1, frame.height / y)
  return `<g id="legend" transform="translate(${num(frame.x)} ${num(frame.y)})${scale < 1 ? ` scale(${Math.floor(scale * 1000) / 1000})` : ''}"><title>Legend</title>${out.join('')}</g>`
}
