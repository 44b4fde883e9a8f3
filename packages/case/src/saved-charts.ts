/** Charts saved with the case: ids, places, filters and the list of steps with who and when; never a name of an entity that is masked. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { STRENGTHS } from '@ringmap/model/grade'
import { ENTITY_KIND_NAMES, LINK_KIND_NAMES } from '@ringmap/model/schema'
import type { SavedChart, SavedChartAnswer, SavedChartName } from '@ringmap/model/saved-chart'
import { RingmapError } from '@ringmap/model/errors'
import { drawnAmong } from './case-chart.ts'
import { writeAudit } from './audit.ts'
import type { CaseView } from './case-view.ts'
import { maskedWords } from './mask-case.ts'

export const CHART_FOLDER = 'charts'
/** Raised when the shape changes; an older one is refused with a clear message and stays on the disk. */
const VERSION = 1
const LONGEST_NAME = 80
const MOST_ENTITIES = 5000
const MOST_LINKS = 50_000
const MOST_NOTES = 200
export const LONGEST_NOTE = 400

const NUMBER = z.number().nullable()
const PLACE = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('canvas'), x: z.number(), y: z.number() }),
  z.strictObject({ on: z.enum(['entity', 'link']), id: z.string(), right: z.number(), down: z.number() }),
])
const LINK = z.strictObject({
  id: z.string(), kind: z.enum(LINK_KIND_NAMES), source: z.string(), target: z.string(), count: z.number(), first_ms: NUMBER, last_ms: NUMBER,
  amount: z.string().regex(/^-?\d+$/).nullable(), currency: z.string().max(8).nullable(), strength: z.enum(STRENGTHS), criminal: z.boolean(),
})

const SHAPE = z.strictObject({
  version: z.literal(VERSION), name: z.string(), revision: z.int(), subject: z.string(), title: z.string(),
  entities: z.array(z.strictObject({
    id: z.string(), x: z.number(), y: z.number(), pinned: z.boolean(), focus: z.boolean(), kind: z.enum(ENTITY_KIND_NAMES).nullable().default(null), rank: z.int().nullable().default(null),
  })).max(MOST_ENTITIES),
  filters: z.record(z.string(), z.unknown()),
  // Charts saved before these were there have none.
  snapshot: z.boolean().default(false),
  links: z.array(LINK).max(MOST_LINKS).nullable().default(null),
  notes: z.array(z.strictObject({ id: z.string().max(LONGEST_NAME), text: z.string().max(LONGEST_NOTE * 2), place: PLACE })).max(MOST_NOTES).default([]),
  groups: z.array(z.strictObject({ label: z.string().max(LONGEST_NAME), members: z.array(z.string()) })).default([]),
  merge: z.enum(['each', 'direction', 'pair']).default('each'),
  log: z.array(z.strictObject({ name: z.string(), at_ms: z.number(), who: z.string() })),
})

export interface SaveOptions {
  readonly who: string
  readonly now_ms: number
}

/** Newest revision of each, by name. */
export function savedCharts(view: CaseView): readonly SavedChartName[] {
  const folder = join(view.open.work, CHART_FOLDER)
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((file) => file.endsWith('.json')).sort().flatMap((file): readonly SavedChartName[] => {
    const saved = SHAPE.safeParse(parsed(join(folder, file)))
    // A file that cannot be read is named as what it is: it must not vanish from the list.
    if (!saved.success) return [{ name: maskedWords(view.mask, nameIn(file)), snapshot: false, revision: null, entities: 0, saved_ms: null, who: null }]
    const last = saved.data.log.at(-1)
    return [{ name: maskedWords(view.mask, saved.data.name), snapshot: saved.data.snapshot, revision: saved.data.revision, entities: saved.data.entities.length, saved_ms: last?.at_ms ?? null, who: last?.who ?? null }]
  })
}

/**
 * Writes a chart and its steps. Steps that were saved before keep who and when; new ones are stamped with the caller.
 * @throws RingmapError revision_conflict: somebody saved it meanwhile; usage: no such shape or name
 */
