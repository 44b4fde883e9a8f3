import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { array, assert, asyncProperty, integer, shuffledSubarray } from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { below, seeded } from '@ringmap/model/random'
import { writePersons } from '@ringmap/fixtures/write-persons'
import { guardedClusters } from '@ringmap/linkage/batch/guarded-clusters'
import { clusterAccuracy } from '@ringmap/linkage/batch/link-accuracy'
import { eachLink, idOf, type OpenedState } from '@ringmap/linkage/incremental/opened-state'
import { apartCheck } from '@ringmap/linkage/incremental/touched-clusters'
import { addToState, type AddedToState } from '../src/add-to-state.ts'
import { dedupeFiles } from '../src/dedupe-files.ts'
import { readState, saveAdded } from '../src/linkage-state-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringmap-add-'))
const at = (file: string): string => join(folder, file)
let header = ''
let rows: string[] = []
/** Small tables are compared whole, larger ones by rules. */
const SIZES = { whole: 1200, rules: 2600 } as const
const FRESH = 160

function written(file: string, lines: readonly string[]): string {
  writeFileSync(at(file), [header, ...lines, ''].join('\n'))
  return at(file)
}

beforeAll(async () => {
  await writePersons(SIZES.rules + FRESH, 31, folder)
  ;[header = '', ...rows] = readFileSync(at('persons.csv'), 'utf8').trim().split('\n')
  for (const [mode, size] of Object.entries(SIZES)) await dedupeFiles([written(`${mode}.csv`, rows.slice(0, size))], { workers: 0, save_state: at(`${mode}.state`) })
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const fresh = (): string[] => rows.slice(SIZES.rules)

/** The same clusters in one form, whatever the numbers of records are. */
function partition(now: OpenedState): string {
  const groups = new Map<number, string[]>()
  for (let r = 0; r < now.records; r++) groups.set(now.cluster[r] as number, [...(groups.get(now.cluster[r] as number) ?? []), idOf(now, r)])
  return [...groups.values()].map((ids) => ids.sort().join(' ')).sort().join('\n')
}

/** Adds the lots one after the other, through files, to the state as the run left it. */
async function addedInTurn(mode: string, lots: readonly (readonly string[])[]): Promise<AddedToState> {
  rmSync(at(`${mode}.state/added.state`), { force: true })
  let last: AddedToState | null = null
  for (const [i, lot] of lots.entries()) last = await addToState(at(`${mode}.state`), [written(`lot${i}.csv`, lot)])
  if (last === null) throw new Error('no lot')
  return last
}

test.each(Object.keys(SIZES))('clusters after an addition are those that all links together make (%s)', async (mode) => {
  const { addition } = await addedInTurn(mode, [fresh()])
  const { now } = addition
  const [settings, found] = [now.state.settings, [] as { a: number; b: number; weight: number; across: boolean }[]]
  // Records of one lot are numbered by id, so numbers are ranks.
  for (let a = 0; a < now.records; a++) eachLink(now, a, (b, weight, across) => { if (b > a && weight >= Math.min(settings.threshold, settings.linked_at)) found.push({ a, b, weight, across }) })
  found.sort((x, y) => Number(x.across) - Number(y.across) || x.a - y.a || x.b - y.b)
  const links = { left: Uint32Array.from(found, ({ a }) => a), right: Uint32Array.from(found, ({ b }) => b), weight: Float32Array.from(found, ({ weight }) => weight) }
  const whole = guardedClusters(now.records, links, { ...settings, cannot_link: apartCheck(now) ?? undefined })
  expect(now.cluster).toEqual(whole.cluster)
  expect(addition.records).toBe(FRESH)
  expect(addition.touched).toBeLessThan(now.records / 2)
}, 60_000)

test.each(Object.keys(SIZES))('in lots of any size and any order the clusters are those of one addition (%s)', async (mode) => {
  const once = partition((await addedInTurn(mode, [fresh()])).addition.now)
  await assert(asyncProperty(shuffledSubarray(fresh(), { minLength: FRESH, maxLength: FRESH }), array(integer({ min: 1, max: FRESH - 1 }), { minLength: 1, maxLength: 4 }), async (order, cuts) => {
    const ends = [...new Set([0, ...cuts, FRESH])].sort((a, b) => a - b)
    const lots = ends.slice(1).map((end, i) => order.slice(ends[i], end))
    expect(partition((await addedInTurn(mode, lots)).addition.now)).toBe(once)
  }), { numRuns: 4, seed: 77 })
}, 120_000)

test('what no chain of links leads to stays as it was, ids are kept, and every join and split is said', async () => {
  const { state } = readState(at('rules.state'))
  const { addition, rows: changed } = await addedInTurn('rules', [fresh()])
  const { now } = addition
  const said = new Set(changed.map(({ record_id }) => record_id))
  const moved = new Set(addition.id_changes.flatMap(({ id, other }) => [id, other]))
  for (let r = 0; r < state.settings.records; r++) {
    if (!said.has(idOf(now, r))) expect([now.cluster[r], now.name[r], now.strength[r]]).toEqual([state.cluster[r], state.name[r], state.strength[r]])
    if (now.name[r] !== state.name[r]) expect(moved).toContain(idOf(now, state.name[r] as number))
  }
  const random = seeded(3)
  const word = (): string => Array.from({ length: 9 }, () => String.fromCharCode(97 + below(random, 26))).join('')
  const strangers = Array.from({ length: 30 }, (_, i) => `Z${i},${word()} ${word()},${word()},M,${(i % 28) + 1}/${(i % 12) + 1}/18${40 + i},,${word()},${word()},`)
  const alone = await addedInTurn('rules', [strangers])
  expect(alone.rows.map(({ record_id, cluster_id, weight }) => [record_id, cluster_id, weight])).toEqual(strangers.map((row) => [row.split(',')[0], row.split(',')[0], Number.NaN]).sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)))
  expect(alone.addition.id_changes).toEqual([])
}, 60_000)

