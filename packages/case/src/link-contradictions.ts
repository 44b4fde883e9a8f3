/** Hard contradictions: records with two different values of something that a person has once are never put together. */
import { plainCode } from '@ringmap/linkage/batch/cleaning'
import { readFields } from '@ringmap/linkage/batch/fields'
import { NULL_INDEX, type Database } from '@ringmap/store/database'
import type { LinkInput } from './link-input.ts'

/** True for records a and b that differ in one of the columns; a missing value contradicts nothing. */
export async function hardContradictions(database: Database, input: LinkInput, columns: readonly string[]): Promise<(a: number, b: number) => boolean> {
  const fields = await readFields(database, input.table, input.records, columns.map((column) => ({ name: column, from: [column], clean: plainCode })))
  const codes = fields.map((field) => field.codes)
  return (a, b) => codes.some((column) => column[a] !== column[b] && column[a] !== NULL_INDEX && column[b] !== NULL_INDEX)
}
