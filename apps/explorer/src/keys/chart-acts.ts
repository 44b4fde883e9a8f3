/** Acts of the keyboard that no button has in the same form: walking, nudging, putting two together, the likeliest expansion. */
import type { Chart } from '@ringmap/model/chart'
import type { NeighbourCount } from '@ringmap/model/wire'
import { askWhatJoins, expand, goTo, keepForPaths, moveEntity, pick } from '../actions.ts'
import { get } from '../api.ts'
import { neighboursShown } from '../chart/neighbours-shown.ts'
import { currentChart } from '../chart/steps.ts'
import { stepFrom, type Direction } from '../chart/walk.ts'
import { getState, setState } from '../state.ts'
import { visibleNow } from '../visible.ts'
import { plainLabel } from '../words/label.ts'
import { say } from '../words/say.ts'

const NUDGE_px = 14

/** From the picked entity along a link in the direction of the key; with nothing picked, to the focus of the chart. */
export function walk(direction: Direction): void {
  const { steps, picked } = getState()
  if (steps === null) return
  const { entities, links } = visibleNow()?.chart ?? currentChart(steps)
  const from = picked?.type === 'entity' ? entities.find(({ id }) => id === picked.id) : undefined
  if (from === undefined) {
    const first = entities.find(({ focus }) => focus) ?? entities[0]
    if (first !== undefined) void goTo(first.id, first.label)
    return
  }
  const beside = new Set(links.flatMap(({ source, target }) => source === from.id ? [target] : target === from.id ? [source] : []))
  const next = stepFrom(from, entities.filter(({ id }) => beside.has(id)), direction)
  if (next !== null) void goTo(next, '')
}

/** Moves the picked entity, as a hand would: it stays pinned there, and moves in a row are one step. */
export function nudgePicked(right: number, down: number): void {
  const { steps, picked, stage } = getState()
  const entity = steps === null || picked?.type !== 'entity' ? undefined : currentChart(steps).entities.find(({ id }) => id === picked.id)
  if (entity === undefined || stage === null) return
  const view = stage.view()
  const { x, y } = view.toScreen(entity)
  moveEntity(entity.id, view.toChart({ x: x + right * NUDGE_px, y: y + down * NUDGE_px }), `move ${entity.id}`)
}

export function toCard(): void {
  if (getState().picked !== null) document.getElementById('card')?.focus()
}

/** To the field that names the chart; the card of what is picked stands in its place. */
export function nameTheChart(): void {
  setState({ about: true })
  void pick(null).then(() => requestAnimationFrame(() => document.getElementById('save-name')?.focus()))
}

/** The first press keeps the picked one; the second, on another, asks what joins the two. */
export function putTogether(): void {
  const { steps, kept, picked } = getState()
  const entity = steps === null || picked?.type !== 'entity' ? undefined : currentChart(steps).entities.find(({ id }) => id === picked.id)
  if (entity === undefined) return
  if (!kept.some(({ id }) => id === entity.id)) keepForPaths(entity)
  if (getState().kept.length === 2) void askWhatJoins()
}

/** The kind of neighbours of which most are not on the chart yet; undefined: all of them are. */
function likeliest(neighbours: readonly NeighbourCount[], chart: Chart, id: string): NeighbourCount | undefined {
  const here = neighboursShown(chart, id)
  const missing = ({ link, kind, count }: NeighbourCount): number => count - (here.get(`${link} ${kind}`) ?? 0)
  return neighbours.filter((one) => missing(one) > 0).toSorted((a, b) => missing(b) - missing(a))[0]
}

/** Brings the kind of which most are not on the chart yet. */
export async function expandLikely(): Promise<void> {
  const { picked, card, steps } = getState()
  if (picked?.type !== 'entity' || steps === null) return
  const { id } = picked
  try {
    const known = card?.type === 'entity' && card.id === id ? card.card : await get('GET /api/entity', { id })
    const first = likeliest(known.neighbours, currentChart(getState().steps ?? steps), id)
    if (first === undefined) setState({ said: say('said.nothing-new', { name: plainLabel(known.entity.label), what: say('kind.all') }) })
    else await expand(id, first.link, first.kind)
  } catch {
    // Without its counts, all of them: a refusal of that is told by the expansion itself.
    await expand(id, null, null)
  }
}
