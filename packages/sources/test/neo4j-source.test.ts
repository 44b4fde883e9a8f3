import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { neo4jForTests, neo4jSkipped, type Neo4jForTests } from '@ringmap/fixtures/neo4j-door'
import { caseFile, type Neo4jRead, type Neo4jSource } from '@ringmap/model/case-file'
import { cypher, cypherName } from '../src/neo4j-cypher.ts'
import type { Neo4jColumn } from '../src/column-parts.ts'
import { readGraph } from '../src/neo4j-columns.ts'
import { Neo4j } from '../src/neo4j-connection.ts'
import { extractNeo4j, type ExtractOptions, type ExtractRecord } from '../src/neo4j-extract.ts'
import { refusal } from './reading.ts'

const missing = neo4jSkipped()

describe.skipIf(missing !== null)(`reading Neo4j${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let at: Neo4jForTests
  let server: Neo4j
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-neo4j-test-'))

  beforeAll(async () => {
    at = await neo4jForTests()
    server = await Neo4j.open(at)
    await server.change(cypher`CREATE CONSTRAINT IF NOT EXISTS FOR (n:T4Number) REQUIRE n.id IS UNIQUE`)
    await server.write(cypher`UNWIND range(1, 9000) AS i CREATE (:T4Number {id: i})`)
    await server.write(cypher`MATCH (a:T4Number) WITH a, (a.id * 7) % 9000 + 1 AS other MATCH (b:T4Number {id: other}) CREATE (a)-[:T4Rang {n: a.id}]->(b)`)
    await server.write(cypher`MATCH (h:T4Number {id: 1}) MATCH (o:T4Number) WHERE o.id > 1 CREATE (h)-[:T4Hub]->(o)`)
  })
  afterAll(async () => {
    if (missing === null) {
      await server.change(cypher`MATCH (n) WHERE any(l IN labels(n) WHERE l STARTS WITH 'T4') CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS`)
      await server.close()
    }
    rmSync(folder, { recursive: true, force: true })
  })

  const source = (name: string, read: Neo4jRead): Neo4jSource => caseFile.parse({ version: 1, name: 'x', sources: [{ name, kind: 'neo4j', uri: at.uri, read }] }).sources[0] as Neo4jSource
  async function read(name: string, how: Neo4jRead, more: Partial<ExtractOptions> = {}, from = server): Promise<ExtractRecord & { lines: string[] }> {
    const path = join(folder, `${name}.csv`)
    const record = await extractNeo4j(from, source(name, how), { path, used: new Set(), now: () => 0, ...more })
    return { ...record, lines: readFileSync(path, 'utf8').trimEnd().split('\n') }
  }

  test('every kind of value becomes text that loses nothing; what was flattened or varies is counted', async () => {
    await server.write(cypher`CREATE (:T4Value {o: 1, a: 9007199254740993, b: 1.5, c: true, d: date('2024-02-29'), e: datetime('2024-02-29T10:00:00.123456789+05:30[Asia/Kolkata]'), f: localdatetime('2024-02-29T10:00'),
      g: duration('P1DT2H'), h: point({latitude: 32.7, longitude: 74.8}), i: [1, 2], j: 'say "x", or
not', k: 7}), (:T4Value {o: 2, k: 'seven'})`)
    const { lines, issues } = await read('values', { nodes: 'T4Value', columns: ['o', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'], key: 'a' })
    expect(lines.map((line) => line.replace(/^\d+,/, '')).join('\n')).toBe(
      '~id,o,a,b,c,d,e,f,g,h,i,j,k\n1,9007199254740993,1.5,true,2024-02-29,2024-02-29T10:00:00.123456+05:30,2024-02-29T10:00:00,P1DT2H,"32.7,74.8",1; 2,"say ""x"", or\nnot",7\n2,,,,,,,,,,,seven')
    expect(issues.map(({ code, column, count }) => [code, column, count])).toEqual([['key_missing', 'a', 1], ['value_flattened', 'h', 1], ['value_flattened', 'i', 1], ['type_varies', 'k', 1]])
  })

  test('labels, types and properties of any spelling are names and nothing else', async () => {
    const strange = ['we`ird', 'T4 "quoted"', "it's", '}) DETACH DELETE n //', String.raw`back\u0060slash`, 'नाम', '`', '``) RETURN 1 //']
    for (const label of strange) {
      await server.write(cypher`CREATE (n:T4Strange:${cypherName(label)})-[:${cypherName(label)} {${cypherName(label)}: 1}]->(n) SET n.${cypherName(label)} = $label`, { label })
      const nodes = await read('strange', { nodes: label })
      expect(nodes.rows).toBe(1)
      expect(nodes.lines[0]).toContain(label.replaceAll('"', '""'))
      expect((await read('strange ties', { relationships: label, from: label, to: label })).rows).toBe(1)
    }
    expect(Number((await server.rows<{ n: bigint }>(cypher`MATCH (n:T4Strange) RETURN count(*) AS n`))[0]?.n)).toBe(strange.length)
  })

  test('a query that writes is refused by the server, and values of data are never Cypher', async () => {
    expect(await refusal(read('evil', { query: 'MATCH (n:T4Number) DETACH DELETE n RETURN 1 AS x', parameters: {} }))).toBe('neo4j_refused')
    expect(await refusal(read('wrong', { query: 'MATCH (n RETURN n', parameters: {} }))).toBe('neo4j_query')
    expect(await refusal(read('nothing', { query: 'MATCH (n:T4Number) WHERE n.id = $x RETURN n.id AS x', parameters: {} }))).toBe('neo4j_query')
    const { lines } = await read('stated', { query: 'MATCH (n:T4Number) WHERE n.id < $below RETURN n.id AS id, $text AS text ORDER BY id', parameters: { below: 3, text: "'}) DETACH DELETE n //" } })
    expect(lines).toEqual(['id,text', "1,'}) DETACH DELETE n //", "2,'}) DETACH DELETE n //"])
  })

  test('ranges by id lose nothing, also with gaps, in any number of streams; a hub is one of many', async () => {
    await server.write(cypher`MATCH (n:T4Number) WHERE n.id % 3 = 0 DETACH DELETE n`)
    const counted = Number((await server.rows<{ n: bigint }>(cypher`MATCH (:T4Number)-[r:T4Rang]->(:T4Number) RETURN count(*) AS n`))[0]?.n)
    const one = await read('one', { relationships: 'T4Rang', from: 'T4Number', to: 'T4Number', columns: ['n', 'from.id', 'to.id'] }, { streams: 1 })
    const many = await read('many', { relationships: 'T4Rang', from: 'T4Number', to: 'T4Number', columns: ['n', 'from.id', 'to.id'] }, { streams: 3, range_ids: 2000 })
    expect(one.rows).toBe(counted)
    expect(many.lines).toEqual(one.lines)
    expect(new Set(many.lines).size).toBe(counted + 1)
    expect((await read('hub', { relationships: 'T4Hub' })).rows).toBe(5999)
  })

  test('typed arrays hold what the server holds: gaps, missing values, exact integers, any number of streams', async () => {
    await server.write(cypher`MATCH (a:T4Number)-[r:T4Rang]->() WHERE a.id % 2 = 0 SET r.exact = 9007199254740993 + a.id, r.share = a.id / 7.0, r.word = CASE a.id % 4 WHEN 0 THEN 'नाम ' + a.id ELSE 'word ' + a.id END`)
    const graph = { labels: ['T4Number'], relationship: 'T4Rang', node_columns: { id: 'i64' }, relationship_columns: { n: 'f64', exact: 'i64', share: 'f64', word: 'text' } } as const
    const halves = await Neo4j.open(at, { integers: 'halves' })
    try {
      const one = await readGraph(halves, graph, { streams: 1 })
      expect(await readGraph(server, graph, { streams: 3 })).toEqual(one)
      const listed = await server.rows<{ a: bigint; b: bigint; n: bigint; exact: bigint | null; share: number | null; word: string | null }>(cypher`MATCH (a:T4Number)-[r:T4Rang]->(b:T4Number) RETURN a.id AS a, b.id AS b, r.n AS n, r.exact AS exact, r.share AS share, r.word AS word ORDER BY id(r)`)
      expect(one.source.length).toBe(listed.length)
      const { n, exact, share, word } = one.relationship_columns as { n: Neo4jColumn & { type: 'f64' }; exact: Neo4jColumn & { type: 'i64' }; share: Neo4jColumn & { type: 'f64' }; word: Neo4jColumn & { type: 'text' } }
      const ids = one.node_columns['id'] as Neo4jColumn & { type: 'i64' }
      const came = Array.from(one.source, (from, i) => ({
        a: ids.values[from], b: ids.values[one.target[i] as number], n: BigInt(n.values[i] as number), exact: exact.missing[i] === 1 ? null : exact.values[i], share: Number.isNaN(share.values[i]) ? null : share.values[i],
        word: new TextDecoder().decode(word.bytes.subarray(word.offsets[i], word.offsets[i + 1])) || null,
      }))
      expect(came).toEqual(listed)
    } finally {
      await halves.close()
    }
  })

  test('labels of ends are looked at only where some may differ, also where one that differs comes in the middle of the read', async () => {
    const how: Neo4jRead = { relationships: 'T4Rang', from: 'T4Number', to: 'T4Number', columns: ['n', 'from.id', 'to.id'] }
    const graph = { labels: ['T4Number'], relationship: 'T4Rang', node_columns: { id: 'i64' }, relationship_columns: { n: 'i64' } } as const
    const sure = await read('sure', how)
    const arrays = await readGraph(server, graph)
    // Its own connection, of which the first read is overtaken by a call between other labels.
    const overtaken = async <T>(work: (from: Neo4j) => Promise<T>): Promise<{ result: T; queries: string[] }> => {
      const from = await Neo4j.open(at)
      const queries: string[] = []
      const stream = from.stream.bind(from)
      from.stream = async (...read) => {
        if (read[0].text.includes('(r) IN')) {
          if (queries.length === 0) await server.write(cypher`MATCH (a:T4Number {id: 1}) CREATE (a)-[:T4Rang {n: -1}]->(:T4Other)`)
          queries.push(read[0].text)
        }
        await stream(...read)
      }
      try {
        return { result: await work(from), queries }
      } finally {
        await from.close()
        await server.write(cypher`MATCH (o:T4Other) DETACH DELETE o`)
      }
    }
    const file = await overtaken(async (from) => await read('overtaken', how, {}, from))
    expect(file.result.lines).toEqual(sure.lines)
    expect(file.queries.map((text) => text.includes('kept'))).toEqual([false, true])
    const columns = await overtaken(async (from) => await readGraph(from, graph, { streams: 1 }))
    expect(columns.result).toEqual(arrays)
    expect(new Set(columns.queries.map((text) => text.includes('kept')))).toEqual(new Set([false, true]))
  })

  test('a read that was cut off goes on where it stopped, and nothing half-read is published', async () => {
    const how: Neo4jRead = { nodes: 'T4Number', columns: ['id'] }
    const path = join(folder, 'cut.csv')
    const stop = { aborted: false }
    const cut = read('cut', how, { streams: 1, range_ids: 2000, signal: stop, progress: () => (stop.aborted = true) })
    expect(await refusal(cut)).toBe('interrupted')
    expect(existsSync(path)).toBe(false)
    expect(existsSync(`${path}.part`)).toBe(true)
    const { resumed, lines } = await read('cut', how, { streams: 1, range_ids: 2000 })
    expect(resumed).toBeGreaterThan(0)
    expect(lines).toEqual((await read('whole', how)).lines)
    // Parts of another query are not taken for this one's.
    mkdirSync(`${path}.part`)
    writeFileSync(join(`${path}.part`, 'plan'), 'another')
    writeFileSync(join(`${path}.part`, '000000.json'), '{"rows":99,"kinds":[]}')
    expect((await read('cut', how, { range_ids: 2000 })).lines).toEqual(lines)
  })

  test.each([
    ['a wrong password', { password: 'wrong' }, 'neo4j_refused'],
    ['a wrong database', { database: 'nosuch' }, 'neo4j_refused'],
    ['TLS where there is none', { tls: 'bolt+s' }, 'neo4j_unreachable'],
    ['self-signed TLS where there is none', { tls: 'bolt+ssc' }, 'neo4j_unreachable'],
    ['a scheme that is none', { tls: 'http' }, 'neo4j_unreachable'],
    ['nobody there', { uri: 'bolt://127.0.0.1:1' }, 'neo4j_unreachable'],
  ])('%s is said in words', async (_, { tls, ...wrong }: { tls?: string; password?: string; database?: string; uri?: string }, code) => {
    expect(await refusal(Neo4j.open({ ...at, ...(tls === undefined ? {} : { uri: at.uri.replace('bolt', tls) }), ...wrong }))).toBe(code)
  })
})
