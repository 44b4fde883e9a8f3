/** Files of new records into the state of a finished dedupe run: they join its clusters, and what they do not touch stays as it was. */
import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import type { WorkOptions } from '@ringmap/model/progress'
import { plainCode, cleaners } from '@ringmap/linkage/batch/cleaning'
import { readFields } from '@ringmap/linkage/batch/fields'
import { addRecords, type Addition } from '@ringmap/linkage/incremental/add-records'
import type { FreshRecords } from '@ringmap/linkage/incremental/appended-records'
import type { StateSettings } from '@ringmap/linkage/incremental/linkage-state'
import { clusterIdOf, idOf } from '@ringmap/linkage/incremental/opened-state'
import { headingWords } from '@ringmap/sources/sniff-headers'
import { Database } from '@ringmap/store/database'
import { joined, name, sql } from '@ringmap/store/sql'
import { MEMORY } from './dedupe-files.ts'
import { readLinkInput, type LinkInput } from './link-input.ts'
import { readState, saveAdded, type KeptState } from './linkage-state-file.ts'

export interface AddedToState {
  readonly addition: Addition
  readonly input: Pick<LinkInput, 'files' | 'id'>
  /** Records that the state held before. */
  readonly before: number
  readonly settings: StateSettings
  /** Of every record of the clusters that changed: record, cluster, strongest link (NaN when alone). */
  readonly rows: readonly ClusterRow[]
  readonly remarks: readonly string[]
  /** Milliseconds for reading the state, for reading and cleaning the new records, for adding them, and for writing. */
  readonly times_ms: { readonly load: number; readonly read: number; readonly add: number; readonly save: number }
}

export interface ClusterRow {
  readonly record_id: string
  readonly cluster_id: string
  readonly weight: number
}

/** A state in memory, with all that reading new records needs. */
export interface OpenState {
  readonly kept: KeptState
  readonly database: Database
  readonly clean: ReturnType<typeof cleaners>
}

/** @throws RingmapError link_state_invalid */
export async function openState(folder: string): Promise<OpenState> {
  const kept = readState(folder)
  const clean = cleaners()
  // Lexicons are read when the first name is.
  for (const column of kept.state.settings.columns) clean(column)('a')
  return { kept, clean, database: await Database.open(':memory:', { threads: Math.min(2, availableParallelism()), memory: MEMORY }) }
}

export interface AddOptions extends WorkOptions {
  /** The state, where it is open already; it is closed at the end. */
  readonly opened?: OpenState | undefined
  /** All records and not only those of clusters that changed. */
  readonly all?: boolean | undefined
  /** Says what would change and writes nothing. */
  readonly dry_run?: boolean | undefined
}

/** @throws RingmapError link_state_invalid, link_state_busy, link_records_changed, source_*, input_missing, link_settings_invalid */
export async function addToState(folder: string, paths: readonly string[], options: AddOptions = {}): Promise<AddedToState> {
  const times = stopwatch()
  options.progress?.('reading the state', 0, 0)
  const opened = options.opened ?? (await openState(folder))
  const { kept } = opened
  const load = times()
  const { fresh, input, remarks } = await freshRecords(opened, paths, options)
  const read = times()
  const addition = addRecords(kept.state, kept.added, fresh, options)
  const add = times()
  if (options.dry_run !== true && addition.records > 0) saveAdded(folder, kept, addition.added)
  const save = times()
  return { addition, input, before: kept.state.settings.records + kept.added.ids.length, settings: kept.state.settings, rows: rowsOf(addition, options.all === true), remarks, times_ms: { load, read, add, save } }
}

/** The new records in the columns of the state. */
async function freshRecords({ kept, database, clean }: OpenState, paths: readonly string[], options: AddOptions): Promise<{ fresh: FreshRecords; input: LinkInput; remarks: string[] }> {
  const { settings } = kept.state
  try {
    const input = await readLinkInput(database, paths, { id: settings.id, prefixed: settings.prefixed, progress: options.progress, signal: options.signal })
    const wanted = [...new Set(settings.columns.flatMap((column) => column.from))]
    const own = wanted.map((column) => ({ column, found: input.columns.find((other) => other === column) ?? input.columns.find((other) => headingWords(other) === headingWords(column)) }))
    const missing = own.filter(({ found }) => found === undefined).map(({ column }) => column)
    const remarks = [...input.remarks, ...(missing.length === 0 ? [] : [`${paths.map((path) => basename(path)).join(' and ')} has no column ${missing.join(', ')}: it counts as empty there.`])]
    const cells = own.map(({ column, found }) => (found === undefined ? sql`CAST(NULL AS VARCHAR) AS ${name(column)}` : sql`${name(found)} AS ${name(column)}`))
    await database.run(sql`CREATE TABLE fresh AS SELECT ${name('#record')}, ${joined(cells)} FROM ${name(input.table)}`)
    const once = new Set(settings.apart.filter(({ as }) => as === 'differs').map(({ column }) => column))
    const fields = await readFields(database, 'fresh', input.records, settings.columns.map((column, c) => ({ name: column.name, from: column.from, clean: once.has(c) ? plainCode : clean(column) })))
    const [ids = [], sources = []] = await database.texts(sql`SELECT ${name('#id')}, ${name('#source')} FROM ${name(input.table)} ORDER BY ${name('#record')}`)
    return { fresh: { ids: ids.map(String), source: sources.map((at) => input.stems[Number(at)] ?? ''), fields }, input, remarks }
  } finally {
    database.close()
  }
}

function rowsOf({ now, changed }: Addition, all: boolean): ClusterRow[] {
  const records = all ? Uint32Array.from({ length: now.records }, (_, r) => r) : changed
  return Array.from(records, (record) => ({ record_id: idOf(now, record), cluster_id: clusterIdOf(now, record), weight: now.strength[record] as number }))
}

function stopwatch(): () => number {
  let last = performance.now()
  return () => {
    const now = performance.now()
    const passed = now - last
    last = now
    return passed
  }
}
