import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { paymentVolume } from '@ringmap/fixtures/payment-volume'
import { TRACING_RULES } from '@ringmap/analysis/money-trace'
import type { CaseView } from '../src/case-view.ts'
import { closeCase } from '../src/open-case.ts'
import { moneyOf, typologiesOf } from '../src/patterns.ts'
import { csv, plantedCase } from './planted-case.ts'

const planted = paymentVolume(31, { accounts: 600, payments: 5000, each: 4 })
const account = (n: number): string => `5010000${String(n).padStart(6, '0')}`
let made: { folder: string; view: CaseView }

beforeAll(async () => {
  const modes = ['', 'CASH', 'UPI', 'NEFT']
  const rows = Array.from(planted.source, (a, i) => [account(a), account(planted.target[i] as number), ((planted.amount[i] as number) / 100).toFixed(2), new Date(planted.at[i] as number).toISOString(), modes[planted.mode[i] as number] as string])
  const link = (mode: string, layer: string): string => `      - { kind: paid, from: payer, to: payee, at: at, amount: { column: rs }, layer: ${layer}, where: { column: mode, in: [${mode}] } }\n`
  made = await plantedCase({ 'bank.csv': csv('from,to,rs,at,mode', rows) }, `  - name: bank
    file: bank.csv
    entities: { payer: { kind: BankAccount, id: from }, payee: { kind: BankAccount, id: to } }
    links:
${link('CASH', 'cash')}${link('UPI', 'upi')}${link('NEFT', 'transfer')}`)
})
afterAll(() => {
  closeCase(made.view.open)
  rmSync(made.folder, { recursive: true, force: true })
})

test('a sum is followed from a chain of payments to its last account, conserved under each rule, each hop with its row', async () => {
  const chain = planted.schemes.find(({ kind }) => kind === 'layering')?.accounts as number[]
  for (const rule of TRACING_RULES) {
    const found = await moneyOf(made.view, { rule, account: account(chain[1] as number), limit: 10_000 })
    const start = found.findings.find(({ shape }) => shape === 'start')
    const held = found.findings.filter(({ shape }) => shape === 'held')
    expect(held.reduce((sum, { value }) => sum + value, 0)).toBe(start?.value)
    expect(start?.subjects.map(({ label }) => label)).toEqual([account(chain[0] as number), account(chain[1] as number)])
    for (const hop of found.findings.filter(({ shape }) => shape === 'hop')) {
      expect(hop.rows_of).toBe(1)
      expect(hop.rows[0]?.file).toBe('bank.csv')
    }
    if (rule !== 'proportional') expect(found.findings.filter(({ shape }) => shape === 'hop').length).toBeGreaterThanOrEqual(chain.length - 2)
  }
  await expect(moneyOf(made.view, { rule: 'fifo', account: 'nobody at all' })).rejects.toMatchObject({ code: 'not_found' })
  await expect(moneyOf(made.view, { rule: 'fifo', row: 'elsewhere:3' })).rejects.toMatchObject({ code: 'usage' })
})

test('typologies of a case name the planted accounts, with rows and a false discovery rate', async () => {
  const found = await typologiesOf(made.view, { limit: 1000 })
  for (const kind of ['structuring', 'fan-in', 'fan-out', 'pass-through', 'cash-to-upi']) {
    const known = planted.schemes.filter((scheme) => scheme.kind === kind).map(({ accounts }) => account(accounts[0] as number))
    const listed = found.findings.filter(({ shape }) => shape === kind).map(({ subjects }) => subjects[0]?.label ?? '')
    expect(known.filter((one) => listed.includes(one)).length, kind).toBeGreaterThanOrEqual(3)
  }
  for (const finding of found.findings) {
    expect(finding.sureness.kind).toBe('q')
    expect(finding.rows_of).toBeGreaterThan(0)
    expect(finding.text).not.toMatch(/guilt|kingpin|mastermind/i)
  }
})
