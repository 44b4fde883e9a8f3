/** Rows of a Neo4j source as a file of the case: read in parallel ranges, each finished one kept, so that a restart goes on where it stopped. */
import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Neo4jSource } from '@ringmap/model/case-file'
import { RingmapError } from '@ringmap/model/errors'
import { ISSUE_CODES, type Issue, type IssueCode } from '@ringmap/model/issue'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { csvCell } from '@ringmap/model/csv-cell'
import { whole, type Neo4j } from './neo4j-connection.ts'
import { mayRetry } from './neo4j-failure.ts'
import { CHUNK_IDS, planReading, readingText, type PlanOptions, type Reading } from './neo4j-reading.ts'
import { CellTally, kindOf, textOf, type CellKind } from './neo4j-text.ts'

export interface ExtractOptions extends WorkOptions {
  /** File to write; `.json` and `.part` stand beside it. */
  readonly path: string
  /** Columns that the mapping names. */
  readonly used: ReadonlySet<string>
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number
  /** Sessions that read at the same time; default 2. */
  readonly streams?: number
  /** Ids in a range; default 100,000. */
  readonly range_ids?: number
}

/** What was read, kept beside the file: with `~id` it leads from a row back into the database. */
export interface ExtractRecord {
  readonly uri: string
  readonly server: string
  readonly database: string
  readonly database_id: string
  readonly read: string
  readonly from_ms: number
  readonly until_ms: number
  /** Rows that the server counted before and after, or all relationships of the type; null for a query. */
  readonly counted_before: number | null
  readonly counted_after: number | null
  readonly rows: number
  /** Ranges taken over from a read that was cut off. */
  readonly resumed: number
  readonly issues: readonly Issue[]
}

interface Part {
  readonly rows: number
  /** Of what the server counts. */
  readonly seen: number
  readonly kinds: readonly Partial<Record<CellKind, number>>[]
}

/** Stands for null in the lists that the server collects, which leave nulls out. */
const NONE = '\0'
const ATTEMPTS = 5
/** Raised when parts are written otherwise. */
const PARTS_VERSION = 2
const FIRST_PAUSE_MS = 250

/** @throws RingmapError neo4j_*, interrupted */
export async function extractNeo4j(database: Neo4j, source: Neo4jSource, options: ExtractOptions): Promise<ExtractRecord> {
  const from = options.now()
  try {
    const folder = `${options.path}.part`
    const read = async (how: PlanOptions): Promise<{ readonly reading: Reading; readonly resumed: number }> => {
      const planned = await planReading(database, source, options.used, how)
      const there = openParts(folder, database, source, planned)
      await readParts(database, source, planned, folder, options)
      return { reading: planned, resumed: there }
    }
    let { reading, resumed } = await read({})
    // One between other labels may have come meanwhile.
    if (reading.untested !== null && !(await reading.untested())) ({ reading, resumed } = await read({ test_ends: true }))
    const parts = partNames(reading, options).map((name) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Part)
    const rows = parts.reduce((sum, part) => sum + part.rows, 0)
    const seen = parts.reduce((sum, part) => sum + part.seen, 0)
    const after = reading.count === null ? null : Number((await database.rows<{ n: unknown }>(reading.count, reading.parameters))[0]?.n ?? 0)
    const before = reading.count === null ? null : reading.counted
    if (before !== null && after === before && seen !== before && resumed === 0) throw new RingmapError('neo4j_incomplete', { source: source.name, uri: database.address.uri, read: seen, counted: before })
    publish(folder, partNames(reading, options), reading.columns, options.path)
    const record: ExtractRecord = {
      uri: database.address.uri, server: database.server.agent, database: database.server.database, database_id: database.server.database_id, read: readingText(source.read),
      from_ms: from, until_ms: options.now(), counted_before: before, counted_after: after, rows, resumed,
      issues: issuesOf(source, reading, parts, before !== null && (before !== after || seen !== before)),
    }
    writeFileSync(`${options.path}.json`, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 })
    return record
  } catch (error) {
    throw database.failure(error)
  }
}

/** The record of what is kept at a path; null when nothing was read yet. */
export function extractRecord(path: string): ExtractRecord | null {
  return existsSync(`${path}.json`) && existsSync(path) ? (JSON.parse(readFileSync(`${path}.json`, 'utf8')) as ExtractRecord) : null
}

function partNames(reading: Reading, options: ExtractOptions): string[] {
  if (reading.chunks === null) return ['000000']
  return Array.from({ length: Math.ceil((reading.last_id + 1) / rangeIds(options)) }, (_, i) => String(i).padStart(6, '0'))
}

function rangeIds(options: ExtractOptions): number {
  return Math.ceil((options.range_ids ?? CHUNK_IDS * 200) / CHUNK_IDS) * CHUNK_IDS
}

/** Keeps the parts of an earlier attempt when it read the same things of the same store; the number of parts that are there. */
function openParts(folder: string, database: Neo4j, source: Neo4jSource, reading: Reading): number {
  const plan = createHash('sha256').update(JSON.stringify([PARTS_VERSION, database.server.database_id, source.read, reading.columns, reading.chunks === null, reading.untested === null])).digest('hex')
  const file = join(folder, 'plan')
  if (!existsSync(file) || readFileSync(file, 'utf8') !== plan) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(file, plan)
  }
  return reading.chunks === null ? 0 : readdirSync(folder).filter((name) => /^\d+\.json$/.test(name)).length
}

