/** Draws names and captions over the chart, boxed and readable; canvas text shapes Devanagari, Urdu and the rest as they should be. */
import type { Chart, ChartEntity, ChartLink } from '@ringmap/model/chart'
import { isolated } from '../words/isolated.ts'
import { shortened } from '../words/label.ts'
import { linkCaption } from '../words/terms.ts'
import type { Attention, Emphasis } from './emphasis.ts'
import { FOCUS, PICKED } from './look.ts'
import { coreOf, placeNames, placesAround, type Box, type NameRequest } from './name-placing.ts'

/** Screen places of what is drawn, in pixels. */
export interface Screen {
  readonly width: number
  readonly height: number
  readonly place: (id: string) => { readonly x: number; readonly y: number; readonly radius: number } | null
  readonly bend: (linkId: string) => number
}

export const CHART_FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Devanagari", "Noto Naskh Arabic", Arial, sans-serif'
/** Above this many entities only the important names are tried. */
const ALL_NAMES = 300
const LETTERS = 28
/** Captions on all links of the picked entity up to this many. */
const CAPTIONS = 14

/** A name or caption to be drawn in a box. */
export interface Text {
  readonly text: string
  readonly font: string
  readonly width: number
  readonly kind: 'plain' | 'focus' | 'picked' | 'dimmed' | 'caption'
}

const widths = new Map<string, number>()

export function drawNames(context: CanvasRenderingContext2D, chart: Chart, screen: Screen, attention: Attention, emphasis: Emphasis): void {
  const texts = new Map<string, Text>()
  const requests = [...entityRequests(context, chart, screen, attention, emphasis, texts), ...captionRequests(context, chart, screen, attention, texts)]
  context.textBaseline = 'middle'
  context.textAlign = 'center'
  // Least important last in the list is drawn first, so that a forced name lies on top.
  for (const box of placeNames(requests).reverse()) {
    const text = texts.get(box.id)
    if (text !== undefined) drawBox(context, box, text)
  }
}

function entityRequests(context: CanvasRenderingContext2D, chart: Chart, screen: Screen, attention: Attention, emphasis: Emphasis, texts: Map<string, Text>): NameRequest[] {
  const degrees = degreesOf(chart.links)
  const all = chart.entities.length <= ALL_NAMES
  const requests: NameRequest[] = []
  for (const entity of chart.entities) {
    const at = screen.place(entity.id)
    if (at === null || at.x < -80 || at.y < -40 || at.x > screen.width + 80 || at.y > screen.height + 40) continue
    const state = emphasis.entity(entity.id)
    const named = state === 'picked' || state === 'hovered'
    // What the chart is about is never without its name.
    const forced = named || (entity.focus && state === 'rest')
    const owner = coreOf(at.x, at.y, at.radius)
    const important = forced || entity.rank !== null
    // Zoomed far out, names would be larger than what they name.
    if (!important && (!all || at.radius < 4 || (attention.hovered !== null && state === 'dimmed'))) {
      requests.push({ id: entity.id, owner, candidates: [], importance: 0, forced: false })
      continue
    }
    const text = textOf(context, entity, state, named)
    texts.set(entity.id, text)
    requests.push({
      id: entity.id, owner, forced,
      candidates: insideFirst(placesAround(at.x, at.y, at.radius, text.width, 17), screen, forced),
      importance: importanceOf(entity, degrees.get(entity.id) ?? 0, state === 'dimmed', attention.named),
    })
  }
  return requests
}

/** Places inside the view first, then those slid in from the edge; a cut name is the last resort, for what is under the pointer. */
function insideFirst(boxes: readonly Box[], screen: Screen, forced: boolean): readonly Box[] {
  const inside = boxes.filter((box) => box.left >= 2 && box.top >= 2 && box.right <= screen.width - 2 && box.bottom <= screen.height - 2)
  const [below, , , above] = boxes
  const slid = [below, above].flatMap((box) => {
    if (box === undefined || box.top < 2 || box.bottom > screen.height - 2) return []
    const by = Math.max(2 - box.left, 0) + Math.min(screen.width - 2 - box.right, 0)
    return by === 0 ? [] : [{ ...box, left: box.left + by, right: box.right + by }]
  })
  const whole = [...inside, ...slid]
  return forced && whole.length === 0 ? boxes : whole
}

function textOf(context: CanvasRenderingContext2D, entity: ChartEntity, state: string, forced: boolean): Text {
  const strong = forced || entity.focus
  const font = `${strong ? 600 : 500} ${strong ? 12.5 : 11.5}px ${CHART_FONT}`
  const name = cut(entity.label, forced ? 80 : LETTERS)
  const text = isolated(entity.rank !== null && entity.rank <= 10 ? `${entity.rank} · ${name}` : name)
  return { text, font, width: measured(context, text, font) + 8, kind: state === 'dimmed' ? 'dimmed' : forced ? 'picked' : entity.focus ? 'focus' : 'plain' }
}

