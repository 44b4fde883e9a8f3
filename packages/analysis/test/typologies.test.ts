import { describe, expect, it } from 'vitest'
import { seeded, shuffle } from '@ringmap/model/random'
import { paymentVolume, PLANTED } from '@ringmap/fixtures/payment-volume'
import { typologies, type TypologyFinding } from '../src/typologies.ts'
import { seeds } from './seeds.ts'

const SEEDS = seeds([11, 12, 13])
const RATE = 0.1

describe('typologies on seeded payments', () => {
  const runs = SEEDS.map((seed) => {
    const planted = paymentVolume(seed)
    return { planted, found: typologies(planted, { seed: 1, mode: planted.mode }) }
  })

  it('finds what was planted of each kind, and most of what it lists was planted', () => {
    const figures: [string, number, number][] = []
    for (const kind of PLANTED) {
      let [listed, right, schemes, hit] = [0, 0, 0, 0]
      for (const { planted, found } of runs) {
        const own = found.filter((one) => one.typology === kind && one.q <= RATE)
        const known = planted.schemes.filter((scheme) => scheme.kind === kind)
        const any = new Set(planted.schemes.flatMap(({ accounts }) => accounts))
        listed += own.length
        // A pass-through that cash and UPI make, or a chain inside a cycle, is no error: the account was planted.
        right += own.filter((one) => (kind === 'cycle' || kind === 'layering' ? one.accounts.filter((a) => any.has(a)).length * 2 > one.accounts.length : any.has(one.accounts[0]))).length
        schemes += known.length
        hit += known.filter((scheme) => own.some((one) => overlaps(kind, scheme.accounts, one))).length
      }
      process.stdout.write(`${kind.padEnd(14)} recall ${(hit / schemes).toFixed(3)} of ${schemes}, precision ${listed === 0 ? '-' : (right / listed).toFixed(3)} of ${listed} at a false discovery rate of ${RATE}\n`)
      figures.push([kind, hit / schemes, right / listed])
    }
    for (const [kind, recall, precision] of figures) {
      expect(recall, kind).toBeGreaterThanOrEqual(0.7)
      expect(precision, kind).toBeGreaterThanOrEqual(0.75)
    }
  })
})

function overlaps(kind: string, planted: readonly number[], one: TypologyFinding): boolean {
  if (kind !== 'cycle' && kind !== 'layering') return one.accounts[0] === planted[0]
  return planted.filter((account) => one.accounts.includes(account)).length >= planted.length - 1
}

it('lists next to nothing when the same payments are dealt out by chance', () => {
  const planted = paymentVolume(5, { each: 0 })
  const order = shuffle(seeded(8), [...planted.at.keys()])
  const dealt = { ...planted, source: Uint32Array.from(order, (i) => planted.source[i]), target: Uint32Array.from(order, (i) => planted.target[i]), amount: Float64Array.from(order, (i) => planted.amount[i]) }
  const found = typologies(dealt, { seed: 1 }).filter((one) => one.q <= RATE)
  process.stdout.write(`listed where chance alone rules: ${found.length}\n`)
  expect(found.length).toBeLessThanOrEqual(2)
})
