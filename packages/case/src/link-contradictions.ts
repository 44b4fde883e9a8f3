/** Hard contradictions: records with two different values of something that a person has once are never put together. */
import { plainCode } from '@ringmap/linkage/batch/cleaning'
import { differs } from '@ringmap/linkage/batch/contradictions'
import { readFields, type Field } from '@ringmap/linkage/batch/fields'
import type { ColumnPlan } from '@ringmap/linkage/batch/link-plan'
import type { Database } from '@ringmap/store/database'
import type { LinkInput } from './link-input.ts'

export interface OnceColumn {
  readonly column: ColumnPlan
  readonly field: Field
}

/** The columns of which a person has one value, cleaned. */
export async function onceColumns(database: Database, input: LinkInput, columns: readonly string[]): Promise<OnceColumn[]> {
  const fields = await readFields(database, input.table, input.records, columns.map((column) => ({ name: column, from: [column], clean: plainCode })))
  return fields.map((field) => ({ field, column: { name: `${field.name} (once)`, from: [field.name], kind: 'code', form: 'plain', order: 'ymd', swap_with: null, term_frequency: false, compared: false } }))
}

/** True for records a and b that differ in one of the columns; a missing value contradicts nothing. */
export function hardContradictions(once: readonly OnceColumn[]): ((a: number, b: number) => boolean) | undefined {
  const codes = once.map(({ field }) => field.codes)
  return codes.length === 0 ? undefined : (a, b) => codes.some((column) => differs(column[a] as number, column[b] as number))
}
