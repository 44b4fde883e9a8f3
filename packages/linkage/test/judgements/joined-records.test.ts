/** Joining and parting: worked examples, and properties over random words in any order. */
import { array, assert, constantFrom, infiniteStream, nat, property, record, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LoggedAnswer } from '@ringmap/model/judgement'
import { joinedRecords, type JoinInput } from '../../src/judgements/joined-records.ts'
import { standingAnswers } from '../../src/judgements/standing-answers.ts'

const pairs = (...list: (readonly [number, number])[]): { left: number[]; right: number[] } => ({ left: list.map(([a]) => a), right: list.map(([, b]) => b) })
const links = (...list: (readonly [number, number, number])[]): JoinInput['links'] => ({ left: Uint32Array.from(list, ([a]) => a), right: Uint32Array.from(list, ([, b]) => b), weight: Float32Array.from(list, ([, , w]) => w) })
const input = (records: number, more: Partial<JoinInput>): JoinInput => ({ records, same: pairs(), different: pairs(), exact: pairs(), links: links(), join_at: 10, cannot: () => false, ...more })
const roots = (given: JoinInput): number[] => Array.from(joinedRecords(given).root)

describe('worked examples', () => {
  it('a person beats an equal identifier, and is told', () => {
    const found = joinedRecords(input(3, { exact: pairs([0, 1], [0, 2]), different: pairs([1, 2]) }))
    expect(Array.from(found.root)).toEqual([0, 0, 2])
    expect(found.overruled).toEqual([1])
  })
  it('words that contradict each other over a third record: different holds, and the other is named', () => {
    const found = joinedRecords(input(3, { same: pairs([0, 1], [1, 2]), different: pairs([0, 2]) }))
    expect(Array.from(found.root)).toEqual([0, 0, 2])
    expect(found.unheard).toEqual([1])
  })
  it('a hub that persons made is not held by the guard', () => {
    expect(roots(input(6, { same: pairs([0, 1], [0, 2], [0, 3], [0, 4], [0, 5]) }))).toEqual([0, 0, 0, 0, 0, 0])
  })
  it('links chain only where half of the cross pairs are linked', () => {
    const found = joinedRecords(input(4, { links: links([0, 1, 20], [2, 3, 19], [1, 2, 11]) }))
    expect(Array.from(found.root)).toEqual([0, 0, 2, 2])
    expect(found.held).toEqual([2])
    expect(found.used).toEqual([0, 1])
  })
  it('a hard contradiction inside settled groups parts what links would join', () => {
    expect(roots(input(3, { exact: pairs([0, 1]), links: links([0, 2, 30]), cannot: (a, b) => a + b === 3 && a !== 0 && b !== 0 }))).toEqual([0, 0, 2])
  })
})

describe('properties', () => {
  const N = 9
  const pairOf = (line: LoggedAnswer): string => (line.left < line.right ? `${line.left} ${line.right}` : `${line.right} ${line.left}`)
  const pair = tuple(nat(N - 1), nat(N - 1)).filter(([a, b]) => a !== b)
  const answers = array(record({ pair, answer: constantFrom('same', 'different', 'unsure', 'withdraw' as const), by: constantFrom('A', 'B') }), { maxLength: 25 })
  const logged = (list: readonly { pair: [number, number]; answer: LoggedAnswer['answer']; by: string }[]): LoggedAnswer[] => list.map((one, i) => ({ left: String(one.pair[0]), right: String(one.pair[1]), answer: one.answer, by: one.by, at_ms: i, why: '' }))
  const entities = (log: readonly LoggedAnswer[], exact: readonly (readonly [number, number])[]): number[] => {
    const standing = standingAnswers(log)
    const of = (verdicts: readonly string[]): { left: number[]; right: number[] } => pairs(...standing.filter((one) => verdicts.includes(one.verdict)).map((one) => [Number(one.left), Number(one.right)] as const))
    return roots(input(N, { same: of(['same']), different: of(['different', 'disputed']), exact: pairs(...exact), links: links([0, 3, 12], [3, 6, 14], [1, 5, 11]) }))
  }

  it('words taken back, in any order, leave what there was before', () => {
    assert(property(answers, answers, array(pair, { maxLength: 8 }), infiniteStream(nat(1000)), (kept, passing, exact, dice) => {
      const before = logged(kept)
      const touched = new Set(before.map((line) => pairOf(line)))
      const merges = logged(passing).filter((line) => !touched.has(pairOf(line)))
      const undone = merges.map((line) => ({ ...line, answer: 'withdraw' as const })).map((line) => ({ line, at: dice.next().value })).sort((a, b) => a.at - b.at).map(({ line }) => line)
      // Each merge and its taking back stand somewhere between the words that stay, the taking back later.
      const mixed = [...before, ...merges, ...undone]
      expect(entities(mixed, exact)).toEqual(entities(before, exact))
    }), { numRuns: 400 })
  })

  it('does not depend on the order of pairs, and never joins what a person parts', () => {
    assert(property(answers.map((list) => list.filter((one) => one.by === 'A')), array(pair, { maxLength: 8 }), (list, exact) => {
      const last = [...new Map(list.map((one) => [one.pair[0] < one.pair[1] ? one.pair.join() : [...one.pair].reverse().join(), one])).values()]
      const found = entities(logged(last), exact)
      expect(entities(logged([...last].reverse()), [...exact].reverse())).toEqual(found)
      for (const one of last) if (one.answer === 'different') expect(found[one.pair[0]]).not.toBe(found[one.pair[1]])
    }), { numRuns: 400 })
  })
})

it('two persons who differ are shown as disputed; each one\'s last word counts', () => {
  const line = (answer: LoggedAnswer['answer'], by: string, at_ms: number): LoggedAnswer => ({ left: 'P-2', right: 'P-1', answer, by, at_ms, why: 'x' })
  expect(standingAnswers([line('same', 'A', 1), line('different', 'B', 2)])).toMatchObject([{ left: 'P-1', right: 'P-2', verdict: 'disputed' }])
  expect(standingAnswers([line('same', 'A', 1), line('different', 'B', 2), line('different', 'A', 3)])).toMatchObject([{ verdict: 'different' }])
  expect(standingAnswers([line('same', 'A', 1), line('unsure', 'B', 2)])).toMatchObject([{ verdict: 'same' }])
  expect(standingAnswers([line('same', 'A', 1), line('withdraw', 'B', 2)])).toEqual([])
})
