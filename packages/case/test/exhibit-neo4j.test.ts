/** Exhibits of a case that leans on a Neo4j server: rows read from it are kept, so that an earlier moment and a second making need no server; communities computed by it need the same versions. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { neo4jForTests, neo4jSkipped, type Neo4jForTests } from '@ringmap/fixtures/neo4j-door'
import { Neo4j } from '@ringmap/sources/neo4j-connection'
import { cypher } from '@ringmap/sources/neo4j-cypher'
import { writeAudit } from '../src/audit.ts'
import { caseAsOf } from '../src/case-as-of.ts'
import { viewCase, type CaseView } from '../src/case-view.ts'
import { engineMark, engineUse } from '../src/engine-mark.ts'
import { reproduceBundle, type ReproduceOptions } from '../src/exhibit-check.ts'
import { exhibitInput } from '../src/exhibit-input.ts'
import { writeExhibit } from '../src/exhibit-step.ts'
import { runFind } from '../src/find-step.ts'
import { runImport } from '../src/import-step.ts'
import { runLink } from '../src/link-step.ts'
import { closeCase, openCase, type OpenCase } from '../src/open-case.ts'
import { addSigners, passphraseOf, ringRequest } from './found-case.ts'
import { EXHIBIT_HEAD, SMALL_FILES, writeSmallCase } from './small-case.ts'

const missing = neo4jSkipped()
const NOW = Date.UTC(2026, 10, 24, 9)
const READ = Date.UTC(2024, 2, 20)
const AS_OF = Date.UTC(2024, 3, 1)
const LATER_CALLS = '9419000001,9419000006,15/04/2024 10:00:00,20\n9419000001,9419000005,16/04/2024 10:00:00,20\n'
const CALLS = `${SMALL_FILES['calls.csv'] ?? ''}${LATER_CALLS}`
const EXHIBIT = `${EXHIBIT_HEAD}  uncategorised: unknown
  against: { facts: [He says that he was not there.], unknowns: [The second phone was never found.] }
`
/** For this run alone: other tests use the same server. */
const LABEL = `SmallCalls${process.pid}`

