/** Words in any order as SQL steps: which words of two values are alike, and then, word after word of the first value, the likest that is still free. */
import type { Database } from '@ringmap/store/database'
import { name, sql, type Sql } from '@ringmap/store/sql'
import type { CompareJob } from './compare-range.ts'
import { WORDS } from './comparison-kinds.ts'
import type { PreparedRecords } from './prepared-records.ts'
import { wordLikenessSql, wordsLevelSql } from './sql-levels.ts'
import type { SqlStep } from './sql-steps.ts'

/** Places of the comparisons of words in any order. */
export function wordyComparisons({ comparisons }: Pick<CompareJob, 'comparisons'>): number[] {
  return comparisons.flatMap(({ kind }, c) => (kind === 'words' ? [c] : []))
}

/** From the pairs to `link_words_c` (low, high, level): the level of each two different values, by their codes. */
export function wordSteps(c: number): SqlStep[] {
  const [values, alike, words] = ['link_values', 'link_alike', 'link_words'].map((table) => name(`${table}_${c}`)) as [Sql, Sql, Sql]
  const [l, r] = ['l', 'r'].map((side) => sql`${name(side)}.${name(`v${c}`)}`) as [Sql, Sql]
  const likeness = wordLikenessSql(sql`x.text`, sql`y.text`, sql`x.number`)
  const bit = sql`(CAST(1 AS BIGINT) << s.theirs)`
  return [
    { name: `link_values_${c}`, what: 'values of words in any order that meet in a pair', statement: sql`CREATE OR REPLACE TEMP TABLE ${values} AS
      SELECT DISTINCT least(${l}, ${r}) AS low, greatest(${l}, ${r}) AS high FROM link_pair p JOIN link_clean l ON l.record = p.a JOIN link_clean r ON r.record = p.b WHERE ${l} <> ${r}` },
    { name: `link_alike_${c}`, what: 'which of their words are the same word', statement: sql`CREATE OR REPLACE TEMP TABLE ${alike} AS
      SELECT * FROM (SELECT v.low, v.high, x.place AS own, y.place AS theirs, x.worth + y.worth AS worth, ${likeness} AS likeness
      FROM ${values} v JOIN link_word x ON x.comparison = ${c} AND x.code = v.low JOIN link_word y ON y.comparison = ${c} AND y.code = v.high) WHERE likeness IS NOT NULL` },
    { name: `link_words_${c}`, what: 'the level of each two values: each word takes the likest that is still free, from the first word to the last', statement: sql`CREATE OR REPLACE TEMP TABLE ${words} AS
      WITH RECURSIVE done AS (
        SELECT DISTINCT low, high, 0 AS place, CAST(0 AS BIGINT) AS used, CAST(0 AS DOUBLE) AS found FROM ${alike}
        UNION ALL
        SELECT d.low, d.high, d.place + 1, d.used | coalesce(arg_max(${bit}, {'likeness': s.likeness, 'first': -s.theirs}), 0), d.found + coalesce(arg_max(s.worth, {'likeness': s.likeness, 'first': -s.theirs}), 0)
        FROM done d LEFT JOIN ${alike} s ON s.low = d.low AND s.high = d.high AND s.own = d.place AND (d.used & ${bit}) = 0 WHERE d.place < ${WORDS} GROUP BY d.low, d.high, d.place, d.used, d.found)
      SELECT v.low, v.high, ${wordsLevelSql(sql`coalesce(d.found, 0)`, sql`(x.worth + y.worth)`)} AS level
      FROM ${values} v JOIN link_worth x ON x.comparison = ${c} AND x.code = v.low JOIN link_worth y ON y.comparison = ${c} AND y.code = v.high LEFT JOIN done d ON d.low = v.low AND d.high = v.high AND d.place = ${WORDS}` },
  ]
}

/** Puts the words of each value into `link_word`, and what they are worth together into `link_worth`. @param texts of the values, by comparison */
export async function loadWords(database: Database, { job, compared }: PreparedRecords, texts: readonly (readonly string[])[]): Promise<void> {
  await database.run(sql`CREATE OR REPLACE TEMP TABLE link_word (comparison INTEGER, code INTEGER, place INTEGER, text VARCHAR, worth DOUBLE, number BOOLEAN)`)
  await database.run(sql`CREATE OR REPLACE TEMP TABLE link_worth (comparison INTEGER, code INTEGER, worth DOUBLE)`)
  const worths: [c: number, code: number, worth: number][] = []
  for (const c of wordyComparisons(job)) {
    const pool = compared[c]?.pool
    await database.append('link_word', (function* () {
      for (const [code, text] of (texts[c] ?? []).entries()) {
        let place = 0
        let all = 0
        let from = pool?.offsets[code] as number
        for (const word of text.split(' ')) {
          if (word !== '' && place < WORDS) {
            const worth = pool?.weights?.[from] ?? word.length
            all += worth
            yield [c, code, place++, word, worth, /[0-9]/.test(word)]
          }
          from += word.length + 1
        }
        worths.push([c, code, all])
      }
    })())
    await database.append('link_worth', worths.splice(0))
  }
}
