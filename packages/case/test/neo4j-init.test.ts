import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { neo4jForTests, neo4jSkipped, neo4jTurn, type Neo4jForTests } from '@ringmap/fixtures/neo4j-door'
import { Neo4j } from '@ringmap/sources/neo4j-connection'
import { cypher } from '@ringmap/sources/neo4j-cypher'
import { draftNeo4jCase } from '@ringmap/sources/neo4j-draft'
import { databaseShape } from '@ringmap/sources/neo4j-schema'
import { sql } from '@ringmap/store/sql'
import { initFromNeo4j } from '../src/init-from-neo4j.ts'
import { runImport } from '../src/import-step.ts'
import { runLink } from '../src/link-step.ts'
import { closeCase, openCase } from '../src/open-case.ts'

const missing = neo4jSkipped()
const LABELS = ['Person', 'Officer', 'Phone', 'PhoneCall', 'Vehicle', 'Location', 'Crime', 'Email', 'PostCode']

describe.skipIf(missing !== null)(`a case drafted from a live Neo4j${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let at: Neo4jForTests
  let server: Neo4j
  let endTurn: (() => void) | undefined
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-pole-'))

  beforeAll(async () => {
    at = await neo4jForTests()
    endTurn = await neo4jTurn()
    server = await Neo4j.open(at)
    // The shape of the POLE example (persons, objects, locations, events), with invented people.
    await server.write(cypher`CREATE (a:Person {name: 'Tarvesh', surname: 'Koldun', nhs_no: '1'}), (b:Person {name: 'Bilqen', surname: 'Rastogar', nhs_no: '2'}), (c:Person {name: 'Dovik', surname: 'Semwan', nhs_no: '3'}),
      (o:Officer {name: 'Ruvan', surname: 'Thakrel', badge_no: '9', rank: 'Inspector'}), (p:Phone {phoneNo: '9419000001'}), (q:Phone {phoneNo: '9419000002'}), (v:Vehicle {make: 'M', model: 'X', reg: 'JK01AB1234'}),
      (l:Location {address: 'House 1 Lower Ward', postcode: '180001', latitude: 32.7, longitude: 74.8}), (z:PostCode {code: '180001'}), (k:Crime {id: 'c1', type: 'Trafficking', date: '12/08/2017'}), (e:Email {email_address: 'a@example.org'}),
      (d:PhoneCall {call_date: '13/08/2017', call_time: '01:15', call_duration: '53', call_type: 'CALL'}),
      (a)-[:HAS_PHONE]->(p), (b)-[:HAS_PHONE]->(q), (d)-[:CALLER]->(p), (d)-[:CALLED]->(q), (a)-[:KNOWS]->(b), (b)-[:FAMILY_REL {rel_type: 'SIBLING'}]->(c), (a)-[:CURRENT_ADDRESS]->(l), (a)-[:HAS_EMAIL]->(e),
      (a)-[:PARTY_TO]->(k), (v)-[:INVOLVED_IN]->(k), (k)-[:OCCURRED_AT]->(l), (k)-[:INVESTIGATED_BY]->(o), (l)-[:HAS_POSTCODE]->(z)`)
  })
  afterAll(async () => {
    for (const label of LABELS) await server.write(cypher`MATCH (n) WHERE $label IN labels(n) DETACH DELETE n`, { label })
    await server.close()
    endTurn?.()
    rmSync(folder, { recursive: true, force: true })
  })

  test('the shape of POLE imports with the draft unchanged; what does not fit is named', async () => {
    const whole = await databaseShape(server)
    // Other tests keep their graphs in the same database.
    const shape = { labels: whole.labels.filter(({ label }) => LABELS.includes(label)), ties: whole.ties.filter(({ from, to }) => LABELS.includes(from) && LABELS.includes(to)) }
    const { yaml, notes } = draftNeo4jCase(shape, { name: 'pole', region: 'IN', timezone: 'Asia/Kolkata', uri: at.uri, user: at.user })
    writeFileSync(join(folder, 'case.yaml'), yaml)
    const open = await openCase(folder)
    try {
      await runImport(open, { databases: { password: () => Promise.resolve(at.password), now: () => 0 } })
      await runLink(open)
      const entities = await open.database.rows<{ kind: string; label: string }>(sql`SELECT kind, label FROM entity ORDER BY kind, label`)
      expect(entities.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
        'Address house 1 lower ward', expect.stringMatching(/^Event /), 'OnlineAccount a@example.org', 'Person Bilqen Rastogar', 'Person Dovik Semwan', 'Person Ruvan Thakrel', 'Person Tarvesh Koldun',
        'Phone +919419000001', 'Phone +919419000002', 'Vehicle JK01AB1234',
      ])
      const links = await open.database.rows<{ a: string; k: number; b: string; s: number | null }>(sql`SELECT a.label AS a, l.kind AS k, b.label AS b, l.duration_s AS s FROM link l JOIN entity a ON a.entity = l.source JOIN entity b ON b.entity = l.target`)
      // Two phones used, one call, one acquaintance, one relative, one home, one mailbox, one person and one vehicle at the crime.
      expect(links.length).toBe(9)
      expect(links).toContainEqual({ a: '+919419000001', k: 0, b: '+919419000002', s: 53 })
      expect(await open.database.rows(sql`SELECT label, role FROM entity JOIN entity_role USING (entity)`)).toEqual([{ label: 'Ruvan Thakrel', role: 'officer' }])
      expect(notes.join('\n')).toMatch(/PostCode.*left out[^]*INVESTIGATED_BY.*left out[^]*OCCURRED_AT.*left out[^]*PARTY_TO.*accused_in/)
    } finally {
      closeCase(open)
    }
  })

  test('init writes the draft once, and never over another; a wrong address is said in words', async () => {
    const made = join(folder, 'made')
    const options = { region: 'IN', timezone: 'Asia/Kolkata' }
    const password = (): Promise<string> => Promise.resolve(at.password)
    expect((await initFromNeo4j(made, at, options, { password })).case_file).toBe(join(made, 'case.yaml'))
    await expect(initFromNeo4j(made, at, options, { password })).rejects.toMatchObject({ code: 'case_exists' })
    await expect(initFromNeo4j(join(folder, 'none'), { ...at, uri: 'bolt://neo4j:secret@127.0.0.1:1' }, options, { password })).rejects.toMatchObject({ code: 'usage' })
    await expect(initFromNeo4j(join(folder, 'none'), at, options, { password: () => Promise.resolve(null) })).rejects.toMatchObject({ code: 'neo4j_password_missing' })
  })
})
