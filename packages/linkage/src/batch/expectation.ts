/** Expectation maximisation over counts of comparison patterns (Winkler 1988): how often records of one person reach each level (m). */
import { DIFFERENT, LEVELS, MISSING, type ComparisonKind } from './comparison-kinds.ts'
import { byHalf, halfOf, isMissing, tableSize, type LevelShape } from './match-model.ts'

export interface Session {
  /** Pairs of each pattern. */
  readonly counts: Float64Array
  /** Comparisons that the rule forces to agree: they say nothing here. */
  readonly left_out: readonly boolean[]
}

export interface Estimate {
  readonly m: readonly Float64Array[]
  /** The same among the session's other pairs: in a block of one village they are neighbours and kin, and agree more than strangers. */
  readonly u: readonly Float64Array[]
  /** Share of the session's pairs that are of one person. */
  readonly share: number
  readonly matches: number
  /** Expected matches that each comparison's tables rest on: of its first half, of its second. */
  readonly seen: readonly (readonly [number, number])[]
  readonly rounds: number
}

const ROUNDS = 200
const SETTLED = 1e-5
/** Pairs of strangers that are thought to be in every session. */
const STRANGERS = 20

/** @param levels by pattern, as `levelsOf`. */
export function expectation(shapes: readonly LevelShape[], levels: Uint8Array, chance: readonly Float64Array[], session: Session): Estimate {
  const count = shapes.length
  const sizes = shapes.map(tableSize)
  let m: readonly Float64Array[] = shapes.map((shape, c) => byHalf(new Float64Array(sizes[c] as number), shape, (half) => firstGuess(half.length)))
  let sums: Float64Array[] = []
  let u: readonly Float64Array[] = chance
  let share = 0.2
  let matches = 0
  let rounds = 0
  const total = session.counts.reduce((sum, n) => sum + n, 0)
  const used = shapes.map((_, c) => c).filter((c) => !session.left_out[c])
  for (; rounds < ROUNDS; rounds++) {
    const ratio = m.map((row, c) => row.map((value, level) => (isMissing(level, (shapes[c] as LevelShape).kind) ? 1 : value / (u[c]?.[level] as number))))
    sums = sizes.map((size) => new Float64Array(size))
    const others = sizes.map((size) => new Float64Array(size))
    matches = 0
    for (let p = 0; p < session.counts.length; p++) {
      const pairs = session.counts[p] as number
      if (pairs === 0) continue
      let odds = share / (1 - share)
      for (const c of used) odds *= (ratio[c] as Float64Array)[levels[p * count + c] as number] as number
      const expected = pairs * (odds / (1 + odds))
      matches += expected
      for (const c of used) {
        const level = levels[p * count + c] as number
        const row = sums[c] as Float64Array
        row[level] = (row[level] as number) + expected
        const other = others[c] as Float64Array
        other[level] = (other[level] as number) + pairs - expected
      }
    }
    const next = sums.map((row, c) => (session.left_out[c] === true ? (m[c] as Float64Array) : byHalf(row, shapes[c] as LevelShape, (half, second) => withDifferent(shares(half), 0, mostDifferent(shapes[c] as LevelShape, second)))))
    u = others.map((row, c) => (session.left_out[c] === true ? (chance[c] as Float64Array) : byHalf(row, shapes[c] as LevelShape, (half, second) => shares(half, halfOf(chance[c] as Float64Array, half.length, second), STRANGERS))))
    let change = Math.abs(matches / total - share)
    next.forEach((row, c) => row.forEach((value, level) => { change = Math.max(change, Math.abs(value - (m[c]?.[level] as number))) }))
    m = next
    share = Math.min(0.9999, Math.max(matches / total, 1e-9))
    if (change < SETTLED) break
  }
  return { m, u, share, matches, rounds, seen: sums.map((row, c) => halves(row, shapes[c] as LevelShape)) }
}

/** Pairs with a value on both sides, by half. */
function halves(row: Float64Array, { kind, given }: LevelShape): [number, number] {
  const filled = (second: boolean): number => halfOf(row, LEVELS[kind].length, second).reduce((sum, n, level) => (level === MISSING ? sum : sum + n), 0)
  return [filled(false), given === null ? 0 : filled(true)]
}

/** Most of one person's pairs that may differ in a column. What differs more often is a class of other pairs (brothers, neighbours) taken for it: without a bound the larger class of the two wins the name. */
export const MOST_DIFFERENT = 0.3
/** The same of what tells persons apart: a name, a date, a sex. With less to go by than papers and telephones, brothers who share all else are otherwise learned to be one person whose first name changes. */
const MOST_OF_PERSONS: ReadonlySet<ComparisonKind> = new Set(['name', 'date', 'category'])
const MOST_DIFFERENT_PERSONS = 0.2

/** Where the column that this one hangs on differs, as the postcode of somebody who moved, this one may differ as it likes. */
export function mostDifferent(shape: LevelShape, second: boolean, most: number = MOST_DIFFERENT): number {
  return shape.given !== null && !second ? 0.95 : MOST_OF_PERSONS.has(shape.kind) ? Math.min(most, MOST_DIFFERENT_PERSONS) : most
}

/** Shares with that of pairs that agree in nothing brought between bounds, the others in proportion. */
export function withDifferent(row: Float64Array, least: number, most: number): Float64Array {
  const now = row[DIFFERENT] as number
  const bound = Math.min(Math.max(now, least), most)
  if (bound === now || now >= 1) return row
  return row.map((share, level) => (level === DIFFERENT ? bound : (share * (1 - bound)) / (1 - now)))
}

/** Equality is the rule among records of one person. */
function firstGuess(size: number): Float64Array {
  const row = new Float64Array(size).fill(0.25 / Math.max(size - 2, 1))
  row[MISSING] = 0
  row[size - 1] = 0.75
  return row
}

/** Shares of the levels that are not missing; a tenth of a pair a level, or so many pairs of the given shares, keeps what was never seen from being impossible. */
export function shares(sums: Float64Array, prior: Float64Array | null = null, weight = 0): Float64Array {
  const added = (level: number): number => (prior === null ? 0.1 : 0.01 + (prior[level] as number) * weight)
  const total = sums.reduce((sum, value, level) => (level === MISSING ? sum : sum + value + added(level)), 0)
  return sums.map((value, level) => (level === MISSING ? 0 : (value + added(level)) / total))
}
