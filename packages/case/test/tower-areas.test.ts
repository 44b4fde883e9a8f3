import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { sql } from '@ringmap/store/sql'
import { viewCase } from '../src/case-view.ts'
import { runImport } from '../src/import-step.ts'
import { initCase } from '../src/init-case.ts'
import { runLink } from '../src/link-step.ts'
import { closeCase, openCase } from '../src/open-case.ts'
import { placesOf } from '../src/person-timeline.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringmap-towers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a list of cells is read with what each covers: the draft, the import and the map know direction and reach', async () => {
  writeFileSync(join(folder, 'towers.csv'), 'Cell ID,Site Name,Latitude,Longitude,Azimuth,Radius (m)\nT1,Invented Hill,34.52,74.26,240,1800\nT2,Invented Bridge,34.4,74.3,,\n')
  await initCase(folder, [join(folder, 'towers.csv')], { region: 'IN', timezone: 'Asia/Kolkata' })
  expect(readFileSync(join(folder, 'case.yaml'), 'utf8')).toMatch(/azimuth: Azimuth/)
  const open = await openCase(folder)
  try {
    await runImport(open)
    await runLink(open)
    const ids = (await open.database.rows<{ id: string }>(sql`SELECT id FROM entity ORDER BY key`)).map(({ id }) => id)
    expect((await placesOf(await viewCase(open), ids)).map((place) => ({ ...place, id: '' })).sort((a, b) => (a.latitude ?? 0) - (b.latitude ?? 0))).toEqual([
      { id: '', latitude: 34.4, longitude: 74.3, radius_m: null, azimuth: null, words: ['Invented Bridge'] },
      { id: '', latitude: 34.52, longitude: 74.26, radius_m: 1800, azimuth: 240, words: ['Invented Hill'] },
    ])
  } finally {
    closeCase(open)
  }
})
