import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createServer as createTlsServer } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import neo4j from 'neo4j-driver'
import { neo4jSkipped } from '@ringmap/fixtures/neo4j-door'
import { startNeo4j, type RunningNeo4j } from '@ringmap/fixtures/neo4j-server'
import { caseFile, type Neo4jRead, type Neo4jSource } from '@ringmap/model/case-file'
import { RingmapError, type ErrorCode } from '@ringmap/model/errors'
import { withProjection } from '../src/gds-projection.ts'
import { checkVersion, Neo4j } from '../src/neo4j-connection.ts'
import { cypher } from '../src/neo4j-cypher.ts'
import { extractNeo4j, type ExtractOptions, type ExtractRecord } from '../src/neo4j-extract.ts'
import { writeRun, type RunToWrite } from '../src/neo4j-writer.ts'

const missing = neo4jSkipped()
/** Ties of one node, of a million: as many as a service number of a busy district has. */
const HUB = 1_000_000

async function refusal(work: Promise<unknown> | (() => unknown)): Promise<RingmapError> {
  const error = await (typeof work === 'function' ? Promise.resolve().then(work) : work).then(() => null, (reason: unknown) => reason)
  if (error instanceof RingmapError) return error
  throw new Error(`no refusal but ${String(error)}`)
}

/** What an old server says on the wire: its version in the handshake, then its name to whatever it is told. */
async function oldServer(handshake: readonly number[]): Promise<Server> {
  const text = (value: string): number[] => [0x80 + value.length, ...Buffer.from(value)]
  const message = [0xb1, 0x70, 0xa2, ...text('server'), ...text('Neo4j/4.4.9'), ...text('connection_id'), ...text('bolt-1')]
  const server = createServer((socket) => {
    let greeted = false
    socket.on('error', () => undefined)
    socket.on('data', () => {
      socket.write(Buffer.from(greeted ? [0, message.length, ...message, 0, 0] : handshake))
      greeted = true
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

describe.skipIf(missing !== null)(`what Neo4j does to one${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-faults-'))
  const key = join(folder, 'private.key')
  const certificate = join(folder, 'public.crt')
  let server: RunningNeo4j
  let open: Neo4j

  beforeAll(async () => {
    const tls = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=localhost'])
    expect(tls.status).toBe(0)
    const [nodes, relationships] = [join(folder, 'nodes.csv'), join(folder, 'ties.csv')]
    writeFileSync(nodes, [':ID,id:long', ...Array.from({ length: 3001 }, (_, i) => `${i},${i}`), ''].join('\n'))
    const out = openSync(relationships, 'w')
    writeSync(out, ':START_ID,:END_ID,n:long\n')
    for (let from = 0; from < HUB; from += 50_000) writeSync(out, Array.from({ length: 50_000 }, (_, i) => `0,${((from + i) % 3000) + 1},${from + i}\n`).join(''))
    closeSync(out)
    server = await startNeo4j({
      gds: false, load: { nodes, label: 'Number', relationships, type: 'Rang' },
      conf: ['db.lock.acquisition.timeout=300ms', 'db.transaction.timeout=20s', 'dbms.ssl.policy.bolt.enabled=true', `dbms.ssl.policy.bolt.base_directory=${folder}`, 'dbms.ssl.policy.bolt.private_key=private.key', 'dbms.ssl.policy.bolt.public_certificate=public.crt', 'dbms.ssl.policy.bolt.client_auth=NONE', 'server.bolt.tls_level=OPTIONAL'],
    })
    open = await Neo4j.open(server, { integers: 'halves' })
  }, 300_000)
  afterAll(async () => {
    await open?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const source = (name: string, read: Neo4jRead): Neo4jSource => caseFile.parse({ version: 1, name: 'x', sources: [{ name, kind: 'neo4j', uri: server.uri, read }] }).sources[0] as Neo4jSource
  const path = (name: string): string => join(folder, `${name}.csv`)
  const read = async (name: string, how: Neo4jRead, more: Partial<ExtractOptions> = {}): Promise<ExtractRecord> => await extractNeo4j(open, source(name, how), { path: path(name), used: new Set(), now: () => 0, ...more })
  const code = async (work: Promise<unknown>): Promise<ErrorCode> => (await refusal(work)).code

  test('a server too old is refused by its name; one that speaks no protocol of ours is told apart from none', async () => {
    for (const agent of ['Neo4j/4.4.36', 'Neo4j/5.22.0', 'Neo4j/3.5.1']) expect((await refusal(() => checkVersion(agent, 'bolt://x'))).code).toBe('neo4j_too_old')
    for (const agent of ['Neo4j/5.23.0', 'Neo4j/5.26.30', 'Neo4j/2026.08.1', 'Another/1.0']) checkVersion(agent, 'bolt://x')
    const speaks44 = await oldServer([0, 0, 4, 4])
    const speaksNothing = await oldServer([0, 0, 0, 0])
    try {
      const old = await refusal(Neo4j.open({ ...server, uri: `bolt://127.0.0.1:${(speaks44.address() as AddressInfo).port}` }))
      expect(old.code).toBe('neo4j_too_old')
      expect(old.message).toContain('5.23')
      expect((await refusal(Neo4j.open({ ...server, uri: `bolt://127.0.0.1:${(speaksNothing.address() as AddressInfo).port}` }))).code).toBe('neo4j_too_old')
    } finally {
      speaks44.close()
      speaksNothing.close()
    }
  })

  test('TLS: a self-signed certificate is refused by +s with the way out, taken by +ssc; a TLS-only server is told from none', async () => {
    const selfSigned = await refusal(Neo4j.open({ ...server, uri: server.uri.replace('bolt:', 'bolt+s:') }))
    expect(selfSigned.code).toBe('neo4j_unreachable')
    expect(selfSigned.message).toContain('SELF_SIGNED')
    expect(selfSigned.hint).toContain('bolt+ssc')
    const encrypted = await Neo4j.open({ ...server, uri: server.uri.replace('bolt:', 'bolt+ssc:') })
    expect(Number((await encrypted.rows<{ n: bigint }>(cypher`MATCH (n:Number) RETURN count(n) AS n`))[0]?.n)).toBe(3001)
    await encrypted.close()
    const tls = createTlsServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (socket) => socket.on('error', () => undefined)).on('tlsClientError', () => undefined)
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve))
    const plain = await refusal(Neo4j.open({ ...server, uri: `bolt://127.0.0.1:${(tls.address() as AddressInfo).port}` }))
    tls.close()
    expect(plain.code).toBe('neo4j_unreachable')
    expect(plain.hint).toContain('bolt+s')
  })

  test('no Graph Data Science, no such database', async () => {
    const none = await refusal(withProjection(open, { nodes: 2, source: Uint32Array.of(0), target: Uint32Array.of(1), weight: Float64Array.of(1) }, {}, () => Promise.resolve(0)))
    expect(none.code).toBe('gds_missing')
    expect(none.hint).toContain('--engine local')
    expect(await code(Neo4j.open({ ...server, database: 'nosuch' }))).toBe('neo4j_refused')
  })

  test('a lock that another holds, and a query that runs too long: said as such, nothing changed', async () => {
    const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password))
    const session = driver.session()
    const holding = session.beginTransaction()
    await holding.run('MATCH (n:Number {id: 5}) SET n.held = true')
    const held = await refusal(open.change(cypher`MATCH (n:Number {id: 5}) SET n.touched = true`))
    // What an export writes is tried again, as the server says it may, until the other lets go.
    const patient = open.write(cypher`MATCH (n:Number {id: 5}) SET n.patient = n.held IS NULL RETURN 1 AS one`)
    await pause(1000)
    await holding.rollback()
    expect(await patient).toHaveLength(1)
    await session.close()
    await driver.close()
    expect(held.code).toBe('neo4j_unreachable')
    expect(held.message).toMatch(/gave up waiting/)
    // A read waits for nobody's lock; one that goes on for ever is ended by the server.
    const endless = await refusal(read('endless', { query: 'UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a, b WHERE a * b < 0 RETURN a AS a', parameters: {} }))
    expect(endless.code).toBe('neo4j_unreachable')
    expect(endless.message).toMatch(/gave up waiting/)
    expect(existsSync(path('endless'))).toBe(false)
    expect(await open.rows(cypher`MATCH (n:Number) WHERE n.touched OR n.held RETURN n`)).toEqual([])
    expect(await open.rows(cypher`MATCH (n:Number {patient: true}) RETURN n.id AS id`)).toHaveLength(1)
  }, 90_000)

  test('a hub of a million relationships is read like any other node', async () => {
    const record = await read('hub', { relationships: 'Rang', columns: ['n'] }, { streams: 2 })
    expect(record.rows).toBe(HUB)
    expect(record.counted_before).toBe(HUB)
    expect(record.issues).toEqual([])
    const seen = new Uint8Array(HUB)
    for (const line of readFileSync(path('hub'), 'utf8').trimEnd().split('\n').slice(1)) seen[Number(line.slice(line.lastIndexOf(',') + 1))] = 1
    expect(seen.reduce((sum, one) => sum + one, 0)).toBe(HUB)
  }, 120_000)

  test('a database that changes while it is read: no row twice, none lost that stayed, and it is said', async () => {
    const stop = { aborted: false }
    expect(await code(read('moving', { nodes: 'Number', columns: ['id'] }, { streams: 1, range_ids: 1000, signal: stop, progress: () => (stop.aborted = true) }))).toBe('interrupted')
    await open.write(cypher`MATCH (n:Number) WHERE n.id IN [2990, 2991] DETACH DELETE n`)
    await open.write(cypher`CREATE (:Number {id: 5000}), (:Number {id: 5001}), (:Number {id: 5002})`)
    const record = await read('moving', { nodes: 'Number', columns: ['id'] }, { streams: 1, range_ids: 1000 })
    expect(record.resumed).toBeGreaterThan(0)
    const ids = readFileSync(path('moving'), 'utf8').trimEnd().split('\n').slice(1).map((line) => Number(line.split(',')[1]))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => id < 2990)).toHaveLength(2990)
    // What came and what the server counts are compared, whichever way they differ.
    expect(record.issues.map((issue) => issue.code)).toEqual(record.rows === record.counted_after ? [] : ['database_changed'])
  })

  test('the server stops in the middle of a read and of a write: refused in words, retried, and both go on where they stopped', async () => {
    const run: RunToWrite = {
      id: 'cut', properties: { case: 'x' }, judgements: [],
      nodes: Array.from({ length: 6000 }, (_, i) => ({ id: `e${i}`, kind: 'Person', properties: { name: `Person ${i}` } })),
      relationships: Array.from({ length: 6000 }, (_, i) => ({ id: `l${i}`, kind: 'called', source: `e${i}`, target: `e${(i + 1) % 6000}`, properties: { count: 1 } })),
      findings: Array.from({ length: 6000 }, (_, i) => ({ id: `f${i}`, about: `e${i}`, properties: { rank: i } })),
    }
    await open.write(cypher`UNWIND range(1, 40000) AS i CREATE (:Slip {id: i, text: 'slip ' + i})`)
    const how: Neo4jRead = { nodes: 'Slip', columns: ['id', 'text'] }
    // The read begins when the write is in its middle; the first rows that come end the server.
    let cutRead: Promise<RingmapError> | null = null
    const cutWrite = refusal(writeRun(open, run, { progress: (_, done) => {
      if (done > 8000) cutRead ??= refusal(read('cut', how, { streams: 1, range_ids: 2000, progress: () => process.kill(server.pid, 'SIGKILL') }))
    } }))
    expect((await cutWrite).code).toBe('neo4j_unreachable')
    const reading = await (cutRead as Promise<RingmapError> | null)
    expect(reading?.code).toBe('neo4j_unreachable')
    expect(reading?.hint).toMatch(/again/)
    expect(existsSync(path('cut'))).toBe(false)
    expect(existsSync(`${path('cut')}.part`)).toBe(true)

    await server.kill()
    await server.start()
    const record = await read('cut', how, { range_ids: 2000 })
    expect(record.rows).toBe(40_000)
    expect(new Set(readFileSync(path('cut'), 'utf8').trimEnd().split('\n')).size).toBe(40_001)
    expect(record.resumed).toBeGreaterThan(0)
    expect(await writeRun(open, run)).toEqual({ nodes: 6000, relationships: 6000, findings: 6000, judgements: 0 })
    expect(Number((await open.rows<{ n: bigint }>(cypher`MATCH (:RingmapFinding)-[r:RINGMAP_ABOUT]->(:RingmapEntity) RETURN count(r) AS n`))[0]?.n)).toBe(6000)
    expect(await writeRun(open, run)).toMatchObject({ nodes: 6000, findings: 6000 })
  }, 180_000)

  test('who may not write can read, and is told what is missing for an export', async () => {
    await server.kill()
    await server.start(['server.databases.default_to_read_only=true'])
    expect((await read('few', { nodes: 'Number', columns: ['id'] })).rows).toBe(3002)
    const refused = await refusal(writeRun(open, { id: 'x', properties: {}, nodes: [], relationships: [], findings: [], judgements: [] }))
    expect(refused.code).toBe('neo4j_refused')
    expect(refused.hint).toMatch(/write rights/)
  }, 120_000)
})
