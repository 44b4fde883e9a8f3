/** Names and captions over the chart, each in a box at a place of its own. */
import type { Chart, ChartEntity, ChartLink } from '@ringmap/model/chart'
import { DIMMED, FOCUS, LABEL_EDGE, PAPER, PICKED, SCREEN_INK } from '@ringmap/drawing/colours'
import { loopCurve, pointAt, rim } from '@ringmap/drawing/link-courses'
import type { Measure, Paint, Place, Weight } from '@ringmap/drawing/operations'
import type { SceneBox, SceneName } from '@ringmap/drawing/scene'
import { isolated } from '../words/isolated.ts'
import { shortened } from '../words/label.ts'
import { linkCaption } from '../words/terms.ts'
import type { Attention, Emphasis } from './emphasis.ts'
import { coreOf, placeNames, placesAround, placesAside, type Box, type NameRequest } from './name-placing.ts'

/** Screen places of what is drawn, in pixels. */
export interface Screen {
  readonly width: number
  readonly height: number
  readonly place: (id: string) => { readonly x: number; readonly y: number; readonly radius: number } | null
  readonly bend: (linkId: string) => number
}

/** Above this many entities only the important names are tried. */
const ALL_NAMES = 300
const LETTERS = 28
const HEIGHT = 17
/** Captions on all links of the picked entity up to this many. */
const CAPTIONS = 14

/** A name or caption to be drawn in a box. */
export interface Name {
  readonly text: string
  readonly size: number
  readonly weight: Weight
  readonly kind: 'plain' | 'focus' | 'picked' | 'dimmed' | 'caption'
}

const CAPTION_HEIGHT = 15
const CAPTION = { size: 10.5, weight: 'regular', kind: 'caption' } as const

/** In the order of drawing: the least important first, so that a forced name lies on top. */
export function namesOf(chart: Chart, screen: Screen, attention: Attention, emphasis: Emphasis, measure: Measure): SceneName[] {
  const names = new Map<string, Name>()
  const requests = [...entityRequests(chart, screen, attention, emphasis, names, measure), ...captionRequests(chart, screen, attention, names, measure)]
  return placeNames(requests).reverse().flatMap((box) => {
    const name = names.get(box.id)
    return name === undefined ? [] : [{ ...nameBox(box, name), leader: box.leader ? rimOf(screen.place(box.id), box) : null }]
  })
}

/** Where a line from a symbol to its name begins: not over the symbol. */
function rimOf(symbol: ReturnType<Screen['place']>, { left, top, right, bottom }: Box): Place | null {
  return symbol === null ? null : rim(symbol, { x: Math.min(Math.max(symbol.x, left), right), y: Math.min(Math.max(symbol.y, top), bottom) })
}

function entityRequests(chart: Chart, screen: Screen, attention: Attention, emphasis: Emphasis, names: Map<string, Name>, measure: Measure): NameRequest[] {
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
    const name = nameOf(entity, state, named)
    names.set(entity.id, name)
    const width = measure(name.text, name.size, name.weight) + 8
    requests.push({
      id: entity.id, owner, forced,
      candidates: insideFirst(placesAround(at.x, at.y, at.radius, width, HEIGHT), screen, forced),
      ...(all ? { aside: () => placesAside(at.x, at.y, at.radius, width, HEIGHT).filter((box) => isInside(box, screen)) } : {}),
      importance: importanceOf(entity, degrees.get(entity.id) ?? 0, state === 'dimmed', attention.named),
    })
  }
  return requests
}

function isInside(box: Box, { width, height }: Screen): boolean {
  return box.left >= 2 && box.top >= 2 && box.right <= width - 2 && box.bottom <= height - 2
}

/** Places inside the view first, then those slid in from the edge; a cut name is the last resort, for what is under the pointer. */
function insideFirst(boxes: readonly Box[], screen: Screen, forced: boolean): readonly Box[] {
  const inside = boxes.filter((box) => isInside(box, screen))
  const [below, , , above] = boxes
  const slid = [below, above].flatMap((box) => {
    if (box === undefined || box.top < 2 || box.bottom > screen.height - 2) return []
    const by = Math.max(2 - box.left, 0) + Math.min(screen.width - 2 - box.right, 0)
    return by === 0 ? [] : [{ ...box, left: box.left + by, right: box.right + by }]
  })
  const whole = [...inside, ...slid]
  return forced && whole.length === 0 ? boxes : whole
}