async function readParts(database: Neo4j, source: Neo4jSource, reading: Reading, folder: string, options: ExtractOptions): Promise<void> {
  const names = partNames(reading, options)
  const left = names.map((name, i) => ({ name, i })).filter(({ name }) => reading.chunks === null || !existsSync(join(folder, `${name}.json`)))
  let rows = 0
  const tell = (more: number): void => {
    rows += more
    options.progress?.(`reading ${source.name} from Neo4j`, rows, Math.max(0, reading.counted))
  }
  const failed: unknown[] = []
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined && failed.length === 0; next = left.shift()) {
      const { name, i } = next
      try {
        await retried(async () => await readPart(database, reading, { path: join(folder, name), lo: i * rangeIds(options), hi: Math.min((i + 1) * rangeIds(options) - 1, reading.last_id), tell, stopped: () => failed.length > 0 }, options), options)
      } catch (error) {
        failed.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, options.streams ?? 2) }, worker))
  if (failed.length > 0) throw failed[0]
}

/** Again, after a pause that doubles, where the driver says that it may pass. */
async function retried(work: () => Promise<void>, options: WorkOptions): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work()
      return
    } catch (error) {
      const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
      if (attempt === ATTEMPTS || !mayRetry(cause)) throw error
      await pause(FIRST_PAUSE_MS * 2 ** attempt)
      stopIfAsked(options.signal)
    }
  }
}

interface PartWork {
  readonly path: string
  readonly lo: number
  readonly hi: number
  readonly tell: (rows: number) => void
  readonly stopped: () => boolean
}

/** Rows reach the disk as they come; the part counts only once its tally has been written, which is last. */
async function readPart(database: Neo4j, reading: Reading, part: PartWork, options: ExtractOptions): Promise<void> {
  const out = openSync(part.path, 'w', 0o600)
  const tally = new CellTally(reading.columns)
  let rows = 0
  let seen = 0
  let text = ''
  let told = 0
  const cell = (value: unknown, column: number): string => {
    if (value === null || value === undefined || value === NONE) return ''
    tally.count(column, kindOf(value))
    return csvCell(textOf(value))
  }
  const flush = (least: number): void => {
    if (text.length < least) return
    writeWhole(out, text)
    text = ''
    part.tell(rows - told)
    told = rows
  }
  const line = (cells: string): void => {
    // A row of one empty cell would be a blank line.
    text += cells === '' ? '""\n' : `${cells}\n`
    rows++
  }
  try {
    if (reading.chunks === null) {
      await database.stream(reading.rows, reading.parameters, (values) => {
        line(values.map(cell).join(','))
        flush(1 << 16)
      }, { signal: options.signal })
    } else {
      const parameters = { lo: whole(part.lo), hi: whole(part.hi), step: whole(CHUNK_IDS), none: NONE }
      await database.stream(reading.chunks, parameters, (lists) => {
        const [first = []] = lists as unknown[][]
        for (let r = 0; r < first.length; r++) {
          let cells = cell(first[r], 0)
          for (let c = 1; c < reading.columns.length; c++) cells += `,${cell((lists[c] as unknown[])[r], c)}`
          line(cells)
        }
        seen += Number(lists[reading.columns.length])
        flush(1 << 16)
        if (part.stopped()) throw new RingmapError('interrupted')
      }, { fetch: 100, signal: options.signal })
    }
    flush(0)
  } finally {
    closeSync(out)
  }
  writeFileSync(`${part.path}.json`, JSON.stringify({ rows, seen: reading.chunks === null ? rows : seen, kinds: tally.plain() } satisfies Part))
}

/** Header and parts, in order, to a draft that takes the file's place only when it is whole. */
function publish(folder: string, parts: readonly string[], columns: readonly string[], path: string): void {
  const draft = `${path}.draft`
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const out = openSync(draft, 'w', 0o600)
  try {
    writeWhole(out, `${columns.map(csvCell).join(',')}\n`)
    for (const part of parts) {
      writeWhole(out, readFileSync(join(folder, part)))
    }
  } finally {
    closeSync(out)
  }
  renameSync(draft, path)
  rmSync(folder, { recursive: true, force: true })
}

function writeWhole(file: number, content: string | Buffer): void {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}

function issuesOf(source: Neo4jSource, reading: Reading, parts: readonly Part[], changed: boolean): Issue[] {
  const tally = new CellTally(reading.columns)
  for (const part of parts) tally.add(part.kinds)
  const rows = parts.reduce((sum, part) => sum + part.rows, 0)
  const issues: Issue[] = []
  const add = (code: IssueCode, column: string | null, count: number, message: string): void => void issues.push({ code, source: source.name, file: source.file, column, count, examples: [], message })
  if (changed) add('database_changed', null, 1, ISSUE_CODES.database_changed)
  tally.plain().forEach((kinds, c) => {
    const column = reading.columns[c] as string
    const flat = (['list', 'point', 'bytes', 'map'] as const).reduce((sum, kind) => sum + (kinds[kind] ?? 0), 0)
    if (flat > 0) add('value_flattened', column, flat, ISSUE_CODES.value_flattened)
    const found = Object.entries(kinds)
    if (found.length > 1) add('type_varies', column, found.reduce((sum, [, n]) => sum + n, 0) - Math.max(...found.map(([, n]) => n)), `${found.map(([kind, n]) => `${n} × ${kind}`).join(', ')}: ${ISSUE_CODES.type_varies}`)
    const key = 'query' in source.read ? undefined : source.read.key
    const present = found.reduce((sum, [, n]) => sum + n, 0)
    if (column === key && present < rows) add('key_missing', column, rows - present, ISSUE_CODES.key_missing)
  })
  return issues
}
