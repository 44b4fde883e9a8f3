/** The same comparing and weighing as named SQL steps in DuckDB: to read, to run alone, and to hold the typed arrays against. */
import type { Database } from '@ringmap/store/database'
import { NULL_INDEX } from '@ringmap/store/database'
import { joined, name, sql, type Sql } from '@ringmap/store/sql'
import type { Field } from './fields.ts'
import { exactLevel, type ComparisonModel, type MatchModel } from './match-model.ts'
import type { PreparedRecords } from './prepared-records.ts'
import { levelSql } from './sql-levels.ts'
import { loadWords, wordSteps, wordyComparisons } from './sql-words.ts'
import { byteTexts } from './sql-texts.ts'
import { frequencyBits } from './term-frequencies.ts'
import { LEVELS } from './comparison-kinds.ts'

export interface SqlStep {
  readonly name: string
  /** What it makes, in a sentence. */
  readonly what: string
  readonly statement: Sql
}

/** Steps that need no model: pairs of every rule once, levels of words in any order, then the level of each comparison. */
export function compareSteps(prepared: PreparedRecords): SqlStep[] {
  const { job } = prepared
  const wordy = wordyComparisons(job)
  const levels = job.comparisons.map((task, c) => {
    const mate = job.comparisons.findIndex((one) => one.field === task.other)
    const at = (side: 'l' | 'r', field: number): Sql => sql`${name(side)}.${name(`c${field}`)}`
    return sql`${levelSql(task.kind, at('l', task.field), at('r', task.field), sql`${name(`w${c}`)}.level`, task.other < 0 ? null : { x: at('l', task.other), y: at('r', task.other), first: c < mate })} AS ${name(`level_${c}`)}`
  })
  const between = job.source === null ? sql`TRUE` : sql`x.source <> y.source`
  const joins = wordy.map((c) => sql`LEFT JOIN ${name(`link_words_${c}`)} ${name(`w${c}`)} ON ${name(`w${c}`)}.low = least(${name('l')}.${name(`v${c}`)}, ${name('r')}.${name(`v${c}`)}) AND ${name(`w${c}`)}.high = greatest(${name('l')}.${name(`v${c}`)}, ${name('r')}.${name(`v${c}`)})`)
  return [
    { name: 'link_pair', what: 'pairs that agree on the keys of a rule, with the set of rules that found them', statement: sql`CREATE OR REPLACE TEMP TABLE link_pair AS
      SELECT l.record AS a, r.record AS b, bit_or(CAST(1 AS BIGINT) << l.rule) AS rules FROM link_key l JOIN link_key r ON l.rule = r.rule AND l.key = r.key AND l.record < r.record
      JOIN link_clean x ON x.record = l.record JOIN link_clean y ON y.record = r.record WHERE ${between} GROUP BY ALL` },
    ...wordy.flatMap(wordSteps),
    { name: 'link_level', what: 'the level that each comparison of a pair reaches', statement: sql`CREATE OR REPLACE TEMP TABLE link_level AS
      SELECT p.a, p.b, p.rules, ${joined(levels)} FROM link_pair p JOIN link_clean l ON l.record = p.a JOIN link_clean r ON r.record = p.b ${joined(joins, ' ')}` },
  ]
}

