/** A case as an exhibit may use it: as it stood at a moment, what was dated, received or decided later left out and counted, and no persons joined on less than a court asks for. Every step runs again, in a temporary folder. Protection stays that of today. */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LeftOut } from '@ringmap/evidence/exhibit-model'
import { isoTime } from '@ringmap/evidence/iso-time'
import type { SourceMapping } from '@ringmap/model/case-file'
import { PROTECTED_ROLES, UNRANKED_ROLES } from '@ringmap/model/schema'
import { extractRecord } from '@ringmap/sources/neo4j-extract'
import { rawTable } from '@ringmap/store/tables'
import { name, sql, type Sql } from '@ringmap/store/sql'
import { localClock } from './case-clock.ts'
import { viewCase, type CaseView } from './case-view.ts'
import { AS_READ, bringExtracts, extractPath } from './database-sources.ts'
import { runFind } from './find-step.ts'
import { mapAgain, runImport } from './import-step.ts'
import { JUDGEMENT_FILE, readJudgements } from './judgement-log.ts'
import { lastLinkRun, runLink } from './link-step.ts'
import { maskOfPast } from './mask-case.ts'
import { closeCase, DATABASE_FILE, KEY_FILE, openCase, type OpenCase } from './open-case.ts'

export interface PastCase {
  readonly view: CaseView
  readonly left_out: readonly LeftOut[]
  /** Whether anything was later; else it differs from the case in its joins alone. */
  readonly earlier: boolean
  readonly close: () => void
}

/** @returns null where nothing is later and every join would count: then the case is as it was. @throws RingmapError source_missing */
export async function caseAsOf(today: CaseView, as_of_ms: number): Promise<PastCase | null> {
  const { open } = today
  const received = receivedLater(open, as_of_ms)
  const judgements = readJudgements(open)
  const given = judgements.filter(({ at_ms }) => at_ms <= as_of_ms)
  const later = received.length > 0 || given.length < judgements.length || (await open.database.one(sql`SELECT 1 FROM observation WHERE at_ms > ${as_of_ms} LIMIT 1`)) !== null
  const { join_at, weak_joins } = await joinsOf(open)
  // Joined with other bits than the case says, the exhibit could not be made again from the case.
  if (!later && weak_joins === 0 && join_at === open.file.link.join_at) return null
  const work = mkdtempSync(join(tmpdir(), 'ringmap-as-of-'))
  const remove = (): void => rmSync(work, { recursive: true, force: true })
  try {
    copyFileSync(join(open.work, KEY_FILE), join(work, KEY_FILE))
    writeFileSync(join(work, JUDGEMENT_FILE), given.map((one) => `${JSON.stringify(one)}\n`).join(''), { mode: 0o600 })
    if (later) bringExtracts(open.file, open.work, work)
    await open.database.copyTo(join(work, DATABASE_FILE))
    const past: OpenCase = { ...(await openCase(open.file_path, { work_folder: work, data: open.data })), file: open.file }
    const close = (): void => {
      closeCase(past)
      remove()
    }
    try {
      // Sources are read again only where they are others than those imported.
      if (later) await runImport(past, { databases: AS_READ })
      // Named as in a case that is made again from its sources.
      for (const table of ['known_record', 'entity_change']) await past.database.run(sql`DELETE FROM ${name(table)}`)
      const left_out = later ? await leaveOut(past, as_of_ms, received) : []
      const straight = !later && weak_joins > 0 && join_at === open.file.link.join_at
      await runLink(past, { force: true, court: straight })
      if (!straight && (await joinsOf(past)).weak_joins > 0) await runLink(past, { court: true })
      await protectedToday(past, today)
      await runFind(past)
      const decided = judgements.length - given.length
      const view = await viewCase({ ...past, work: open.work })
      return { view: { ...view, mask: await maskOfPast(past, today) }, left_out: decided === 0 ? left_out : [...left_out, { source: '', rows: decided, why: 'decided later' }], earlier: later, close }
    } catch (error) {
      closeCase(past)
      throw error
    }
  } catch (error) {
    remove()
    throw error
  }
}

async function joinsOf(open: OpenCase): Promise<{ readonly join_at: number; readonly weak_joins: number }> {
  const { persons, join_at } = open.file.link
  return (persons ? await lastLinkRun(open) : null) ?? { join_at, weak_joins: 0 }
}

/** Sources that came in on a later day than that of the moment: as their register says, or, where they are databases, as they were read. What a database held before it was read is not known. */
function receivedLater(open: OpenCase, as_of_ms: number): string[] {
  const { file } = open
  const local = localClock(file.timezone)
  const dayOf = (at_ms: number): string => isoTime(local(at_ms)).slice(0, 10)
  const days = (source: SourceMapping): (string | undefined)[] => {
    const read = source.kind === 'neo4j' ? extractRecord(extractPath(open, source)) : null
    return [/^\d{4}-\d{2}-\d{2}/.exec(file.exhibit?.sources[source.name]?.at ?? '')?.[0], read === null ? undefined : dayOf(read.until_ms)]
  }
  return file.sources.filter((source) => days(source).some((day) => day !== undefined && day > dayOf(as_of_ms))).map(({ name: source }) => source)
}

/** Rows go from the tables of rows, and everything is mapped again: nothing of them stays in a record, a label or a count. */
async function leaveOut(past: OpenCase, as_of_ms: number, received: readonly string[]): Promise<LeftOut[]> {
  const { database, file } = past
  return await database.transaction(async () => {
    const left: LeftOut[] = []
    for (const [position, { name: source }] of file.sources.entries()) {
      const whole = received.includes(source)
      const which: Sql = whole ? sql`TRUE` : sql`row IN (SELECT o.row FROM observation o WHERE CAST(o.source AS VARCHAR) = ${String(position)} AND o.at_ms > ${as_of_ms})`
      const rows = (await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM ${rawTable(source)} WHERE ${which}`))?.n ?? 0
      if (rows === 0) continue
      await database.run(sql`DELETE FROM ${rawTable(source)} WHERE ${which}`)
      left.push({ source, rows, why: whole ? 'received later' : 'dated later' })
    }
    if (left.length > 0) await mapAgain(past, { as_of_ms, left })
    return left
  })
}

/** Who is protected today is so in what was known before: a role that came later must not be the reason why a victim is named, or ranked as a suspect. */
async function protectedToday(past: OpenCase, today: CaseView): Promise<void> {
  const roles = [...new Set([...PROTECTED_ROLES, ...UNRANKED_ROLES])]
  const held = await today.open.database.rows<{ id: string; label: string; role: string }>(sql`SELECT e.id, e.label, r.role FROM entity_role r JOIN entity e USING (entity) WHERE r.role IN ${roles} ORDER BY e.id, r.role`)
  for (const { id, label, role } of held) {
    const known = await past.database.one(sql`SELECT 1 FROM entity WHERE id = ${id}`)
    const which = known === null ? sql`kind = 'Person' AND label = ${label}` : sql`id = ${id}`
    await past.database.run(sql`INSERT INTO entity_role SELECT entity, ${role} FROM entity WHERE ${which} AND entity NOT IN (SELECT entity FROM entity_role WHERE role = ${role})`)
  }
}
