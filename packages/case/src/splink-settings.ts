/** Settings of a Splink model (JSON) as linkage settings: columns by what their comparisons do, blocking rules by their equations. */
import { linkSettings, type LinkSettings } from '@ringmap/model/link-settings'

interface SplinkComparison {
  readonly output_column_name?: string
  readonly comparison_description?: string
  readonly comparison_levels?: readonly { readonly sql_condition?: string; readonly tf_adjustment_column?: string }[]
}

interface SplinkFile {
  readonly link_type?: string
  readonly unique_id_column_name?: string
  readonly comparisons: readonly SplinkComparison[]
  readonly blocking_rules_to_generate_predictions?: readonly (string | { readonly blocking_rule?: string })[]
}

export function isSplinkSettings(value: unknown): value is SplinkFile {
  return typeof value === 'object' && value !== null && 'comparisons' in value && Array.isArray(value.comparisons)
}

/** What Splink learned (m and u of its own levels) is not taken over: the levels differ, so the model is trained anew on the data at hand. */
export function fromSplink(file: SplinkFile): { readonly settings: LinkSettings; readonly remarks: readonly string[] } {
  const remarks: string[] = ['Settings of Splink were read: its columns and blocking rules are used, the model is trained anew.']
  const columns: Record<string, unknown> = {}
  for (const comparison of file.comparisons) {
    const conditions = (comparison.comparison_levels ?? []).map((level) => level.sql_condition ?? '').join('\n')
    const names = [...new Set([...conditions.matchAll(/"?\b(\w+?)_l\b"?/g)].map((match) => match[1] ?? ''))].filter((name) => name !== '')
    const used = names.length > 0 ? names : comparison.output_column_name === undefined ? [] : [comparison.output_column_name]
    if (used.length === 0 || used.length > 2) {
      remarks.push(`Comparison ${comparison.output_column_name ?? '(without a name)'} of Splink was left out: it reads ${used.length === 0 ? 'no column' : 'more than two columns'}.`)
      continue
    }
    const [first = '', second] = used
    const kind = second !== undefined && /jaro|levenshtein/i.test(conditions) ? 'name' : kindOf(`${first}\n${comparison.comparison_description ?? ''}\n${conditions}`)
    used.forEach((name, i) => {
      const other = used[1 - i]
      columns[name] = kind === 'name' && other !== undefined ? { kind, swap_with: other } : { kind }
    })
  }
  const blocking = (file.blocking_rules_to_generate_predictions ?? []).flatMap((rule): string[][] => {
    const text = typeof rule === 'string' ? rule : (rule.blocking_rule ?? '')
    const keys = text.split(/\s+and\s+/i).map(keyOf)
    if (keys.every((key) => key !== null)) return [keys]
    remarks.push(`Blocking rule of Splink left out, it is no plain equation of columns or their beginnings: ${text}`)
    return []
  })
  const settings = linkSettings.parse({
    ...(file.unique_id_column_name === undefined ? {} : { id: file.unique_id_column_name }), ...(file.link_type === 'link_only' ? { link: 'between' } : {}), columns, ...(blocking.length === 0 ? {} : { blocking }),
  })
  return { settings, remarks }
}

function kindOf(conditions: string): string {
  if (/@|email/i.test(conditions)) return 'email'
  if (/strptime|epoch|date|dob|birth_d/i.test(conditions)) return 'date'
  if (/postcode|zip/i.test(conditions)) return 'code'
  if (/jaro|jaccard/i.test(conditions)) return 'name'
  if (/levenshtein/i.test(conditions)) return 'code'
  return /\babs\(/i.test(conditions) ? 'number' : 'text'
}

/** `l.x = r.x` and `substr(l.x, 1, 3) = substr(r.x, 1, 3)`; null for anything else. */
function keyOf(equation: string): string | null {
  const [left, right, more] = equation.replaceAll(/["`\s]/g, '').toLowerCase().replaceAll(/([(])(?=[lr]\.|$)|[)]/g, ' ').replaceAll('(', '').split('=').map((side) => side.trim().replaceAll(/ +/g, ' '))
  if (left === undefined || right === undefined || more !== undefined || left.replaceAll(/\bl\./g, '') !== right.replaceAll(/\br\./g, '')) return null
  const whole = /^l\.(\w+)$/.exec(left)
  if (whole !== null) return whole[1] ?? null
  const start = /^(?:substr|substring|left) l\.(\w+),(?:1,)?([1-6])$/.exec(left)
  return start === null ? null : `${start[1]}.start${start[2]}`
}
