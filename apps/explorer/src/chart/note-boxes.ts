/** Notes as boxes: their words in lines, where they stand, and what they point at; the same on the screen and in the picture. */
import type { Chart, ChartNote } from '@ringmap/model/chart'
import type { Measure, Operation } from '@ringmap/drawing/operations'
import { isolated } from '../words/isolated.ts'
import { middleOf, type Point, type StageView } from './stage-view.ts'
import type { Group } from './shape.ts'
import { wrapped } from './wrapped.ts'

export interface NoteBox {
  readonly note: ChartNote
  readonly lines: readonly string[]
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** What it is tied to, as drawn; null on the canvas. */
  readonly anchor: Point | null
}

const SIZE = 12
const WIDEST = 190
const LINE = 16
const PADDING = { x: 8, y: 6 }
/** The paper of a note: text 11:1 on it, edge 3:1 on the chart. */
const PAPER = '#fff7d6'
const EDGE = '#8a6d1d'
const INK = '#3a2f0b'
/** The first letter that has a direction runs to the left. */
const RIGHT_TO_LEFT = /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u

/** Where an id is drawn: a member of a group stands where the group does. */
export function placing(view: StageView, groups: readonly Group[]): StageView['place'] {
  return (id) => view.place(id) ?? view.place(groups.find(({ members }) => members.includes(id))?.id ?? '')
}

/** Boxes of the notes in sight: one tied to what is hidden is hidden with it. */
export function noteBoxes(notes: readonly ChartNote[], chart: Chart, view: StageView, groups: readonly Group[], measure: Measure): readonly NoteBox[] {
  const at = placing(view, groups)
  const wide = (text: string): number => measure(text, SIZE, 'regular')
  return notes.flatMap((note): NoteBox[] => {
    const { place } = note
    const link = place.on === 'link' ? chart.links.find(({ id }) => id === place.id) : undefined
    const anchor = place.on === 'canvas' ? null : place.on === 'entity' ? at(place.id) : link === undefined ? null : middleOf(link, view, at)
    if (place.on !== 'canvas' && anchor === null) return []
    const corner = place.on === 'canvas' ? view.toScreen(place) : { x: (anchor?.x ?? 0) + place.right, y: (anchor?.y ?? 0) + place.down }
    const lines = wrapped(note.text, WIDEST, wide)
    return [{ note, lines, left: corner.x, top: corner.y, width: Math.max(...lines.map(wide)) + PADDING.x * 2, height: lines.length * LINE + PADDING.y * 2, anchor: anchor === null ? null : { x: anchor.x, y: anchor.y } }]
  })
}

/** Each line begins at the side of its script. */
export function noteDrawing(boxes: readonly NoteBox[]): readonly Operation[] {
  return boxes.flatMap(({ lines, left, top, width, height, anchor }): Operation[] => {
    const [x, y] = [Math.max(left, Math.min(left + width, anchor?.x ?? left)), Math.max(top, Math.min(top + height, anchor?.y ?? top))]
    return [
      ...(anchor === null ? [] : [{ op: 'path', steps: [['M', anchor.x, anchor.y], ['L', x, y]], paint: { fill: null, stroke: { colour: EDGE, width: 1.2 } } } as const]),
      { op: 'box', x: left, y: top, width, height, round: 3, paint: { fill: PAPER, stroke: { colour: EDGE, width: 1 } } },
      ...lines.map((line, i): Operation => {
        const fromRight = RIGHT_TO_LEFT.test(line)
        return { op: 'words', text: isolated(line), x: fromRight ? left + width - PADDING.x : left + PADDING.x, y: top + PADDING.y + LINE * (i + 0.5) + SIZE * 0.36, size: SIZE, weight: 'regular', colour: INK, anchor: fromRight ? 'end' : 'start' }
      }),
    ]
  })
}
