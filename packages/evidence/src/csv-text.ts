/** Cells and lines of CSV (RFC 4180) that no spreadsheet takes for formulas. */

export const BOM = '\uFEFF'

/** Text that a spreadsheet would run: a leading = + - @, tab or line break, also full-width. The apostrophe makes it text again. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/

/** A number is written as it is; text is disarmed and quoted where it must be; null is an empty cell. */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  if (typeof value === 'boolean') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export function csvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}
