/** Drawing operations as SVG: text as outlines, so that no font is needed to show it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { INK } from '@ringmap/drawing/colours'
import type { IconOperation, Measure, Operation, Paint, PathStep, Stroke, WordsOperation } from '@ringmap/drawing/operations'
import { textLines } from '@ringmap/drawing/text-lines'
import { advanceWidth, outline, type Weight } from './text-outline.ts'
import { xmlText } from './xml-text.ts'

/** Two decimals are finer than any printer and the same on every machine. */
export function num(value: number): string {
  const rounded = Math.round(value * 100) / 100
  return String(rounded === 0 ? 0 : rounded)
}

/** Widths as the outlines have them. */
export const outlineWidth: Measure = (text, size, weight) => (advanceWidth(text, weight) * size) / 1000

interface TextStyle {
  readonly size: number
  readonly weight?: Weight
  readonly fill?: string
  readonly anchor?: WordsOperation['anchor']
}

/** One line of text at (x, y) of its baseline, as an outline. */
export function textMark(text: string, x: number, y: number, { size, weight = 'regular', fill = INK, anchor = 'start' }: TextStyle): string {
  return wordsText({ op: 'words', text, x, y, size, weight, colour: fill, anchor })
}

/** At most `lines` lines no wider than `width`. Data in it comes through `plainLine` or `isolate`. */
export function wrapped(text: string, width: number, lines: number, size: number, weight: Weight = 'regular'): string[] {
  return textLines(text, { width, lines, size, weight }, outlineWidth)
}

/** The parts of a named group stand in lines of their own where there are many: `chart-tiles` sorts them by sheet. */
export function svgOf(operation: Operation): string {
  switch (operation.op) {
    case 'group': {
      const { name, title, at, scale, parts } = operation
      const drawn = parts.map(svgOf).join(name !== undefined && title === undefined ? '\n' : '')
      const moves = [...(at === undefined ? [] : [`translate(${num(at.x)} ${num(at.y)})`]), ...(scale === undefined ? [] : [`scale(${scale})`])].join(' ')
      if (name === undefined && moves === '') return drawn
      return `<g${name === undefined ? '' : ` id="${name}"`}${moves === '' ? '' : ` transform="${moves}"`}>${title === undefined ? '' : `<title>${xmlText(title)}</title>`}${drawn}</g>`
    }
    case 'path': {
      const d = operation.steps.map(stepText).join('')
      return operation.paint.stroke === undefined ? `<path${paintText(operation.paint)} d="${d}"/>` : `<path d="${d}"${paintText(operation.paint)}/>`
    }
    case 'circle': {
      const { x, y, radius } = operation
      return `<circle${x === 0 && y === 0 ? '' : ` cx="${num(x)}" cy="${num(y)}"`} r="${num(radius)}"${paintText(operation.paint)}/>`
    }
    case 'polygon': return `<polygon points="${operation.corners.map(({ x, y }) => `${num(x)},${num(y)}`).join(' ')}"${paintText(operation.paint)}/>`
    case 'box': {
      const { x, y, width, height, round, paint } = operation
      return `<rect x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}" rx="${num(round)}"${paintText(paint)}/>`
    }
    case 'words': return wordsText(operation)
    default: return iconText(operation)
  }
}

function iconText({ icon, size, colour }: IconOperation): string {
  const scale = Math.max(Math.round(size / 24 * 10_000) / 10_000, 0.0001)
  return `<g transform="scale(${scale}) translate(-12 -12)" fill="none" stroke="${colour}" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round">${iconMark(icon)}</g>`
}

function stepText(step: PathStep): string {
  switch (step[0]) {
    case 'Z': return 'Z'
    case 'Q': return `Q${num(step[1])} ${num(step[2])} ${num(step[3])} ${num(step[4])}`
    default: return `${step[0]}${num(step[1])} ${num(step[2])}`
  }
}

function paintText({ fill, opacity, stroke }: Paint): string {
  return ` fill="${fill ?? 'none'}"${opacity === undefined ? '' : ` fill-opacity="${num(opacity)}"`}${stroke === undefined ? '' : strokeText(stroke)}`
}

function strokeText({ colour, width, dashes, cap, join }: Stroke): string {
  return ` stroke="${colour}" stroke-width="${num(width)}"${dashes === undefined ? '' : ` stroke-dasharray="${dashes.map(num).join(' ')}"`}${
    cap === undefined ? '' : ` stroke-linecap="${cap}"`}${join === undefined ? '' : ` stroke-linejoin="${join}"`}`
}

function wordsText({ text, x, y, size, weight, colour, anchor }: WordsOperation): string {
  const { path, width } = outline(text, weight)
  if (path === '') return ''
  const scale = size / 1000
  const shift = anchor === 'middle' ? (width * scale) / 2 : anchor === 'end' ? width * scale : 0
  return `<path fill="${colour}" transform="translate(${num(x - shift)} ${num(y)}) scale(${scale})" d="${path}"/>`
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
