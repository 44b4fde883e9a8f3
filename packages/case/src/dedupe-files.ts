/** Files in, clusters out: the whole of a linkage run without a case. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { RingmapError } from '@ringmap/model/errors'
import type { WorkOptions } from '@ringmap/model/progress'
import { ALL_PAIRS, linkBatch, type LinkedBatch } from '@ringmap/linkage/batch/link-batch'
import type { CompareJob } from '@ringmap/linkage/batch/compare-range'
import { clusterWeights } from '@ringmap/linkage/batch/cluster-weights'
import type { LinkPlan } from '@ringmap/linkage/batch/link-plan'
import { keptIds, type IdChange } from '@ringmap/linkage/batch/kept-ids'
import { prepareRecords, type PreparedRecords, type RuleCount } from '@ringmap/linkage/batch/prepared-records'
import { possiblePairs } from '@ringmap/linkage/batch/train'
import { modelText, readModel } from '@ringmap/linkage/batch/model-file'
import { stateOfRun } from '@ringmap/linkage/incremental/state-of-run'
import { compareSteps, weighStep, type SqlStep } from '@ringmap/linkage/batch/sql-steps'
import type { LinkSettings } from '@ringmap/model/link-settings'
import { Database } from '@ringmap/store/database'
import { name, sql } from '@ringmap/store/sql'
import { readLinkInput, readLinkTable, type LinkInput } from './link-input.ts'
import { profileColumns } from './link-plan-guess.ts'
import { DEFAULT_SETTINGS, planOf, readLinkSettings } from './link-settings-file.ts'
import { changesWith, contradictoryColumns } from './link-column-roles.ts'
import { hardContradictions, onceColumns } from './link-contradictions.ts'
import { digestOfJob, partsFolder, unfinished, type PartsFolder } from './kept-parts.ts'
import { refuseExisting, saveState } from './linkage-state-file.ts'

export interface DedupeOptions extends WorkOptions {
  readonly config?: string | undefined
  readonly id?: string | undefined
  /** Column that most likely names the records, where none is stated. */
  readonly likely_id?: string | null | undefined
  readonly threshold?: number | undefined
  /** Files of models. */
  readonly model?: string | undefined
  readonly save_model?: string | undefined
  readonly workers: number
  readonly engine?: 'arrays' | 'sql' | undefined
  /** Most that DuckDB keeps in memory, as `1200MB`; the rest goes to a folder of its own in `temp`, which is removed at the end. */
  readonly memory?: string | undefined
  /** Default: the folder for temporary files of this machine. */
  readonly temp?: string | undefined
  /** With the engine `sql`: least weight of the pairs that are given back. */
  readonly least?: number | undefined
  readonly seed?: number | undefined
  readonly between?: boolean | undefined
  /** Clusters of an earlier run (record_id, cluster_id): their ids are kept. */
  readonly keep_ids?: string | undefined
  /** Folder to which the state is written, so that records can be added later. */
  readonly save_state?: string | undefined
  /** Folder in which compared pairs are kept while the run lasts; a run that was killed goes on from there. */
  readonly resume?: string | undefined
  /** Columns that are not to be compared. */
  readonly ignore?: readonly string[] | undefined
}

export interface Deduped {
  readonly input: LinkInput
  readonly plan: LinkPlan
  readonly batch: LinkedBatch
  /** Id of each record. */
  readonly ids: readonly string[]
  /** Id of each record's cluster: that of its first record, or the one it had before. */
  readonly cluster_ids: readonly string[]
  /** What became of ids that were kept. */
  readonly id_changes: readonly IdChange[]
  /** Strongest link of each record within its cluster, NaN when it is alone. */
  readonly weights: Float32Array
  readonly remarks: readonly string[]
  /** Takes away what was kept for a run that is killed; to be called once the result is written. */
  readonly finish: () => void
}

/** The run as named SQL steps, each with what it makes. */
export function sqlSteps(run: Deduped): readonly SqlStep[] {
  return [...compareSteps(run.batch.prepared), weighStep(run.batch.prepared, run.batch.model)]
}

