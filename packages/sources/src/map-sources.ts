/** The second half of import: raw rows of every source become numbered records, facts and observations, in one pass over each table. */
import type { CaseFile, SourceMapping } from '@ringmap/model/case-file'
import { RingmapError } from '@ringmap/model/errors'
import { LINK_KINDS, type EntityKind } from '@ringmap/model/schema'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import type { Database } from '@ringmap/store/database'
import { freshTables, rawTable } from '@ringmap/store/tables'
import { joined, name, sql } from '@ringmap/store/sql'
import { columnsOf, conditionColumns, timeColumns } from './column-sql.ts'
import { countCallsOnce } from './calls-once.ts'
import { IssueBook } from './issue-book.ts'
import { setAsideRows } from './row-checks.ts'
import { setAsideShifted } from './shifted-rows.ts'
import { checkBalance, reportDoubtfulColumns, reportMixedDates } from './plausibility.ts'
import { reportUnlinked, reportUnread, writeObservations } from './observations.ts'
import { readRowValues } from './row-values.ts'
import { allMentions, idColumns, numberRecords, readDictionary, type Mention } from './record-keys.ts'
import { writeFacts } from './record-facts.ts'

export interface ReadSource {
  readonly file: string
  readonly columns: readonly string[]
  /** Headers that stand more than once in the file. */
  readonly repeated: readonly string[]
}

/**
 * Rebuilds every import table from the raw rows. The caller holds the transaction.
 *
 * @throws RingmapError column_missing, column_repeated, case_file_invalid
 */
export async function mapSources(database: Database, file: CaseFile, read: ReadonlyMap<string, ReadSource>, work: WorkOptions = {}): Promise<void> {
  for (const source of file.sources) checkColumns(source, read.get(source.name))
  for (const statement of freshTables('import')) await database.run(statement)
  const issues = new IssueBook('import', new Map([...read].map(([source, { file: path }]) => [source, path])))
  const mentions = allMentions(file, new Map([...read].map(([source, { columns }]) => [source, columns])))
  const links = file.sources.reduce((sum, source) => sum + source.links.length, 0)
  const total = mentions.length * 2 + links + file.sources.length * 2
  let done = 0
  const step = (what: string): void => {
    work.progress?.(what, done++, total)
    stopIfAsked(work.signal)
  }
  for (const mention of mentions) {
    step(`canonical forms of ${mention.alias} in ${mention.source.name}`)
    await readDictionary(database, mention, file.region, work.signal)
  }
  await numberRecords(database, mentions)
  for (const mention of mentions) {
    step(`facts of ${mention.alias} in ${mention.source.name}`)
    await writeFacts(database, mention, file.region, issues)
  }
  for (const [position, source] of file.sources.entries()) {
    step(`repeated rows of ${source.name}`)
    await reportRepeatedRows(database, source, read.get(source.name)?.columns ?? [], issues)
    if (source.links.length === 0) continue
    step(`values of ${source.name}`)
    const own = mentions.filter((mention) => mention.source.name === source.name)
    if (source.balance !== undefined) await checkBalance(database, source, source.balance, issues)
    await reportMixedDates(database, source, issues)
    const values = await readRowValues(database, source, own, source.timezone ?? file.timezone)
    await setAsideRows(database, source, read.get(source.name)?.columns ?? [], values, issues)
    await setAsideShifted(database, source, read.get(source.name)?.columns ?? [], own, values, source.timezone ?? file.timezone, issues)
    await reportUnread(database, source, values, issues)
    await reportUnlinked(database, source, values, issues)
    for (const [place, link] of source.links.entries()) {
      step(`${link.kind} in ${source.name}`)
      await writeObservations(database, { source, position, link, from: endOf(own, source, link.from), to: endOf(own, source, link.to), values, of_link: values.link(place), grading: source.grading ?? file.grading }, issues)
    }
    await database.run(sql`DROP TABLE ${values.table}`)
  }
  await reportDoubtfulColumns(database, mentions, issues)
  for (const mention of mentions) await database.run(sql`DROP TABLE ${mention.dictionary}`)
  await countCallsOnce(database, file.same_call_within_s, issues, file.sources)
  work.progress?.('mapped', total, total)
}

