/** Another key for a case: nothing that stood under the old one is found outside the sealed map, and everything people decided still holds. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '@ringmap/store/sql'
import { checkAudit, writeAudit } from '../src/audit.ts'
import { findingsOf, viewCase } from '../src/case-view.ts'
import { runFind } from '../src/find-step.ts'
import { runLink } from '../src/link-step.ts'
import { closeCase, KEY_FILE, openCase, type OpenCase } from '../src/open-case.ts'
import { giveAnswers } from '../src/review-queue.ts'
import { openRotationMap, rotateKey } from '../src/rotate-key.ts'
import { openSavedChart, saveChart } from '../src/saved-charts.ts'
import { foundCase } from './found-case.ts'
import { SMALL_FILES, writeSmallCase } from './small-case.ts'

const SECRET = 'a long passphrase for the map'
const NOW = Date.UTC(2026, 10, 24, 9)
const NEW_KEY = Uint8Array.from({ length: 32 }, (_, i) => i + 1)

const folder = writeSmallCase()
const oldKey = readFileSync(join(folder, KEY_FILE), 'utf8').trim()
let open: OpenCase
let before: { readonly ids: readonly string[]; readonly codes: readonly string[]; readonly victim: string; readonly order: unknown; readonly judgements: unknown }
let rotated: Awaited<ReturnType<typeof rotateKey>>

async function seen(of: OpenCase): Promise<typeof before> {
  const view = await viewCase(of)
  return {
    ids: (await of.database.rows<{ id: string }>(sql`SELECT id FROM entity ORDER BY id`)).map(({ id }) => id), codes: [...view.mask.ids.keys()].sort(), victim: [...view.mask.ids.keys()].find((code) => code.startsWith('V-')) ?? '',
    order: (await findingsOf(view)).organisers.map(({ label, rank, value, interval }) => ({ label, rank, value, interval })),
    judgements: await of.database.rows(sql`SELECT l.label AS one, r.label AS other, j.verdict, j.made_by FROM judgement j JOIN entity_record le ON le.record = j.left_record JOIN entity l ON l.entity = le.entity JOIN entity_record re ON re.record = j.right_record JOIN entity r ON r.entity = re.entity WHERE NOT j.machine ORDER BY ALL`),
  }
}

beforeAll(async () => {
  open = await foundCase(folder)
  writeAudit(open, { at_ms: NOW, who: 'asha', act: 'find', what: 'small case', why: null })
  const persons = await open.database.rows<{ id: string }>(sql`SELECT id FROM entity WHERE kind = 'Person' AND label LIKE '%o%' ORDER BY label LIMIT 2`)
  await giveAnswers(open, [{ left: persons[0]?.id ?? '', right: persons[1]?.id ?? '', answer: 'different', by: 'asha', at_ms: NOW, why: 'seen side by side' }])
  await runLink(open)
  await runFind(open)
  const victim = (await seen(open)).victim
  saveChart(await viewCase(open), { name: 'Around her', revision: 0, subject: victim, title: 'Around her', entities: [{ id: victim, x: 1, y: 2, pinned: true, focus: true }, { id: persons[0]?.id, x: 3, y: 4, pinned: false, focus: false }], filters: {}, log: [] }, { who: 'asha', now_ms: NOW })
  closeCase(open)
  writeFileSync(join(folder, 'case.yaml'), `${SMALL_FILES['case.yaml'] ?? ''}exhibit: { consents: [{ code: ${victim}, by: NGO, at: 2026-11-01 }] }\n`)
  open = await openCase(folder)
  before = await seen(open)
  rotated = await rotateKey(open, { who: 'asha', reason: 'a laptop was stolen', passphrase: SECRET, now_ms: NOW + 1000, random: (bytes) => (bytes === 32 ? NEW_KEY : new Uint8Array(bytes).fill(7)) })
  closeCase(open)
  open = await openCase(folder)
}, 60_000)
afterAll(() => {
  closeCase(open)
  rmSync(folder, { recursive: true, force: true })
})

test('every id and code is another; findings, decisions, saved charts and consents stay what they were', async () => {
  const after = await seen(open)
  expect(before.judgements).toHaveLength(1)
  expect(after.ids.filter((id) => before.ids.includes(id))).toEqual([])
  expect(after.codes).toHaveLength(before.codes.length)
  expect(after.codes.filter((code) => before.codes.includes(code))).toEqual([])
  expect(after.judgements).toEqual(before.judgements)
  expect(after.order).toEqual(before.order)
  const chart = await openSavedChart(await viewCase(open), 'Around her')
  expect(chart.chart.entities.map(({ id }) => id)).toContain(after.victim)
  expect(chart.chart.shown).toMatchObject({ entities: 2, entities_of: 2 })
  expect(open.file.exhibit?.consents.map(({ code }) => code)).toEqual([after.victim])
})

test('no file of the case holds the old key, an old id or an old code but the sealed map; the trail holds and says why', () => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.startsWith('case.duckdb')).map((entry) => join(entry.parentPath, entry.name))
  expect(files).toContain(rotated.sealed)
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    for (const old of [oldKey, ...before.ids.filter((id) => id.startsWith('P-')), ...before.codes]) expect(text.includes(old), `${file}: ${old}`).toBe(false)
  }
  expect(checkAudit(open).faults).toEqual([])
  expect(readFileSync(join(folder, 'audit.jsonl'), 'utf8')).toContain(`sealed map SHA-256 ${rotated.sealed_sha256}`)
  expect(readFileSync(join(folder, 'audit.jsonl'), 'utf8')).toContain('a laptop was stolen')
})

test('the map leads from each old code to the new one, under its passphrase alone', async () => {
  const bytes = readFileSync(rotated.sealed)
  const map = openRotationMap(bytes, SECRET)
  const after = await seen(open)
  expect(map.old_key).toBe(oldKey)
  expect(map.codes.map(({ old }) => old)).toEqual(before.codes)
  expect(map.codes.map((one) => one.new).sort()).toEqual(after.codes)
  expect(map.codes.find(({ old }) => old === before.victim)?.new).toBe(after.victim)
  expect(() => openRotationMap(bytes, 'another long passphrase')).toThrow(expect.objectContaining({ code: 'passphrase_wrong' }) as Error)
})

test('without a reason, or with a short passphrase, nothing is changed', async () => {
  const was = readFileSync(join(folder, KEY_FILE), 'utf8')
  const random = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(9)
  await expect(rotateKey(open, { who: 'asha', reason: ' ', passphrase: SECRET, now_ms: NOW, random })).rejects.toMatchObject({ code: 'usage' })
  await expect(rotateKey(open, { who: 'asha', reason: 'rule', passphrase: 'short', now_ms: NOW, random })).rejects.toMatchObject({ code: 'usage' })
  expect(readFileSync(join(folder, KEY_FILE), 'utf8')).toBe(was)
  expect(readdirSync(join(folder, 'keys')).filter((name) => name.startsWith('rotation'))).toEqual(['rotation-1.sealed.json'])
})
