/** Pairs that stay in DuckDB, on disk where they are more than memory holds: their patterns are counted there, and only those come up that may be one person's. */
import type { Database } from '@ringmap/store/database'
import { joined, name, sql, type Sql } from '@ringmap/store/sql'
import { LEVEL_BASE, type ComparedPairs } from './compare-range.ts'
import type { MatchModel } from './match-model.ts'
import type { PreparedRecords } from './prepared-records.ts'
import { sharedCopy } from './shared-arrays.ts'
import { compareSteps, loadForSql, loadFrequencies, weighStep } from './sql-steps.ts'

/** Bits by which a weight of the SQL, of double precision throughout, may be apart from that of the arrays. */
const APART = 0.01

/** Runs the steps that need no model. Patterns and their counts are those of all pairs, as comparing in threads would give them; the pairs themselves stay where they are. */
export async function comparedInSql(database: Database, prepared: PreparedRecords): Promise<ComparedPairs> {
  await loadForSql(database, prepared)
  // All that is read from here on is asked for in its order; to keep that of the tables too would take memory that the pairs need.
  await database.run(sql`SET preserve_insertion_order = false`)
  for (const step of compareSteps(prepared)) await database.run(step.statement)
  const { rules } = prepared.job
  const bits = rules.map((_, r) => sql`CAST(sum((rules >> ${r}) & 1) AS DOUBLE)`)
  const times = [1, 2].map((n) => sql`CAST(count(*) FILTER (bit_count(rules) = ${n}) AS DOUBLE)`)
  // Numbered in order of first appearance in record order.
  await database.run(sql`CREATE OR REPLACE TEMP TABLE link_pattern AS SELECT pattern, CAST(row_number() OVER (ORDER BY first) - 1 AS UINTEGER) AS id, * EXCLUDE (pattern) FROM (
    SELECT ${patternKey(prepared)} AS pattern, min(CAST(a AS BIGINT) * 4294967296 + b) AS first, CAST(count(*) AS DOUBLE) AS pairs, ${joined(times.map((one, i) => sql`${one} AS ${name(`times_${i}`)}`))}
    ${joined(bits.map((one, r) => sql`, ${one} AS ${name(`rule_${r}`)}`), ' ')} FROM link_level GROUP BY 1)`)
  const count = (await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM link_pattern`))?.n ?? 0
  const read = async (column: string): Promise<Float64Array> => (await database.columns(sql`SELECT ${name(column)} FROM link_pattern ORDER BY id`, ['f64'] as const, count))[0]
  const [patterns, counts] = [await read('pattern'), await read('pairs')]
  const side = async (columns: readonly string[]): Promise<Uint32Array> => {
    const out = new Uint32Array(count * columns.length)
    for (const [i, column] of columns.entries()) (await read(column)).forEach((n, p) => { out[p * columns.length + i] = n })
    return out
  }
  const found = await database.one<Record<string, number>>(sql`SELECT 0 AS none ${joined(rules.map((_, r) => sql`, count(*) FILTER ((rules & ${2 ** r}) <> 0 AND (rules & ${2 ** r - 1}) = 0) AS ${name(`first_${r}`)}, count(*) FILTER (rules = ${2 ** r}) AS ${name(`only_${r}`)}`), ' ')} FROM link_level`)
  const of = (what: string): Uint32Array => Uint32Array.from(rules, (_, r) => found?.[`${what}_${r}`] ?? 0)
  const none = new Uint32Array(0)
  return { left: none, right: none, pattern: none, patterns, counts, by_rule: await side(rules.map((_, r) => `rule_${r}`)), by_times: await side(['times_0', 'times_1']), first_found: of('first'), only_found: of('only') }
}

/** Levels of a pair as one number, as in `ComparedPairs.patterns`. */
function patternKey({ job }: PreparedRecords): Sql {
  return joined([sql`0::DOUBLE`, ...job.comparisons.map((_, c) => sql`${name(`level_${c}`)} * ${LEVEL_BASE ** c}::DOUBLE`)], ' + ')
}

/** Weighs all pairs where they are. @param groups as in `pairWeights` */
export async function weighInSql(database: Database, prepared: PreparedRecords, model: MatchModel, groups: Uint32Array | null): Promise<void> {
  await loadFrequencies(database, prepared, model, groups)
  await database.run(weighStep(prepared, model).statement)
}

/** Pairs that weigh at least so much, or a little less, in record order; all for -Infinity, when nothing need have been weighed. */
export async function pairsReaching(database: Database, prepared: PreparedRecords, compared: ComparedPairs, least: number): Promise<ComparedPairs> {
  const from = least === -Infinity ? sql`link_level l` : sql`(SELECT a, b FROM link_weight WHERE weight >= ${least - APART}) w JOIN link_level l ON l.a = w.a AND l.b = w.b`
  await database.run(sql`CREATE OR REPLACE TEMP TABLE link_reaching AS SELECT l.a, l.b, p.id FROM ${from} JOIN link_pattern p ON p.pattern = ${patternKey(prepared)}`)
  const total = (await database.one<{ n: number }>(sql`SELECT count(*) AS n FROM link_reaching`))?.n ?? 0
  const columns = await database.columns(sql`SELECT a, b, id FROM link_reaching ORDER BY a, b`, ['u32', 'u32', 'u32'] as const, total)
  await database.run(sql`DROP TABLE link_reaching`)
  const [left, right, pattern] = columns.map((column) => sharedCopy(column)) as [Uint32Array, Uint32Array, Uint32Array]
  return { ...compared, left, right, pattern }
}

/** Of given pairs those that no rule made, in their order. */
export async function withoutRulePairs(database: Database, pairs: { readonly left: Uint32Array; readonly right: Uint32Array }): Promise<{ left: Uint32Array; right: Uint32Array }> {
  await database.run(sql`CREATE OR REPLACE TEMP TABLE link_across (place INTEGER, a INTEGER, b INTEGER)`)
  await database.append('link_across', (function* () { for (let i = 0; i < pairs.left.length; i++) yield [i, pairs.left[i] as number, pairs.right[i] as number] })())
  const fresh = sql`FROM link_across x ANTI JOIN link_pair p ON p.a = x.a AND p.b = x.b`
  const total = (await database.one<{ n: number }>(sql`SELECT count(*) AS n ${fresh}`))?.n ?? 0
  const [left, right] = await database.columns(sql`SELECT x.a, x.b ${fresh} ORDER BY x.place`, ['u32', 'u32'] as const, total)
  return { left, right }
}

/** Pairs of each pattern that stand within a cluster and did not come up with `pairsReaching`. */
export async function withinBelow(database: Database, prepared: PreparedRecords, cluster: Uint32Array, patterns: number, least: number): Promise<Float64Array> {
  const counts = new Float64Array(patterns)
  if (least === -Infinity) return counts
  await database.run(sql`CREATE OR REPLACE TEMP TABLE link_cluster (record INTEGER, cluster INTEGER)`)
  await database.append('link_cluster', (function* () { for (let r = 0; r < cluster.length; r++) yield [r, cluster[r] as number] })())
  const rows = await database.rows<{ id: number; n: number }>(sql`SELECT p.id, count(*) AS n FROM link_weight w JOIN link_cluster x ON x.record = w.a JOIN link_cluster y ON y.record = w.b AND y.cluster = x.cluster
    JOIN link_level l ON l.a = w.a AND l.b = w.b JOIN link_pattern p ON p.pattern = ${patternKey(prepared)} WHERE w.weight < ${least - APART} GROUP BY 1`)
  for (const { id, n } of rows) counts[id] = n
  return counts
}

/** Pairs of one person that are expected among those that did not come up; summed in whole parts of 2^-60, so that the sum does not depend on threads. */
export async function expectedBelow(database: Database, least: number): Promise<number> {
  if (least === -Infinity) return 0
  const row = await database.one<{ parts: number | null }>(sql`SELECT CAST(sum(CAST(pow(2::DOUBLE, weight) / (1 + pow(2::DOUBLE, weight)) * pow(2::DOUBLE, 60) AS HUGEINT)) AS DOUBLE) AS parts FROM link_weight WHERE weight < ${least - APART}`)
  return (row?.parts ?? 0) / 2 ** 60
}
