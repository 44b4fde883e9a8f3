/** What the patterns say over the demo case is known in the languages of the screen: every method, caution, finding and reason. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { viewCase, type CaseView } from '@ringmap/case/case-view'
import { closeCase, type OpenCase } from '@ringmap/case/open-case'
import { writeDemoCase } from '@ringmap/fixtures/write-demo-case'
import { PATTERNS, type PatternName } from '@ringmap/model/pattern'
import { found } from '../../server/src/pattern-routes.ts'
import { foundCase } from '../../../packages/case/test/found-case.ts'
import { isKnownSentence } from '../src/words/engine-sentences.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringmap-words-'))
let open: OpenCase
let view: CaseView

beforeAll(async () => {
  await writeDemoCase(folder)
  open = await foundCase(folder)
  view = await viewCase(open)
}, 180_000)
afterAll(() => {
  closeCase(open)
  rmSync(folder, { recursive: true, force: true })
})

/** These ask between whom, and list names and steps alone. */
const BETWEEN: readonly PatternName[] = ['paths', 'joins']

it('says nothing that only English readers understand', async () => {
  const unknown = new Set<string>()
  let said = 0
  for (const pattern of (Object.keys(PATTERNS) as PatternName[]).filter((name) => !BETWEEN.includes(name))) {
    const { method, cautions, findings } = await found(view, { pattern })
    for (const text of [method, ...cautions, ...findings.flatMap((one) => [one.text, ...one.because.map((reason) => reason.text), ...one.against.map((reason) => reason.text)])]) {
      said++
      if (!isKnownSentence(text)) unknown.add(`${pattern}: ${text}`)
    }
  }
  expect(said).toBeGreaterThan(200)
  expect([...unknown]).toEqual([])
}, 180_000)