/** @throws RingmapError source_*, input_missing, link_settings_invalid, link_model_invalid, nothing_to_compare, interrupted */
export async function dedupeFiles(paths: readonly string[], options: DedupeOptions): Promise<Deduped> {
  if (options.resume !== undefined && options.engine === 'sql') throw new RingmapError('usage', { what: '--resume keeps what threads have compared; it does not go with --engine sql.' })
  if (options.save_state !== undefined) refuseExisting(options.save_state, options.resume !== undefined && unfinished(options.resume))
  const model = options.model === undefined ? undefined : readModel(modelFile(options.model), basename(options.model))
  return await withDatabase(options, async (database) => {
    const { input, plan, settings, source, remarks } = await asked(database, paths, options)
    const [ids] = await database.texts(sql`SELECT ${name('#id')} FROM ${name(input.table)} ORDER BY ${name('#record')}`)
    if (options.save_state !== undefined && input.id === null) throw new RingmapError('usage', { what: 'Records that are named by their row cannot be added to later: name a column of ids with --id.' })
    const once = await onceColumns(database, input, settings.cannot_link)
    const { resume } = options
    const folder: { parts: PartsFolder | null } = { parts: null }
    const keep = resume === undefined ? undefined : (job: CompareJob): PartsFolder => (folder.parts = partsFolder(resume, digestOfJob(job)))
    const batch = await linkBatch(database, input.table, input.records, { ...options, keep, plan, source, seed: options.seed ?? settings.seed, threshold: options.threshold ?? settings.threshold, model, cannot_link: hardContradictions(once), contradictory: contradictoryColumns(plan.columns) })
    if (options.save_model !== undefined) saveModel(options.save_model, modelText(batch.model))
    const named = (ids ?? []) as string[]
    const earlier = options.keep_ids === undefined ? [] : await earlierIds(options.keep_ids, named)
    const kept = keptIds(batch.clusters.cluster, earlier, (root) => named[root] ?? '')
    if (options.save_state !== undefined) {
      options.progress?.('keeping the state', 0, 0)
      const standing = new Set(kept.cluster)
      const retired = [...new Set(earlier)].filter((id) => id !== null && !standing.has(id)) as string[]
      saveState(options.save_state, stateOfRun({ batch, plan, id: input.id ?? '', prefixed: input.prefixed, sources: input.stems, source, ids: named, cluster_ids: kept.cluster, retired, cannot_link: once }))
    }
    return { input, plan, batch, ids: named, cluster_ids: kept.cluster, id_changes: kept.changes, weights: clusterWeights(batch.links, batch.clusters.cluster), remarks: [...remarks, ...resumedRemarks(folder.parts)], finish: () => folder.parts?.finish() }
  })
}

/** Most that DuckDB keeps in memory unless told otherwise. */
export const MEMORY = '1200MB'

/** A database in memory whose overflow is in a folder that nobody else may read, and that is gone afterwards. */
async function withDatabase<T>(options: DedupeOptions, work: (database: Database) => Promise<T>): Promise<T> {
  const spilled = overflowFolder(options.temp ?? tmpdir())
  try {
    const database = await Database.open(':memory:', { threads: Math.max(1, options.workers), memory: options.memory ?? MEMORY, temp: spilled })
    try {
      database.watch(options.signal)
      return await work(database)
    } finally {
      database.close()
    }
  } finally {
    rmSync(spilled, { recursive: true, force: true })
  }
}

function overflowFolder(parent: string): string {
  try {
    return mkdtempSync(join(parent, 'ringmap-linkage-'))
  } catch (error) {
    throw new RingmapError('export_failed', { what: `${parent}: ${error instanceof Error ? error.message : String(error)}` }, { cause: error })
  }
}

function resumedRemarks(parts: PartsFolder | null): string[] {
  if (parts === null) return []
  if (parts.found > 0) return [`Compared before the run was stopped, and not again: ${parts.found} ${parts.found === 1 ? 'part' : 'parts'} of the pairs.`]
  return parts.cleared ? ['What was kept belonged to other records or settings; everything was compared anew.'] : []
}

