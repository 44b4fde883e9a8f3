/** The chart as a picture for the printer: a drawing surface of the graphics card prints empty. */
import { pictureOf } from '../chart/picture.ts'
import { currentChart } from '../chart/steps.ts'
import { usePrinting } from '../printing.ts'
import { getState } from '../state.ts'
import { visibleNow } from '../visible.ts'
import { ringLabel } from '../words/terms.ts'

export function PrintPicture() {
  const printing = usePrinting()
  const { stage, steps } = getState()
  const visible = printing ? visibleNow() : null
  if (stage === null || steps === null || visible === null) return null
  return <div className="print-picture" role="img" aria-label={ringLabel(currentChart(steps).title)} ref={(frame) => frame?.replaceChildren(pictureOf(stage, steps, visible).canvas)} />
}
