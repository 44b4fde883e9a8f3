/** Verdicts on invented pairs and on the labelled pairs of RINGMAP_DATA; the order of the two sides never matters. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { COMPARE_KINDS, pairComparer } from '../../src/compare/compare-pair.ts'

const compare = pairComparer({ region: 'IN' })
const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
const LABELLED = join(resolve(ROOT, process.env['RINGMAP_DATA'] ?? '../shared/data'), 'linkage', 'indian_pairs.csv')

const pairs = readFileSync(new URL('pairs.txt', import.meta.url), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('|') as [string, string, string, string])

describe('invented pairs', () => {
  it('has enough of them', () => expect(pairs.length).toBeGreaterThan(200))
  it.each(pairs)('%s: %s and %s: %s', (kind, left, right, expected) => {
    const found = compare(kind, left, right)
    expect(found.verdict, found.reason).toBe(expected)
  })
})

it('answers the same for either order, and the parts add up to the weight', () => {
  for (const [kind, left, right] of pairs) {
    const [one, other] = [compare(kind, left, right), compare(kind, right, left)]
    expect([other.verdict, other.weight], `${left} / ${right}`).toEqual([one.verdict, one.weight])
    expect(Math.abs(one.parts.reduce((sum, part) => sum + part.weight, 0) - one.weight)).toBeLessThan(0.006)
    expect(one.reason).not.toBe('')
  }
})

it('never calls a value another than itself, and throws at nothing', () => {
  const odd = ['', ' ', '0', '?', '@@', 'S/o', 'شخص', '🙂', 'a'.repeat(500), '1'.repeat(40), "O'", '\u200b', 'D/o @ C/o', '((', '"', '31/02/1985', '-5']
  for (const kind of COMPARE_KINDS) for (const left of [...odd, ...pairs.slice(0, 40).map((pair) => pair[1])]) {
    expect(compare(kind, left, left).verdict, `${kind} ${left}`).not.toBe('nonmatch')
    for (const right of odd) expect(['match', 'review', 'nonmatch']).toContain(compare(kind, left, right).verdict)
  }
})

it('every labelled pair is right', (context) => {
  if (!existsSync(LABELLED)) context.skip('the labelled pairs are not here; RINGMAP_DATA names their folder')
  const rows = readFileSync(LABELLED, 'utf8').trim().split('\n').slice(1).map((line) => line.split(','))
  expect(rows.length).toBe(81)
  const wrong = rows.filter(([, kind = '', left = '', right = '', expected]) => compare(kind, left, right).verdict !== expected).map((row) => row.join(','))
  expect(wrong).toEqual([])
})
