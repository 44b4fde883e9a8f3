/** Drafts printed as case.yaml, one line for each entity and link, comments where something was guessed. */
import type { Draft } from './sniff-draft.ts'
import type { TableSample } from './sniff-sample.ts'

export interface DraftSource {
  readonly name: string
  readonly sample: TableSample
  readonly draft: Draft | null
  readonly unused: readonly string[]
}

export interface DraftHead {
  readonly name: string
  readonly region: string
  readonly timezone: string
  /** Files left out, with the reason. */
  readonly refused: readonly string[]
}

export function draftYaml(head: DraftHead, sources: readonly DraftSource[]): string {
  const lines = [
    '# Drafted by ringmap from the headings and first rows of each file. Correct what is wrong: docs/sources.md lists every key.',
    'version: 1',
    `name: ${flow(head.name)}`,
    `region: ${flow(head.region)}${comment('country of phone numbers written without a country code')}`,
    `timezone: ${flow(head.timezone)}${comment('of times written without one')}`,
    ...head.refused.map((reason) => `# Left out: ${oneLine(reason)}`),
    'sources:',
  ]
  for (const source of sources) lines.push(...sourceLines(source))
  return `${lines.join('\n')}\n`
}

function sourceLines({ name, sample, draft, unused }: DraftSource): string[] {
  const looked = `${sample.rows.length} ${sample.rows.length === 1 ? 'row' : 'rows'} looked at`
  const lines = [
    '',
    `  # ${oneLine(draft === null ? `Nothing was recognised (${looked}): say what it holds, or take it out.` : `Taken for ${draft.what}, from ${draft.because.join(', ')} (${looked}).`)}`,
    `  - name: ${flow(name)}`,
    `    file: ${flow(sample.file)}`,
  ]
  if (sample.sheet !== null) lines.push(`    sheet: ${flow(sample.sheet)}`)
  if (draft?.balance !== undefined) lines.push(`    balance: ${flow(draft.balance)}`)
  const entities = Object.entries(draft?.entities ?? {})
  if (entities.length > 0) lines.push('    entities:')
  for (const [alias, entity] of entities) lines.push(`      ${alias}: ${flow(entity.mapping)}${comment(entity.comment)}`)
  if ((draft?.links.length ?? 0) > 0) lines.push('    links:')
  for (const link of draft?.links ?? []) lines.push(`      - ${flow(link.mapping)}${comment(link.comment)}`)
  if (unused.length > 0) lines.push(`    # Columns not used: ${oneLine(unused.join(', '))}`)
  if (sample.repeated.length > 0) lines.push(`    # Headings that stand more than once, and so cannot be mapped: ${oneLine(sample.repeated.join(', '))}`)
  return lines
}

function comment(text: string | null): string {
  return text === null ? '' : `   # ${oneLine(text)}`
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

/** A value on one line, as a person would write it. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (value !== null && typeof value === 'object') return `{ ${Object.entries(value).map(([key, each]) => `${scalar(key)}: ${flow(each)}`).join(', ')} }`
  return typeof value === 'string' ? scalar(value) : JSON.stringify(value)
}

/** Plain where YAML reads it back as the same text, quoted otherwise. */
function scalar(text: string): string {
  const plain = /^[\p{L}_][\p{L}\p{M}\p{N}_./ -]*$/u.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n|nan|inf)$/i.test(text) && !text.endsWith(' ')
  if (plain) return text
  return /[\p{Cc}\u2028\u2029]/u.test(text) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`
}
