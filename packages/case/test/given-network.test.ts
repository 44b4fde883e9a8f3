/** Export, import into a second case, export: the file comes back to the byte, and whoever was masked in it stays masked; where the second case has something of its own to say it speaks for itself. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scanForCanaries } from '@ringmap/evidence/canary-scan'
import { sql } from '@ringmap/store/sql'
import { chartOf } from '../src/case-chart.ts'
import { findingsOf, viewCase, type CaseView } from '../src/case-view.ts'
import { exportGraph, writeChart, writeExport, writeGiven } from '../src/export-step.ts'
import { runFind } from '../src/find-step.ts'
import { givenNetwork } from '../src/given-network.ts'
import { runImport } from '../src/import-step.ts'
import { addJudgements } from '../src/judgement-log.ts'
import { runLink } from '../src/link-step.ts'
import { closeCase, openCase, type OpenCase } from '../src/open-case.ts'
import { foundCase } from './found-case.ts'
import { VICTIM, VICTIM_HOME, writeSmallCase } from './small-case.ts'

const NAMES = { graphml: 'network.graphml', anx: 'network.anx', ftm: 'network.ftm.json' } as const
const KINDS = ['graphml', 'anx', 'ftm'] as const
const CANARIES = [VICTIM, 'Zarqotha', '9419000009', VICTIM_HOME, 'ABC1000009', 'Mirnal Belimwal']

let work: string
let first: OpenCase
let view: CaseView
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'ringmap-given-'))
  first = await foundCase(writeSmallCase())
  view = await viewCase(first)
  for (const kind of KINDS) await writeExport(view, kind, join(work, 'first'))
  await writeChart(view, await chartOf(view, (await findingsOf(view)).rings[0]?.id ?? ''), join(work, 'first', 'ring.anx'))
})
afterAll(() => {
  closeCase(first)
  for (const folder of [work, first.folder]) rmSync(folder, { recursive: true, force: true })
})

/** A new case of one file alone, imported. */
async function secondCase(name: string, kind: (typeof KINDS)[number], file: string, more = ''): Promise<OpenCase> {
  const folder = join(work, name)
  mkdirSync(folder)
  copyFileSync(file, join(folder, 'received'))
  writeFileSync(join(folder, 'case.yaml'), `version: 1\nname: Second\nsources:\n  - { name: received, kind: ${kind}, file: received }\n${more}`)
  const open = await openCase(folder)
  await runImport(open)
  return open
}

async function back(open: OpenCase, kind: (typeof KINDS)[number], into: string): Promise<Buffer | null> {
  const given = await givenNetwork(open, kind)
  return given === null ? null : readFileSync(writeGiven(given, join(work, into))[0]?.file ?? '')
}

describe.each([...KINDS.map((kind) => [NAMES[kind], kind] as const), ['ring.anx', 'anx'] as const])('%s', (file, kind) => {
  test('comes back to the byte from a second case, imported alone and linked and searched, without the file at hand', async () => {
    const bytes = readFileSync(join(work, 'first', file))
    expect(bytes.length).toBeGreaterThan(1000)
    const open = await secondCase(`second ${file}`, kind, join(work, 'first', file))
    try {
      rmSync(join(open.folder, 'received'))
      expect((await back(open, kind, `imported ${file}`))?.equals(bytes)).toBe(true)
      await runLink(open)
      await runFind(open)
      expect((await back(open, kind, `found ${file}`))?.equals(bytes)).toBe(true)
      // A third case of what the second gave.
      const third = await secondCase(`third ${file}`, kind, join(work, `found ${file}`, NAMES[kind]))
      expect((await back(third, kind, `again ${file}`))?.equals(bytes)).toBe(true)
      closeCase(third)
    } finally {
      closeCase(open)
    }
  })

  test('the victim is a code in it, is protected in the second case again, and no order of that case brings her back', async () => {
    const open = await secondCase(`masked ${file}`, kind, join(work, 'first', file))
    try {
      await runLink(open)
      await runFind(open)
      const [code] = [...view.mask.codes.values()].filter((one) => one.startsWith('V-'))
      const masked = await viewCase(open)
      expect([...masked.mask.codes.values()].filter((one) => one.startsWith('V-'))).toHaveLength(1)
      const shown = await exportGraph(await viewCase(open, 'order 12/2024'), true)
      expect(shown.entities.find(({ roles }) => roles.includes('victim'))?.label).toBe(code)
      const files = [join(work, 'first', file), ...(await writeExport(await viewCase(open, 'order 12/2024'), kind, join(work, `unmasked ${file}`))).map((one) => one.file), join(open.folder, 'case.duckdb')]
      for (const path of files) expect(scanForCanaries(readFileSync(path), path, CANARIES), path).toEqual([])
      expect(scanForCanaries(readFileSync(join(work, 'first', file)), file, [code ?? '']).length).toBeGreaterThan(0)
    } finally {
      closeCase(open)
    }
  })
})

describe('the second case speaks for itself', () => {
  const graphml = (): string => join(work, 'first', 'network.graphml')
  const refusal = async (name: string, more: string, then: (open: OpenCase) => void | Promise<void> = () => undefined, file = graphml()): Promise<void> => {
    const open = await secondCase(name, 'graphml', file, more)
    try {
      await then(open)
      expect(await givenNetwork(open, 'graphml')).toBeNull()
    } finally {
      closeCase(open)
    }
  }
  const open_label = async (): Promise<string> => (await exportGraph(view)).entities.find(({ kind, masked }) => kind === 'Person' && !masked)?.label ?? ''

  test('where it is asked for another format, or has a second source', async () => {
    const open = await secondCase('other format', 'graphml', graphml())
    for (const kind of ['anx', 'ftm', 'gexf', 'csv', 'findings']) expect(await givenNetwork(open, kind), kind).toBeNull()
    closeCase(open)
    await refusal('two sources', '  - { name: again, kind: graphml, file: received }\n')
  })
  test('where a person decided something about its records', async () => {
    await refusal('judged', '', (open) => addJudgements(open, [{ left: 'Person:a', right: 'Person:b', answer: 'different', by: 'asha', at_ms: 0, why: 'seen apart' }]))
  })
  test('where it protects somebody who stands open in the file: named in case.yaml, or a victim of a file that was not masked', async () => {
    await refusal('named', `protect: { entities: [${JSON.stringify(await open_label())}] }\n`)
    const [bare] = await writeExport(await viewCase(first, 'order 12/2024'), 'graphml', join(work, 'bare file'))
    await refusal('bare', '', () => undefined, bare?.file)
    await refusal('bare, linked', '', async (open) => void (await runLink(open)), bare?.file)
    const open = await secondCase('bare, out', 'graphml', bare?.file ?? '')
    await runLink(open)
    await runFind(open)
    const [out] = await writeExport(await viewCase(open), 'graphml', join(work, 'bare out'))
    expect(scanForCanaries(readFileSync(out?.file ?? ''), 'network.graphml', [VICTIM])).toEqual([])
    closeCase(open)
  })
  test('where the file is of another hand, if only by one space, or a row of it was taken out of the case', async () => {
    const touched = join(work, 'touched.graphml')
    writeFileSync(touched, readFileSync(graphml(), 'utf8').replace('</graph>', ' </graph>'))
    await refusal('touched', '', () => undefined, touched)
    await refusal('row out', '', async ({ database }) => {
      await database.run(sql`DELETE FROM "raw received" WHERE what = 'link' AND row = (SELECT max(row) FROM "raw received")`)
    })
  })
})
