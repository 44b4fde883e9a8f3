/** Working with several at once: choosing, hiding, keeping in place, grouping, drawing links as one, taking one expansion back. Each change is a named step. */
import { hideEntities, pick } from './actions.ts'
import { newGroup, nextNumber, type Merge } from './chart/shape.ts'
import { currentChart, currentStep, expansionsOf, pushStep } from './chart/steps.ts'
import type { ShapeTool } from './chart/drawn-shape.ts'
import { getState, setState } from './state.ts'
import { visibleNow } from './visible.ts'
import { plainLabel } from './words/label.ts'
import { say } from './words/say.ts'

export function choose(ids: readonly string[]): void {
  setState({ chosen: ids, said: say('said.chosen', { n: ids.length }) })
}

/** What the next acts are about: those chosen, else the picked one. */
export function chosenNow(): readonly string[] {
  const { chosen, picked } = getState()
  return chosen.length > 0 ? chosen : picked?.type === 'entity' ? [picked.id] : []
}

export function chooseAll(): void {
  choose(inSight())
}

export function invertChosen(): void {
  const now = new Set(chosenNow())
  choose(inSight().filter((id) => !now.has(id)))
}

/** Those chosen and everything in sight that a link joins to them. */
export function chooseNeighbours(): void {
  const now = new Set(chosenNow())
  const next = new Set(now)
  for (const { source, target } of visibleNow()?.chart.links ?? []) {
    if (now.has(source)) next.add(target)
    if (now.has(target)) next.add(source)
  }
  choose([...next])
}

/** The next stroke over the chart chooses what it goes around. */
export function chooseByHand(tool: ShapeTool): void {
  const { stage } = getState()
  stage?.choose(tool, (ids) => {
    // A group that was gone around stands for its members.
    const groups = new Map(stepNow()?.groups.map(({ id, members }) => [id, members]))
    choose(ids.flatMap((id) => groups.get(id) ?? [id]))
  })
  setState({ said: say(tool === 'lasso' ? 'said.lasso' : 'said.box') })
}

export function hideChosen(others: boolean): void {
  const ids = chosenNow()
  const next = others ? undefined : nearestLeft(ids)
  hideEntities(ids, others)
  if (others) return
  setState({ chosen: [] })
  // Who works by keys must not lose the place: the nearest neighbour has it now.
  if (next !== undefined) void pick({ type: 'entity', id: next })
}

/** The neighbour of those that stands nearest to the first of them and stays in sight. */
function nearestLeft(ids: readonly string[]): string | undefined {
  const chart = visibleNow()?.chart
  const from = chart?.entities.find(({ id }) => id === ids[0])
  if (chart === undefined || from === undefined) return undefined
  const beside = new Set(chart.links.flatMap(({ source, target }) => ids.includes(source) ? [target] : ids.includes(target) ? [source] : []))
  const left = chart.entities.filter(({ id }) => beside.has(id) && !ids.includes(id))
  return left.toSorted((a, b) => Math.hypot(a.x - from.x, a.y - from.y) - Math.hypot(b.x - from.x, b.y - from.y))[0]?.id
}

/** Keeps all of those chosen in place; lets them go when all are kept already. */
export function pinChosen(): void {
  const { steps } = getState()
  const ids = chosenNow()
  if (steps === null || ids.length === 0) return
  const { pinned } = currentStep(steps)
  const release = ids.every((id) => pinned.includes(id))
  const name = nameOf(ids)
  const next = release ? pinned.filter((id) => !ids.includes(id)) : [...new Set([...pinned, ...ids])]
  setState({ steps: pushStep(steps, { name: say(release ? 'step.release' : 'step.pin', { name }), pinned: next }), said: say(release ? 'said.released' : 'said.pinned', { name }) })
}

/** Draws those chosen as one. */
export function groupChosen(): void {
  const { steps } = getState()
  const ids = chosenNow()
  if (steps === null) return
  if (ids.length < 2) return setState({ said: say('said.group-few') })
  const { groups } = currentStep(steps)
  const taken = groups.map((group) => ({ ...group, members: group.members.filter((id) => !ids.includes(id)) })).filter(({ members }) => members.length > 1)
  const label = say('group.name', { n: nextNumber(groups) })
  const group = newGroup(groups, ids, label)
  setState({ steps: pushStep(steps, { name: say('step.group', { name: label, n: ids.length }), groups: [...taken, group] }), chosen: [], picked: null, card: null, said: say('step.group', { name: label, n: ids.length }) })
}

/** Takes apart the groups that those chosen are in; all of them when none is. */
export function ungroup(): void {
  const step = stepNow()
  const { steps } = getState()
  if (steps === null || step === null || step.groups.length === 0) return
  const ids = chosenNow()
  const touched = step.groups.filter(({ id, members }) => ids.includes(id) || members.some((member) => ids.includes(member)))
  const gone = touched.length === 0 ? step.groups : touched
  const name = gone.map(({ label }) => label).join(', ')
  setState({ steps: pushStep(steps, { name: say('step.ungroup', { name }), groups: step.groups.filter((group) => !gone.includes(group)) }), said: say('step.ungroup', { name }) })
}

/** How links between the same two are drawn. */
export function mergeLinks(merge: Merge): void {
  const { steps } = getState()
  if (steps === null || currentStep(steps).merge === merge) return
  setState({ steps: pushStep(steps, { name: say('step.merge', { how: say(`merge.${merge}`) }), merge }), said: say('step.merge', { how: say(`merge.${merge}`) }) })
}

/** Takes back what the picked one's last expansion brought, unless another expansion brought it too or hangs on it; the rest of the steps stays. */
export function collapsePicked(): void {
  const { steps, picked } = getState()
  if (steps === null || picked?.type !== 'entity') return
  const all = expansionsOf(steps)
  const grown = all.findLast(({ around }) => around === picked.id)
  const label = nameOf([picked.id])
  if (grown === undefined) return setState({ said: say('said.no-expansion', { name: label }) })
  const holds = new Set(all.filter((other) => other !== grown).flatMap(({ around, entities }) => [around, ...entities]))
  const gone = new Set(grown.entities.filter((id) => !holds.has(id)))
  const lines = new Set(grown.links)
  const chart = currentChart(steps)
  const next = {
    ...chart, entities: chart.entities.filter(({ id }) => !gone.has(id)),
    links: chart.links.filter(({ id, source, target }) => !gone.has(source) && !gone.has(target) && !(lines.has(id) && (grown.entities.includes(source) || grown.entities.includes(target)) && gone.size === 0)),
  }
  setState({ steps: pushStep(steps, { name: say('step.collapse', { name: label }), chart: next, shed: grown }), said: say('said.collapsed', { n: gone.size, name: label }) })
  if (picked !== null && gone.has(picked.id)) void pick(null)
}

function stepNow(): ReturnType<typeof currentStep> | null {
  const { steps } = getState()
  return steps === null ? null : currentStep(steps)
}

function inSight(): readonly string[] {
  return visibleNow()?.chart.entities.map(({ id }) => id) ?? []
}

/** One by its label, several by their number. */
function nameOf(ids: readonly string[]): string {
  const { steps } = getState()
  if (ids.length !== 1 || steps === null) return say('count.entities', { n: ids.length })
  return plainLabel(currentChart(steps).entities.find(({ id }) => id === ids[0])?.label ?? '')
}

