/** Rows as text for the clipboard: tabs and line ends inside cells become spaces, and a cell that a spreadsheet would run as a formula is disarmed. */

/** What a spreadsheet takes for the start of a formula. */
const FORMULA = /^[=+\-@\t\r]/

export function tabbed(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(cell).join('\t')).join('\n')
}

function cell(text: string): string {
  const flat = text.replaceAll(/[\t\r\n]+/g, ' ')
  // A number may begin with a sign: nothing in it can be run.
  return FORMULA.test(flat) && !/^[+-]?[\d\s,.]+$/.test(flat) ? `'${flat}` : flat
}