function nameOf(entity: ChartEntity, state: string, forced: boolean): Name {
  const strong = forced || entity.focus
  const name = cut(entity.label, forced ? 80 : LETTERS)
  return {
    text: isolated(entity.rank !== null && entity.rank <= 10 ? `${entity.rank} · ${name}` : name), size: strong ? 12.5 : 11.5, weight: strong ? 'bold' : 'regular',
    kind: state === 'dimmed' ? 'dimmed' : forced ? 'picked' : entity.focus ? 'focus' : 'plain',
  }
}

function importanceOf(entity: ChartEntity, degree: number, dimmed: boolean, named: ReadonlySet<string> | null): number {
  const ranked = entity.rank === null ? 0 : 500 / entity.rank
  return (dimmed ? -1e6 : 0) + (entity.focus ? 1e5 : 0) + (named?.has(entity.id) ? 1e4 : 0) + (entity.kind === 'Person' ? 40 : 0) + ranked + degree
}

function captionRequests(chart: Chart, screen: Screen, { picked, hovered }: Attention, names: Map<string, Name>, measure: Measure): NameRequest[] {
  const forced = new Set([picked, hovered].flatMap((pick) => pick?.type === 'link' ? [pick.id] : []))
  const around = hovered?.type === 'entity' ? hovered.id : hovered === null && picked?.type === 'entity' ? picked.id : null
  const beside = around === null ? [] : chart.links.filter((link) => link.source === around || link.target === around)
  const wanted = chart.links.filter((link) => forced.has(link.id) || (beside.length <= CAPTIONS && beside.includes(link)))
  return wanted.flatMap((link): NameRequest[] => {
    const from = screen.place(link.source)
    const to = screen.place(link.target)
    if (from === null || to === null) return []
    const text = isolated(linkCaption(link))
    const width = measure(text, CAPTION.size, CAPTION.weight) + 8
    if (link.source === link.target) {
      const before = chart.links.filter((one) => one.source === link.source && one.target === link.source).indexOf(link)
      names.set(link.id, { text, ...CAPTION })
      return [{ id: link.id, owner: null, forced: forced.has(link.id), importance: 50, candidates: placesOnLoop(pointAt(loopCurve(from, before), 0.5), width) }]
    }
    const short = Math.hypot(to.x - from.x, to.y - from.y) < width + from.radius + to.radius
    // A caption longer than its line would hide the line.
    if (short && !forced.has(link.id)) return []
    names.set(link.id, { text, ...CAPTION })
    return [{ id: link.id, owner: null, forced: forced.has(link.id), importance: 50, candidates: placesAlong(from, to, { bend: screen.bend(link.id), width, height: CAPTION_HEIGHT, aside: short }) }]
  })
}

/** At the turn of the loop, then above and beside it. */
function placesOnLoop({ x, y }: Point, width: number): readonly Box[] {
  return [[0, 0], [0, -12], [width / 2 + 4, 0]].map(([right = 0, down = 0]) => ({ left: x + right - width / 2, top: y + down - CAPTION_HEIGHT / 2, right: x + right + width / 2, bottom: y + down + CAPTION_HEIGHT / 2 }))
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

const PAINTS: Readonly<Record<Name['kind'], Paint>> = {
  plain: { fill: PAPER, opacity: 0.93, stroke: { colour: LABEL_EDGE, width: 0.8 } },
  focus: { fill: PAPER, opacity: 0.93, stroke: { colour: FOCUS, width: 1.2 } },
  caption: { fill: PAPER, opacity: 0.93, stroke: { colour: PICKED, width: 0.8 } },
  picked: { fill: SCREEN_INK },
  dimmed: { fill: PAPER, opacity: 0.6 },
}

export function nameBox({ left, top, right, bottom }: Box, { text, size, weight, kind }: Name): SceneBox {
  return {
    box: { x: left, y: top, width: right - left, height: bottom - top }, round: 3, paint: PAINTS[kind],
    // Letters of most scripts stand about their baseline so that the eye sees them in the middle.
    lines: [{ text, y: (top + bottom) / 2 + size * 0.36, size, weight, colour: kind === 'dimmed' ? DIMMED.ink : kind === 'picked' ? PAPER : SCREEN_INK }],
  }
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

function degreesOf(links: readonly ChartLink[]): ReadonlyMap<string, number> {
  const degrees = new Map<string, number>()
  for (const { source, target } of links) {
    degrees.set(source, (degrees.get(source) ?? 0) + 1)
    degrees.set(target, (degrees.get(target) ?? 0) + 1)
  }
  return degrees
}
