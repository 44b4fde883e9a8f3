/**
 * Rings and organisers of a large case: people with phones who call each other in planted communities, rings among them who are accused together; import, link, find and the topics,
 * wall seconds and peak memory. `node bench/large-case.ts [people] [rings] [resolution of communities]`
 */
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seeded } from '@ringmap/model/random'
import { runFind } from '@ringmap/case/find-step'
import { runImport } from '@ringmap/case/import-step'
import { runLink } from '@ringmap/case/link-step'
import { closeCase, openCase } from '@ringmap/case/open-case'
import { measured, printMeasured } from './measured.ts'
import { plantedNetwork } from './planted-network.ts'

const [people = '100000', rings = '300', resolution = '1'] = process.argv.slice(2)
const PEOPLE = Number(people)
const RINGS = Number(rings)
const folder = mkdtempSync(join(tmpdir(), 'ringmap-bench-'))

async function timed<T>(what: string, work: () => Promise<T>, said: (found: T) => string): Promise<void> {
  const found = await measured(work)
  printMeasured(what, found, said(found.result))
}

async function written(file: string, chunks: Iterable<string>): Promise<void> {
  const out = createWriteStream(join(folder, file))
  for (const chunk of chunks) if (!out.write(chunk)) await once(out, 'drain')
  out.end()
  await once(out, 'finish')
}

const phone = (person: number): string => `94${String(19_000_000 + person).padStart(8, '0')}`
const random = seeded(3)

function* subscribers(): Generator<string> {
  yield 'person,name,msisdn\n'
  for (let v = 0; v < PEOPLE; v++) yield `P${v},Person ${v},${phone(v)}\n`
}

/** Members of each ring: an organiser, two lieutenants, couriers. */
const members = Array.from({ length: RINGS }, () => Array.from({ length: 10 + Math.floor(random() * 5) }, () => Math.floor(random() * PEOPLE)))

function* calls(): Generator<string> {
  yield 'a,b,at\n'
  const { source, target, weight } = plantedNetwork({ nodes: PEOPLE, ties: PEOPLE * 4 })
  const row = (a: number, b: number): string => `${phone(a)},${phone(b)},${new Date(Date.UTC(2025, 0, 1) + Math.floor(random() * 180 * 86_400) * 1000).toISOString().slice(0, 19)}\n`
  for (let e = 0; e < source.length; e++) for (let i = Math.min(3, weight[e] as number); i > 0; i--) yield row(source[e] as number, target[e] as number)
  for (const [organiser, supply, movement, ...couriers] of members as [number, number, number, ...number[]][]) {
    for (let i = 0; i < 8; i++) yield row(organiser, i % 2 === 0 ? supply : movement)
    for (const [i, courier] of couriers.entries()) for (let n = 0; n < 6; n++) yield row(i % 2 === 0 ? supply : movement, courier)
    for (const [i, courier] of couriers.entries()) if (i > 0) for (let n = 0; n < 6; n++) yield row(couriers[i - 1] as number, courier)
  }
}

function* accused(): Generator<string> {
  yield 'fir,person\n'
  for (const [r, [, ...others]] of members.entries()) for (const [i, one] of others.entries()) yield `FIR ${r}/${1 + (i % 2)},P${one}\n`
}

try {
  await timed('writing the files', async () => {
    await written('subscribers.csv', subscribers())
    await written('calls.csv', calls())
    await written('accused.csv', accused())
    writeFileSync(join(folder, 'case.yaml'), `version: 1
name: Bench
sources:
  - name: subscribers
    file: subscribers.csv
    entities: { person: { kind: Person, id: person, scope: bench, properties: { name: name } }, phone: { kind: Phone, id: msisdn } }
    links: [{ kind: owns, from: person, to: phone }]
  - name: calls
    file: calls.csv
    entities: { caller: { kind: Phone, id: a }, called: { kind: Phone, id: b } }
    links: [{ kind: called, from: caller, to: called, at: at }]
  - name: accused
    file: accused.csv
    entities: { person: { kind: Person, id: person, scope: bench }, fir: { kind: Event, id: fir, properties: { type: { value: case } } } }
    links: [{ kind: accused_in, from: person, to: fir }]
find: { resolution: ${resolution} }
`)
  }, () => `${PEOPLE} people, ${RINGS} rings`)
  const open = await openCase(folder)
  await timed('import', async () => await runImport(open), ({ rows }) => `${rows} rows`)
  await timed('link', async () => await runLink(open), (linked) => `${linked?.links ?? 0} links`)
  await timed('find', async () => await runFind(open, { progress: process.env['PROGRESS'] === undefined ? undefined : (what) => console.log('  ', what) }), ({ network, rings: found, organisers, scope, cautions }) =>
    `${network.persons} people, ${network.ties} ties, ${found.length} rings of ${found.reduce((sum, ring) => sum + ring.members.length, 0)}, ${organisers[0]?.of ?? 0} ranked (${scope})\n${cautions.map((one) => `  ${one}`).join('\n')}`)
  closeCase(open)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