/** The step that weighs: bits of every level, of rare values, and against relatives. */
export function weighStep(prepared: PreparedRecords, model: MatchModel): SqlStep {
  const agrees = (c: number): Sql => sql`${name(`level_${c}`)} = ${exactLevel((model.comparisons[c] as ComparisonModel).kind)}`
  const bits = (share: (c: number) => Float64Array | null): Sql => joined(model.comparisons.map((comparison, c) => {
    const row = share(c)
    if (row === null) return sql`0`
    const size = LEVELS[comparison.kind].length
    const half = (from: number): Sql => {
      const cases = Array.from({ length: size - 1 }, (_, i) => sql`WHEN ${i + 1} THEN ${Math.log2((row[from + i + 1] as number) / (comparison.u[from + i + 1] as number))}::DOUBLE`)
      return sql`CASE ${name(`level_${c}`)} ${joined(cases, ' ')} ELSE 0 END`
    }
    return comparison.given === null ? half(0) : sql`CASE WHEN ${agrees(comparison.given)} THEN ${half(size)} ELSE ${half(0)} END`
  }), ' + ')
  const rarity = joined([sql`0`, ...model.comparisons.flatMap((comparison, c) => {
    if (!comparison.term_frequency) return []
    const field = prepared.job.comparisons[c]?.field ?? 0
    return [sql`CASE WHEN ${agrees(c)}${comparison.given === null ? sql`` : sql` AND NOT ${agrees(comparison.given)}`} THEN (SELECT f.bits FROM link_frequency f WHERE f.comparison = ${c} AND f.value = l.${name(`c${field}`)}) ELSE 0 END`]
  })], ' + ')
  const odds = ([[model.related_prior, 'related'], [model.neighbour_prior, 'neighbours']] as const).flatMap(([prior, of]) => (Number.isFinite(prior) ? [sql`pow(2::DOUBLE, ${prior}::DOUBLE + ${name(of)} + rarity)`] : []))
  const related = odds.length === 0 ? sql`0` : sql`log2(1 + ${joined(odds, ' + ')})`
  return { name: 'link_weight', what: 'bits of every pair', statement: sql`CREATE OR REPLACE TEMP TABLE link_weight AS
    SELECT a, b, ${model.prior}::DOUBLE + match + rarity - ${related} AS weight
    FROM (SELECT p.a, p.b, ${bits((c) => model.comparisons[c]?.m ?? null)} AS match, ${bits((c) => model.comparisons[c]?.related ?? null)} AS related, ${bits((c) => model.comparisons[c]?.neighbours ?? null)} AS neighbours, ${rarity} AS rarity FROM link_level p JOIN link_clean l ON l.record = p.a)` }
}

/** Puts the cleaned values and the keys of the rules into the database; all further steps start from these tables. @throws RingmapError usage for columns whose characters are too many */
export async function loadForSql(database: Database, prepared: PreparedRecords): Promise<void> {
  const { job, compared } = prepared
  const texts = byteTexts(compared)
  const wordy = wordyComparisons(job)
  await database.run(sql`CREATE OR REPLACE TEMP TABLE link_clean (record INTEGER, source UTINYINT, ${joined([...compared.map((_, c) => sql`${name(`c${c}`)} VARCHAR`), ...wordy.map((c) => sql`${name(`v${c}`)} INTEGER`)])})`)
  await database.append('link_clean', (function* () {
    const code = (c: number, r: number): number | null => { const at = (compared[c] as Field).codes[r] as number; return at === NULL_INDEX ? null : at }
    for (let r = 0; r < job.records; r++) yield [r, job.source?.[r] ?? 0, ...compared.map((_, c) => { const at = code(c, r); return at === null ? null : (texts[c]?.[at] ?? null) }), ...wordy.map((c) => code(c, r))]
  })())
  await database.run(sql`CREATE OR REPLACE TEMP TABLE link_key (rule UTINYINT, record INTEGER, key INTEGER)`)
  await database.append('link_key', (function* () {
    for (const [rule, { offsets, places, ends }] of job.rules.entries()) {
      for (let r = 0; r < job.records; r++) for (let e = offsets[r] as number; e < (offsets[r + 1] as number); e++) yield [rule, r, ends[places[e] as number] as number]
    }
  })())
  await loadWords(database, prepared, texts)
}

/** Bits that rare values add, for the step that weighs. */
export async function loadFrequencies(database: Database, prepared: PreparedRecords, model: MatchModel, groups: Uint32Array | null): Promise<void> {
  const texts = byteTexts(prepared.compared)
  await database.run(sql`CREATE OR REPLACE TEMP TABLE link_frequency (comparison INTEGER, value VARCHAR, bits DOUBLE)`)
  await database.append('link_frequency', (function* () {
    for (const [c, comparison] of model.comparisons.entries()) {
      const field = prepared.compared[c]
      if (!comparison.term_frequency || field === undefined) continue
      const bits = frequencyBits(field, comparison, groups)
      for (const [code, value] of (texts[c] ?? []).entries()) yield [c, value, bits[code] as number]
    }
  })())
}
