/** Settings of a linkage run: what a file states, and guesses for what it leaves out, as one plan. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseDocument } from 'yaml'
import { RingmapError } from '@ringmap/model/errors'
import { linkSettings, type LinkSettings } from '@ringmap/model/link-settings'
import { dateOrder } from '@ringmap/linkage/batch/cleaning'
import { KEY_PARTS, type KeyPart, type KeyPlan } from '@ringmap/linkage/batch/keys'
import type { ColumnPlan, LinkPlan } from '@ringmap/linkage/batch/link-plan'
import { headingWords } from '@ringmap/sources/sniff-headers'
import { fromSplink, isSplinkSettings } from './splink-settings.ts'
import { guessColumnPlans, nameParts, type ColumnProfile } from './link-plan-guess.ts'

export const DEFAULT_SETTINGS: LinkSettings = linkSettings.parse({})

/** @throws RingmapError link_settings_invalid */
export function readLinkSettings(path: string): { readonly settings: LinkSettings; readonly remarks: readonly string[] } {
  const file = basename(path)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new RingmapError('link_settings_invalid', { file, what: 'it cannot be read' }, { cause: error })
  }
  const document = parseDocument(text, { prettyErrors: false })
  if (document.errors[0] !== undefined) throw new RingmapError('link_settings_invalid', { file, what: document.errors[0].message })
  const written: unknown = document.toJS() ?? {}
  if (isSplinkSettings(written)) return fromSplink(written)
  const parsed = linkSettings.safeParse(written)
  if (parsed.success) return { settings: parsed.data, remarks: [] }
  const issue = parsed.error.issues[0]
  throw new RingmapError('link_settings_invalid', { file, what: issue === undefined ? 'it is no settings file' : explained(issue) })
}

/** A union fails with the complaint of every branch; the one about the value itself is what the writer needs. */
function explained(issue: { readonly path: readonly PropertyKey[]; readonly message: string; readonly errors?: readonly (readonly { readonly path: readonly PropertyKey[]; readonly message: string }[])[] }): string {
  const first = issue.errors?.flat().toSorted((a, b) => b.path.length - a.path.length)[0]
  return `${[...issue.path, ...(first?.path ?? [])].join('.')}: ${first?.message ?? issue.message}`
}

/** @param file name of the settings in complaints. @throws RingmapError link_settings_invalid */
export function planOf(settings: LinkSettings, profiles: readonly ColumnProfile[], file: string): LinkPlan {
  const columns = settings.columns === undefined ? guessColumnPlans(profiles) : statedColumns(settings.columns, profiles, file)
  if (columns.length === 0) throw new RingmapError('nothing_to_compare', { what: `no column looks like one to compare among ${profiles.map((profile) => profile.column).join(', ') || 'none'}.` })
  const extra = [...columns]
  const blocking = settings.blocking?.map((rule) => [rule].flat().map((key) => keyPlan(key, extra, profiles, file))) ?? null
  for (const column of settings.cannot_link) findColumn(column, profiles, file)
  return { columns: extra, blocking, between: settings.link === 'between', most_pairs: settings.most_pairs, most_in_block: settings.most_in_block }
}

function statedColumns(stated: NonNullable<LinkSettings['columns']>, profiles: readonly ColumnProfile[], file: string): ColumnPlan[] {
  return Object.entries(stated).flatMap(([name, given]): ColumnPlan[] => {
    const one = typeof given === 'string' ? { kind: given, compare: true } : given
    if (one.kind === 'ignore') return []
    const from = ('from' in one && one.from !== undefined ? [one.from].flat() : [name]).map((column) => findColumn(column, profiles, file))
    const first = from[0]?.column ?? name
    if (one.kind === 'person' || one.kind === 'parent') return nameParts(first, one.kind === 'person' ? ['given', 'family'] : ['given']).map((part) => ({ ...part, compared: one.compare }))
    const swap = 'swap_with' in one ? (one.swap_with ?? null) : null
    if (swap !== null && stated[swap] === undefined) throw new RingmapError('link_settings_invalid', { file, what: `columns.${name}.swap_with: ${swap} is not among the columns` })
    return [{
      name, from: from.map((profile) => profile.column), kind: one.kind === 'phone' ? 'code' : one.kind, form: one.kind === 'phone' ? 'phone' : 'plain', swap_with: swap, compared: one.compare,
      order: ('order' in one ? one.order : undefined) ?? (one.kind === 'date' ? dateOrder(from[0]?.sample ?? []) : 'ymd'),
      term_frequency: ('term_frequency' in one ? one.term_frequency : undefined) ?? one.kind !== 'number',
    }]
  })
}

function findColumn(column: string, profiles: readonly ColumnProfile[], file: string): ColumnProfile {
  const found = profiles.find((profile) => profile.column === column) ?? profiles.find((profile) => headingWords(profile.column) === headingWords(column))
  if (found === undefined) throw new RingmapError('link_settings_invalid', { file, what: `there is no column ${column}; there are ${profiles.map((profile) => profile.column).join(', ')}` })
  return found
}

/** `surname.start3`: a column, and what is taken of it. A column that is only in rules is read as text. */
function keyPlan(key: string, columns: ColumnPlan[], profiles: readonly ColumnProfile[], file: string): KeyPlan {
  const dot = key.lastIndexOf('.')
  const part = dot < 0 ? '' : key.slice(dot + 1)
  const parted = (KEY_PARTS as readonly string[]).includes(part)
  const wanted = parted ? key.slice(0, dot) : key
  const known = columns.find((column) => column.name === wanted) ?? columns.find((column) => headingWords(column.name) === headingWords(wanted))
  if (known !== undefined) return { field: known.name, take: parted ? (part as KeyPart) : 'whole' }
  if (dot > 0 && !parted && profiles.some((profile) => profile.column === key.slice(0, dot))) throw new RingmapError('link_settings_invalid', { file, what: `blocking: "${key}": after the dot may stand ${KEY_PARTS.join(', ')}` })
  const { column } = findColumn(wanted, profiles, file)
  columns.push({ name: column, from: [column], kind: 'text', form: 'plain', order: 'ymd', swap_with: null, term_frequency: true, compared: false })
  return { field: column, take: parted ? (part as KeyPart) : 'whole' }
}
