import { expect, test } from 'vitest'
import type { ChartLink } from '@ringmap/model/chart'
import { exhibitSettings } from '@ringmap/model/exhibit-file'
import type { Strength } from '@ringmap/model/grade'
import { withLineStrengths, type GradedRow } from '../src/line-strength.ts'

const link = (strength: Strength): ChartLink => ({ id: 'L', kind: 'met', label: 'met', source: 'a', target: 'b', directed: false, count: 2, first_ms: null, last_ms: null, amount: null, currency: null, strength, criminal: false })
const rows = (...list: readonly (readonly [string, string | null])[]): GradedRow[] => list.map(([source, grade]) => ({ link: 'L', source, grade }))
const settings = exhibitSettings.parse({ sources: { one: { from: 'Bank' }, other: { from: 'Bank' }, third: { from: 'Operator' } } })

test.each([
  ['two rows of one source do not confirm each other', 'unconfirmed', rows(['one', 'B2'], ['one', 'B2']), 'unconfirmed'],
  ['two sources of different hands do', 'unconfirmed', rows(['one', 'B2'], ['third', 'C2']), 'confirmed'],
  ['two sources of one hand do not', 'unconfirmed', rows(['one', 'B2'], ['other', 'B2']), 'unconfirmed'],
  ['nor where one of them is not sound', 'unconfirmed', rows(['one', 'B2'], ['third', 'C3']), 'unconfirmed'],
  ['nor where one is not graded: unset is unconfirmed', 'unconfirmed', rows(['one', 'B2'], ['third', null]), 'unconfirmed'],
  ['schemes stand side by side', 'unconfirmed', rows(['one', '4x4 B2'], ['third', '5x5x5 A2']), 'confirmed'],
  ['what is tentative stays so, however many say it', 'tentative', rows(['one', 'E1'], ['third', 'A1']), 'tentative'],
  ['what the grade confirms is confirmed', 'confirmed', rows(['one', 'A1']), 'confirmed'],
] as const)('%s', (_name, strength, under, drawn) => {
  expect(withLineStrengths([link(strength)], under, settings)[0]).toMatchObject({ strength: drawn })
  expect(withLineStrengths([link(strength)], under, settings)[0]?.disputed).toBeUndefined()
})

test('a row graded improbable or suspected false marks the line as disputed', () => {
  for (const grade of ['B5', '5x5x5 A5', '1E']) expect(withLineStrengths([link('tentative')], rows(['one', 'A1'], ['third', grade]), settings)[0]?.disputed, grade).toBe(true)
})
