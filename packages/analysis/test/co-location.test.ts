import { describe, expect, it } from 'vitest'
import { visitVolume } from '@ringmap/fixtures/visit-volume'
import { csrFromEdges } from '@ringmap/graph/csr'
import { below, seeded, shuffle } from '@ringmap/model/random'
import { coLocated, legsOf, type Visits } from '../src/co-location.ts'
import { sharedContacts } from '../src/shared-contacts.ts'
import { seeds } from './seeds.ts'

const SEEDS = seeds([1, 2, 3])

function measured(found: readonly { a: number; b: number }[], planted: readonly (readonly [number, number])[], also: readonly (readonly [number, number])[]): { hit: number; wrong: number } {
  const has = (list: readonly (readonly [number, number])[], a: number, b: number): boolean => list.some((pair) => pair[0] === a && pair[1] === b)
  return { hit: planted.filter(([a, b]) => found.some((one) => one.a === a && one.b === b)).length, wrong: found.filter(({ a, b }) => !has(planted, a, b) && !has(also, a, b)).length }
}

/** Days dealt out anew among visits to one place at one hour of the day: nobody meets but by chance. */
function shuffledDays(visits: Visits, seed: number): Visits {
  const random = seeded(seed)
  const strata = new Map<number, number[]>()
  visits.at.forEach((when, i) => {
    const key = visits.place[i] * 24 + Math.floor((when % 86_400_000) / 3_600_000)
    strata.set(key, [...(strata.get(key) ?? []), i])
  })
  const at = Float64Array.from(visits.at)
  for (const list of strata.values()) {
    const dealt = shuffle(random, list.map((i) => Math.floor(visits.at[i] / 86_400_000)))
    list.forEach((i, n) => { at[i] = dealt[n] * 86_400_000 + (visits.at[i] % 86_400_000) })
  }
  return { ...visits, at }
}

describe('meetings and convoys among routine', () => {
  it('are found, and hardly anything else', () => {
    let [hit, wrong, of, convoyHit, convoyWrong] = [0, 0, 0, 0, 0]
    for (const seed of SEEDS) {
      const planted = visitVolume(seed)
      const met = measured(coLocated(planted), planted.meetings, planted.convoys)
      const drove = measured(coLocated(legsOf(planted)), planted.convoys, planted.meetings)
      hit += met.hit
      wrong += met.wrong
      convoyHit += drove.hit
      convoyWrong += drove.wrong
      of += planted.meetings.length
    }
    process.stdout.write(`meetings: recall ${(hit / of).toFixed(3)} of ${of}, ${wrong} others; convoys: recall ${(convoyHit / of).toFixed(3)}, ${convoyWrong} others, at a rate of 0.05\n`)
    expect(hit / of).toBeGreaterThanOrEqual(0.9)
    expect(convoyHit / of).toBeGreaterThanOrEqual(0.9)
    expect(wrong / (hit + wrong)).toBeLessThanOrEqual(0.05)
    expect(convoyWrong / (convoyHit + convoyWrong)).toBeLessThanOrEqual(0.05)
  })

  it('are not there on shuffled days: in at most one case of twenty is anything listed at 0.05', () => {
    let cases = 0
    for (let seed = 0; seed < 10; seed++) {
      const given = shuffledDays(visitVolume(50 + seed, { subjects: 80, places: 30, pairs: 0 }), seed)
      if (coLocated(given).length > 0) cases++
      if (coLocated(legsOf(given)).length > 0) cases++
    }
    process.stdout.write(`shuffled cases with anything listed: ${cases} of 20\n`)
    expect(cases).toBeLessThanOrEqual(1)
  })

  it('do not depend on the order of rows', () => {
    const given = visitVolume(1, { subjects: 100 })
    const order = shuffle(seeded(2), [...given.at.keys()])
    const again = { ...given, subject: Uint32Array.from(order, (i) => given.subject[i]), place: Uint32Array.from(order, (i) => given.place[i]), at: Float64Array.from(order, (i) => given.at[i]) }
    const plain = (visits: Visits): unknown => coLocated(visits).map(({ a, b, together, q }) => [a, b, together, q.toPrecision(9)])
    expect(plain(again)).toEqual(plain(given))
  })
})

describe('shared contacts', () => {
  it('beyond chance are those planted; where contacts are dealt out, none', () => {
    const random = seeded(7)
    const edges: [number, number][] = []
    for (let i = 0; i < 4000; i++) edges.push([below(random, 800), Math.floor(random() ** 2 * 800)])
    const chance = edges.filter(([a, b]) => a !== b)
    const csr = (list: readonly (readonly [number, number])[]): ReturnType<typeof csrFromEdges> => csrFromEdges(800, Uint32Array.from(list, (e) => e[0]), Uint32Array.from(list, (e) => e[1]))
    expect(sharedContacts(csr(chance)).found).toEqual([])
    const planted = Array.from({ length: 10 }, (_, i) => [790 - i * 2, 791 - i * 2] as const)
    for (const [a, b] of planted) for (let n = 0; n < 7; n++) {
      const c = 200 + below(random, 500)
      chance.push([a, c], [b, c])
    }
    const { found } = sharedContacts(csr(chance))
    const hit = planted.filter(([a, b]) => found.some((one) => one.a === a && one.b === b)).length
    process.stdout.write(`shared contacts: ${hit} of 10 planted pairs, ${found.length - hit} others\n`)
    expect(hit).toBeGreaterThanOrEqual(9)
    expect(found.length - hit).toBeLessThanOrEqual(1)
    expect(found.every(({ direct, shared }) => !direct && shared.length >= 3)).toBe(true)
  })
})
