/** The levels of comparisons as SQL, for every kind that SQL can say; an independent statement of what comparison-kinds.ts does. */
import { joined, sql, type Sql } from '@ringmap/store/sql'
import { LEVELS, LONGEST_WORD, SAME_WORD, SWAPPED, type ComparisonKind } from './comparison-kinds.ts'
import { LONGEST } from './similarity.ts'

/** SQL for the level of two texts that are there and differ. @param words level of words in any order, which is worked out before */
function differing(kind: ComparisonKind, x: Sql, y: Sql, words: Sql): Sql {
  if (kind === 'words') return words
  const edit = sql`damerau_levenshtein(${x}, ${y}) <= 1`
  const alike = similarity(x, y)
  const shorter = sql`least(length(${x}), length(${y}))`
  const longer = sql`greatest(length(${x}), length(${y}))`
  const begins = sql`left(${x}, ${shorter}) = left(${y}, ${shorter})`
  if (kind === 'name') return sql`CASE WHEN ${begins} AND ${shorter} = 1 THEN 3 WHEN ${alike} >= 0.92 OR ${edit} THEN 5 WHEN ${alike} >= 0.85 OR (${begins} AND ${shorter} > 2) THEN 4 WHEN ${alike} >= 0.75 THEN 2 ELSE 1 END`
  if (kind === 'text') return sql`CASE WHEN ${alike} >= 0.92 OR ${edit} THEN 4 WHEN ${alike} >= 0.85 THEN 3 WHEN ${alike} >= 0.75 THEN 2 ELSE 1 END`
  if (kind === 'category') return sql`CASE WHEN ${longer} > 3 AND ${edit} THEN 2 ELSE 1 END`
  if (kind === 'number') return sql`CASE WHEN abs(CAST(${x} AS DOUBLE) - CAST(${y} AS DOUBLE)) <= 1 THEN 3 WHEN abs(CAST(${x} AS DOUBLE) - CAST(${y} AS DOUBLE)) <= greatest(abs(CAST(${x} AS DOUBLE)), abs(CAST(${y} AS DOUBLE))) * 0.1 THEN 2 ELSE 1 END`
  if (kind === 'code') {
    const same = (length: Sql): Sql => sql`(${shorter} >= ${length} AND left(${x}, ${length}) = left(${y}, ${length}))`
    return sql`CASE WHEN ${edit} THEN 4 WHEN ${same(sql`(${longer} // 2 + 1)`)} THEN 3 WHEN ${same(sql`greatest(2, (${longer} + 2) // 3)`)} THEN 2 ELSE 1 END`
  }
  if (kind === 'date') return dateLevel(x, y, edit)
  const box = (text: Sql): Sql => sql`split_part(${text}, '@', 1)`
  return sql`CASE WHEN (${box(x)} = ${box(y)} AND length(${box(x)}) > 3) OR ${edit} THEN 4 WHEN ${similarity(box(x), box(y))} >= 0.92 THEN 3 WHEN ${similarity(box(x), box(y))} >= 0.85 THEN 2 ELSE 1 END`
}

function similarity(x: Sql, y: Sql): Sql {
  return sql`jaro_winkler_similarity(left(${x}, ${LONGEST}), left(${y}, ${LONGEST}))`
}

/** Likeness of two words, of which the first stands in the list that takes: words with digits are found only if they are equal. Null where they are not the same word. */
export function wordLikenessSql(x: Sql, y: Sql, number: Sql): Sql {
  const alike = sql`jaro_winkler_similarity(left(${x}, ${LONGEST_WORD}), left(${y}, ${LONGEST_WORD}))`
  return sql`CASE WHEN (${x} = ${y} OR NOT ${number}) AND ${alike} >= ${SAME_WORD} THEN ${alike} END`
}

/** Level of two different lists of words from what was found of them. */
export function wordsLevelSql(found: Sql, total: Sql): Sql {
  const share = sql`(${found} / ${total})`
  return sql`CASE WHEN ${total} = 0 THEN 1 WHEN ${share} >= 0.8 THEN 4 WHEN ${share} >= 0.5 THEN 3 WHEN ${share} >= 0.25 THEN 2 ELSE 1 END`
}

function dateLevel(x: Sql, y: Sql, edit: Sql): Sql {
  const wrong = (from: number, to: number): Sql => sql`(${joined(Array.from({ length: to - from }, (_, i) => sql`CAST(${x}[${from + i + 1}] <> ${y}[${from + i + 1}] AS INTEGER)`), ' + ')})`
  const [year, month, day] = [wrong(0, 4), wrong(4, 6), wrong(6, 8)]
  const turned = sql`(${year} = 0 AND substr(${x}, 5, 2) = substr(${y}, 7, 2) AND substr(${x}, 7, 2) = substr(${y}, 5, 2))`
  const alone = (value: Sql): Sql => sql`(${value}[5:8] = '0101' OR (${value}[5:6] = '00' AND ${value}[7] = '0'))`
  return sql`CASE WHEN ${alone(x)} OR ${alone(y)} THEN (CASE WHEN ${year} = 0 THEN 3 WHEN abs(CAST(left(${x}, 4) AS INTEGER) - CAST(left(${y}, 4) AS INTEGER)) <= 3 THEN 2 ELSE 1 END) ELSE CASE WHEN ${year} + ${month} + ${day} = 1 OR ${edit} OR ${turned} THEN 5
    WHEN CAST(${year} = 0 AS INTEGER) + CAST(${month} = 0 AS INTEGER) + CAST(${day} = 0 AS INTEGER) = 2 OR (${year} + ${month} + ${day} = 2 AND ${year} < 2) THEN 4
    WHEN ${year} = 0 THEN 2 ELSE 1 END END`
}

/** Level of a pair, absence, equality and exchanged names included. */
export function levelSql(kind: ComparisonKind, x: Sql, y: Sql, words: Sql, other: { readonly x: Sql; readonly y: Sql; readonly first: boolean } | null): Sql {
  const plain = sql`CASE WHEN ${x} IS NULL OR ${y} IS NULL THEN 0 WHEN ${x} = ${y} THEN ${LEVELS[kind].length - 1} ELSE ${differing(kind, x, y, words)} END`
  if (other === null) return plain
  const there = sql`coalesce(${x} = ${other.y}, FALSE)`
  const back = sql`coalesce(${y} = ${other.x}, FALSE)`
  return sql`CASE WHEN (${plain}) > 2 THEN (${plain}) WHEN ${there} AND ${back} THEN ${SWAPPED} WHEN ${there} OR ${back} THEN ${other.first ? 0 : SWAPPED} ELSE (${plain}) END`
}