function importanceOf(entity: ChartEntity, degree: number, dimmed: boolean, named: ReadonlySet<string> | null): number {
  const ranked = entity.rank === null ? 0 : 500 / entity.rank
  return (dimmed ? -1e6 : 0) + (entity.focus ? 1e5 : 0) + (named?.has(entity.id) ? 1e4 : 0) + (entity.kind === 'Person' ? 40 : 0) + ranked + degree
}

function captionRequests(context: CanvasRenderingContext2D, chart: Chart, screen: Screen, { picked, hovered }: Attention, texts: Map<string, Text>): NameRequest[] {
  const forced = new Set([picked, hovered].flatMap((pick) => pick?.type === 'link' ? [pick.id] : []))
  const around = hovered?.type === 'entity' ? hovered.id : hovered === null && picked?.type === 'entity' ? picked.id : null
  const beside = around === null ? [] : chart.links.filter((link) => link.source === around || link.target === around)
  const wanted = chart.links.filter((link) => forced.has(link.id) || (beside.length <= CAPTIONS && beside.includes(link)))
  const font = `500 10.5px ${CHART_FONT}`
  return wanted.flatMap((link): NameRequest[] => {
    const from = screen.place(link.source)
    const to = screen.place(link.target)
    if (from === null || to === null) return []
    const text = isolated(linkCaption(link))
    const width = measured(context, text, font) + 8
    // A caption longer than its line would hide the line.
    if (!forced.has(link.id) && Math.hypot(to.x - from.x, to.y - from.y) < width + from.radius + to.radius) return []
    texts.set(link.id, { text, font, width, kind: 'caption' })
    const short = Math.hypot(to.x - from.x, to.y - from.y) < width + from.radius + to.radius
    return [{ id: link.id, owner: null, forced: forced.has(link.id), importance: 50, candidates: placesAlong(from, to, { bend: screen.bend(link.id), width, height: 15, aside: short }) }]
  })
}

interface Point {
  readonly x: number
  readonly y: number
}

interface Caption {
  readonly bend: number
  readonly width: number
  readonly height: number
  /** Beside the line, not over it: the line is too short to show on both sides of its caption. */
  readonly aside: boolean
}

function placesAlong(from: Point, to: Point, { bend, width, height, aside }: Caption): readonly Box[] {
  const dx = to.x - from.x
  const dy = to.y - from.y
  const span = Math.hypot(dx, dy) || 1
  const clear = aside ? (Math.abs(dy) / span * width + Math.abs(dx) / span * height) / 2 + 8 : 0
  return [0.5, 0.42, 0.58, 0.34, 0.66].map((t) => {
    const off = bend * 4 * t * (1 - t) + (bend < 0 ? -clear : clear)
    // Screen y runs down while the bend was given with y up.
    const x = from.x + dx * t + dy / span * off
    const y = from.y + dy * t - dx / span * off
    return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 }
  })
}

export function drawBox(context: CanvasRenderingContext2D, box: Box, { text, font, kind }: Text): void {
  context.beginPath()
  context.roundRect(box.left, box.top, box.right - box.left, box.bottom - box.top, 3)
  context.fillStyle = kind === 'dimmed' ? 'rgba(255,255,255,0.6)' : kind === 'picked' ? '#1b2a3a' : 'rgba(255,255,255,0.93)'
  context.fill()
  if (kind !== 'dimmed' && kind !== 'picked') {
    context.lineWidth = kind === 'focus' ? 1.2 : 0.8
    context.strokeStyle = kind === 'focus' ? FOCUS : kind === 'caption' ? PICKED : '#d3dae2'
    context.stroke()
  }
  context.font = font
  context.fillStyle = kind === 'dimmed' ? '#7b8794' : kind === 'picked' ? '#ffffff' : '#1b2a3a'
  context.fillText(text, (box.left + box.right) / 2, (box.top + box.bottom) / 2 + 0.5)
}

/** Width in pixels, kept from frame to frame. */
export function measured(context: CanvasRenderingContext2D, text: string, font: string): number {
  const key = `${font}\n${text}`
  let width = widths.get(key)
  if (width === undefined) {
    context.font = font
    width = Math.ceil(context.measureText(text).width)
    if (widths.size > 20_000) widths.clear()
    widths.set(key, width)
  }
  return width
}

/** Counting letters as a reader does is too slow for every frame. */
export function cut(label: string, most: number): string {
  const key = `${most} ${label}`
  let known = cuts.get(key)
  if (known === undefined) {
    known = shortened(label, most)
    if (cuts.size > 20_000) cuts.clear()
    cuts.set(key, known)
  }
  return known
}

const cuts = new Map<string, string>()

/** Names were measured with a font that has since been replaced by a better one. */
export function forgetWidths(): void {
  widths.clear()
}

function degreesOf(links: readonly ChartLink[]): ReadonlyMap<string, number> {
  const degrees = new Map<string, number>()
  for (const { source, target } of links) {
    degrees.set(source, (degrees.get(source) ?? 0) + 1)
    degrees.set(target, (degrees.get(target) ?? 0) + 1)
  }
  return degrees
}
