/** Batch linkage beside Splink 5 in one run: accuracy without settings, CPU, wall, memory. `pnpm bench:linkage [rows] [seed]`; SPLINK_PYTHON names a python3 that has splink. */
import { spawnSync } from 'node:child_process'
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readLinkInput } from '@ringmap/case/link-input'
import { nameParts } from '@ringmap/case/link-plan-guess'
import { writePersons } from '@ringmap/fixtures/write-persons'
import { cleaners } from '@ringmap/linkage/batch/cleaning'
import { readFields, type Field } from '@ringmap/linkage/batch/fields'
import type { ColumnPlan } from '@ringmap/linkage/batch/link-plan'
import { Database, NULL_INDEX } from '@ringmap/store/database'
import { sql } from '@ringmap/store/sql'

const root = fileURLToPath(new URL('..', import.meta.url))
const data = join(resolve(root, process.env['RINGMAP_DATA'] ?? '../shared/data'), 'linkage')
const python = process.env['SPLINK_PYTHON'] ?? 'python3'
const splink = spawnSync(python, ['-c', 'import splink; print(splink.__version__)'], { encoding: 'utf8' }).stdout?.trim() ?? ''
const rows = Number(process.argv[2] ?? 1_000_000)
const seed = Number(process.argv[3] ?? 101)
const folder = mkdtempSync(join(tmpdir(), 'ringmap-bench-linkage-'))
console.log(splink === '' ? 'Splink is not installed for python3; only ringmap is run.' : `Beside Splink ${splink}.`)

interface Figures {
  readonly [name: string]: number | null | Readonly<Record<string, number>>
}

function ours(files: readonly string[], truth: string | null, options: object = {}, truth_column?: string): Figures | null {
  const job = { files, truth, options: { workers: 2, ...options }, ...(truth_column === undefined ? {} : { truth_column }) }
  return answer(process.execPath, [join(root, 'bench/linkage-run.ts'), JSON.stringify(job)])
}

function theirs(set: string, from: string): Figures | null {
  return splink === '' ? null : answer(python, [join(root, 'bench/linkage-splink.py'), set, from])
}

function answer(command: string, given: readonly string[]): Figures | null {
  const ran = spawnSync(command, given, { encoding: 'utf8', maxBuffer: 1 << 26 })
  const line = ran.stdout.trim().split('\n').at(-1) ?? ''
  if (ran.status !== 0 || !line.startsWith('{')) {
    console.error(ran.stderr.split('\n').slice(-8).join('\n'))
    return null
  }
  return JSON.parse(line) as Figures
}

function show(what: string, figures: Figures | null): void {
  if (figures === null) return
  const text = (value: unknown): string => (typeof value === 'number' ? (Number.isInteger(value) ? String(value) : value.toFixed(value > 20 ? 1 : 4)) : JSON.stringify(value))
  console.log(`${what.padEnd(32)} ${Object.entries(figures).map(([key, value]) => `${key} ${text(value)}`).join('  ')}`)
}

/** FEBRL writes the answer into the id. */
function febrl(...files: readonly string[]): string {
  const to = join(folder, `${files[0] ?? ''}.truth.csv`)
  const ids = files.flatMap((file) => readFileSync(join(data, file), 'utf8').trim().split('\n').slice(1).map((line) => (line.split(',', 1)[0] ?? '').trim()))
  writeFileSync(to, ['id,person', ...ids.map((id) => `${id},${/\d+/.exec(id)?.[0] ?? ''}`), ''].join('\n'))
  return to
}

