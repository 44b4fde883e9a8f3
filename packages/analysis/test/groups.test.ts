import { describe, expect, test } from 'vitest'
import { csrFromEdges } from '@ringmap/graph/csr'
import { groupAgreement, memberShares } from '../src/group-agreement.ts'
import { groupChanges } from '../src/group-changes.ts'
import { agreementNote, leidenAgreement } from '../src/leiden-runs.ts'

describe('agreement of groups', () => {
  // Persons 0-3 and 4-7; person 3 goes over to the others in one of four runs.
  const groups = [[0, 1, 2, 3], [4, 5, 6, 7]]
  const same = [0, 0, 0, 0, 1, 1, 1, 1]
  const moved = [5, 5, 5, 9, 9, 9, 9, 9]

  test('is one where every run finds the same, whatever the numbers of the parts', () => {
    for (const one of groupAgreement(groups, [same, [7, 7, 7, 7, 2, 2, 2, 2]])) {
      expect(one.overlap).toBe(1)
      expect([...one.share]).toEqual([1, 1, 1, 1])
      expect([...one.other]).toEqual([-1, -1, -1, -1])
    }
  })

  test('of each member alone is the share that the whole groups say', () => {
    expect([...memberShares(Uint32Array.of(0, 0, 0, 0, 1, 1, 1, 1), 2, [same, same, same, moved])]).toEqual(groupAgreement(groups, [same, same, same, moved]).flatMap(({ share }) => [...share]))
  })

  test('of Leiden runs is full inside two cliques, and not for whoever stands evenly between them', () => {
    const clique = (first: number): [number, number][] => Array.from({ length: 6 }, (_, i) => i).flatMap((i) => Array.from({ length: i }, (__, j): [number, number] => [first + i, first + j]))
    const edges = [...clique(0), ...clique(6), ...[0, 1, 2, 6, 7, 8].map((v): [number, number] => [12, v])]
    const csr = csrFromEdges(13, Uint32Array.from(edges, ([a]) => a), Uint32Array.from(edges, ([, b]) => b))
    const { share, count, runs } = leidenAgreement(csr, { seed: 4, runs: 40 })
    expect([count, runs]).toEqual([2, 40])
    expect([...share.subarray(0, 12)]).toEqual(Array.from({ length: 12 }, () => 1))
    expect(share[12]).toBeGreaterThan(0)
    expect(share[12]).toBeLessThan(1)
    expect(agreementNote({ community: new Uint32Array(2), share: Float64Array.of(1, 0.7), count, runs })).toContain('1 of 2 nodes')
  })

  test('says who is at the edge, how often, and where else', () => {
    const [first, second] = groupAgreement(groups, [same, same, same, moved])
    expect([...(first?.share ?? [])]).toEqual([1, 1, 1, 0.75])
    expect([...(first?.other ?? [])]).toEqual([-1, -1, -1, 1])
    expect(first?.other_share[3]).toBe(0.25)
    expect(first?.overlap).toBeCloseTo((3 + 3 / 4) / 4, 12)
    // The counterpart of the second group holds all four and one more.
    expect(second?.overlap).toBeCloseTo((3 + 4 / 5) / 4, 12)
    expect([...(second?.share ?? [])]).toEqual([1, 1, 1, 1])
  })

  test('two groups that a run makes one are no sign that a member is with the other', () => {
    const [first] = groupAgreement(groups, [[0, 0, 0, 0, 0, 0, 0, 0]])
    expect([...(first?.other ?? [])]).toEqual([-1, -1, -1, -1])
    expect(first?.overlap).toBe(0.5)
  })
})

describe('groups from window to window', () => {
  test('follow, are born and end', () => {
    const found = groupChanges([[0, 1, 2, 3], [10, 11, 12]], [[0, 1, 2, 4], [20, 21, 22]])
    expect(found).toMatchObject({ follows: [[0, 0]], born: [1], ended: [1], split: [], merged: [], moved: [] })
  })

  test('split and merge, also where one part is small', () => {
    expect(groupChanges([[0, 1, 2, 3, 4, 5]], [[0, 1, 2], [3, 4, 5]])).toMatchObject({ split: [{ from: 0, into: [0, 1] }], born: [], ended: [] })
    expect(groupChanges([[0, 1, 2], [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]], [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]])).toMatchObject({ merged: [{ from: [0, 1], into: 0 }], ended: [] })
  })

  test('say who moved between groups that do not follow each other', () => {
    expect(groupChanges([[0, 1, 2, 3], [4, 5, 6, 7]], [[0, 1, 2], [3, 4, 5, 6, 7]]).moved).toEqual([{ person: 3, from: 0, to: 1 }])
  })
})
