/** How much a role that rules give a person is worth: rarity of his figures among those of whom they are known, against the same figures dealt out anew. */
import { discoveryAgainst } from '@ringmap/analysis/chance'
import { lowerBound } from '@ringmap/model/lower-bound'
import { seeded, shuffle } from '@ringmap/model/random'
import { FIGURES, judge, type Figure, type Figures, type Judged, type RoleTest } from './role-rules.ts'

export interface RoleEvidence {
  /** Place in the list of persons. */
  readonly who: number
  readonly judged: Judged
  /** Bits: for each test that holds its points times how rare so high (or low) a figure is; less those against. */
  readonly bits: number
  /** False discovery rate among those of this role down to this one; null where it cannot be estimated. */
  readonly q: number | null
  /** Share of those known who hold the most telling test, where one test alone decides. */
  readonly share: number
}

export interface EvidenceOptions {
  readonly seed: number
}

/** Highest false discovery rate of a role. */
export const ROLE_RATE = 0.2
/** The same of a sign that somebody may need protection, where missing one is worse than asking once too often. */
export const PROTECT_RATE = 0.5
/** Fewer persons with two figures of a role than this say nothing about what is usual. */
const ENOUGH = 20
/** Where one test decides, at most this share of those known may pass it: what everybody does speaks for nobody. */
const RARE = 0.05

/** Roles that stand out, strongest first; a role that one test gives stands last, by its rule alone. */
export function roleEvidence(persons: readonly Figures[], rules: Parameters<typeof judge>[1], options: EvidenceOptions): RoleEvidence[] {
  const { seed } = options
  const known = new Map(FIGURES.map((figure) => [figure, persons.flatMap((own, who) => (own[figure] === undefined ? [] : [who]))]))
  const sorted = new Map(FIGURES.map((figure) => [figure, Float64Array.from((known.get(figure) ?? []).map((who) => persons[who]?.[figure] as number)).sort()]))
  const found = judgedAll(persons, rules, sorted)
  const rounds = persons.length > 50_000 ? 3 : 20
  const chance = new Map<string, number[]>()
  const random = seeded(seed)
  for (let round = 0; round < rounds; round++) {
    for (const { judged: { rule: { role } }, bits } of judgedAll(dealtOut(persons, known, random), rules, sorted)) {
      const drawn = chance.get(role)
      if (drawn === undefined) chance.set(role, [bits])
      else drawn.push(bits)
    }
  }
  return rules.flatMap((rule): RoleEvidence[] => {
    const own = found.filter(({ judged }) => judged.rule.role === rule.role)
    const several = rule.for.length > 1
    const spoken = persons.filter((person) => rule.for.filter(({ figure }) => person[figure] !== undefined).length > 1).length
    if (several && spoken >= ENOUGH) {
      const q = discoveryAgainst(own.map(({ bits }) => bits), chance.get(rule.role) ?? [], rounds)
      return own.map((one, i) => ({ ...one, q: q[i] as number })).filter((one) => one.q <= (rule.protect ? PROTECT_RATE : ROLE_RATE))
    }
    return own.map((one) => ({ ...one, q: null })).filter(({ share, judged }) => several || share <= RARE || (known.get((judged.for[0] as { test: RoleTest }).test.figure) ?? []).length < ENOUGH)
  }).sort((a, b) => (a.q === null ? 1 : 0) - (b.q === null ? 1 : 0) || (a.q ?? 0) - (b.q ?? 0) || b.bits - a.bits || a.who - b.who)
}

function judgedAll(persons: readonly Figures[], rules: Parameters<typeof judge>[1], sorted: ReadonlyMap<Figure, Float64Array>): Omit<RoleEvidence, 'q'>[] {
  return persons.flatMap((own, who) => judge(own, rules).map((judged) => {
    const worth = (one: { readonly test: RoleTest }): number => one.test.points * -Math.log2(tail(one.test, own[one.test.figure] as number, sorted))
    const bits = judged.for.reduce((sum, one) => sum + worth(one), 0) - judged.against.reduce((sum, one) => sum + worth(one), 0)
    return { who, judged, bits, share: Math.min(1, ...judged.for.map(({ test }) => tail(test, own[test.figure] as number, sorted))) }
  }))
}

/** Share of those known with a figure at least as high, or as low where the test asks for low. */
function tail(test: RoleTest, value: number, sorted: ReadonlyMap<Figure, Float64Array>): number {
  const values = sorted.get(test.figure) ?? new Float64Array(0)
  const below = lowerBound(values, value)
  const share = test.at_least === undefined ? lowerBound(values, value + Number.EPSILON * Math.max(1, Math.abs(value))) : values.length - below
  return Math.max(1, share) / Math.max(1, values.length)
}

/** Each figure dealt out anew among those of whom it is known: what goes together by nature of the records stays, what a person does together does not. */
function dealtOut(persons: readonly Figures[], known: ReadonlyMap<Figure, readonly number[]>, random: Parameters<typeof shuffle>[0]): Figures[] {
  const dealt: Partial<Record<Figure, number>>[] = persons.map(() => ({}))
  for (const [figure, holders] of known) {
    const order = shuffle(random, [...holders])
    holders.forEach((who, i) => { (dealt[who] as Partial<Record<Figure, number>>)[figure] = persons[order[i] as number]?.[figure] as number })
  }
  return dealt
}
