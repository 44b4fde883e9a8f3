/** What a person reads of patterns: the finding, how sure it is, why, what speaks against it, and where it stands. */
import { PATTERNS, type PatternFinding, type PatternFindings, type RowPlace } from '@ringmap/model/pattern'
import { bold, dim, number } from './terminal.ts'

export function patternLines(found: PatternFindings, top: number): string[] {
  const shown = found.findings.slice(0, top)
  const lines = [`${bold(PATTERNS[found.pattern])}: ${shown.length === found.of ? number(found.of) : `${shown.length} of ${number(found.of)}`}`, dim(`  ${found.method}`)]
  shown.forEach((finding, i) => lines.push(...findingLines(finding, i + 1)))
  for (const caution of found.cautions) lines.push(dim(`  ${caution}`))
  return lines
}

function findingLines(finding: PatternFinding, place: number): string[] {
  const sure = surenessText(finding)
  const lines = [`  ${String(place).padStart(2)}  ${bold(finding.text)}${finding.shape === null ? '' : `  ${finding.shape}`}${sure === '' ? '' : dim(`  ${sure}`)}`]
  for (const reason of finding.because) lines.push(`      ${reason.text}`)
  for (const reason of finding.against) lines.push(`      against: ${reason.text}`)
  if (finding.rows_of > 0) lines.push(dim(`      ${rowsText(finding.rows, finding.rows_of)}`))
  return lines
}

function surenessText({ sureness }: PatternFinding): string {
  const { kind, value } = sureness
  if (kind === 'exact') return 'follows from the rows'
  if (kind === 'rule' || value === null) return ''
  const figure = value >= 0.9995 ? '> 0.999' : value < 0.001 ? '< 0.001' : value.toFixed(3)
  return kind === 'posterior' ? `probability ${figure}` : `false discovery rate ${figure}`
}

/** `calls.csv rows 3, 17 and 40 of 12 rows`. */
function rowsText(rows: readonly RowPlace[], of: number): string {
  const files = new Map<string, number[]>()
  for (const { file, row } of rows.slice(0, 8)) files.set(file, [...(files.get(file) ?? []), row])
  const named = [...files].map(([file, list]) => `${file} ${list.length === 1 ? 'row' : 'rows'} ${list.join(', ')}`).join('; ')
  return rows.length > 8 || of > rows.length ? `${named} … (${number(of)} rows)` : named
}
