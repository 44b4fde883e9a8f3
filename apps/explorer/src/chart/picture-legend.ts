/** The legend that goes into a picture of the chart: what is drawn, in the looks of the screen, and nothing else. */
import type { Chart } from '@ringmap/model/chart'
import { FOCUS, LINK_CLASSES, SCREEN_INK } from '@ringmap/drawing/colours'
import { line, widthsOf, type LegendRow, type LegendSection } from '@ringmap/drawing/legend'
import { arrowHead } from '@ringmap/drawing/line-style'
import type { Operation } from '@ringmap/drawing/operations'
import { disputedMark } from '@ringmap/drawing/symbols'
import { kindSymbol } from '../icons/kind-symbol.ts'
import { counted } from '../words/amount.ts'
import { say } from '../words/say.ts'
import { capital, kindHeading } from '../words/terms.ts'
import { markBadge } from './comparison-marks.ts'
import { MARKS, sumsOf, type Comparison } from './comparison.ts'
import { contentsOf } from './contents.ts'
import { isGroup } from './shape.ts'

export function pictureLegend(chart: Chart, comparison: Comparison | null = null): readonly LegendSection[] {
  const changes = comparison === null ? [] : MARKS.filter((mark) => sumsOf(comparison)[mark] > 0).map((mark): LegendRow => ({ mark: [markBadge(mark, 22, 0)], words: say(`compare.${mark}`) }))
  const { kinds, classes, strengths } = contentsOf(chart)
  const things = kinds.map(({ kind, count }): LegendRow => ({ mark: [about(kindSymbol(kind, false, 11))], words: `${kindHeading(kind, count)} ${counted(count)}` }))
  const colours = classes.map(({ name }): LegendRow => ({ mark: [line(2.2, LINK_CLASSES[name].colour)], words: say(`class.${name}`) }))
  const patterns = strengths.map(({ strength }): LegendRow => ({ mark: [line(2.2, SCREEN_INK, strength)], words: capital(say(`strength.${strength}`)) }))
  return [{ title: say('legend.label'), rows: [...changes, ...things, ...marks(chart), ...colours, ...patterns, ...lines(chart)] }]
}

function marks({ entities }: Chart): LegendRow[] {
  const rows: LegendRow[] = []
  if (entities.some(({ id }) => isGroup(id))) rows.push({ mark: [about(kindSymbol('group', false, 11))], words: say('legend.group') })
  if (entities.some(({ masked }) => masked)) rows.push({ mark: [about(kindSymbol('Person', true, 11))], words: say('legend.protected') })
  if (entities.some(({ focus }) => focus)) rows.push({ mark: [{ op: 'circle', x: 22, y: 0, radius: 9, paint: { fill: null, stroke: { colour: FOCUS, width: 3 } } }], words: say('legend.subject') })
  if (entities.some(({ rank }) => rank !== null && rank <= 10)) rows.push({ mark: [{ op: 'words', text: '1 ·', x: 22, y: 4.5, size: 12.5, weight: 'bold', colour: SCREEN_INK, anchor: 'middle' }], words: say('legend.rank') })
  return rows
}

function lines({ links }: Chart): LegendRow[] {
  const rows: LegendRow[] = []
  if (links.some(({ directed }) => directed)) rows.push({ mark: [line(2.2, SCREEN_INK, 'confirmed', 34), arrowHead({ bend: { x: 2, y: 0 }, to: { x: 42, y: 0 } }, 2.2, SCREEN_INK)], words: say('legend.directed') })
  if (links.some(({ disputed }) => disputed === true)) rows.push({ mark: [line(2.2, SCREEN_INK), ...disputedMark(22, 0)], words: say('legend.disputed') })
  const widths = widthsOf(links)
  if (widths.length > 1) for (const { from, width } of widths) rows.push({ mark: [line(width, SCREEN_INK)], words: say('legend.from', { n: Math.max(1, from) }) })
  return rows
}

function about(parts: readonly Operation[]): Operation {
  return { op: 'group', at: { x: 22, y: 0 }, parts }
}
