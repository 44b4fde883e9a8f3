/** What each profile lets out of one case, as a golden file that one can open and read: test/golden/exhibit-PROFILE.txt. */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exhibitTables, tableFiles } from '@ringmap/evidence/exhibit-tables'
import { writeAudit } from '../src/audit.ts'
import { viewCase, type CaseView } from '../src/case-view.ts'
import { exhibitInput } from '../src/exhibit-input.ts'
import { EXHIBIT_PROFILES, type ExhibitRequest } from '../src/exhibit-request.ts'
import { closeCase } from '../src/open-case.ts'
import { ringRequest, signedCase } from './found-case.ts'
import { EXHIBIT_HEAD, SMALL_FILES, VICTIM, writeSmallCase } from './small-case.ts'

const NOW = Date.UTC(2026, 10, 24, 9)
const EXHIBIT = `${EXHIBIT_HEAD}  uncategorised: unknown
  sources: { calls: { from: Operator, at: 2024-05-01 10:00 IST, certificate: present } }
  against: { facts: ["${VICTIM} says that he was not there."], unknowns: [The second phone was never found.] }
`
const CASE = `${SMALL_FILES['case.yaml'] ?? ''}${EXHIBIT}`
// In public a chart with one protected person is refused, so that profile is shown of a case in which nobody was recorded as a victim.
const NOBODY = CASE.replace('Victim: victim', 'Victim: unknown').replace(/ {6}- \{ kind: victim_in.*\n/, '')

interface Shown {
  readonly view: CaseView
  readonly request: ExhibitRequest
  readonly folder: string
}
const cases = new Map<string, Shown>()

async function shown(text: string): Promise<Shown> {
  const folder = writeSmallCase({ changed: { 'case.yaml': text } })
  const open = await signedCase(folder, { read_only: true })
  writeAudit(open, { at_ms: NOW, who: 'asha', act: 'find', what: 'small case', why: null })
  const view = await viewCase(open)
  return { view, folder, request: { ...(await ringRequest(view, NOW)), review_remarks: 'Compared with the rows.' } }
}

beforeAll(async () => {
  cases.set('victim', await shown(CASE))
  cases.set('nobody', await shown(NOBODY))
})
afterAll(() => {
  for (const { view, folder } of cases.values()) {
    closeCase(view.open)
    rmSync(folder, { recursive: true, force: true })
  }
})

test.each(EXHIBIT_PROFILES)('%s', async (profile) => {
  const { view, request } = cases.get(profile === 'public' ? 'nobody' : 'victim') as Shown
  const input = await exhibitInput(view, { ...request, profile })
  const json = (value: unknown): string => JSON.stringify(value, null, 1)
  const parts = [
    ...[...tableFiles(exhibitTables(input))].filter(([path]) => path.endsWith('.csv')).map(([path, bytes]) => `== ${path}\n${Buffer.from(bytes).toString('utf8').replace('\uFEFF', '').replaceAll('\r\n', '\n')}`),
    `== title\n${input.chart.title}\n${input.chart.subtitle}\n`, `== links\n${input.chart.links.map(({ id, label, strength, first_ms, last_ms }) => `${id} ${label} ${strength} ${first_ms ?? '-'} ${last_ms ?? '-'}\n`).join('')}`,
    `== rows\n${input.trace.map((row) => `${JSON.stringify(row)}\n`).join('')}`, `== masking\n${json(input.masking)}\n`, `== against\n${json(input.settings.against)}\n`,
    `== order\n${input.order.map(({ rank, label, because }) => `${rank} ${label}: ${because.map(({ text }) => text).join('; ')}\n`).join('')}`, `== leans on\n${input.leans_on.join('\n')}\n`, `== trail\n${input.audit.lines.length} lines\n`,
  ]
  await expect(parts.join('\n')).toMatchFileSnapshot(`golden/exhibit-${profile}.txt`)
})
