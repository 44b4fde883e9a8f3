import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { caseFile, caseFileJsonSchema } from '../src/case-file.ts'
import { ERRORS, RingmapError } from '../src/errors.ts'
import { gradeText, isDisputed, isSound, parseGrade, strengthOf, type Grade } from '../src/grade.ts'
import { ENTITY_KINDS, LINK_KINDS, PROTECTED_ROLES, UNRANKED_ROLES } from '../src/schema.ts'

test('docs/case.schema.json is what the code checks against; run with -u after a change', async () => {
  await expect(`${JSON.stringify(caseFileJsonSchema(), null, 2)}\n`).toMatchFileSnapshot('../../../docs/case.schema.json')
})

test('a case file without options has every default', () => {
  const parsed = caseFile.parse({ version: 1, name: 'x', sources: [{ name: 'calls', file: 'a.csv' }] })
  expect(parsed).toMatchObject({ region: 'IN', timezone: 'Asia/Kolkata', network: { hub_limit: 12, unattributed: true }, find: { seed: 1, scope: 'auto', copies: 40 } })
  // Defaults inside a part that is given in part are the same ones.
  expect(caseFile.parse({ version: 1, name: 'x', sources: [{ name: 'calls', file: 'a.csv' }], network: {}, find: {} })).toEqual(parsed)
  expect(() => caseFile.parse({ version: 1, name: 'x', sources: [], extra: 1 })).toThrow()
})

test('every error names what is filled in, and every detail in its wording is one that the code gives', () => {
  const error = new RingmapError('column_missing', { source: 'calls', file: 'calls.csv', column: 'a', columns: 'b, c' })
  expect(error.message).toBe('Source calls: calls.csv has no column a; it has b, c.')
  for (const spec of Object.values(ERRORS)) expect([1, 2, 3, 5, 130]).toContain(spec.exit)
})

test('link kinds join entity kinds that exist, and whoever is protected is never ranked', () => {
  for (const spec of Object.values(LINK_KINDS)) for (const kind of [...spec.from, ...spec.to]) expect(ENTITY_KINDS).toHaveProperty(kind)
  for (const role of PROTECTED_ROLES) expect(UNRANKED_ROLES).toContain(role)
})

test.each([
  ['A1', 'confirmed'], ['b1', 'confirmed'], ['B2', 'unconfirmed'], ['C3', 'unconfirmed'], ['D1', 'unconfirmed'], ['E1', 'tentative'], ['A4', 'tentative'], ['A6', 'tentative'],
  ['1A P', 'confirmed'], ['1B C', 'confirmed'], ['2B', 'unconfirmed'], ['1C', 'unconfirmed'], ['3A', 'tentative'], ['2D P', 'tentative'],
])('grade %s draws as %s', (written, strength) => {
  expect(strengthOf(parseGrade(written))).toBe(strength)
})

test.each([
  ['B2 H1', '4x4', { scheme: '4x4', value: 'B2H1' }, 'unconfirmed'], ['X1', '4x4', { scheme: '4x4', value: 'X1' }, 'tentative'], ['4x4 A1', '6x6', { scheme: '4x4', value: 'A1' }, 'confirmed'],
  ['A13', '5x5x5', { scheme: '5x5x5', value: 'A13' }, 'confirmed'], ['E1', '5x5x5', { scheme: '5x5x5', value: 'E1' }, 'tentative'], ['1A P', '3x5x2', { scheme: '3x5x2', value: '1AP' }, 'confirmed'],
] as const)('%s in the scheme %s keeps it', (written, scheme, grade, strength) => {
  const read = parseGrade(written, scheme)
  expect(read).toEqual(grade)
  expect(parseGrade(gradeText(read as Grade))).toEqual(grade)
  expect(strengthOf(read)).toBe(strength)
})

test('a letter that a scheme does not know is no grade in it', () => {
  for (const [written, scheme] of [['X1', '6x6'], ['D1', '4x4'], ['A5', '4x4'], ['A1 H4', '4x4'], ['A6', '5x5x5'], ['A1', '3x5x2']] as const) expect(parseGrade(written, scheme), `${written} ${scheme}`).toBeNull()
  expect([isDisputed(parseGrade('A5')), isDisputed(parseGrade('1E')), isDisputed(parseGrade('A4')), isSound(parseGrade('C2')), isSound(parseGrade('C3')), isSound(parseGrade('B2', '4x4')), isSound(parseGrade('C2', '4x4'))]).toEqual([true, true, false, true, false, true, false])
})

test('what is no grade is none, and none draws as unconfirmed', () => {
  for (const written of ['', 'G1', 'A7', '4A', 'AA', '12']) expect(parseGrade(written)).toBeNull()
  expect(strengthOf(null)).toBe('unconfirmed')
})

test('the model speaks to no machine: none of its files imports Node', () => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  expect(Object.keys((JSON.parse(text) as { dependencies: object }).dependencies)).toEqual(['zod'])
})
