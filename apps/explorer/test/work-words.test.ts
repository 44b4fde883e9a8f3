/** What a running step, its act and faulty data say is known in Hindi and Urdu: over the demo case, over faulty files, and in every literal of the engine. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { caseIssues } from '@ringmap/case/case-issues'
import { runFind } from '@ringmap/case/find-step'
import { runImport } from '@ringmap/case/import-step'
import { runLink } from '@ringmap/case/link-step'
import { closeCase, openCase } from '@ringmap/case/open-case'
import { findAct, importAct, linkAct } from '@ringmap/case/step-acts'
import { writeDemoCase } from '@ringmap/fixtures/write-demo-case'
import { ISSUE_CODES, type IssueCode } from '@ringmap/model/issue'
import { setLanguage } from '../src/words/language.ts'
import { ACTS, PROGRESS, REASONS, TROUBLES, WATERMARKS, WHOLE } from '../src/words/work-sentences.ts'
import { issueTold, workTold } from '../src/words/work-words.ts'

const PACKAGES = fileURLToPath(new URL('../../../packages', import.meta.url))
const SCRIPTS = { hi: /\p{Script=Devanagari}/u, ur: /\p{Script=Arabic}/u } as const

afterEach(() => setLanguage('en'))

/** Whether both languages have words for it. */
function known(told: () => string | null): boolean {
  return (['hi', 'ur'] as const).every((language) => {
    setLanguage(language, false)
    const said = told()
    return said !== null && SCRIPTS[language].test(said)
  })
}

function literals(room: string, shape: RegExp): string[] {
  const folder = join(PACKAGES, room, 'src')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(shape)].map((match) => match[1] ?? ''))
}

describe('the sentences', () => {
  it('have the same slots in each language, and letters of it', () => {
    for (const [english, hindi, urdu] of [...PROGRESS, ...ACTS, ...TROUBLES, ...REASONS, ...WHOLE, ...WATERMARKS]) {
      const slots = [english, hindi, urdu].map((text) => [...text.matchAll(/\{\d\}/g)].map(String).sort().join(' '))
      expect(new Set(slots).size, english).toBe(1)
      if (/[a-z]/.test(english.replaceAll(/\{\d\}|Graph Data Science/g, ''))) expect([SCRIPTS.hi.test(hindi), SCRIPTS.ur.test(urdu)], english).toEqual([true, true])
    }
  })

  it('are all that the engine has: what work is at, why an identifier fails, every code', () => {
    // What a measure is at within the step find is covered by the run below; those of the command line alone are not said here.
    const steps = ['sources', 'linkage', 'case'].flatMap((room) => literals(room, /\bprogress\??\.?\(\s*'([^']+)'/g))
    expect(steps.length).toBeGreaterThan(15)
    expect(steps.filter((step) => !known(() => workTold('progress', step)))).toEqual([])
    const failures = literals('identifiers', /\bfailed\(.*?'([^']{4,})'\)/g)
    expect(failures.length).toBeGreaterThan(30)
    const code = 'value_failed_check'
    expect([...new Set(failures)].filter((problem) => !known(() => issueTold({ code, message: `${problem}: ${ISSUE_CODES[code]}` })))).toEqual([])
    expect((Object.keys(ISSUE_CODES) as IssueCode[]).filter((one) => !known(() => issueTold({ code: one, message: ISSUE_CODES[one] })))).toEqual([])
  })

  it('say what stood in their slots, several after each other', () => {
    setLanguage('hi', false)
    const plain = ISSUE_CODES.date_order_mixed
    expect(issueTold({ code: 'date_order_mixed', message: `3 rows fit only day first, 2 only month first; these fit both and were read as day first: ${plain}` })).toMatch(/^3 पंक्तियाँ केवल दिन-पहले, 2 केवल माह-पहले/)
    expect(issueTold({ code: 'value_failed_check', message: `no number; 9 digits; an IMEI has 15, or 14 without its check digit, or 16 with a software version; and others: ${ISSUE_CODES.value_failed_check}` })).toMatch(/^संख्या नहीं; 9 अंक; IMEI में .*; और अन्य: /)
    expect(issueTold({ code: 'row_rejected', message: 'Set aside whole; the header has 4 columns: 2 × only 3 columns; 1 × text follows a closing quote.' })).toBe('पूरी पंक्ति अलग रखी गई; शीर्षक में 4 स्तंभ हैं: 2 × केवल 3 स्तंभ; 1 × बंद उद्धरण के बाद पाठ।')
    expect(workTold('watermark', 'Shown to Asha Verma (asha) at 2026-11-25T01:00:00Z, until 2026-11-25T02:00:00Z, approved by R. Singh (singh)')).toBe('Asha Verma (asha) को 2026-11-25T01:00:00Z पर दिखाया गया, 2026-11-25T02:00:00Z तक, अनुमोदन R. Singh (singh)')
    expect(workTold('progress', 'something of tomorrow')).toBeNull()
  })
})

it('covers all that import, link and find say of the demo case, and of files with faults', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-work-words-'))
  try {
    const faulty = join(folder, 'faulty')
    await writeDemoCase(join(folder, 'demo'))
    await writeDemoCase(faulty)
    for (const file of readdirSync(faulty).filter((name) => name.endsWith('.csv'))) writeFileSync(join(faulty, file), spoilt(readFileSync(join(faulty, file), 'utf8')))
    for (const one of [join(folder, 'demo'), faulty]) {
      const open = await openCase(one)
      try {
        const unknown = new Set<string>()
        const progress = (what: string): void => {
          if (!known(() => workTold('progress', what))) unknown.add(what)
        }
        const acts = [importAct(await runImport(open, { progress })), linkAct(await runLink(open, { progress })), ...(one === faulty ? [] : [findAct(await runFind(open, { progress })), importAct(await runImport(open, { progress }))])]
        for (const act of acts) if (!known(() => workTold('act', act))) unknown.add(act)
        const issues = await caseIssues(open)
        for (const issue of issues) if (!known(() => issueTold(issue))) unknown.add(issue.message)
        expect([...unknown]).toEqual([])
        if (one === faulty) expect(issues.length).toBeGreaterThan(5)
      } finally {
        closeCase(open)
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 180_000)

/** Rows cut short, digits that are none, dates of no calendar, a quote that is never closed. */
function spoilt(text: string): string {
  const lines = text.split('\n')
  return lines.map((line, i) => i === 0 || line === '' ? line : i % 7 === 1 ? line.replaceAll(/\d/g, '9') : i % 7 === 2 ? line.replace(/,[^,]*$/, '') : i % 7 === 3 ? line.replaceAll(/\d{4,}/g, 'x1') : line).join('\n')
}