export interface DedupePlan {
  readonly input: LinkInput
  readonly plan: LinkPlan
  /** Pairs of every rule, and which are refused. */
  readonly counts: readonly RuleCount[]
  readonly left_out: PreparedRecords['useless']
  /** Pairs that would be compared at most: those of the rules, each counted, or all there are in a small table. */
  readonly most_pairs: number
  /** Whether all possible pairs would be compared. */
  readonly all_pairs: boolean
  readonly remarks: readonly string[]
}

/** What a run would do, counted; nothing is compared and nothing written. @throws RingmapError as `dedupeFiles` */
export async function planDedupe(paths: readonly string[], options: DedupeOptions): Promise<DedupePlan> {
  return await withDatabase(options, async (database) => {
    const { input, plan, settings, source, remarks } = await asked(database, paths, options)
    const prepared = await prepareRecords(database, input.table, input.records, source, plan, options.seed ?? settings.seed, options.progress ?? ((): void => undefined))
    const possible = possiblePairs(input.records, prepared.job.source)
    const all_pairs = possible <= ALL_PAIRS
    const of_rules = prepared.counts.reduce((sum, count) => sum + (count.refused === null ? count.made : 0), 0)
    return { input, plan, counts: prepared.counts, left_out: prepared.useless, all_pairs, most_pairs: all_pairs ? possible : Math.min(possible, of_rules), remarks }
  })
}

interface Asked {
  readonly input: LinkInput
  readonly plan: LinkPlan
  readonly settings: LinkSettings
  /** File of each record; null where there is one. */
  readonly source: Uint8Array | null
  readonly remarks: string[]
}

/** The files read and the settings worked out. */
async function asked(database: Database, paths: readonly string[], options: DedupeOptions): Promise<Asked> {
  const { settings, remarks: said } = options.config === undefined ? { settings: DEFAULT_SETTINGS, remarks: [] } : readLinkSettings(options.config)
  const input = await readLinkInput(database, paths, { ...options, id: options.id ?? settings.id })
  const profiles = (await profileColumns(database, input.table, input.columns, input.records)).filter((profile) => !(options.ignore ?? []).includes(profile.column))
  const stated = planOf(options.between === true ? { ...settings, link: 'between' } : settings, profiles, options.config === undefined ? 'settings' : basename(options.config))
  const several = input.files.length > 1
  const plan = { ...stated, between: stated.between && several, columns: stated.columns.map((column) => ({ ...column, changes: changesWith(column.from[0] ?? column.name) })) }
  const remarks = [...said, ...input.remarks]
  if (stated.between && !several) remarks.push('There is one file only: its records are compared among themselves.')
  return { input, plan, settings, source: several ? await sources(database, input) : null, remarks }
}

/** Cluster id of each record in an earlier output, null for records that were not in it. */
async function earlierIds(path: string, ids: readonly string[]): Promise<(string | null)[]> {
  const database = await Database.open(':memory:')
  try {
    const read = await readLinkTable(database, path, 'earlier', [], {})
    const missing = ['record_id', 'cluster_id'].find((column) => !read.columns.includes(column))
    if (missing !== undefined) throw new RingmapError('link_settings_invalid', { file: basename(path), what: `there is no column ${missing}; it should be the output of an earlier dedupe` })
    const [records = [], clusters = []] = await database.texts(sql`SELECT record_id, cluster_id FROM ${name('earlier')} ORDER BY row`)
    const known = new Map(records.map((record, i) => [record, clusters[i] ?? null]))
    return ids.map((id) => known.get(id) ?? null)
  } finally {
    database.close()
  }
}

function modelFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new RingmapError('input_missing', { file: path }, { cause: error })
  }
}

function saveModel(path: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch (error) {
    throw new RingmapError('export_failed', { what: `${path}: ${error instanceof Error ? error.message : String(error)}` }, { cause: error })
  }
}

async function sources(database: Database, input: LinkInput): Promise<Uint8Array> {
  const [column] = await database.columns(sql`SELECT CAST(${name('#source')} AS UTINYINT) FROM ${name(input.table)} ORDER BY ${name('#record')}`, ['u8'] as const, input.records)
  const shared = new Uint8Array(new SharedArrayBuffer(input.records))
  shared.set(column)
  return shared
}
