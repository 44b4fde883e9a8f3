/** What came, what is gone and what changed over a chart: a ring or a band, and a sign that tells them apart without colour. */
import type { Chart } from '@ringmap/model/chart'
import { pointAt } from '@ringmap/drawing/link-courses'
import type { Operation } from '@ringmap/drawing/operations'
import type { Comparison, Mark } from './comparison.ts'
import { placing } from './note-boxes.ts'
import type { Group } from './shape.ts'
import { courseOf, type StageView } from './stage-view.ts'

/** 4.5:1 with white and with the paper of the chart; the signs are those of a list of changes. */
export const MARK_LOOKS: Readonly<Record<Mark, { readonly colour: string; readonly sign: string; readonly dashes: readonly number[] }>> = {
  added: { colour: '#14733f', sign: '+', dashes: [] },
  gone: { colour: '#b3261e', sign: '−', dashes: [5, 3] },
  changed: { colour: '#8a5300', sign: '≠', dashes: [2, 3] },
}
const BADGE = 7
const BAND = 8
/** From the rim of a symbol to its ring. */
const GAP = 4

export function markDrawing({ marks }: Comparison, chart: Chart, view: StageView, groups: readonly Group[]): readonly Operation[] {
  const at = placing(view, groups)
  const bands: Operation[] = []
  const badges: Operation[] = []
  for (const link of chart.links) {
    const mark = marks.get(link.id)?.mark
    const course = mark === undefined ? null : courseOf(link, view, at)
    if (mark === undefined || course === null) continue
    const { colour, dashes } = MARK_LOOKS[mark]
    bands.push({ op: 'path', steps: [['M', course.from.x, course.from.y], ['Q', course.bend.x, course.bend.y, course.to.x, course.to.y]], paint: { fill: null, stroke: { colour: `${colour}55`, width: BAND, dashes: dashes.map((length) => length * 2) } } })
    // A line that came or went with its end needs no sign of its own.
    const { x, y } = pointAt(course, 0.5)
    if (marks.get(link.source)?.mark !== mark && marks.get(link.target)?.mark !== mark) badges.push(markBadge(mark, x, y))
  }
  for (const { id } of chart.entities) {
    const mark = marks.get(id)?.mark
    const place = mark === undefined ? null : at(id)
    if (mark === undefined || place === null) continue
    const { colour, dashes } = MARK_LOOKS[mark]
    const radius = place.radius + GAP
    bands.push({ op: 'circle', x: place.x, y: place.y, radius, paint: { fill: null, stroke: { colour, width: 2.5, dashes } } })
    badges.push(markBadge(mark, place.x + radius * 0.75, place.y - radius * 0.75))
  }
  return [...bands, ...badges]
}

/** The sign in a disc. */
export function markBadge(mark: Mark, x: number, y: number): Operation {
  const { colour, sign } = MARK_LOOKS[mark]
  return {
    op: 'group', at: { x, y }, parts: [
      { op: 'circle', x: 0, y: 0, radius: BADGE, paint: { fill: colour, stroke: { colour: '#ffffff', width: 1 } } },
      { op: 'words', text: sign, x: 0, y: BADGE * 0.6, size: BADGE * 1.7, weight: 'bold', colour: '#ffffff', anchor: 'middle' },
    ],
  }
}
