/** Records made ready to be compared: codes side by side, blocks of every rule, and what was refused on the way. */
import type { Database } from '@ringmap/store/database'
import { NULL_INDEX } from '@ringmap/store/database'
import type { Progress } from '@ringmap/model/progress'
import type { BlockCount, Blocks, KeyColumn } from './blocks.ts'
import { chooseBlocking } from './choose-blocking.ts'
import { cleaners } from './cleaning.ts'
import type { CompareJob } from './compare-range.ts'
import { readFields, type Field } from './fields.ts'
import { keyColumn, type KeyPlan } from './keys.ts'
import { ruleText, type LinkPlan } from './link-plan.ts'
import { LinkThreads, WORTH_A_THREAD } from './link-threads.ts'
import { sharedU32 } from './shared-arrays.ts'
import { textPool } from './similarity.ts'
import { withWordWeights } from './word-weights.ts'

export interface RuleCount extends BlockCount {
  readonly rule: string
  /** Blocks of more records than are compared in one, and the rule's pairs without them. */
  readonly left_out: number
  readonly made: number
  /** Why it was left out, or null. */
  readonly refused: string | null
}

export interface PreparedRecords {
  readonly job: CompareJob
  /** All fields by name, those for blocking alone too. */
  readonly fields: ReadonlyMap<string, Field>
  /** Fields of the comparisons, in their order. */
  readonly compared: readonly Field[]
  /** Rules that are run, as in `job.rules`. */
  readonly rules: readonly (readonly KeyPlan[])[]
  /** All rules with their counts, made before any pair is. */
  readonly counts: readonly RuleCount[]
  /** Columns that have no value at all, or one and the same everywhere: nothing can be learned from them. */
  readonly useless: readonly { readonly column: string; readonly why: string }[]
}

export async function prepareRecords(database: Database, table: string, records: number, source: Uint8Array | null, plan: LinkPlan, seed: number, progress: Progress, threads: LinkThreads = new LinkThreads(0)): Promise<PreparedRecords> {
  if (records >= WORTH_A_THREAD) threads.start()
  const clean = cleaners()
  const plans = plan.columns.map((column) => ({ name: column.name, from: column.from, clean: clean(column) }))
  const list = await readFields(database, table, records, plans, (done) => progress('reading columns', done, plans.length))
  const fields = new Map(list.map((field) => [field.name, field]))
  for (const column of plan.columns) if (column.swap_with !== null) shareDictionary(fields, column.name, column.swap_with)
  for (const column of plan.columns) if (column.kind === 'words' && column.compared) fields.set(column.name, withWordWeights(fields.get(column.name) as Field))
  const useless: { column: string; why: string }[] = []
  const used = plan.columns.filter((column) => {
    const field = fields.get(column.name) as Field
    const why = field.values.length === 0 ? 'it has no value in any record' : field.counts.filter((n) => n > 0).length === 1 && column.compared ? 'all its values are the same' : null
    if (why !== null) useless.push({ column: column.name, why })
    return why === null && column.compared
  })
  const compared = used.map((column) => fields.get(column.name) as Field)
  const comparisons = used.map((column, c) => ({ kind: column.kind, field: c, other: column.swap_with === null ? -1 : used.findIndex((one) => one.name === column.swap_with) }))
  const blocking = plan.blocking ?? chooseBlocking(records, fields, plan.columns.filter((column) => (fields.get(column.name) as Field).values.length > 1), seed, plan.most_in_block)
  const { rules, blocks, counts } = await makeBlocks(records, fields, { ...plan, blocking }, progress, threads)
  const job: CompareJob = { records, codes: sideBySide(records, compared), fields: compared.length, pools: compared.map((field) => field.pool), comparisons, rules: blocks, source: plan.between ? source : null }
  return { job, fields, compared, rules, counts, useless }
}

async function makeBlocks(records: number, fields: ReadonlyMap<string, Field>, plan: LinkPlan & { readonly blocking: readonly (readonly KeyPlan[])[] }, progress: Progress, threads: LinkThreads): Promise<{ rules: (readonly KeyPlan[])[]; blocks: Blocks[]; counts: RuleCount[] }> {
  const keys = new Map<string, KeyColumn>()
  let done = 0
  const { most_in_block, most_pairs } = plan
  const made = plan.blocking.map(async (rule) => {
    const parts = rule.map((key) => {
      const at = `${key.field}.${key.take}`
      const column = keys.get(at) ?? keyColumn(fields.get(key.field) as Field, key.take)
      keys.set(at, column)
      return column
    })
    const { counted, pairs, left_out, blocks } = await threads.run({ kind: 'blocks', records, parts, most_in_block, most_pairs }, records >= WORTH_A_THREAD)
    progress('counting pairs of blocking rules', ++done, plan.blocking.length)
    const count = { ...counted, rule: ruleText(rule), left_out, made: pairs }
    return { rule, blocks, count: { ...count, refused: refusal(count, most_in_block, most_pairs) } }
  })
  const all = await Promise.all(made)
  const run = all.flatMap(({ rule, blocks }) => (blocks === null ? [] : [{ rule, blocks }]))
  return { rules: run.map(({ rule }) => rule), blocks: run.map(({ blocks }) => blocks), counts: all.map(({ count }) => count) }
}

function refusal({ pairs, made, left_out }: Omit<RuleCount, 'refused'>, most_in_block: number, most_pairs: number): string | null {
  if (made > most_pairs) return `it would make ${made} pairs, more than ${most_pairs}`
  if (made > 0) return null
  return left_out === 0 ? 'it makes no pair' : `all of its ${pairs} pairs are in ${left_out === 1 ? 'one block' : `${left_out} blocks`} of more than ${most_in_block} records`
}

function sideBySide(records: number, fields: readonly Field[]): Uint32Array {
  const count = fields.length
  const codes = sharedU32(records * count)
  fields.forEach((field, f) => { for (let r = 0; r < records; r++) codes[r * count + f] = field.codes[r] as number })
  return codes
}

/** Gives two name columns one dictionary, so that equal names have equal codes in both. */
function shareDictionary(fields: Map<string, Field>, a: string, b: string): void {
  const [x, y] = [fields.get(a), fields.get(b)]
  if (x === undefined || y === undefined || x.values === y.values) return
  const places = new Map(x.values.map((value, code) => [value, code]))
  const values = [...x.values]
  const to = y.values.map((value) => {
    const known = places.get(value)
    if (known !== undefined) return known
    values.push(value)
    return values.length - 1
  })
  const pool = textPool(values)
  const codes = sharedU32(y.codes.length)
  y.codes.forEach((code, r) => { codes[r] = code === NULL_INDEX ? NULL_INDEX : (to[code] as number) })
  const counts = (field: Field, from: Uint32Array): Field => {
    const sums = new Uint32Array(values.length)
    for (const code of from) if (code !== NULL_INDEX) sums[code] = (sums[code] as number) + 1
    return { ...field, codes: from, values, counts: sums, pool }
  }
  fields.set(a, counts(x, x.codes))
  fields.set(b, counts(y, codes))
}
