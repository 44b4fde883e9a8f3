/** Trains a model on the pairs at hand: u from frequencies and random pairs, m by one session of EM for each blocking rule, the prior from the pairs found. */
import { chanceAgreement, type DrawnPatterns } from './chance-agreement.ts'
import { dependences, type Dependences } from './dependences.ts'
import type { ComparedPairs } from './compare-range.ts'
import { expectation, type Estimate } from './expectation.ts'
import { LEVELS, MISSING, type ComparisonKind } from './comparison-kinds.ts'
import type { LinkPlan } from './link-plan.ts'
import { firstRelatives, withRelatives } from './relatives.ts'
import { levelsOf, tableSize, type LevelShape, type MatchModel } from './match-model.ts'
import type { PreparedRecords } from './prepared-records.ts'

/** A session of fewer expected matches teaches nothing. */
const FEWEST = 10

/** How often strangers agree, and which columns hang on others. */
export interface Chance extends Dependences {
  readonly drawn: DrawnPatterns
}

/** @param drawn pairs of the same job, drawn at random. */
export function chanceOf({ job, compared }: PreparedRecords, plan: LinkPlan, drawn: DrawnPatterns, seed: number): Chance {
  const home = compared.map(({ name }) => plan.columns.find((column) => column.name === name)?.changes === 'home')
  return { drawn, ...dependences(job, compared, chanceAgreement(job, compared, drawn), seed, home) }
}

export function trainModel(prepared: PreparedRecords, pairs: ComparedPairs, plan: LinkPlan, { given, u }: Dependences): MatchModel {
  const { job, compared } = prepared
  const shapes = job.comparisons.map(({ kind }, c) => ({ kind, given: given[c] ?? null }))
  const levels = levelsOf(pairs.patterns, shapes)
  const estimates = prepared.rules.map((rule, r) => {
    const touched = new Set(rule.flatMap((key) => plan.columns.find((column) => column.name === key.field)?.from ?? [key.field]))
    const left_out = compared.map((field) => plan.columns.find((column) => column.name === field.name)?.from.some((column) => touched.has(column)) ?? false)
    const counts = Float64Array.from(pairs.patterns, (_, p) => pairs.by_rule[p * prepared.rules.length + r] as number)
    return { left_out, ...expectation(shapes, levels, u, { counts, left_out }) }
  })
  const m = job.comparisons.map((_, c) => averaged(estimates.filter((one) => one.left_out[c] !== true && one.matches >= FEWEST), c, shapes[c] as LevelShape))
  const comparisons = compared.map((field, c) => ({
    name: field.name, kind: (job.comparisons[c] as { kind: ComparisonKind }).kind, given: given[c] ?? null, m: m[c] as Float64Array, u: u[c] as Float64Array, related: null, neighbours: null,
    term_frequency: plan.columns.find((column) => column.name === field.name)?.term_frequency ?? true,
  }))
  const possible = possiblePairs(job.records, job.source)
  const model: MatchModel = { prior: Math.log2(1 / possible), related_prior: -Infinity, neighbour_prior: -Infinity, comparisons }
  const sessions = estimates.map((one, r) => ({ ...one, others: totalOf(pairs, prepared.rules.length, r) - one.matches }))
  return withRelatives(model, pairs, possible, firstRelatives(model, sessions), { learn_match: true, changes: changing(plan, compared) })
}

/** Which comparisons are of what changes in a life. */
export function changing(plan: LinkPlan, compared: readonly { readonly name: string }[]): boolean[] {
  return compared.map(({ name }) => plan.columns.find((column) => column.name === name)?.changes !== undefined)
}

function totalOf(pairs: ComparedPairs, rules: number, r: number): number {
  let total = 0
  for (let p = 0; p < pairs.patterns.length; p++) total += pairs.by_rule[p * rules + r] as number
  return total
}

export function possiblePairs(records: number, source: Uint8Array | null): number {
  if (source === null) return (records * (records - 1)) / 2
  const sizes = new Map<number, number>()
  for (const one of source) sizes.set(one, (sizes.get(one) ?? 0) + 1)
  return [...sizes.values()].reduce((sum, size) => sum - (size * (size - 1)) / 2, (records * (records - 1)) / 2)
}

/** Sessions weigh by the matches that they rest on; a comparison that every rule forces to agree keeps a cautious guess. */
function averaged(estimates: readonly Estimate[], c: number, shape: LevelShape): Float64Array {
  const row = new Float64Array(tableSize(shape))
  const size = LEVELS[shape.kind].length
  for (let from = 0; from < row.length; from += size) {
    let total = 0
    for (const { m, seen } of estimates) {
      const weight = Math.sqrt(seen[c]?.[from === 0 ? 0 : 1] ?? 0)
      total += weight
      for (let level = from; level < from + size; level++) row[level] = (row[level] as number) + (m[c]?.[level] as number) * weight
    }
    for (let level = from; level < from + size; level++) row[level] = total === 0 ? (level - from === MISSING ? 0 : level - from === size - 1 ? 0.9 : 0.1 / Math.max(size - 2, 1)) : (row[level] as number) / total
  }
  return row
}
