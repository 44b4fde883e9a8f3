import { expect, test } from 'vitest'
import { below, seeded } from '@ringmap/model/random'
import { roleEvidence } from '../src/role-evidence.ts'
import { readRules, type Figures } from '../src/role-rules.ts'

const rules = readRules()

/** Commuters with vehicles and wages; the first ten are planted when asked. */
function population(seed: number, planted: boolean): Figures[] {
  const random = seeded(seed)
  return Array.from({ length: 400 }, (_, who): Figures => {
    const plant = planted && who < 10
    return {
      passages: plant ? 22 + below(random, 8) : below(random, 24), vehicles: 1, places: 3 + below(random, 6), moved: plant ? 8 + below(random, 4) : Math.floor(random() ** 4 * 10),
      payers: plant ? 9 + below(random, 5) : Math.floor(random() ** 3 * 9), money_in: plant ? 400_000 + below(random, 100_000) : below(random, 350_000), passed_on: plant ? 0.95 : random(), payees: below(random, 10),
      contacts: 5 + below(random, 40), called_out: 0.3 + random() * 0.5,
    }
  })
}

test('what everybody does speaks for nobody: planted roles are listed, others at the stated rate', () => {
  const seeds = process.env['RINGMAP_SEEDS']?.split(',').map(Number) ?? [1, 2, 3, 4, 5]
  let [listed, wrong, missed, chance] = [0, 0, 0, 0]
  for (const seed of seeds) {
    const found = roleEvidence(population(seed, true), rules, { seed }).filter(({ judged }) => ['transporter', 'collector'].includes(judged.rule.role))
    listed += found.length
    wrong += found.filter(({ who }) => who >= 10).length
    missed += 20 - found.filter(({ who }) => who < 10).length
    chance += roleEvidence(population(seed + 50, false), rules, { seed }).filter(({ q }) => q !== null).length
  }
  expect(missed).toBeLessThanOrEqual(5 * seeds.length)
  expect(wrong / listed, `${listed} listed, ${wrong} of them not planted, ${missed} of ${20 * seeds.length} planted missed; ${chance} in ${seeds.length} populations without any`).toBeLessThanOrEqual(0.2)
  expect(chance).toBeLessThanOrEqual(2 * seeds.length)
})

test('the same persons in another order have the same roles', () => {
  const persons = population(3, true)
  const found = (order: readonly number[]): string[] => roleEvidence(order.map((i) => persons[i] as Figures), rules, { seed: 1 }).filter(({ who }) => (order[who] as number) < 10).map(({ who, judged }) => `${order[who]} ${judged.rule.role}`).sort()
  const order = persons.map((_, i) => i)
  expect(found(order.toReversed())).toEqual(found(order))
})

test('few persons say nothing of what is usual: the rule stands alone, and says so', () => {
  const found = roleEvidence([{ passages: 9, vehicles: 1 }, { contacts: 3 }], rules, { seed: 1 })
  expect(found).toMatchObject([{ who: 0, q: null, judged: { rule: { role: 'transporter' } } }])
})

test('one test alone is listed only where it is rare', () => {
  const persons = Array.from({ length: 100 }, (_, who): Figures => ({ documents: who < 3 ? 6 : 1, hosted: who < 60 ? 4 : 0 }))
  expect(roleEvidence(persons, rules, { seed: 1 }).map(({ who, judged, q }) => [judged.rule.role, who, q])).toEqual([['document supplier', 0, null], ['document supplier', 1, null], ['document supplier', 2, null]])
})
