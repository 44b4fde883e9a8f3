/** What is laid over the drawing of a chart: what differs between two charts, and notes. One piece of code for the screen and for the picture. */
import type { Chart } from '@ringmap/model/chart'
import type { Operation } from '@ringmap/drawing/operations'
import { measured } from './canvas-drawing.ts'
import { markDrawing } from './comparison-marks.ts'
import { noteBoxes, noteDrawing, type NoteBox } from './note-boxes.ts'
import type { StageView } from './stage-view.ts'
import type { Step } from './steps.ts'

export type Laid = Pick<Step, 'notes' | 'groups' | 'comparison'>

/** Whether there is anything to lay over. */
export function isLaid({ notes, comparison }: Laid): boolean {
  return notes.length > 0 || comparison !== null
}

/** @param chart what is in sight; places in pixels of the view */
export function overlayOf(chart: Chart, { notes, groups, comparison }: Laid, view: StageView): { readonly drawing: readonly Operation[]; readonly boxes: readonly NoteBox[] } {
  const boxes = noteBoxes(notes, chart, view, groups, measured)
  return { boxes, drawing: [...(comparison === null ? [] : markDrawing(comparison, chart, view, groups)), ...noteDrawing(boxes)] }
}
