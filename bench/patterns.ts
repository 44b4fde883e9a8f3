/** Calls and payments in bulk through a real case: import, link and every pattern, wall seconds and peak memory. `node bench/patterns.ts [calls] [phones] [payments] [--towers] [--in FOLDER] [--only swaps,gaps]`; a folder given stays, and is used again where its case is there. */
import { spawnSync } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { earliestArrival, timedPaths } from '@ringmap/analysis/time-respecting-paths'
import { callRows } from '@ringmap/fixtures/call-volume'
import { paymentVolume } from '@ringmap/fixtures/payment-volume'
import { below, seeded } from '@ringmap/model/random'
import { viewCase } from '@ringmap/case/case-view'
import { runImport } from '@ringmap/case/import-step'
import { runLink } from '@ringmap/case/link-step'
import { closeCase, openCase } from '@ringmap/case/open-case'
import { coLocationOf, commonContactsOf, gapsOf, joinsOf, moneyOf, motifsOf, pathsOf, rolesOf, routesOf, swapsOf, travellersOf, typologiesOf } from '@ringmap/case/patterns'
import { measured, printMeasured } from './measured.ts'

const { values: { towers, in: kept, only: named }, positionals } = parseArgs({ allowPositionals: true, options: { towers: { type: 'boolean', default: false }, in: { type: 'string' }, only: { type: 'string' } } })
const [calls = 10_000_000, phones = 500_000, payments = 2_000_000] = positionals.map(Number)
const only = named?.split(',')
const folder = kept ?? mkdtempSync(join(tmpdir(), 'ringmap-bench-'))

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    const found = await measured(work)
    printMeasured(what, found, typeof found.result === 'string' ? found.result : '')
  } catch (error) {
    console.log(`${what} failed: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function written(file: string, chunks: Iterable<string>): Promise<void> {
  const out = createWriteStream(join(folder, file))
  for (const chunk of chunks) if (!out.write(chunk)) await once(out, 'drain')
  out.end()
  await once(out, 'finish')
}

function* paymentRows(): Generator<string> {
  const made = paymentVolume(1, { accounts: Math.round(payments / 10), payments: Math.round(payments * 0.8), each: 50 })
  yield 'from,to,rs,at\n'
  for (let i = 0; i < made.at.length; i++) yield `5010${String(made.source[i]).padStart(8, '0')},5010${String(made.target[i]).padStart(8, '0')},${((made.amount[i] as number) / 100).toFixed(2)},${new Date(made.at[i] as number).toISOString()}\n`
}

/** Contacts in the order of time through the kernel alone, once they are there: earliest arrival everywhere, and three ways to one. */
async function passing(count: number, nodes: number): Promise<void> {
  const random = seeded(5)
  const [source, target] = [0, 1].map(() => Uint32Array.from({ length: count }, () => below(random, nodes))) as [Uint32Array, Uint32Array]
  const contacts = { nodes, source, target, at: Float64Array.from({ length: count }, (_, i) => i) }
  await timed('  earliest arrival, 1M', async () => await Promise.resolve(`${earliestArrival(contacts, 0, { both: () => true }).arrival.filter(Number.isFinite).length} reached`))
  await timed('  three ways, 1M', async () => await Promise.resolve(`${timedPaths(contacts, 0, 1, { both: () => true }).length} found`))
}

try {
  mkdirSync(folder, { recursive: true })
  const there = existsSync(join(folder, 'case.yaml'))
  if (only === undefined) await passing(1_000_000, 100_000)
  console.log(`${calls} calls, ${phones} phones, about ${payments} payments`)
  if (!there) await timed('writing the files', async () => {
    await written('calls.csv', callRows(calls, phones, 1))
    await written('bank.csv', paymentRows())
    writeFileSync(join(folder, 'case.yaml'), `version: 1
name: Bench
sources:
  - name: calls
    file: calls.csv
    entities: { caller: { kind: Phone, id: a_party }, called: { kind: Phone, id: b_party }, tower: { kind: Location, id: tower_id } }
    links:
      - { kind: called, from: caller, to: called, at: { column: call_date, time_column: call_time, format: dmy }, duration_s: duration_s, where: { column: type, in: [CALL] } }
      - { kind: messaged, from: caller, to: called, at: { column: call_date, time_column: call_time, format: dmy }, where: { column: type, in: [SMS] } }
${towers ? '      - { kind: present_at, from: caller, to: tower, at: { column: call_date, time_column: call_time, format: dmy } }\n' : ''}  - name: bank
    file: bank.csv
    entities: { payer: { kind: BankAccount, id: from }, payee: { kind: BankAccount, id: to } }
    links: [{ kind: paid, from: payer, to: payee, at: at, amount: { column: rs } }]
`)
  })
  const open = await openCase(folder)
  await timed('import', async () => `${(await runImport(open)).rows} rows`)
  await timed('link', async () => `${(await runLink(open))?.links ?? 0} links`)
  const view = await viewCase(open)
  const found = async (what: string, work: () => Promise<{ of: number }>): Promise<void> => {
    if (only === undefined || only.includes(what)) await timed(what, async () => `${(await work()).of} found`)
  }
  await found('swaps', () => swapsOf(view, { limit: 20 }))
  await found('common contacts', () => commonContactsOf(view, { limit: 20 }))
  await found('money', () => moneyOf(view, { rule: 'fifo', limit: 20 }))
  await found('typologies', () => typologiesOf(view, { limit: 20 }))
  await found('paths', () => pathsOf(view, { from: '+919411234567', to: '+919418603354', limit: 20 }))
  await found('joins', () => joinsOf(view, ['+919411234567', '+919418603354'], { limit: 20 }))
  await found('co-location', () => coLocationOf(view, { limit: 20 }))
  await found('travelling together', () => travellersOf(view, { limit: 20 }))
  await found('motifs', () => motifsOf(view, { limit: 20 }))
  await found('behaviour', () => rolesOf(view, { limit: 20 }))
  await found('routes', () => routesOf(view, { limit: 20, inside: true }))
  await found('gaps', () => gapsOf(view, { limit: 20 }))
  closeCase(open)
  console.log('\nThe same files with polars and igraph (no canonical forms, issues, chance or rows under the findings):')
  const python = process.env['RINGMAP_PYTHON'] ?? fileURLToPath(new URL('../.venv/bin/python', import.meta.url))
  const script = fileURLToPath(new URL('patterns-peers.py', import.meta.url))
  if (only !== undefined && !only.includes('peers')) console.log('left out: --only')
  else if (!existsSync(python)) console.log('There is no Python environment at .venv. Make it with: node bench/peers-environment.ts')
  else spawnSync(python, [script, folder], { stdio: 'inherit' })
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true, force: true })
}
