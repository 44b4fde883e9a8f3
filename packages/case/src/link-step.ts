/** The link step: records become entities and links, in one transaction; skipped when nothing before it changed. */
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import type { WorkOptions } from '@ringmap/model/progress'
import { standingAnswers } from '@ringmap/linkage/judgements/standing-answers'
import { personLinks, type PersonLinkOptions, type PersonLinks } from '@ringmap/linkage/persons/person-links'
import { linkRecords, type LinkedCounts } from '@ringmap/linkage/link-records'
import { RingmapError } from '@ringmap/model/errors'
import { sql } from '@ringmap/store/sql'
import { fingerprintOf } from './import-step.ts'
import { partsFolder, type PartsFolder } from './kept-parts.ts'
import { readJudgements } from './judgement-log.ts'
import type { OpenCase } from './open-case.ts'

/** Raised when the rules of joining change. */
const LINK_VERSION = 4
/** Where pairs that are compared are kept until the step is done, beside the database that it writes: a case may be linked in a copy while another is. */
const UNFINISHED = 'link.unfinished'

export interface LinkStepOptions extends WorkOptions {
  readonly force?: boolean | undefined
  /** Join only what reaches the court threshold or a person confirmed; the rest is drawn as possibly the same. */
  readonly court?: boolean | undefined
  /** Goes on from what a run that was killed had compared. */
  readonly resume?: boolean | undefined
  /** Bits; default the case's own `link.join_at`. */
  readonly threshold?: number | undefined
  /** With the bits that were asked for the last time, as after an answer of a person: a case that was linked for court stays so. */
  readonly as_before?: boolean | undefined
}

/** Ids come from the case key, but do not give it away. */
export function idSalt(key: Uint8Array): string {
  return createHmac('sha256', key).update('entity and link ids').digest('hex')
}

/** @returns the counts, or null when nothing had changed. */
export async function runLink(open: OpenCase, options: LinkStepOptions = {}): Promise<(LinkedCounts & { readonly resumed_parts: number }) | null> {
  const { database } = open
  const answers = standingAnswers(readJudgements(open))
  const { join_at, asked } = await bitsFor(open, options)
  const persons = open.file.link.persons ? personOptions(open) : undefined
  const fingerprint = fingerprintOf({ before: await stepFingerprint(open, 'import'), version: LINK_VERSION, salt: fingerprintOf(idSalt(open.key)), answers, join_at, court_at: open.file.link.court_at, persons: persons ?? null })
  const before = await database.one<{ fingerprint: string }>(sql`SELECT fingerprint FROM step WHERE name = 'link'`)
  if (options.force !== true && before?.fingerprint === fingerprint) return null
  const made: { parts: PartsFolder | null } = { parts: null }
  const run = fingerprintOf({ before: await stepFingerprint(open, 'import'), version: LINK_VERSION, persons: persons ?? null })
  const keep = (): PartsFolder => (made.parts = partsFolder(join(open.work, UNFINISHED), run, options.resume === true))
  const counts = await database.transaction(async () => {
    const linked = await linkRecords(database, { ...options, salt: idSalt(open.key), answers, persons: persons === undefined ? undefined : { ...persons, keep }, join_at, asked, court_at: open.file.link.court_at })
    await database.run(sql`INSERT INTO step VALUES ('link', ${fingerprint})`)
    return linked
  })
  made.parts?.finish()
  return { ...counts, resumed_parts: made.parts?.found ?? 0 }
}

interface Bits {
  readonly join_at: number
  readonly asked: 'court' | 'threshold' | null
}

async function bitsFor(open: OpenCase, { threshold, court, as_before }: LinkStepOptions): Promise<Bits> {
  const { link } = open.file
  if (threshold !== undefined) return { join_at: threshold, asked: 'threshold' }
  if (court === true) return { join_at: link.court_at, asked: 'court' }
  const last = as_before === true ? await lastLinkRun(open) : null
  if (last?.asked === 'court') return { join_at: link.court_at, asked: 'court' }
  return last?.asked === 'threshold' ? { join_at: last.join_at, asked: 'threshold' } : { join_at: link.join_at, asked: null }
}

/** With which bits the case was linked, and how many joins weigh less than a court asks for; null for one that an earlier version linked. */
export async function lastLinkRun({ database }: OpenCase): Promise<(Bits & { readonly weak_joins: number }) | null> {
  if ((await database.one(sql`SELECT 1 FROM information_schema.tables WHERE table_name = 'link_run'`)) === null) return null
  return await database.one(sql`SELECT join_at, asked, weak_joins FROM link_run`)
}

export interface LinkForecast {
  readonly persons: number
  /** Pairs that each rule brings together; one of several rules counts for each. */
  readonly by_rule: PersonLinks['by_rule']
  readonly compared: number
  /** Pairs that a machine would join if nothing else stood against it. */
  readonly would_join: number
  /** Pairs for a person to decide. */
  readonly would_wait: number
  readonly contradicted: number
  /** Names that so many bear that they bring nobody together. */
  readonly too_common: PersonLinks['too_common']
}

/** What the step would make of persons under other spellings; nothing is written. @throws RingmapError step_missing */
export async function forecastLink(open: OpenCase, options: LinkStepOptions = {}): Promise<LinkForecast> {
  await stepFingerprint(open, 'import')
  const join_at = options.threshold ?? (options.court === true ? open.file.link.court_at : open.file.link.join_at)
  const { links, compared, by_rule, too_common } = await personLinks(open.database, { ...personOptions(open), progress: options.progress, signal: options.signal })
  const persons = (await open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM record WHERE kind = 'Person'`))?.n ?? 0
  const would_join = links.filter((link) => link.joinable && link.explanation.total >= join_at).length
  const contradicted = links.filter((link) => link.contradiction !== null).length
  return { persons, by_rule, compared, would_join, would_wait: links.length - would_join - contradicted, contradicted, too_common }
}

/** How persons of this case are compared. */
export function personOptions(open: OpenCase): PersonLinkOptions {
  const { names, link, network } = open.file
  return { names: { same: names?.same ?? [], different: names?.different ?? [], honorifics: names?.honorifics ?? [] }, places: names?.places ?? [], hub_limit: network.hub_limit, review_at: link.review_at }
}

const STEPS = ['import', 'link', 'find'] as const

/** @throws RingmapError step_missing, naming the first step that has still to be run. */
export async function stepFingerprint(open: OpenCase, step: (typeof STEPS)[number]): Promise<string> {
  const known = await open.database.one<{ n: number }>(sql`SELECT count(*) AS n FROM information_schema.tables WHERE table_name = 'step'`)
  const rows = known?.n ? await open.database.rows<{ name: string; fingerprint: string }>(sql`SELECT name, fingerprint FROM step`) : []
  const found = rows.find((row) => row.name === step)
  if (found !== undefined) return found.fingerprint
  throw new RingmapError('step_missing', { step: STEPS.find((one) => !rows.some((row) => row.name === one)) ?? step, path: open.folder })
}
