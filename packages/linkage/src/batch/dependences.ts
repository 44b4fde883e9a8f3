/** Columns that hang on others: the district on the village, the sex on the first name. Agreement of both is not two pieces of evidence. */
import { below, seeded } from '@ringmap/model/random'
import { NULL_INDEX } from '@ringmap/store/database'
import { levelCounts } from './chance-agreement.ts'
import { comparer, type CompareJob } from './compare-range.ts'
import { MISSING } from './comparison-kinds.ts'
import type { Field } from './fields.ts'

export interface Dependences {
  /** For each comparison the one it hangs on, or null. */
  readonly given: readonly (number | null)[]
  /** Chance of each level, twice where the comparison hangs on another. */
  readonly u: readonly Float64Array[]
}

/** Pairs drawn that agree on a column. */
const DRAWN = 20_000
/** A column is asked what hangs on it if pairs that agree on it are so many for each record: then most are of strangers. */
const STRANGERS = 5
/** A column hangs on another if strangers who agree on that one agree on it so often, and so many bits more often than others. */
const OFTEN = 0.5
const BITS = 0.8
/** Pairs of the general shares that are thought to be among those drawn. */
const CAUTION = 20

/**
 * Each comparison hangs on at most one other, and none on itself by a way round: a dependence tree (Chow & Liu 1968).
 *
 * @param u of each comparison by level, as `chanceAgreement`.
 * @param home comparisons of where one lives: whoever moves changes all of them, so they hang on the narrowest.
 */
export function dependences(job: CompareJob, fields: readonly Field[], u: readonly Float64Array[], seed: number, home: readonly boolean[]): Dependences {
  const edges: { parent: number; child: number; often: number; levels: Float64Array }[] = []
  const agreeing = (c: number): number => ((u[c]?.at(-1) as number) * job.records * (job.records - 1)) / 2
  const parents = job.comparisons.map((_, c) => c).filter((c) => agreeing(c) >= STRANGERS * job.records)
  const hub = parents.filter((c) => home[c] === true && job.comparisons[c]?.kind !== 'words').sort((a, b) => agreeing(a) - agreeing(b) || a - b)[0]
  for (const parent of parents) {
    const drawn = agreeingOn(job, fields[parent] as Field, parent, seed, null)
    drawn.forEach((levels, child) => {
      if (child === parent) return
      const moves = parent === hub && home[child] === true
      const last = levels.length - 1
      const often = levels[last] as number
      if (moves || (often >= OFTEN && Math.log2(often / (u[child]?.[last] as number)) >= BITS)) edges.push({ parent, child, often, levels })
    })
  }
  const given: (number | null)[] = job.comparisons.map(() => null)
  const tables: Float64Array[] = u.map((table) => Float64Array.from(table))
  for (const { parent, child, levels } of edges.sort((a, b) => b.often - a.often || a.child - b.child || a.parent - b.parent)) {
    if (given[child] !== null || hangsOn(given, parent, child)) continue
    given[child] = parent
    tables[child] = twofold(u[child] as Float64Array, levels, u[parent]?.at(-1) as number)
  }
  return { given, u: tables }
}

/** Both halves from the chance of all pairs and that of pairs who agree on the other column. */
export function twofold(all: Float64Array, agreeing: Float64Array, parent: number): Float64Array {
  const last = all.length - 1
  const exact = all[last] as number
  const otherwise = Math.max(exact / 20, (exact - parent * (agreeing[last] as number)) / (1 - parent))
  const table = new Float64Array(all.length * 2)
  table.set(all.map((share, level) => (level === last ? otherwise : (share / (1 - exact)) * (1 - otherwise))))
  table.set(all.map((share, level) => (level === MISSING ? 0 : ((agreeing[level] as number) * DRAWN + share * CAUTION) / (DRAWN + CAUTION))), all.length)
  return table
}

function hangsOn(given: readonly (number | null)[], from: number, on: number): boolean {
  for (let at: number | null = from; at !== null; at = given[at] ?? null) if (at === on) return true
  return false
}

/**
 * Shares of the levels of every comparison among pairs drawn from those that agree on a column.
 *
 * @param groups clusters: pairs within one are not drawn.
 */
export function agreeingOn(job: CompareJob, field: Field, parent: number, seed: number, groups: Uint32Array | null): Float64Array[] {
  const { starts, members } = byValue(field, job.records)
  const sums = new Float64Array(field.values.length + 1)
  field.counts.forEach((n, v) => { sums[v + 1] = (sums[v] as number) + n * (n - 1) })
  const total = sums.at(-1) as number
  const random = seeded(seed + parent)
  const compare = comparer(job)
  const counts = new Map<number, number>()
  const drawn = total > 0 ? DRAWN : 0
  for (let i = 0; i < drawn; i++) {
    const value = placeOf(sums, random() * total)
    const from = starts[value] as number
    const size = (starts[value + 1] as number) - from
    const a = members[from + below(random, size)] as number
    const b = members[from + below(random, size)] as number
    // Pairs that agree in most other things are of one person.
    if (a === b || mostlyEqual(job, parent, a, b) || (job.source !== null && job.source[a] === job.source[b]) || (groups !== null && groups[a] === groups[b])) continue
    const id = compare.pattern(a, b)
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return levelCounts(job, compare.patterns, counts).map((row) => {
    const seen = row.reduce((sum, n) => sum + n, 0)
    return row.map((n) => n / Math.max(seen, row.length))
  })
}

function mostlyEqual({ codes, fields, comparisons }: CompareJob, parent: number, a: number, b: number): boolean {
  let equal = 0
  let stated = 0
  comparisons.forEach(({ field }, c) => {
    const x = codes[a * fields + field] as number
    const y = codes[b * fields + field] as number
    if (c === parent || x === NULL_INDEX || y === NULL_INDEX) return
    stated++
    if (x === y) equal++
  })
  return equal * 2 > stated
}

/** Records by the value they have, in their order. */
function byValue(field: Field, records: number): { starts: Uint32Array; members: Uint32Array } {
  const starts = new Uint32Array(field.values.length + 1)
  field.counts.forEach((n, v) => { starts[v + 1] = (starts[v] as number) + n })
  const next = starts.slice(0, field.values.length)
  const members = new Uint32Array(starts.at(-1) as number)
  for (let r = 0; r < records; r++) {
    const value = field.codes[r] as number
    if (value === NULL_INDEX) continue
    const place = next[value] as number
    members[place] = r
    next[value] = place + 1
  }
  return { starts, members }
}

/** The last place whose sum does not exceed the number. */
function placeOf(sums: Float64Array, at: number): number {
  let low = 0
  let high = sums.length - 2
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((sums[middle] as number) <= at) low = middle
    else high = middle - 1
  }
  return low
}