test('an addition agrees with a run over everything nearly always', async () => {
  const { addition } = await addedInTurn('rules', [fresh()])
  const whole = await dedupeFiles([at('persons.csv')], { workers: 0 })
  const places = new Map(whole.ids.map((id, r) => [id, r]))
  const again = Uint32Array.from({ length: addition.now.records }, (_, r) => whole.batch.clusters.cluster[places.get(idOf(addition.now, r)) as number] as number)
  expect(clusterAccuracy(addition.now.cluster, again).f1).toBeGreaterThan(0.96)
}, 60_000)

test('records sent again are left out, changed ones refused, a second run at once and a broken file said', async () => {
  const state = at('rules.state')
  await addedInTurn('rules', [fresh()])
  const again = await addToState(state, [written('again.csv', [...fresh().slice(0, 5), ...rows.slice(0, 5)])])
  expect([again.addition.records, again.addition.known, again.rows.length]).toEqual([0, 10, 0])
  const all = await addToState(state, [written('again.csv', rows.slice(0, 1))], { all: true })
  expect(all.rows.length).toBe(SIZES.rules + FRESH)
  await expect(addToState(state, [written('other.csv', [`${rows[0]?.split(',')[0] ?? ''},Somebody Else,,,,,,,`])])).rejects.toMatchObject({ code: 'link_records_changed' })
  const kept = readState(state)
  await addToState(state, [written('one.csv', ['N1,Someone New,,,,,,,'])])
  expect(() => saveAdded(state, kept, kept.added)).toThrow(expect.objectContaining({ code: 'link_state_busy' }))
  await expect(dedupeFiles([at('rules.csv')], { workers: 0, save_state: state })).rejects.toMatchObject({ code: 'case_exists' })
  await expect(addToState(at('nowhere.state'), [at('one.csv')])).rejects.toMatchObject({ code: 'link_state_invalid' })
  const bytes = readFileSync(at('whole.state/run.state'))
  writeFileSync(at('whole.state/run.state'), bytes.subarray(0, bytes.length >> 1))
  await expect(addToState(at('whole.state'), [at('one.csv')])).rejects.toMatchObject({ code: 'link_state_invalid' })
  writeFileSync(at('nonsense.csv'), 'name,village\nSomeone,Somewhere\n')
  await expect(addToState(state, [at('nonsense.csv')])).rejects.toMatchObject({ code: 'link_settings_invalid' })
}, 60_000)
