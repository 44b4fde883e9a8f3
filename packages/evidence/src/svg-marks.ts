/** The marks a chart is made of, as SVG: outlined text, symbols of entities, boxes. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { ENTITY_KINDS, type EntityKind } from '@ringmap/model/schema'
import { outline, type Weight } from './text-outline.ts'

export const INK = '#1b1f24'
export const SOFT_INK = '#4a525c'
export const PAPER = '#ffffff'

/** Two decimals are finer than any printer and the same on every machine. */
export function num(value: number): string {
  const rounded = Math.round(value * 100) / 100
  return String(rounded === 0 ? 0 : rounded)
}

export interface TextStyle {
  readonly size: number
  readonly weight?: Weight
  readonly fill?: string
  readonly anchor?: 'start' | 'middle' | 'end'
}

/** One line of text at (x, y) of its baseline, as an outline. */
export function textMark(text: string, x: number, y: number, style: TextStyle): string {
  const { path, width } = outline(text, style.weight ?? 'regular')
  if (path === '') return ''
  const scale = style.size / 1000
  const shift = style.anchor === 'middle' ? (width * scale) / 2 : style.anchor === 'end' ? width * scale : 0
  return `<path fill="${style.fill ?? INK}" transform="translate(${num(x - shift)} ${num(y)}) scale(${scale})" d="${path}"/>`
}

export function textWidth(text: string, size: number, weight: Weight = 'regular'): number {
  return (outline(text, weight).width * size) / 1000
}

/** Lines no wider than `width`, at most `lines` of them; what does not fit ends in an ellipsis. Data in it comes through `plainLine` or `isolate`. */
export function wrapped(text: string, width: number, lines: number, size: number, weight: Weight = 'regular'): string[] {
  const out: string[] = []
  let rest = text.split(' ')
  while (rest.length > 0 && out.length < lines) {
    let taken = 1
    while (taken < rest.length && textWidth(rest.slice(0, taken + 1).join(' '), size, weight) <= width) taken++
    const last = out.length === lines - 1
    const line = last ? rest.join(' ') : rest.slice(0, taken).join(' ')
    rest = last ? [] : rest.slice(taken)
    out.push(textWidth(line, size, weight) <= width ? line : shortened(line, width, size, weight))
  }
  return out
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

function shortened(line: string, width: number, size: number, weight: Weight): string {
  const letters = [...graphemes.segment(line)].map(({ segment }) => segment)
  let low = 0
  let high = letters.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (textWidth(`${letters.slice(0, middle).join('')}…`, size, weight) <= width) low = middle
    else high = middle - 1
  }
  return `${letters.slice(0, low).join('').trimEnd()}…`
}

/** The outer shape tells families of kinds apart where colour cannot: sides of a polygon, 0 for a circle. */
const SIDES: Readonly<Record<EntityKind, { readonly sides: number; readonly turn: number }>> = {
  Person: { sides: 0, turn: 0 }, Organisation: { sides: 6, turn: 0 },
  Phone: { sides: 4, turn: 0.5 }, Sim: { sides: 4, turn: 0.5 }, Handset: { sides: 4, turn: 0.5 }, OnlineAccount: { sides: 4, turn: 0.5 },
  BankAccount: { sides: 8, turn: 0.5 }, Document: { sides: 8, turn: 0.5 },
  Vehicle: { sides: 5, turn: 0 }, Consignment: { sides: 5, turn: 0 },
  Address: { sides: 6, turn: 0.5 }, Location: { sides: 6, turn: 0.5 },
  Event: { sides: 4, turn: 0 },
}

/** White disc with a ring in the kind's colour and its icon, `radius` around (0, 0). The focus has a second ring. */
export function symbolMark(kind: EntityKind, radius: number, focus: boolean): string {
  const { colour, icon } = ENTITY_KINDS[kind]
  const { sides, turn } = SIDES[kind]
  const stroke = radius * (focus ? 0.2 : 0.12)
  const halo = focus ? `<circle r="${num(radius * 1.32)}" fill="${PAPER}" stroke="${INK}" stroke-width="${num(radius * 0.1)}"/>` : ''
  const ring = `fill="${PAPER}" stroke="${colour}" stroke-width="${num(stroke)}" stroke-linejoin="round"`
  const inner = radius - stroke / 2
  const shape = sides === 0 ? `<circle r="${num(inner)}" ${ring}/>` : `<polygon points="${corners(sides, turn, sides === 4 ? inner * 1.12 : inner * 1.04)}" ${ring}/>`
  const size = (radius * (sides === 4 && turn === 0 ? 0.95 : 1.1)) / 24
  return `${halo}${shape}<g transform="scale(${num(size * 100) === '0' ? 0.01 : Math.round(size * 10_000) / 10_000}) translate(-12 -12)" fill="none" stroke="${colour}" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round">${iconMark(icon)}</g>`
}

function corners(sides: number, turn: number, radius: number): string {
  return Array.from({ length: sides }, (_, i) => {
    const angle = ((i + turn) / sides) * 2 * Math.PI - Math.PI / 2
    return `${num(Math.cos(angle) * radius)},${num(Math.sin(angle) * radius)}`
  }).join(' ')
}

const icons = new Map<string, string>()

/** The strokes of a lucide icon in a square of 24 (ISC licence). */
function iconMark(name: string): string {
  let marks = icons.get(name)
  if (marks === undefined) {
    const file = readFileSync(createRequire(import.meta.url).resolve(`lucide-static/icons/${name}.svg`), 'utf8')
    marks = [...file.matchAll(/<(?:path|circle|rect|line|polyline|polygon|ellipse)\b[^>]*\/>/g)].map(([mark]) => mark.replaceAll(/\s+/g, ' ')).join('')
    icons.set(name, marks)
  }
  return marks
}