describe.skipIf(missing !== null)(`exhibits that lean on Neo4j${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  const folders: string[] = []
  const cases: OpenCase[] = []
  let at: Neo4jForTests
  let server: Neo4j

  const made = async (yaml: string, work: (open: OpenCase) => Promise<void>): Promise<{ readonly folder: string; readonly view: CaseView }> => {
    const folder = writeSmallCase({ changed: { 'case.yaml': yaml } })
    folders.push(folder)
    const first = await openCase(folder)
    await work(first)
    addSigners(first)
    closeCase(first)
    const open = await openCase(folder)
    cases.push(open)
    writeAudit(open, { at_ms: READ, who: 'asha', act: 'find', what: 'small case', why: null })
    return { folder, view: await viewCase(open) }
  }

  beforeAll(async () => {
    at = await neo4jForTests()
    server = await Neo4j.open(at)
  }, 300_000)
  afterAll(async () => {
    for (const open of cases) closeCase(open)
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    if (missing === null) {
      await server.write(cypher`MATCH (n) WHERE $label IN labels(n) DETACH DELETE n`, { label: LABEL })
      await server.close()
    }
  })

  /** The small case with its calls in the database, taken out of it again once they were read. */
  const readCase = async (read_ms: number): Promise<{ readonly folder: string; readonly view: CaseView }> => {
    const [header = '', ...lines] = CALLS.trimEnd().split('\n')
    const rows = lines.map((line) => Object.fromEntries(header.split(',').map((column, c) => [column, line.split(',')[c] ?? ''])))
    await server.write(cypher`UNWIND $rows AS row CREATE (n:$($label)) SET n = row`, { rows, label: LABEL })
    const yaml = `${(SMALL_FILES['case.yaml'] ?? '').replace('    file: calls.csv\n', `    kind: neo4j\n    uri: ${at.uri}\n    user: ${at.user}\n    read: { nodes: ${LABEL}, columns: [a, b, start, seconds] }\n`)}${EXHIBIT}`
    return await made(yaml, async (open) => {
      await runImport(open, { databases: { password: () => Promise.resolve(at.password), now: () => read_ms } })
      await server.write(cypher`MATCH (n) WHERE $label IN labels(n) DETACH DELETE n`, { label: LABEL })
      await runLink(open)
      await runFind(open)
    })
  }

  test('rows that were read before the moment are those of the exhibit, without what is dated later, and the database is not asked again', async () => {
    const { folder, view } = await readCase(READ)
    const request = await ringRequest(view, AS_OF)
    const now = await exhibitInput(view, { ...request, as_of_ms: NOW })
    const then = await exhibitInput(view, request)
    expect(then.left_out).toEqual([{ source: 'calls', rows: 2, why: 'dated later' }])
    expect(then.trace.length).toBe(now.trace.length - 2)
    // As from files: the same persons in the same order.
    const files = await made(`${SMALL_FILES['case.yaml'] ?? ''}${EXHIBIT}`, async (open) => {
      writeFileSync(join(open.work, 'calls.csv'), CALLS)
      await runImport(open)
      await runLink(open)
      await runFind(open)
    })
    expect(then.order).toEqual((await exhibitInput(files.view, request)).order)
    const into = join(folder, 'past')
    await writeExhibit(view, request, { folder: into, passphrase: passphraseOf, now_ms: NOW })
    expect(await reproduceBundle(into, folder)).toMatchObject({ first: null, differing: [], engine: [], server: null })
  })

  test('what was read after the moment counts as received later: what the database held then is not known', async () => {
    const { view } = await readCase(Date.UTC(2024, 3, 20))
    const past = await caseAsOf(view, AS_OF)
    expect(past?.left_out).toEqual([{ source: 'calls', rows: CALLS.trimEnd().split('\n').length - 1, why: 'received later' }])
    past?.close()
    // On the day itself it was there.
    const same = await caseAsOf(view, Date.UTC(2024, 3, 20))
    expect(same).toBe(null)
  })

  test('communities of a server are found again there; where none answers, or another, that is said with what holds', async () => {
    const gds = { engine: 'gds', at: { uri: at.uri, user: at.user }, password: () => Promise.resolve(at.password) } as const
    const { folder, view } = await made(`${SMALL_FILES['case.yaml'] ?? ''}${EXHIBIT}`, async (open) => {
      await runImport(open)
      await runLink(open)
      await runFind(open, { engine: gds })
    })
    const into = join(folder, 'gds')
    // The trail's own line about it comes after the moment.
    await writeExhibit(view, await ringRequest(view, NOW), { folder: into, passphrase: passphraseOf, now_ms: NOW + 1000 })
    const method = JSON.parse(readFileSync(join(into, 'data', 'method.json'), 'utf8')) as { find_fingerprint: string; communities_from: { version: string; server: string } }
    expect(method.find_fingerprint).toMatch(/ gds-leiden-1-default$/)
    expect(method.communities_from).toMatchObject({ name: 'gds', communities: 'leiden', concurrency: 1, returned: { least: 3 } })
    const stated = `Graph Data Science ${method.communities_from.version} on ${method.communities_from.server}`
    const again = async (path: string, options: ReproduceOptions): Promise<unknown> => await reproduceBundle(path, folder, options)
    const rows = new Set(readFileSync(join(into, 'data', 'trace.jsonl'), 'utf8').trimEnd().split('\n').map((line) => { const { source, row } = JSON.parse(line) as { source: string; row: number }; return `${source}:${row}` })).size
    expect(rows).toBeGreaterThan(0)
    expect(await again(into, { server: gds })).toMatchObject({ first: null, differing: [], server: { stated, here: stated, trouble: null, rows: { same: rows, of: rows } } })
    for (const nowhere of [{ password: gds.password }, { ...gds, at: { uri: 'bolt://127.0.0.1:1', user: 'neo4j' } }, { ...gds, password: () => Promise.resolve(null) }]) {
      expect(await again(into, { server: nowhere })).toMatchObject({ files: 0, first: null, server: { stated, here: null, trouble: expect.stringMatching(/Neo4j|password/) as string, rows: { same: rows, of: rows } } })
    }
    // As if another version had made it, and of a row that the sources do not hold.
    const other = join(folder, 'other')
    cpSync(into, other, { recursive: true })
    writeFileSync(join(other, 'data', 'method.json'), JSON.stringify({ ...method, communities_from: { ...method.communities_from, version: '2.0.0' } }))
    const trace = join(other, 'data', 'trace.jsonl')
    writeFileSync(trace, readFileSync(trace, 'utf8').replace(/"row_sha256":"[0-9a-f]{4}/, '"row_sha256":"0000'))
    expect(await again(other, { server: gds })).toMatchObject({ server: { stated: `Graph Data Science 2.0.0 on ${method.communities_from.server}`, here: stated, trouble: null, rows: { same: rows - 1, of: rows } }, first: { what: 'differs' } })
  })
})

test('how Graph Data Science was used is read back from the fingerprint', () => {
  for (const use of [{ communities: 'leiden', concurrency: 1 }, { communities: 'louvain', concurrency: 4, sample: null }, { communities: 'leiden', concurrency: 2, sample: 250 }] as const) expect(engineUse(`abc ${engineMark(use)}`)).toEqual(use)
  expect(engineUse('0123abc')).toBe(null)
})