export function saveChart(view: CaseView, given: unknown, { who, now_ms }: SaveOptions): SavedChart {
  const body = SHAPE.omit({ version: true }).safeParse(given)
  if (!body.success) throw new RingmapError('usage', { what: `The chart cannot be saved: ${body.error.issues[0]?.path.join('.') ?? ''} ${body.error.issues[0]?.message ?? ''}.` })
  const written = shown(view, { ...body.data, version: VERSION })
  const name = written.name.trim()
  if (name === '' || name.length > LONGEST_NAME) throw new RingmapError('usage', { what: `A chart needs a name of at most ${LONGEST_NAME} characters.` })
  const path = fileOf(view, name)
  const before = existsSync(path) ? SHAPE.safeParse(parsed(path)) : null
  const known = before === null ? 0 : before.success ? before.data.revision : -1
  if (known !== written.revision) throw new RingmapError('revision_conflict', { name, who: before?.data?.log.at(-1)?.who ?? 'another version of ringmap' })
  if (before?.data?.snapshot === true) throw new RingmapError('usage', { what: `${name} is a snapshot, which is never saved over. Save under another name.` })
  const saved: SavedChart = {
    ...written, name, revision: known + 1,
    log: [...written.log.map((step) => ({ ...step, who: step.who === '' ? who : step.who })), { name: written.snapshot ? `Snapshot ${name}` : `Saved as ${name}`, at_ms: now_ms, who }],
  }
  writeAudit(view.open, { at_ms: now_ms, who, act: 'save chart', what: `${saved.name}, revision ${saved.revision}`, why: null })
  mkdirSync(join(view.open.work, CHART_FOLDER), { recursive: true, mode: 0o700 })
  writeFileSync(`${path}.new`, `${JSON.stringify(saved, null, 1)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return saved
}

/** The chart as it was left, drawn from the case of today; what the case no longer holds is counted. @throws RingmapError not_found, chart_unreadable */
export async function openSavedChart(view: CaseView, name: string): Promise<SavedChartAnswer> {
  const path = fileOf(view, name)
  if (!existsSync(path)) throw new RingmapError('not_found', { what: `The saved chart ${name}` })
  const read = SHAPE.safeParse(parsed(path))
  if (!read.success) throw new RingmapError('chart_unreadable', { name })
  const saved = shown(view, read.data)
  const chart = await drawnAmong(view, saved.title, `saved as ${saved.name}`, saved.entities)
  return { saved, chart, gone: saved.entities.length - chart.entities.length }
}

/** Words of a note as they may be kept and drawn; what leaves with a picture must have passed the mask. @throws RingmapError usage: no words, or too many */
export function noteWords(view: CaseView, given: string): { readonly text: string; readonly masked: boolean } {
  const plain = given.trim()
  if (plain === '' || plain.length > LONGEST_NOTE) throw new RingmapError('usage', { what: `A note needs between 1 and ${LONGEST_NOTE} characters.` })
  const text = maskedWords(view.mask, plain)
  return { text, masked: text !== plain }
}

/** All that people wrote, by the mask of today: who is protected since it was saved is not named either. */
function shown(view: CaseView, saved: SavedChart): SavedChart {
  const words = (text: string): string => maskedWords(view.mask, text)
  return {
    ...saved, name: words(saved.name), title: words(saved.title), groups: saved.groups.map((group) => ({ ...group, label: words(group.label) })),
    notes: saved.notes.map((note) => ({ ...note, text: words(note.text) })), log: saved.log.map((step) => ({ ...step, name: words(step.name) })),
  }
}

/** Found by the name as it is shown, which may hold a code where the file still holds a name; a new one is encoded, so that no name leads out of the folder. */
function fileOf(view: CaseView, name: string): string {
  const folder = join(view.open.work, CHART_FOLDER)
  const wanted = maskedWords(view.mask, name.trim())
  const there = existsSync(folder) ? readdirSync(folder).find((file) => file.endsWith('.json') && maskedWords(view.mask, nameIn(file)) === wanted) : undefined
  return join(folder, there ?? `${encodeURIComponent(wanted).replaceAll('.', '%2E')}.json`)
}

function nameIn(file: string): string {
  const name = file.slice(0, -'.json'.length)
  try {
    return decodeURIComponent(name)
  } catch {
    // Put there by hand, not by ringmap.
    return name
  }
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}
