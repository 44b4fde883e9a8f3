/** What the explorer asks of a case: groups, ways between two, times under links; checked by hand on the small case, with nothing of the victim in it. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { decodeColumns } from '@ringmap/model/columns'
import { sql } from '@ringmap/store/sql'
import type { LinkTimesHead } from '@ringmap/model/wire'
import { chartOf, expandFrom } from '../src/case-chart.ts'
import { overview } from '../src/case-overview.ts'
import { search, viewCase, type CaseView } from '../src/case-view.ts'
import { joiningPaths } from '../src/joining-paths.ts'
import { linkTimes } from '../src/link-times.ts'
import { noteWords, openSavedChart, saveChart, savedCharts } from '../src/saved-charts.ts'
import { closeCase, type OpenCase } from '../src/open-case.ts'
import { foundCase } from './found-case.ts'
import { writeSmallCase, VICTIM } from './small-case.ts'

let folder = ''
let open: OpenCase
let view: CaseView

beforeAll(async () => {
  folder = writeSmallCase()
  open = await foundCase(folder)
  view = await viewCase(open)
})
afterAll(() => {
  closeCase(open)
  rmSync(folder, { recursive: true, force: true })
})

async function idOf(name: string): Promise<string> {
  return (await search(view, name)).hits[0]?.id ?? ''
}

it('groups hold every person once, and a group can be opened', async () => {
  const { groups, persons, persons_of: of } = await overview(view)
  expect(groups.reduce((sum, group) => sum + group.persons, 0)).toBe(persons)
  expect(persons).toBeLessThanOrEqual(of)
  const chart = await chartOf(view, groups[0]?.id ?? '')
  expect(chart.entities.length).toBeGreaterThan(1)
  await expect(chartOf(view, 'community-999')).rejects.toMatchObject({ code: 'not_found' })
})

it('the way from Koldun to Rastogar leads over the two phones that called, and names its weakest grade', async () => {
  const ends = [await idOf('Tarvesh Koldun'), await idOf('Bilqen Rastogar')]
  const { paths, chart } = await joiningPaths(view, ends)
  const first = paths[0]
  expect([first?.entities[0], first?.entities.at(-1)]).toEqual(ends)
  expect(first?.entities).toHaveLength(4)
  const labels = first?.entities.map((id) => chart.entities.find((entity) => entity.id === id)?.label)
  expect(labels?.slice(1, 3)).toEqual(['+919419000001', '+919419000002'])
  for (const id of first?.links ?? []) expect(chart.links.map((link) => link.id)).toContain(id)
  expect(first?.weakest).toBe('unconfirmed')
  await expect(joiningPaths(view, ends.slice(0, 1))).rejects.toMatchObject({ code: 'usage' })
})

it('times under a link are those of its rows', async () => {
  const { chart } = await joiningPaths(view, [await idOf('Tarvesh Koldun'), await idOf('Dovik Semwan')])
  const call = chart.links.find(({ kind, count }) => kind === 'called' && count === 2)
  const { head, columns } = decodeColumns<LinkTimesHead>((await linkTimes(view, [call?.id ?? ''])).buffer)
  expect(head.links).toEqual([call?.id])
  expect([...columns['offsets'] ?? []]).toEqual([0, 2])
  expect([...columns['at_ms'] ?? []]).toEqual([Date.UTC(2024, 2, 2, 4, 30), Date.UTC(2024, 2, 2, 5, 30)])
})

it('a chart is saved with its steps, opened again as it was, and never overwritten unseen', async () => {
  const koldun = await idOf('Tarvesh Koldun')
  const body = {
    name: '../Raid of March', revision: 0, subject: koldun, title: 'Koldun', filters: { window: null },
    entities: [{ id: koldun, x: 5, y: -7, pinned: true, focus: true }, { id: 'P-0000000000000000', x: 0, y: 0, pinned: false, focus: false }],
    log: [{ name: `Open ${VICTIM}`, at_ms: 1, who: '' }],
  }
  const options = { who: 'analyst', now_ms: 1_700_000_000_000 }
  expect(savedCharts(view)).toEqual([])
  expect(saveChart(view, body, options)).toMatchObject({ revision: 1, log: [{ who: 'analyst' }, { name: 'Saved as ../Raid of March', who: 'analyst' }] })
  expect(readdirSync(join(folder, 'charts'))).toHaveLength(1)
  expect(() => saveChart(view, body, options)).toThrow(expect.objectContaining({ code: 'revision_conflict' }))
  const again = await openSavedChart(view, '../Raid of March')
  expect(again.chart.entities).toMatchObject([{ id: koldun, x: 5, y: -7, focus: true }])
  expect(again.gone).toBe(1)
  expect(JSON.stringify(again)).not.toContain(VICTIM)
  expect(saveChart(view, { ...body, revision: 1 }, options).revision).toBe(2)
  expect(() => saveChart(view, { ...body, entities: 'all' }, options)).toThrow(expect.objectContaining({ code: 'usage' }))
  writeFileSync(join(folder, 'charts', 'old.json'), '{"version":0}')
  expect(savedCharts(view).map(({ name, revision }) => [name, revision])).toEqual([['../Raid of March', 2], ['old', null]])
  await expect(openSavedChart(view, 'old')).rejects.toMatchObject({ code: 'chart_unreadable' })
})

it('words of a note, a chart and its file name go through the mask, when they are kept and when they are read again', async () => {
  expect(noteWords(view, ' met at the gate ')).toEqual({ text: 'met at the gate', masked: false })
  const note = noteWords(view, `${VICTIM} was seen here, phone 9419000009`)
  expect(note.masked).toBe(true)
  for (const secret of [...VICTIM.split(' '), '9419000009']) expect(note.text).not.toContain(secret)
  expect(() => noteWords(view, ' ')).toThrow(expect.objectContaining({ code: 'usage' }))
  expect(() => noteWords(view, 'x'.repeat(401))).toThrow(expect.objectContaining({ code: 'usage' }))
  const koldun = await idOf('Tarvesh Koldun')
  const notes = [{ id: 'note 1', text: `ask ${VICTIM}`, place: { on: 'entity', id: koldun, right: 20, down: 14 } }, { id: 'note 2', text: 'raid here', place: { on: 'canvas', x: 3, y: 4 } }]
  const body = { name: `About ${VICTIM}`, snapshot: true, revision: 0, subject: koldun, title: `Around ${VICTIM}`, filters: {}, entities: [{ id: koldun, x: 0, y: 0, pinned: false, focus: true, kind: 'Person', rank: 2 }], links: [], notes, log: [] }
  const saved = saveChart(view, body, { who: 'analyst', now_ms: 1 })
  expect(saved).toMatchObject({ snapshot: true, log: [{ name: `Snapshot ${saved.name}` }], notes: [{ place: notes[0]?.place }, notes[1]] })
  expect(await openSavedChart(view, saved.name)).toMatchObject({ saved: { notes: saved.notes, entities: [{ kind: 'Person', rank: 2 }] } })
  const { codes } = view.mask
  // Written by hand, or before she was protected: read through the mask of today, under the name that the list shows.
  writeFileSync(join(folder, 'charts', `${encodeURIComponent(`Old ${VICTIM}`)}.json`), JSON.stringify({ ...body, version: 1, name: `Old ${VICTIM}`, revision: 1, log: [{ name: `Open ${VICTIM}`, at_ms: 1, who: 'analyst' }] }))
  const list = savedCharts(view)
  const old = list.find(({ name }) => name.startsWith('Old'))?.name ?? ''
  const read = await openSavedChart(view, old)
  expect(codes.size).toBeGreaterThan(0)
  for (const secret of VICTIM.split(' ')) expect(JSON.stringify([list, readdirSync(join(folder, 'charts')).filter((file) => !file.startsWith('Old')), saved, read])).not.toContain(secret)
})

it('nothing of these answers names the victim', async () => {
  const everyone = await Promise.all(['Bilqen Rastogar', 'Hemlo Qazwin'].map(idOf))
  const victim = [...view.mask.ids.keys()][0] ?? ''
  const text = JSON.stringify([await overview(view), await joiningPaths(view, [...everyone, victim])])
  expect(text).toContain(victim)
  expect(text).not.toContain(VICTIM.split(' ')[0])
  expect(text).not.toContain('9419000009')
})

it('a link over a record that is doubted bears that on its chart, and no other does', async () => {
  const ring = (await overview(view)).groups[0]?.id ?? ''
  const before = await chartOf(view, ring)
  expect(before.links.filter(({ disputed }) => disputed === true)).toEqual([])
  const called = before.links.find(({ kind, count }) => kind === 'called' && count > 1)
  const [one] = await open.database.rows<{ source: number; row: number }>(sql`SELECT o.source, o.row FROM observation o JOIN entity_record a ON a.record = o.from_record JOIN entity_record b ON b.record = o.to_record
    JOIN link l ON l.kind = o.kind AND l.source = a.entity AND l.target = b.entity WHERE l.id = ${called?.id ?? ''} ORDER BY o.row LIMIT 1`)
  await open.database.run(sql`UPDATE observation SET grade = '5x5x5 B5' WHERE source = ${one?.source ?? -1} AND row = ${one?.row ?? -1}`)
  const after = await chartOf(view, ring)
  expect(after.links.filter(({ disputed }) => disputed === true).map(({ id }) => id)).toEqual([called?.id])
})

it('what an expansion brings is linked to what was there, by ids of the chart', async () => {
  const around = await idOf('9419000003')
  const there = await idOf('9419000001')
  const { chart, of } = await expandFrom(view, { id: around, link: 'called', kind: 'Phone', have: [around, there], limit: 50 })
  expect([chart.entities.length, of]).toEqual([2, 2])
  const known = new Set([around, there, ...chart.entities.map(({ id }) => id)])
  expect(chart.links.filter(({ source, target }) => known.has(source) && known.has(target)).length).toBe(chart.links.length)
  for (const { id } of chart.entities) expect(chart.links.some(({ source, target }) => [source, target].includes(id) && [source, target].includes(around))).toBe(true)
})