try {
  if (existsSync(data)) {
    const historical = join(data, 'historical_figures_with_errors_50k.parquet')
    show('febrl3, ringmap', ours([join(data, 'dataset3.csv')], febrl('dataset3.csv')))
    show('febrl3, Splink', theirs('febrl3', data))
    show('febrl4, ringmap', ours([join(data, 'dataset4a.csv'), join(data, 'dataset4b.csv')], febrl('dataset4a.csv', 'dataset4b.csv'), { between: true }))
    show('febrl4, Splink', theirs('febrl4', data))
    show('fake_1000, ringmap', ours([join(data, 'fake_1000.csv')], join(data, 'fake_1000_labels.csv')))
    show('fake_1000, Splink', theirs('fake_1000', data))
    show('historical_50k, ringmap', ours([historical], historical, {}, 'cluster'))
    show('historical_50k, Splink', theirs('historical_50k', data))
  } else console.log(`No labelled records at ${data}; RINGMAP_DATA names their folder.`)

  await writePersons(rows, seed, folder)
  const used = await normalise(join(folder, 'persons.csv'), join(folder, 'normalised.csv'))
  console.log(`${rows} generated persons, seed ${seed}; reading and normalising all columns: ${used.toFixed(1)} s CPU`)
  writeFileSync(join(folder, 'link.yaml'), `id: record_id
columns:
  given: { kind: name, swap_with: family }
  family: { kind: name, swap_with: given }
  father: name
  sex: category
  born: date
  phone: code
  village: text
  district: text
  voter_id: code
`)
  const config = { config: join(folder, 'link.yaml') }
  const mine = ours([join(folder, 'normalised.csv')], null, config)
  show('persons normalised, ringmap', mine)
  show('  with accuracy', ours([join(folder, 'normalised.csv')], join(folder, 'truth.csv'), config))
  const other = theirs('persons', folder)
  show('persons normalised, Splink', other)
  show('persons as written, ringmap', ours([join(folder, 'persons.csv')], join(folder, 'truth.csv')))
  added(join(folder, 'persons.csv'))
  const ratio = (key: string): string => (Number(mine?.[key]) / Number(other?.[key])).toFixed(2)
  if (mine !== null && other !== null) console.log(`ringmap / Splink: CPU ${ratio('cpu_s')}, wall ${ratio('wall_s')}, memory ${ratio('peak_mb')}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** A thousand records taken out of the file are added to a run over all others. */
function added(persons: string): void {
  const [header = '', ...all] = readFileSync(persons, 'utf8').trimEnd().split('\n')
  const every = Math.max(2, Math.floor(all.length / 1000))
  const taken = (fresh: boolean): string => [header, ...all.filter((_, i) => (i % every === 1) === fresh), ''].join('\n')
  const [base, fresh, state] = [join(folder, 'base.csv'), join(folder, 'fresh.csv'), join(folder, 'persons.state')]
  writeFileSync(base, taken(false))
  writeFileSync(fresh, taken(true))
  show('persons, run kept for more', ours([base], null, { save_state: state }))
  console.log(`  the state holds ${(statSync(join(state, 'run.state')).size / 2 ** 20).toFixed(0)} MB`)
  show('  records added to it', answer(process.execPath, [join(root, 'bench/linkage-added.ts'), state, fresh]))
}

/** The columns as both engines get them: names as keys, telephones without prefixes. @returns CPU seconds. */
async function normalise(from: string, to: string): Promise<number> {
  const cpu = process.cpuUsage()
  const database = await Database.open(':memory:')
  const plain = (name: string, kind: ColumnPlan['kind'], form: ColumnPlan['form'] = 'plain'): ColumnPlan => ({ name, from: [name], kind, form, order: 'dmy', swap_with: null, term_frequency: true, compared: true })
  const plans = [...nameParts('name', ['given', 'family']), ...nameParts('father', ['given']), plain('sex', 'category'), plain('born', 'date'), plain('phone', 'code', 'phone'), plain('village', 'text'), plain('district', 'text'), plain('voter_id', 'code')]
  const input = await readLinkInput(database, [from], {})
  const clean = cleaners()
  const fields = await readFields(database, input.table, input.records, plans.map((plan) => ({ name: plan.name, from: plan.from, clean: clean(plan) })))
  const used = process.cpuUsage(cpu)
  const [ids = []] = await database.texts(sql`SELECT "#id" FROM link_record ORDER BY "#record"`)
  database.close()
  const out = createWriteStream(to)
  out.write('record_id,given,family,father,sex,born,phone,village,district,voter_id\n')
  const cell = (field: Field, r: number): string => (field.codes[r] === NULL_INDEX ? '' : (field.values[field.codes[r] as number] ?? ''))
  let text = ''
  for (let r = 0; r < ids.length; r++) {
    text += `${ids[r] ?? ''},${fields.map((field) => cell(field, r)).join(',')}\n`
    if (text.length < 1_000_000) continue
    if (!out.write(text)) await new Promise((done) => { out.once('drain', () => { done(null) }) })
    text = ''
  }
  await new Promise((done) => { out.end(text, () => { done(null) }) })
  return (used.user + used.system) / 1e6
}
