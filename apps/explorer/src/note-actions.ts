/** Notes on the chart: put there, changed, moved and taken off; each is a step that can be undone. Their words pass the mask of the case before they are kept. */
import type { Chart, ChartNote, NotePlace } from '@ringmap/model/chart'
import { post } from './api.ts'
import { currentChart, currentStep, pushStep } from './chart/steps.ts'
import type { Pick } from './chart/emphasis.ts'
import { middleOf, type Point, type StageView } from './chart/stage-view.ts'
import { getState, setState } from './state.ts'
import { cut } from './chart/names.ts'
import { visibleNow } from './visible.ts'
import { plainLabel } from './words/label.ts'
import { say } from './words/say.ts'
import { linkLabel } from './words/terms.ts'

/** Corners that are tried for a new note, pixels from the middle of what it is tied to, and the room that a note of a few lines takes. */
const CORNERS = [{ right: 26, down: 24 }, { right: -224, down: 24 }, { right: 26, down: -86 }, { right: -224, down: -86 }, { right: 60, down: 70 }, { right: -250, down: 70 }, { right: 60, down: -130 }, { right: -250, down: -130 }] as const
const ROOM = { width: 206, height: 62 }
/** Letters of a note in the name of a step. */
const SHORT = 40

/** Where a new note goes: tied to what is picked, else free on the canvas in the middle of the view. */
export function newNotePlace(): NotePlace {
  const { picked, stage, steps } = getState()
  const view = stage?.view()
  const chart = steps === null ? undefined : visibleNow()?.chart
  if (picked !== null) return { on: picked.type, id: picked.id, ...(view === undefined || chart === undefined ? CORNERS[0] : leastInTheWay(picked, chart, view)) }
  if (view === undefined) return { on: 'canvas', x: 0, y: 0 }
  return { on: 'canvas', ...view.toChart({ x: view.width / 2, y: view.height / 3 }) }
}

/** The corner where a note covers fewest entities and stays in the view. */
function leastInTheWay(picked: Pick, { entities, links }: Chart, view: StageView): { readonly right: number; readonly down: number } {
  const link = links.find(({ id }) => id === picked.id)
  const at = picked.type === 'entity' ? view.place(picked.id) : link === undefined ? null : middleOf(link, view)
  if (at === null) return CORNERS[0]
  const places = entities.flatMap(({ id }) => view.place(id) ?? [])
  /** Names stand above, below or beside their entity: about this much about it is likely to be read. */
  const [wide, high] = [56, 26]
  const cost = ({ right, down }: (typeof CORNERS)[number]): number => {
    const [left, top] = [at.x + right, at.y + down]
    const out = left < 4 || top < 4 || left + ROOM.width > view.width - 4 || top + ROOM.height > view.height - 4
    return (out ? places.length : 0) + places.filter(({ x, y, radius }) => x > left - radius && x < left + ROOM.width + radius && y > top - radius && y < top + ROOM.height + radius).length
      + 0.4 * places.filter(({ x, y, radius }) => x + wide > left && x - wide < left + ROOM.width && y + radius + high > top && y - radius - high < top + ROOM.height).length
  }
  return CORNERS.toSorted((a, b) => cost(a) - cost(b))[0] ?? CORNERS[0]
}

/** What a note is about, in words. */
export function aboutOf(place: NotePlace): string {
  const { steps } = getState()
  if (steps === null || place.on === 'canvas') return say('note.on-canvas')
  const { entities, links } = currentChart(steps)
  const name = (id: string): string => plainLabel(entities.find((entity) => entity.id === id)?.label ?? id)
  if (place.on === 'entity') return name(place.id)
  const link = links.find(({ id }) => id === place.id)
  return link === undefined ? place.id : `${name(link.source)} – ${linkLabel(link.kind)} – ${name(link.target)}`
}

/** @param id null: a new one. @throws Refusal */
export async function writeNote(id: string | null, words: string): Promise<void> {
  const { text, masked } = await post('POST /api/note', { text: words })
  const { steps } = getState()
  if (steps === null) return
  const { notes } = currentStep(steps)
  const number = notes.reduce((most, note) => Math.max(most, Number(note.id.slice('note '.length))), 0) + 1
  const next = id === null ? [...notes, { id: `note ${number}`, text, place: newNotePlace() }] : notes.map((note) => note.id === id ? { ...note, text } : note)
  const name = say(id === null ? 'step.note' : 'step.note-change', { text: cut(text, SHORT) })
  setState({ steps: pushStep(steps, { name, notes: next }), said: masked ? `${name}. ${say('note.was-masked')}` : name })
}

export function removeNote(id: string): void {
  const { steps } = getState()
  const note = noteOf(id)
  if (steps === null || note === undefined) return
  const name = say('step.note-remove', { text: cut(note.text, SHORT) })
  setState({ steps: pushStep(steps, { name, notes: currentStep(steps).notes.filter((one) => one.id !== id) }), said: name })
  document.getElementById('chart')?.focus()
}

/** Moves in a row are one step. @param by pixels on the screen, y down */
export function moveNote(id: string, by: Point): void {
  const { steps, stage } = getState()
  const note = noteOf(id)
  if (steps === null || stage === null || note === undefined) return
  const name = say('step.note-move', { text: cut(note.text, SHORT) })
  const place = movedPlace(note.place, by, stage.view())
  setState({ steps: pushStep(steps, { name, notes: currentStep(steps).notes.map((one) => one.id === id ? { ...one, place } : one), sort: `move ${id}` }), said: name })
}

export function movedPlace(place: NotePlace, by: Point, view: { readonly toScreen: (point: Point) => Point; readonly toChart: (pixel: Point) => Point }): NotePlace {
  if (place.on !== 'canvas') return { ...place, right: place.right + by.x, down: place.down + by.y }
  const { x, y } = view.toScreen(place)
  return { on: 'canvas', ...view.toChart({ x: x + by.x, y: y + by.y }) }
}

export function noteOf(id: string): ChartNote | undefined {
  const { steps } = getState()
  return steps === null ? undefined : currentStep(steps).notes.find((note) => note.id === id)
}
