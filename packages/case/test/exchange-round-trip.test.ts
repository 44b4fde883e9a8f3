/** What we write for other programs comes back: written, read and written again it is the same to the byte; what others write is read as far as its words are known. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anx, anxBytes } from '@ringmap/evidence/anx'
import { collected, type ExportGraph } from '@ringmap/evidence/export-graph'
import { ftm } from '@ringmap/evidence/ftm'
import { graphml } from '@ringmap/evidence/graphml'
import { readAnx } from '@ringmap/sources/read-anx'
import { readFtm } from '@ringmap/sources/read-ftm'
import { readGraphml } from '@ringmap/sources/read-graphml'
import { LINK_KIND_NAMES } from '@ringmap/model/schema'
import { sql } from '@ringmap/store/sql'
import { caseIssues } from '../src/case-issues.ts'
import { viewCase } from '../src/case-view.ts'
import { givenNetwork } from '../src/given-network.ts'
import { runImport } from '../src/import-step.ts'
import { runLink } from '../src/link-step.ts'
import { closeCase, openCase } from '../src/open-case.ts'
import { localClock, utcClock } from '../src/case-clock.ts'
import { demoExhibit, type DemoExhibit } from './demo-exhibit.ts'

const local = localClock('Asia/Kolkata')
const reading = { utc: utcClock('Asia/Kolkata') }

describe('the demo case', () => {
  let demo: DemoExhibit
  const file = (name: string): Buffer => readFileSync(join(demo.folder, 'data', 'exchange', name))
  beforeAll(async () => void (demo = await demoExhibit()), 300_000)
  afterAll(() => demo.remove())

  test('GraphML', () => {
    const text = file('network.graphml').toString('utf8')
    const { graph, troubles } = readGraphml(text, 'network.graphml')
    expect(troubles).toEqual([])
    expect(graph.links.length).toBeGreaterThan(100)
    expect(collected(graphml(graph)).text).toBe(text)
  })
  test('ANX, cards and places and grades with it', () => {
    const bytes = file('network.anx')
    const { graph, troubles } = readAnx(bytes.toString('utf16le'), 'network.anx', reading)
    expect(troubles).toEqual([])
    expect(graph.links.some(({ statements }) => (statements ?? []).some(({ grade }) => grade === 'A1'))).toBe(true)
    expect(Buffer.concat([...anxBytes(anx(graph, { local }))]).equals(bytes)).toBe(true)
  })
  test('FollowTheMoney, proof and rows with it', () => {
    const text = file('network.ftm.json').toString('utf8')
    const { graph, troubles } = readFtm(text)
    expect(troubles).toEqual([])
    expect(collected(ftm(graph)).text).toBe(text)
  })
  test.each([['graphml', 'network.graphml'], ['anx', 'network.anx'], ['ftm', 'network.ftm.json']] as const)('%s, through a second case', async (kind, name) => {
    const second = join(demo.folder, '..', `second-${kind}`)
    mkdirSync(second)
    writeFileSync(join(second, 'case.yaml'), `version: 1\nname: Second\nsources:\n  - { name: received, kind: ${kind}, file: ${JSON.stringify(join(demo.folder, 'data', 'exchange', name))} }\n`)
    const open = await openCase(second)
    try {
      await runImport(open)
      await runLink(open)
      const given = await givenNetwork(open, kind)
      expect(Buffer.concat((given?.chunks ?? []).map((chunk) => Buffer.from(chunk))).equals(file(name))).toBe(true)
    } finally {
      closeCase(open)
    }
  })
})

const ODD: ExportGraph = {
  name: 'Odd "names" & <signs>', entities: [
    { id: 'P-1', kind: 'Person', label: 'line\nbreak & "quotes" ×3', roles: ['victim', 'accused'], masked: true, rank: 3, ring: 'ring-1', x: 1.25, y: -7 },
    { id: 'P-2', kind: 'Person', label: 'اسلم to پرویز', roles: [], masked: false, rank: null, ring: null, x: 0, y: 0 },
    { id: 'PH-1', kind: 'Phone', label: '+919419000001', roles: [], masked: false, rank: null, ring: null, x: 5, y: 5 },
    { id: 'OA-1', kind: 'OnlineAccount', label: 'one@upi', roles: [], masked: false, rank: null, ring: null, x: 9, y: 1 },
    { id: 'OA-2', kind: 'OnlineAccount', label: 'two@upi', roles: [], masked: false, rank: null, ring: null, x: 9, y: 2 },
  ],
  links: [
    { id: 'L-1', kind: 'called', label: 'called', source: 'PH-1', target: 'P-2', directed: true, count: 3, first_ms: 1_704_258_000_000, last_ms: 1_709_961_600_000, amount: null, currency: null, duration_s: 61, strength: 'tentative', criminal: true, statements: [{ source: 'calls', file: 'calls of May.csv', sha256: 'ab'.repeat(32), grade: '4x4 B2H1', count: 3, first_ms: 1_704_258_000_000, last_ms: null, rows: [3, 9], rows_of: 12 }] },
    { id: 'L-2', kind: 'paid', label: 'paid', source: 'OA-1', target: 'OA-2', directed: true, count: 1, first_ms: null, last_ms: null, amount: '-1205', currency: 'USD', strength: 'confirmed', criminal: false },
    { id: 'L-3', kind: 'met', label: 'met', source: 'P-1', target: 'P-2', directed: false, count: 2, first_ms: null, last_ms: null, amount: null, currency: null, strength: 'unconfirmed', criminal: false },
    { id: 'L-4', kind: 'uses', label: 'uses', source: 'P-1', target: 'OA-1', directed: true, count: 1, first_ms: null, last_ms: null, amount: null, currency: null, commodity: 'heroin', strength: 'unconfirmed', criminal: false },
  ],
}

test('odd names, other schemes, payments between accounts that are none of a bank: all three come back to the byte', () => {
  const xml = collected(graphml(ODD)).text
  expect(collected(graphml(readGraphml(xml, 'odd').graph)).text).toBe(xml)
  const chart = collected(anx(ODD, { local })).text
  expect(collected(anx(readAnx(chart, 'odd', reading).graph, { local })).text).toBe(chart)
  const lines = collected(ftm(ODD)).text
  expect(collected(ftm(readFtm(lines).graph)).text).toBe(lines)
})

test('files of others: known words are read, the rest is told with its place, nothing is guessed', () => {
  const yed = `<?xml version="1.0"?><graphml><key id="d0" for="node" attr.name="type"/><key id="d1" for="edge" attr.name="label"/><graph edgedefault="undirected"><node id="a"><data key="d0">Person</data></node><node id="b"><data key="d0">Kunde</data></node>
<node id="c"><data key="d0">ghost</data></node><edge source="a" target="b"><data key="d1">met</data></edge><edge source="a" target="zz"><data key="d1">met</data></edge><edge source="a" target="b"><data key="d1">likes</data></edge></graph></graphml>`
  const { graph, troubles } = readGraphml(yed, 'x.graphml', { entity_kinds: { Kunde: 'Person' } })
  expect(graph.entities.map(({ id, kind }) => [id, kind])).toEqual([['a', 'Person'], ['b', 'Person']])
  expect(graph.links.map(({ kind, directed }) => [kind, directed])).toEqual([['met', false]])
  expect(troubles).toEqual([{ what: 'kind_unknown', at: 2, value: 'ghost' }, { what: 'kind_unknown', at: 2, value: 'likes' }, { what: 'end_missing', at: 2, value: 'line 2: zz' }])
  const aleph = '{"id":"1","schema":"Person","properties":{"name":["Tarvesh Koldun"]}}\nnot json\n{"id":"2","schema":"Company","properties":{"name":["Carrier"]}}\n{"id":"3","schema":"Employment","properties":{"employee":["1"],"employer":["2"]}}\n{"id":"4","schema":"Sanction","properties":{}}\n'
  const read = readFtm(aleph)
  expect(read.graph.links.map(({ kind, source, target }) => [kind, source, target])).toEqual([['employed_by', '1', '2']])
  expect(read.troubles.map(({ what, at }) => [what, at])).toEqual([['value_unreadable', 2], ['kind_unknown', 5]])
})

test.each([
  ['cut off', '<graphml><graph><node id="a">'], ['another root', '<html/>'], ['a document type with an entity of its own', '<!DOCTYPE g [<!ENTITY x "y">]><graphml>&x;</graphml>'], ['nothing', ''],
])('a file that is %s is refused in words', (_name, text) => {
  expect(() => readGraphml(text, 'x.graphml')).toThrow(expect.objectContaining({ code: 'exchange_unreadable' }) as Error)
})

test('as a source of a case a network file gives its persons, phones and links again, whatever the format; trouble is counted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-exchange-case-'))
  try {
    const known = new Set(ODD.entities.map(({ id }) => id))
    const mine: ExportGraph = { ...ODD, links: ODD.links.filter(({ source, target }) => known.has(source) && known.has(target)) }
    writeFileSync(join(folder, 'a.graphml'), collected(graphml(mine)).text.replace('</graph>', '<node id="g"><data key="node_kind">Ghost</data></node></graph>'))
    writeFileSync(join(folder, 'b.anx'), Buffer.concat([...anxBytes(anx(mine, { local }))]))
    writeFileSync(join(folder, 'c.ftm.json'), `${collected(ftm(mine)).text}broken\n`)
    const cases = [['graphml', 'a.graphml'], ['anx', 'b.anx'], ['ftm', 'c.ftm.json']] as const
    for (const [kind, file] of cases) {
      const own = join(folder, kind)
      mkdirSync(own)
      writeFileSync(join(own, 'case.yaml'), `version: 1\nname: Back\nsources:\n  - { name: back, kind: ${kind}, file: ../${file}, currency: USD }\n`)
      const open = await openCase(own)
      try {
        await runImport(open)
        await runLink(open)
        const counts = await open.database.rows<{ kind: string; n: number }>(sql`SELECT kind, count(*) AS n FROM entity GROUP BY kind ORDER BY kind`)
        expect(Object.fromEntries(counts.map(({ kind: of, n }) => [of, n])), kind).toMatchObject({ OnlineAccount: 2, Person: 2, Phone: 1 })
        const links = await open.database.rows<{ kind: number; count: number; first_ms: number | null; amount: string | null; currency: string | null; duration_s: number | null; strength: number }>(sql`SELECT kind, count, first_ms, CAST(amount AS VARCHAR) AS amount, currency, duration_s, strength FROM link ORDER BY kind`)
        expect(links.map((link) => LINK_KIND_NAMES[link.kind]), kind).toEqual(['called', 'uses', 'paid', 'met'])
        expect(links[0], kind).toMatchObject({ count: 3, first_ms: 1_704_258_000_000, duration_s: 61 })
        expect(links.find((link) => LINK_KIND_NAMES[link.kind] === 'paid'), kind).toMatchObject({ amount: '-1205', currency: 'USD' })
        const view = await viewCase(open)
        expect([...view.mask.codes.values()].filter((code) => code.startsWith('V-')).length, kind).toBe(1)
        const issues = await caseIssues(open)
        if (kind === 'graphml') expect(issues.find(({ code }) => code === 'kind_unknown'), JSON.stringify(issues)).toMatchObject({ count: 1, examples: [{ value: 'Ghost' }], file: '../a.graphml' })
        if (kind === 'ftm') expect(issues.some(({ examples }) => examples.some(({ value }) => value === 'broken'))).toBe(true)
      } finally {
        closeCase(open)
      }
    }
    writeFileSync(join(folder, 'a.graphml'), '<graphml><graph>')
    const open = await openCase(join(folder, 'graphml'))
    await expect(runImport(open)).rejects.toMatchObject({ code: 'exchange_unreadable' })
    closeCase(open)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
