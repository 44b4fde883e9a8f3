/** Headings that stand in two rows, a group over its parts, as merged cells of a spreadsheet leave them: read as one, word under word. */
import { ISSUE_CODES, type Issue } from '@ringmap/model/issue'
import type { FileToRead } from './file-to-read.ts'

/** Fewer headings than this are not taken for a table with groups. */
const ENOUGH = 4
const LONGEST = 40

/**
 * One row of headings out of two; null where the second row is none. A second row has words alone, stands under every empty heading that it fills, and
 * leaves at least one heading of the first without a part; over its words stands a group that reaches to the right.
 */
export function mergedHeads(first: readonly string[], second: readonly string[] | undefined, third: readonly string[] | undefined): string[] | null {
  if (second === undefined || third === undefined || first.length < ENOUGH) return null
  const above = first.map((cell) => cell.trim())
  const below = above.map((_, i) => (second[i] ?? '').trim())
  const filled = below.filter((cell) => cell !== '')
  const words = filled.every((cell) => /\p{L}/u.test(cell) && !/\d{3}/.test(cell) && cell.length <= LONGEST)
  if (filled.length < 2 || !words || !third.some((cell) => /\d/.test(cell))) return null
  const group = above.map((cell, i) => (cell !== '' ? i : above.slice(0, i).findLastIndex((left) => left !== '')))
  const fits = below.every((cell, i) => cell === '' || (above[i] === '' ? group[i] !== undefined && group[i] >= 0 : above[i + 1] === '' && (below[i + 1] ?? '') !== ''))
  const alone = above.some((cell, i) => cell !== '' && below[i] === '')
  if (!fits || !alone || !below.some((cell, i) => cell !== '' && above[i] === '')) return null
  return below.map((cell, i) => (cell === '' ? above[i] ?? '' : `${above[group[i] ?? i] ?? ''} ${cell}`.trim()))
}

/** @param row of the first row of headings, counted from 1 */
export function mergedHeadsIssue(file: FileToRead, row: number, names: readonly string[]): Issue {
  return { code: 'header_merged', source: file.source, file: file.shown, column: null, count: 1, examples: [{ row, value: names.join(', ') }], message: ISSUE_CODES.header_merged }
}