function endOf(mentions: readonly Mention[], source: SourceMapping, alias: string): Mention {
  const found = mentions.find((mention) => mention.source.name === source.name && mention.alias === alias)
  if (found === undefined) throw new RingmapError('case_file_invalid', { file: 'case.yaml', line: '?', path: `sources.${source.name}.links`, what: `there is no entity "${alias}" in this source` })
  return found
}

/** Every column that the mapping names must be there, once. */
function checkColumns(source: SourceMapping, read: ReadSource | undefined): void {
  if (read === undefined) return
  for (const column of columnsUsed(source)) {
    if (read.repeated.includes(column)) throw new RingmapError('column_repeated', { source: source.name, file: read.file, column })
    if (!read.columns.includes(column)) throw new RingmapError('column_missing', { source: source.name, file: read.file, column, columns: read.columns.join(', ') })
  }
}

/** Every column that the mapping names. */
export function columnsUsed(source: SourceMapping): ReadonlySet<string> {
  const used = new Set<string>()
  const add = (columns: readonly (string | undefined)[]): void => {
    for (const column of columns) if (column !== undefined) used.add(column)
  }
  for (const entity of Object.values(source.entities)) {
    add([...idColumns(entity), ...Object.values(entity.identifiers), ...conditionColumns(entity.where)])
    for (const value of Object.values(entity.properties)) add(columnsOf(value))
    if (entity.label !== undefined) add(columnsOf(entity.label))
    if (entity.role !== undefined && typeof entity.role !== 'string') add([entity.role.column])
  }
  if (source.balance !== undefined) add([source.balance.column, source.balance.debit, source.balance.credit, source.balance.amount, source.balance.account])
  for (const link of source.links) {
    add([link.duration_s, link.count, link.amount?.column, ...conditionColumns(link.where), typeof link.grade === 'string' ? link.grade : undefined])
    for (const time of [link.at, link.until]) if (time !== undefined) add(timeColumns(time))
    if (link.commodity !== undefined) add(columnsOf(link.commodity))
  }
  return used
}

/** Rows that say the same word for word are kept and counted: which of them to believe is not for a machine to say. */
async function reportRepeatedRows(database: Database, source: SourceMapping, columns: readonly string[], issues: IssueBook): Promise<void> {
  if (columns.length === 0) return
  const cells = joined(columns.map((column) => sql`r.${name(column)}`))
  const raw = rawTable(source.name)
  const hashes = await database.one<{ n: number }>(sql`SELECT CAST(count(*) - approx.n AS BIGINT) AS n FROM ${raw} r, (SELECT count(DISTINCT hash(${cells})) AS n FROM ${raw} r) approx GROUP BY approx.n`)
  if (hashes === null || hashes.n === 0) return
  await issues.fromQuery(database, {
    code: 'row_repeated', source: source.name, column: null,
    bad: sql`SELECT max(r.row) AS row, NULL AS value, count(*) - 1 AS n, NULL AS problem FROM ${raw} r GROUP BY ${cells} HAVING count(*) > 1`,
  })
}

/** Ends of a link that its kind does not foresee, as a sentence; null when they fit. */
export function misfit(kind: keyof typeof LINK_KINDS, from: EntityKind, to: EntityKind): string | null {
  const spec = LINK_KINDS[kind]
  const fits = (allowed: readonly EntityKind[], given: EntityKind): boolean => allowed.length === 0 || allowed.includes(given)
  if (!fits(spec.from, from)) return `"${kind}" starts at ${spec.from.join(' or ')}, not at ${from}`
  if (!fits(spec.to, to)) return `"${kind}" ends at ${spec.to.join(' or ')}, not at ${to}`
  return null
}
