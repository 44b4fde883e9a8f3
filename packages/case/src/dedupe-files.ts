/** Files in, clusters out: the whole of a linkage run without a case. */
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { WorkOptions } from '@ringmap/model/progress'
import { linkBatch, type LinkedBatch } from '@ringmap/linkage/batch/link-batch'
import { clusterWeights } from '@ringmap/linkage/batch/cluster-weights'
import type { LinkPlan } from '@ringmap/linkage/batch/link-plan'
import { modelText, readModel } from '@ringmap/linkage/batch/model-file'
import { Database } from '@ringmap/store/database'
import { name, sql } from '@ringmap/store/sql'
import { readLinkInput, type LinkInput } from './link-input.ts'
import { profileColumns } from './link-plan-guess.ts'
import { DEFAULT_SETTINGS, planOf, readLinkSettings } from './link-settings-file.ts'
import { hardContradictions } from './link-contradictions.ts'

export interface DedupeOptions extends WorkOptions {
  readonly config?: string | undefined
  readonly id?: string | undefined
  readonly threshold?: number | undefined
  /** Files of models. */
  readonly model?: string | undefined
  readonly save_model?: string | undefined
  readonly workers: number
  readonly seed?: number | undefined
  readonly between?: boolean | undefined
  /** Columns that are not to be compared. */
  readonly ignore?: readonly string[] | undefined
}

export interface Deduped {
  readonly input: LinkInput
  readonly plan: LinkPlan
  readonly batch: LinkedBatch
  /** Id of each record. */
  readonly ids: readonly string[]
  /** Strongest link of each record within its cluster, NaN when it is alone. */
  readonly weights: Float32Array
  readonly remarks: readonly string[]
}

/** @throws RingmapError source_*, column_missing, link_settings_invalid, link_model_invalid, nothing_to_compare, interrupted */
export async function dedupeFiles(paths: readonly string[], options: DedupeOptions): Promise<Deduped> {
  const settings = options.config === undefined ? DEFAULT_SETTINGS : readLinkSettings(options.config)
  const model = options.model === undefined ? undefined : readModel(readFileSync(options.model, 'utf8'), basename(options.model))
  const database = await Database.open(':memory:', { threads: Math.max(1, options.workers), memory: '1200MB' })
  try {
    const input = await readLinkInput(database, paths, { ...options, id: options.id ?? settings.id })
    const profiles = (await profileColumns(database, input.table, input.columns, input.records)).filter((profile) => !(options.ignore ?? []).includes(profile.column))
    const stated = planOf(options.between === true ? { ...settings, link: 'between' } : settings, profiles, options.config === undefined ? 'settings' : basename(options.config))
    const several = input.files.length > 1
    const plan = { ...stated, between: stated.between && several }
    const remarks = [...input.remarks]
    if (stated.between && !several) remarks.push('There is one file only: its records are compared among themselves.')
    const source = several ? await sources(database, input) : null
    const [ids] = await database.texts(sql`SELECT ${name('#id')} FROM ${name(input.table)} ORDER BY ${name('#record')}`)
    const cannot_link = settings.cannot_link.length === 0 ? undefined : await hardContradictions(database, input, settings.cannot_link)
    const batch = await linkBatch(database, input.table, input.records, { ...options, plan, source, seed: options.seed ?? settings.seed, threshold: options.threshold ?? settings.threshold, model, cannot_link })
    if (options.save_model !== undefined) writeFileSync(options.save_model, modelText(batch.model))
    return { input, plan, batch, ids: (ids ?? []) as string[], weights: clusterWeights(batch.links, batch.clusters.cluster), remarks }
  } finally {
    database.close()
  }
}

async function sources(database: Database, input: LinkInput): Promise<Uint8Array> {
  const [column] = await database.columns(sql`SELECT CAST(${name('#source')} AS UTINYINT) FROM ${name(input.table)} ORDER BY ${name('#record')}`, ['u8'] as const, input.records)
  const shared = new Uint8Array(new SharedArrayBuffer(input.records))
  shared.set(column)
  return shared
}
