/** The chart as a list of named steps: opened, expanded, filtered, moved, laid out again; each can be undone and done again. */
import type { Chart, ChartNote } from '@ringmap/model/chart'
import type { ExpandAnswer } from '@ringmap/model/wire'
import { told } from '../words/engine-sentences.ts'
import { say } from '../words/say.ts'
import { ringLabel } from '../words/terms.ts'
import { sumsOf, type Comparison } from './comparison.ts'
import { NO_FILTERS, type Filters, type Visible } from './filters.ts'
import type { Places } from './layout-places.ts'
import type { Group, Merge } from './shape.ts'

export interface Step {
  /** As it stands in the list: `Expand Vikram Rana: phones`. */
  readonly name: string
  readonly chart: Chart
  /** What an expansion brought out of what there was; null for other steps. */
  readonly grown: Grown | null
  readonly filters: Filters
  /** Entities that layouts leave where they are. */
  readonly pinned: readonly string[]
  /** Drawn as one entity each. */
  readonly groups: readonly Group[]
  /** How links between the same two are drawn. */
  readonly merge: Merge
  /** Words that were put on it. */
  readonly notes: readonly ChartNote[]
  /** What differs between the two charts that this one holds; null where it holds one. */
  readonly comparison: Comparison | null
  /** An expansion that was taken back; null for other steps. */
  readonly shed: Grown | null
  /** When it was done; milliseconds since 1970 UTC. */
  readonly at_ms: number
  /** Steps of the same sort that follow each other are one: a window being moved. */
  readonly sort: string | null
}

/** What a new step changes; the rest is as before. */
export type Change = Pick<Step, 'name'> & Partial<Omit<Step, 'name' | 'at_ms'>>

export interface Grown {
  readonly around: string
  readonly label: string
  readonly entities: readonly string[]
  readonly links: readonly string[]
  readonly of: number
}

/** `steps[at]` is on the screen; later ones can be done again. */
export interface Steps {
  readonly subject: string
  readonly steps: readonly Step[]
  readonly at: number
}

export function openSteps(subject: string, chart: Chart, at_ms: number = Date.now()): Steps {
  return { subject, steps: [{ name: say('step.open', { title: ringLabel(chart.title) }), chart, grown: null, filters: NO_FILTERS, pinned: [], groups: [], merge: 'each', notes: [], comparison: null, shed: null, at_ms, sort: null }], at: 0 }
}

export function currentChart(steps: Steps): Chart {
  return currentStep(steps).chart
}

export function currentStep(steps: Steps): Step {
  return steps.steps[steps.at] as Step
}

/** Adds a step after the one on the screen; what had been undone is let go. */
export function pushStep(steps: Steps, change: Change, at_ms: number = Date.now()): Steps {
  const before = currentStep(steps)
  const same = change.sort !== undefined && change.sort !== null && before.sort === change.sort && steps.at > 0
  const kept = steps.steps.slice(0, same ? steps.at : steps.at + 1)
  const step: Step = { chart: before.chart, filters: before.filters, pinned: before.pinned, groups: before.groups, merge: before.merge, notes: before.notes, comparison: before.comparison, grown: null, shed: null, sort: null, ...change, at_ms }
  return { ...steps, steps: [...kept, step], at: kept.length }
}

export function undoStep(steps: Steps): Steps {
  return steps.at === 0 ? steps : { ...steps, at: steps.at - 1 }
}

export function redoStep(steps: Steps): Steps {
  return steps.at === steps.steps.length - 1 ? steps : { ...steps, at: steps.at + 1 }
}

/** Expansions on the screen, oldest first. */
export function expansionsOf(steps: Steps): readonly Grown[] {
  const there: Grown[] = []
  for (const { grown, shed } of steps.steps.slice(0, steps.at + 1)) {
    if (grown !== null) there.push(grown)
    if (shed !== null) there.splice(there.indexOf(shed), 1)
  }
  return there
}

export interface Newcomers {
  readonly whole: Chart
  readonly fresh: readonly string[]
  readonly links: readonly string[]
  /** Where those stand that were there. */
  readonly fixed: Places
}

/** What an expansion brought that is not on the chart yet, with the links to what is; places are still those of the answer. */
export function newcomersOf(chart: Chart, answer: ExpandAnswer): Newcomers {
  const there = new Set(chart.entities.map((entity) => entity.id))
  const drawn = new Set(chart.links.map((link) => link.id))
  const entities = answer.chart.entities.filter((entity) => !there.has(entity.id))
  for (const entity of entities) there.add(entity.id)
  const links = answer.chart.links.filter((link) => !drawn.has(link.id) && there.has(link.source) && there.has(link.target))
  return {
    whole: { ...chart, entities: [...chart.entities, ...entities.map((entity) => ({ ...entity, focus: false }))], links: [...chart.links, ...links] },
    fresh: entities.map(({ id }) => id), links: links.map(({ id }) => id), fixed: new Map(chart.entities.map(({ id, x, y }) => [id, { x, y }])),
  }
}

/** Puts what an expansion brought about the entity it came from; nothing that is there moves, and nothing comes twice. @param seats of the newcomers */
export function growChart({ whole, fresh, links, fixed }: Newcomers, answer: Pick<ExpandAnswer, 'around' | 'of'>, label: string, seats: Places): { readonly chart: Chart; readonly grown: Grown } {
  return {
    chart: { ...whole, entities: whole.entities.map((entity) => fixed.has(entity.id) ? entity : { ...entity, ...seats.get(entity.id) }) },
    grown: { around: answer.around, label, entities: fresh, links, of: answer.of },
  }
}

/** `Shown 42 of 57 entities, 88 of 120 links: why`, what expansions added, and what filters hide. */
export function shownLine(steps: Steps, visible: Visible): string {
  const { shown } = (steps.steps[0] as Step).chart
  const chart = currentChart(steps)
  const first = say('shown.of', { entities: shown.entities, entities_of: shown.entities_of, links: shown.links, links_of: shown.links_of })
  const reason = told(shown.why).replace(/[.।۔]$/, '')
  const why = reason === '' ? '' : `: ${reason}`
  const grown = expansionsOf(steps)
  const added = grown.map((g) => say('shown.neighbours', { n: g.entities.length, of: g.of, name: g.label })).join('; ')
  const whole = grown.length === 0 ? `${first}${why}` : say('shown.grown', { entities: chart.entities.length, links: chart.links.length, first: `${first}${why}`, added })
  const { groups, merge, comparison } = currentStep(steps)
  const drawn = [...(comparison === null ? [] : [say('compare.sums', sumsOf(comparison))]), ...(merge === 'each' ? [] : [say('merge.shown', { how: say(`merge.${merge}`) })]), ...(groups.length === 0 ? [] : [say('group.shown', { n: groups.length, of: groups.reduce((sum, { members }) => sum + members.length, 0) })])]
  const after = drawn.length === 0 ? '' : `. ${drawn.join('. ')}`
  if (visible.by.length === 0) return `${say('shown.shown', { what: whole })}${after}`
  const { entities, links } = visible.chart
  return `${say('shown.filtered', {
    of: say('shown.of', { entities: entities.length, entities_of: chart.entities.length, links: links.length, links_of: chart.links.length }),
    entities: visible.entities_hidden, links: visible.links_hidden, by: visible.by.join(', '), whole,
  })}${after}`
}
