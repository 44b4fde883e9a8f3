/** Findings on their way out: entity numbers become labels behind the mask, places become rows of files; protected subjects stand last. */
import type { Entity } from '@ringmap/model/entity'
import type { Reason } from '@ringmap/model/finding'
import type { PatternFinding, PatternFindings, PatternName, RowPlace, Sureness } from '@ringmap/model/pattern'
import { PROTECTED_ROLES } from '@ringmap/model/schema'
import { sql, type Sql } from '@ringmap/store/sql'
import { entitiesByNumber, type CaseView } from './case-view.ts'
import { maskedWords, shownFile } from './mask-case.ts'

/** A place in a source: its position in case.yaml and the row. */
export interface DraftPlace {
  readonly source: number
  readonly row: number
}

/** Texts name entities by number in braces: `{17}`. */
export interface DraftReason {
  readonly code: string
  readonly text: string
  readonly entities: readonly number[]
}

export interface DraftFinding {
  readonly shape?: string
  readonly subjects: readonly number[]
  /** The subject may need protection: shown by id alone, after the others. */
  readonly guarded?: boolean
  readonly text: string
  readonly value: number
  readonly unit: string
  readonly sureness: Sureness
  readonly first_ms?: number | null
  readonly last_ms?: number | null
  readonly because: readonly DraftReason[]
  readonly against?: readonly DraftReason[]
  /** All of them, or the query that gives source, row in order. */
  readonly rows: readonly DraftPlace[] | Sql
}

export interface DraftFindings {
  readonly method: string
  readonly drafts: readonly DraftFinding[]
  /** How many there are, where not all are drafted. */
  readonly of?: number
  readonly cautions: readonly string[]
}

/** Rows that one finding carries; it says how many there are. */
const ROWS = 25

export async function published(view: CaseView, pattern: PatternName, found: DraftFindings, limit: number): Promise<PatternFindings> {
  const numbers = new Set(found.drafts.flatMap((draft) => draft.subjects))
  const subjects = await entitiesByNumber(view, numbers)
  const guarded = (draft: DraftFinding): boolean => draft.guarded === true || draft.subjects.some((one) => subjects.get(one)?.masked === true || subjects.get(one)?.roles.some((role) => PROTECTED_ROLES.includes(role)))
  const order = [...found.drafts.filter((draft) => !guarded(draft)), ...found.drafts.filter(guarded)]
  const listed = order.slice(0, limit)
  const spoken = await entitiesByNumber(view, listed.flatMap((draft) => [draft, ...draft.because, ...(draft.against ?? [])].flatMap((part) => spokenOf(part.text).concat('entities' in part ? part.entities : part.subjects))))
  const files = await sourceFiles(view)
  const findings: PatternFinding[] = []
  for (const draft of listed) findings.push(await finding(view, pattern, draft, spoken, files))
  const named = await entitiesByNumber(view, [found.method, ...found.cautions].flatMap(spokenOf))
  const plain = found.cautions.map((caution) => worded(view, named, caution))
  const hidden = order.filter(guarded).length
  const cautions = hidden === 0 ? plain : [...plain, `${hidden} of the findings ${hidden === 1 ? 'is' : 'are'} about protected persons or what they use: shown under codes, after the others, for their protection and not as suspects.`]
  return { pattern, method: worded(view, named, found.method), findings, of: found.of ?? found.drafts.length, cautions }
}

async function finding(view: CaseView, pattern: PatternName, draft: DraftFinding, entities: ReadonlyMap<number, Entity>, files: ReadonlyMap<number, { readonly name: string; readonly file: string }>): Promise<PatternFinding> {
  const shown = draft.guarded === true ? new Map([...entities].map(([number, entity]) => [number, draft.subjects.includes(number) ? byId(entity) : entity])) : entities
  const words = (text: string): string => worded(view, shown, text)
  const reason = (given: DraftReason): Reason => ({ code: given.code, text: words(given.text), entities: given.entities.flatMap((one) => entities.get(one)?.id ?? []), links: [] })
  const { rows, of } = await places(view, draft.rows)
  return {
    pattern, shape: draft.shape ?? null, subjects: draft.subjects.flatMap((one) => shown.get(one) ?? []), text: words(draft.text), value: draft.value, unit: draft.unit, sureness: draft.sureness,
    first_ms: draft.first_ms ?? null, last_ms: draft.last_ms ?? null, because: draft.because.map(reason), against: (draft.against ?? []).map(reason),
    rows: rows.map(({ source, row }): RowPlace => ({ source: files.get(source)?.name ?? '', file: shownFile(view.mask, files.get(source)?.file ?? ''), row })), rows_of: of,
  }
}

/** Under its id: whoever may be a victim is not named before a person has looked. */
function byId(entity: Entity): Entity {
  return { ...entity, label: entity.id, masked: true }
}

/** Numbers in braces, as entities. */
function spokenOf(text: string): number[] {
  return [...text.matchAll(/\{(\d+)\}/g)].map((match) => Number(match[1]))
}

function worded(view: CaseView, entities: ReadonlyMap<number, Entity>, text: string): string {
  return maskedWords(view.mask, text).replaceAll(/\{(\d+)\}/g, (_, number: string) => entities.get(Number(number))?.label ?? 'unknown')
}

async function places(view: CaseView, rows: DraftFinding['rows']): Promise<{ readonly rows: readonly DraftPlace[]; readonly of: number }> {
  if (!('text' in rows)) return { rows: rows.slice(0, ROWS), of: rows.length }
  const found = await view.open.database.rows<DraftPlace & { readonly n: number }>(sql`SELECT source, row, count(*) OVER () AS n FROM (${rows}) ORDER BY source, row LIMIT ${ROWS}`)
  return { rows: found.map(({ source, row }) => ({ source, row })), of: found[0]?.n ?? 0 }
}

async function sourceFiles(view: CaseView): Promise<Map<number, { name: string; file: string }>> {
  const rows = await view.open.database.rows<{ position: number; name: string; file: string }>(sql`SELECT position, name, file FROM source`)
  return new Map(rows.map((row) => [row.position, row]))
}

/** Entity numbers as a list that SQL's IN takes. */
export function entityList(numbers: Iterable<number>): readonly string[] {
  return [...numbers].map(String)
}
