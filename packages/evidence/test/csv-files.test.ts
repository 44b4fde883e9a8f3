import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Findings, OrganiserFinding } from '@ringmap/model/finding'
import { csvCell, csvLine } from '../src/csv-text.ts'
import { collected } from '../src/export-graph.ts'
import { findingsJson, organisersCsv, ringsCsv } from '../src/findings-files.ts'
import { entitiesCsv, linksCsv } from '../src/graph-csv.ts'
import { isoTime } from '../src/iso-time.ts'
import { hostileGraph } from './hostile-graph.ts'

/** A second reader of RFC 4180, by the grammar, to check the writer against. */
function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const sign = text.charAt(i)
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (text[i + 1] === '"') cell += text.charAt(i++)
      else quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === ',' || sign === '\r') {
      row.push(cell)
      cell = ''
      if (sign === ',') continue
      i++
      rows.push(row)
      row = []
    } else cell += sign
  }
  expect(quoted || cell !== '' || row.length > 0).toBe(false)
  return rows
}

test.each([
  ['=1+1', "'=1+1"], ['+91', "'+91"], ['-5', "'-5"], ['@x', "'@x"], ['\tx', "'\tx"], ['＝1', "'＝1"], ['a,b', '"a,b"'], ['a"b', '"a""b"'], ['a\nb', '"a\nb"'], [' a', '" a"'], ['a', 'a'],
])('cell %j', (value, expected) => {
  expect(csvCell(value)).toBe(expected)
})

test('any cell comes back, disarmed', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: fc.constantFrom('=', '+', '"', ',', '\r', '\n', 'a', 'ا', ' ', "'", '\t') }), { minLength: 1 }), (cells) => {
    const [back] = readCsv(csvLine(cells))
    return cells.every((cell, i) => back?.[i] === cell || back?.[i] === `'${cell}`) && !(back ?? []).some((cell) => /^[=+\-@\t\r\n]/.test(cell))
  }))
})

test('numbers are not disarmed', () => {
  expect(csvLine([-1.5, null, true, Number.NaN, 'x'])).toBe('-1.5,,true,,x\r\n')
})

test('entities and links become tables with as many rows', () => {
  const graph = hostileGraph()
  const entities = readCsv(collected(entitiesCsv(graph, { bom: false })).text)
  expect(entities.length).toBe(graph.entities.length + 1)
  expect(entities[0]).toEqual(['Id', 'Label', 'kind', 'roles', 'masked', 'rank', 'ring'])
  expect(entities.find(([id]) => id === 'P-011')?.[1]).toBe('\'=HYPERLINK("http://x","y")')
  const links = collected(linksCsv(graph)).text
  expect(links.startsWith('\uFEFFId,Source,Target')).toBe(true)
  const rows = readCsv(links.slice(1))
  expect(rows.length).toBe(graph.links.length + 1)
  expect(rows[1]).toEqual(['L-0a', 'P-001', 'P-000', 'Plain Name', '3', 'called', 'true', '3', '2024-01-03T05:00:00Z', '2024-03-09T05:20:00.123Z', '', '', '', '', 'tentative', 'true'])
  expect(collected(linksCsv({ ...graph, links: [...graph.links].reverse() })).text).toBe(links)
})

test('times agree with the platform over four thousand years', () => {
  fc.assert(fc.property(fc.integer({ min: -30_000_000_000_000, max: 90_000_000_000_000 }), (at) => isoTime(at) === new Date(at).toISOString().replace('.000Z', 'Z')))
})

const finding = (subject: string, rank: number, ring: string | null): OrganiserFinding => ({
  measure: 'current-flow', subject, label: `=Label of ${subject}`, roles: ['suspect'], value: 0.5 / rank, rank, of: 40, interval: { low: 1, high: rank + 2, copies: 40, thinned: 0.2 }, ring,
  beside: { degree: { value: 3, rank: 9 } }, because: [{ code: 'joins', text: 'joins Ring 1 and Ring 2', entities: [], links: [] }, { code: 'contacts', text: '5 contacts', entities: [], links: [] }],
})
const ring = (n: number): Findings['rings'][number] => ({ id: `ring-${n}`, label: `Ring ${n}`, members: ['P-1', 'P-2'], density: 0.4, criminal_share: 0.5, criminal_links: 3, protected_members: 1, organisers: [finding('P-1', 1, `ring-${n}`)] })
const findings: Findings = {
  seed: 1, scope: 'rings', network: { persons: 40, unattributed: 2, ties: 80, communities: 4, modularity: 0.4 }, rings: [ring(10), ring(2)],
  organisers: [finding('P-9', 2, null), finding('P-2', 2, 'ring-2'), finding('P-1', 1, 'ring-10')], unranked: { victim: 3 }, exclusions: [], cautions: ['Few links are graded.'],
}

test('findings keep their order whatever order they come in', () => {
  const shuffled = { ...findings, rings: [...findings.rings].reverse(), organisers: [...findings.organisers].reverse() }
  expect(findingsJson(shuffled)).toBe(findingsJson(findings))
  const back = JSON.parse(findingsJson(findings)) as Findings
  expect(back.rings.map(({ id }) => id)).toEqual(['ring-2', 'ring-10'])
  expect(back.organisers.map(({ subject }) => subject)).toEqual(['P-1', 'P-2', 'P-9'])
  expect(findingsJson(findings).endsWith('}\n')).toBe(true)
})

test('organisers and rings become tables', () => {
  const rows = readCsv(organisersCsv(findings, { bom: false }))
  expect(rows.length).toBe(1 + 3 + 2)
  expect(rows[0]).toContain('degree_rank')
  expect(rows[1]?.slice(0, 9)).toEqual(['overall', '1', '40', 'P-1', "'=Label of P-1", 'suspect', 'ring-10', 'current-flow', '0.5'])
  expect(rows[1]?.at(-1)).toBe('joins Ring 1 and Ring 2; 5 contacts')
  expect(rows[4]?.[0]).toBe('ring-2')
  expect(readCsv(ringsCsv(findings, { bom: false }))[1]).toEqual(['ring-2', 'Ring 2', '2', '0.4', '0.5', '3', '1', 'P-1', "'=Label of P-1", 'P-1 P-2'])
})
