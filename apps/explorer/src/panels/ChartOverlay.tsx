/** Notes over the chart: drawn like the picture draws them, with a handle on each to open, move and take it off by hand or by keys. */
import './chart-overlay.css'
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { ChartNote } from '@ringmap/model/chart'
import type { NoteBox } from '../chart/note-boxes.ts'
import { drawOn } from '../chart/canvas-drawing.ts'
import { isLaid, overlayOf } from '../chart/overlay.ts'
import type { Point } from '../chart/stage-view.ts'
import { currentStep } from '../chart/steps.ts'
import { openDialog } from '../desk-actions.ts'
import { aboutOf, moveNote, movedPlace, removeNote } from '../note-actions.ts'
import { useExplorer } from '../state.ts'
import { useVisible } from '../visible.ts'
import { say } from '../words/say.ts'

interface Held {
  readonly id: string
  readonly from: Point
  readonly by: Point
}

const STEP_px = 12
const ARROWS: Readonly<Record<string, Point>> = { ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 }, ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 } }

export function ChartOverlay() {
  const canvas = useRef<HTMLCanvasElement>(null)
  const stage = useExplorer((state) => state.stage)
  const step = useExplorer((state) => state.steps === null ? null : currentStep(state.steps))
  const visible = useVisible()
  const [held, setHeld] = useState<Held | null>(null)
  const [boxes, setBoxes] = useState<readonly NoteBox[]>([])
  const laid = step !== null && isLaid(step)
  useEffect(() => {
    if (stage === null || step === null || visible === null || !laid) return undefined
    const draw = (): void => {
      const surface = canvas.current
      const context = surface?.getContext('2d')
      if (surface === null || context === null || context === undefined) return
      const view = stage.view()
      const ratio = devicePixelRatio || 1
      if (surface.width !== Math.round(view.width * ratio) || surface.height !== Math.round(view.height * ratio)) {
        surface.width = Math.round(view.width * ratio)
        surface.height = Math.round(view.height * ratio)
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0)
      context.clearRect(0, 0, view.width, view.height)
      const notes = step.notes.map((note): ChartNote => note.id === held?.id ? { ...note, place: movedPlace(note.place, held.by, view) } : note)
      const { drawing, boxes: laidOut } = overlayOf(visible.chart, { ...step, notes }, view)
      drawOn(context, drawing)
      setBoxes(laidOut)
    }
    draw()
    return stage.watch(draw)
  }, [stage, step, visible, laid, held])
  if (!laid) return null
  return (
    <div className="chart-overlay" dir="ltr">
      <canvas ref={canvas} aria-hidden />
      {boxes.map((box) => <Handle key={box.note.id} box={box} held={held} hold={setHeld} />)}
    </div>
  )
}

interface HandleProps {
  readonly box: NoteBox
  readonly held: Held | null
  readonly hold: (held: Held | null) => void
}

function Handle({ box: { note, left, top, width, height }, held, hold }: HandleProps) {
  const onKey = (event: KeyboardEvent): void => {
    const way = ARROWS[event.key]
    if (way !== undefined) moveNote(note.id, { x: way.x * STEP_px * (event.shiftKey ? 4 : 1), y: way.y * STEP_px * (event.shiftKey ? 4 : 1) })
    else if (event.key === 'Delete' || event.key === 'Backspace') removeNote(note.id)
    else return
    event.preventDefault()
  }
  const at = (event: PointerEvent): Point => ({ x: event.clientX, y: event.clientY })
  const mine = held?.id === note.id ? held : null
  return (
    <button
      type="button" className="note-handle" data-note={note.id} style={{ left, top, width, height }} title={say('note.handle')} aria-label={say('note.label', { text: note.text, about: aboutOf(note.place) })} onKeyDown={onKey}
      onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); hold({ id: note.id, from: at(event), by: { x: 0, y: 0 } }) }}
      onPointerMove={(event) => mine === null ? undefined : hold({ ...mine, by: { x: event.clientX - mine.from.x, y: event.clientY - mine.from.y } })}
      onPointerCancel={() => hold(null)}
      onPointerUp={() => {
        if (mine === null) return
        hold(null)
        if (Math.hypot(mine.by.x, mine.by.y) >= 4) moveNote(note.id, mine.by)
        else openDialog({ name: 'note', id: note.id })
      }}
      // Enter and Space come as clicks without a pointer.
      onClick={(event) => event.detail === 0 ? openDialog({ name: 'note', id: note.id }) : undefined}
    />
  )
}
