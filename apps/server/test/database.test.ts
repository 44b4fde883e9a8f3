import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditLines } from '@ringmap/case/audit'
import { runFind } from '@ringmap/case/find-step'
import { runImport } from '@ringmap/case/import-step'
import { runLink } from '@ringmap/case/link-step'
import { closeCase, openCase } from '@ringmap/case/open-case'
import { neo4jForTests, neo4jSkipped } from '@ringmap/fixtures/neo4j-door'
import { TOKEN_HEADER, type Routes } from '@ringmap/model/wire'
import { Neo4j } from '@ringmap/sources/neo4j-connection'
import { cypher } from '@ringmap/sources/neo4j-cypher'
import { serveCase, type Served } from '../src/serve.ts'

const missing = neo4jSkipped()

describe.skipIf(missing !== null)(`more of an entity in the database${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-database-'))
  let server: Neo4j
  let served: Served
  let password: string
  const known = process.env['NEO4J_PASSWORD']

  beforeAll(async () => {
    const at = await neo4jForTests()
    password = at.password
    server = await Neo4j.open(at)
    await server.write(cypher`MATCH (n:LivePhone) DETACH DELETE n`)
    // 1 called 2 and 3; 2 called twelve more; all belong to somebody.
    await server.write(cypher`UNWIND range(1, 15) AS i CREATE (:LivePhone {number: '94190000' + (10 + i)})<-[:LIVE_OWNS]-(:LivePerson {name: 'Owner ' + i})`)
    await server.write(cypher`UNWIND [[1, 2], [1, 3]] + [i IN range(4, 15) | [2, i]] AS pair MATCH (a:LivePhone {number: '94190000' + (10 + pair[0])}) MATCH (b:LivePhone {number: '94190000' + (10 + pair[1])}) CREATE (a)-[:LIVE_CALLED {at: '2024-03-01T10:00:00'}]->(b)`)
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>')
    writeFileSync(join(folder, 'case.yaml'), `version: 1
name: Live
# Which number it began with.
sources:
  - name: calls
    kind: neo4j
    uri: ${at.uri}
    user: ${at.user}
    read:
      relationships: LIVE_CALLED
      from: LivePhone
      to: LivePhone
      around: [{ label: LivePhone, key: number, values: ['9419000011'] }] # the tapped one
    entities: { a: { kind: Phone, id: from.number }, b: { kind: Phone, id: to.number } }
    links: [{ kind: called, from: a, to: b, at: at }]
`)
    const open = await openCase(folder)
    await runImport(open, { databases: { password: () => Promise.resolve(password), now: () => 0 } })
    await runLink(open)
    await runFind(open)
    closeCase(open)
    process.env['NEO4J_PASSWORD'] = password
    served = await serveCase({ folder, pages: folder })
  }, 300_000)
  afterAll(async () => {
    if (missing === null) {
      if (known === undefined) delete process.env['NEO4J_PASSWORD']
      else process.env['NEO4J_PASSWORD'] = known
      await served.close()
      await server.write(cypher`MATCH (n) WHERE n:LivePhone OR n:LivePerson DETACH DELETE n`)
      await server.close()
    }
    rmSync(folder, { recursive: true, force: true })
  })

  async function asked<R extends keyof Routes>(route: R, query: Readonly<Record<string, string>>, body?: unknown): Promise<{ status: number; answer: Routes[R]['answer'] }> {
    const [method = '', path = ''] = route.split(' ')
    const answer = await fetch(`http://127.0.0.1:${served.port}${path}?${new URLSearchParams(query).toString()}`, {
      method, headers: { [TOKEN_HEADER]: served.token, origin: `http://127.0.0.1:${served.port}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, answer: (await answer.json()) as Routes[R]['answer'] }
  }
  const phone = async (number: string): Promise<string> => (await asked('GET /api/search', { q: number })).answer.hits[0]?.id ?? ''

  test('counts come first, by type, and say what cannot be taken in and why', async () => {
    const { answer } = await asked('GET /api/database', { id: await phone('9419000012') })
    expect(answer.types).toEqual([
      { type: 'LIVE_CALLED', in_database: 13, in_case: 1, others: [{ label: 'LivePhone', nodes: 13 }], not_because: null },
      { type: 'LIVE_OWNS', in_database: 1, in_case: 0, others: [{ label: 'LivePerson', nodes: 1 }], not_because: expect.stringContaining('LIVE_OWNS') as string },
    ])
    expect(answer.more).toBe(13)
    expect((await asked('GET /api/database', { id: await phone('9419000011') })).answer.types[0]).toMatchObject({ in_database: 2, in_case: 2 })
    expect((await asked('GET /api/database', { id: 'PHN-000000' })).status).toBe(404)
    expect((await asked('GET /api/database', {})).status).toBe(400)
  })

  test('a run that fails or is stopped puts case.yaml back, and the case is the one before', async () => {
    const id = await phone('9419000012')
    const before = readFileSync(join(folder, 'case.yaml'), 'utf8')
    const rows = (await asked('GET /api/case', {})).answer.rows
    const read = readFileSync(join(folder, 'neo4j', 'calls.csv'), 'utf8')
    // Where the file that was read would be put together stands a folder.
    const inTheWay = join(folder, 'neo4j', 'calls.csv.draft')
    mkdirSync(inTheWay)
    expect((await asked('POST /api/database', {}, { id, types: ['LIVE_CALLED'] })).status).toBe(200)
    expect(readFileSync(join(folder, 'case.yaml'), 'utf8')).not.toBe(before)
    await expect.poll(async () => (await asked('GET /api/work', {})).answer.state, { timeout: 60_000, interval: 200 }).toBe('failed')
    const { failure } = (await asked('GET /api/work', {})).answer
    expect(failure).toMatchObject({ code: 'system_refused', message: 'This machine says: a folder stands where a file is to be written.' })
    rmdirSync(inTheWay)
    expect(readFileSync(join(folder, 'case.yaml'), 'utf8')).toBe(before)

    expect((await asked('POST /api/database', {}, { id, types: ['LIVE_CALLED'] })).status).toBe(200)
    await asked('POST /api/work/stop', {}, {})
    await expect.poll(async () => (await asked('GET /api/work', {})).answer.state, { timeout: 60_000, interval: 200 }).toBe('stopped')
    expect(readFileSync(join(folder, 'case.yaml'), 'utf8')).toBe(before)
    expect(readFileSync(join(folder, 'neo4j', 'calls.csv'), 'utf8')).toBe(read)
    expect((await asked('GET /api/case', {})).answer.rows).toBe(rows)
    expect((await asked('GET /api/database', { id })).answer.types[0]).toMatchObject({ in_database: 13, in_case: 1 })
  }, 120_000)

  test('what is chosen is a new import with its own trace; others read on meanwhile; what cannot be taken leaves the case as it was', async () => {
    const id = await phone('9419000012')
    const before = readFileSync(join(folder, 'case.yaml'), 'utf8')
    expect((await asked('POST /api/database', {}, { id, types: ['LIVE_OWNS'] })).status).toBe(400)
    expect((await asked('POST /api/database', {}, { id, types: "x'}) DETACH DELETE n //" })).status).toBe(400)
    expect((await asked('POST /api/database', {}, { types: ['LIVE_CALLED'] })).status).toBe(400)
    expect(readFileSync(join(folder, 'case.yaml'), 'utf8')).toBe(before)

    const [taking, ...reads] = await Promise.all([asked('POST /api/database', {}, { id, types: ['LIVE_CALLED'] }), ...Array.from({ length: 8 }, async () => await asked('GET /api/case', {}))])
    expect(taking.answer).toMatchObject({ state: 'running', steps: ['import', 'link', 'find'] })
    for (const { status } of reads) expect(status).toBe(200)
    await expect.poll(async () => (await asked('GET /api/work', {})).answer.state, { timeout: 60_000, interval: 300 }).toBe('done')
    expect((await asked('GET /api/case', {})).answer.rows).toBe(14)
    expect(await phone('9419000025')).not.toBe('')
    expect((await asked('GET /api/database', { id: id })).answer.types[0]).toMatchObject({ in_database: 13, in_case: 13 })

    const after = readFileSync(join(folder, 'case.yaml'), 'utf8')
    expect(after).toContain('# Which number it began with.')
    expect(after).toMatch(/values: \[ ?["']9419000011["'], ["']?9419000012/)
    const open = await openCase(folder, { read_only: true })
    const asks = auditLines(open).filter(({ act }) => act === 'import').map(({ what }) => what)
    closeCase(open)
    expect(asks.join('\n')).toContain(`LIVE_CALLED at ${id} asked of bolt://`)
    expect(readFileSync(join(folder, 'neo4j', 'calls.csv.json'), 'utf8')).toContain('around LivePhone.number 9419000011, 9419000012')
  }, 120_000)
})
