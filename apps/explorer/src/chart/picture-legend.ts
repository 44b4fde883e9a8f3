/** The legend that goes into a picture of the chart: what is drawn, in the looks of the screen, and nothing else. */
import type { Chart } from '@ringmap/model/chart'
import { STRENGTHS, type Strength } from '@ringmap/model/grade'
import { ENTITY_KIND_NAMES } from '@ringmap/model/schema'
import { FOCUS, LINK_CLASSES, linkClass, SCREEN_INK, type LinkClass } from '@ringmap/drawing/colours'
import type { LegendRow, LegendSection } from '@ringmap/drawing/legend'
import { arrowHead, lineStroke, WIDTH_STEPS, widthStep } from '@ringmap/drawing/line-style'
import type { Operation } from '@ringmap/drawing/operations'
import { disputedMark } from '@ringmap/drawing/symbols'
import { kindSymbol } from '../icons/kind-symbol.ts'
import { counted } from '../words/amount.ts'
import { say } from '../words/say.ts'
import { capital, kindHeading } from '../words/terms.ts'
import { markBadge } from './comparison-marks.ts'
import { MARKS, sumsOf, type Comparison } from './comparison.ts'
import { isGroup } from './shape.ts'

export function pictureLegend(chart: Chart, comparison: Comparison | null = null): readonly LegendSection[] {
  const changes = comparison === null ? [] : MARKS.filter((mark) => sumsOf(comparison)[mark] > 0).map((mark): LegendRow => ({ mark: [markBadge(mark, 22, 0)], words: say(`compare.${mark}`) }))
  const entities = chart.entities.filter(({ id }) => !isGroup(id))
  const kinds = ENTITY_KIND_NAMES.map((kind) => ({ kind, count: entities.filter((entity) => entity.kind === kind).length })).filter(({ count }) => count > 0)
    .map(({ kind, count }): LegendRow => ({ mark: [about(kindSymbol(kind, false, 11))], words: `${kindHeading(kind, count)} ${counted(count)}` }))
  const classes = (Object.keys(LINK_CLASSES) as LinkClass[]).filter((name) => chart.links.some((link) => linkClass(link) === name))
    .map((name): LegendRow => ({ mark: [line(LINK_CLASSES[name].colour, 2.2)], words: say(`class.${name}`) }))
  const strengths = STRENGTHS.filter((strength) => chart.links.some((link) => link.strength === strength))
    .map((strength): LegendRow => ({ mark: [line(SCREEN_INK, 2.2, strength)], words: capital(say(`strength.${strength}`)) }))
  return [{ title: say('legend.label'), rows: [...changes, ...kinds, ...marks(chart), ...classes, ...strengths, ...lines(chart)] }]
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
  if (links.some(({ directed }) => directed)) rows.push({ mark: [line(SCREEN_INK, 2.2, 'confirmed', 34), arrowHead({ bend: { x: 2, y: 0 }, to: { x: 42, y: 0 } }, 2.2, SCREEN_INK)], words: say('legend.directed') })
  if (links.some(({ disputed }) => disputed === true)) rows.push({ mark: [line(SCREEN_INK, 2.2), ...disputedMark(22, 0)], words: say('legend.disputed') })
  if (new Set(links.map(({ count }) => widthStep(count))).size > 1) {
    for (const { from, width } of WIDTH_STEPS.toReversed()) if (links.some(({ count }) => widthStep(count).from === from)) rows.push({ mark: [line(SCREEN_INK, width)], words: say('legend.from', { n: Math.max(1, from) }) })
  }
  return rows
}

function about(parts: readonly Operation[]): Operation {
  return { op: 'group', at: { x: 22, y: 0 }, parts }
}

function line(colour: string, width: number, strength: Strength = 'confirmed', end = 42): Operation {
  return { op: 'path', steps: [['M', 2, 0], ['L', end, 0]], paint: { fill: null, stroke: lineStroke(colour, width, strength) } }
}
