/** Chooses blocking rules where none are stated: the cheapest set of keys that would still find pairs with errors and gaps in any column. */
import { below, seeded } from '@ringmap/model/random'
import { NULL_INDEX } from '@ringmap/store/database'
import { countBlocks, grouped, withoutBig, type KeyColumn } from './blocks.ts'
import type { ComparisonKind } from './comparison-kinds.ts'
import type { Field } from './fields.ts'
import { keyColumn, type KeyPart, type KeyPlan } from './keys.ts'
import type { ColumnPlan } from './link-plan.ts'

/** Keys that are tried of each kind of column. */
const TRIED: Readonly<Record<ComparisonKind, readonly KeyPart[]>> = {
  name: ['whole', 'sound', 'start2', 'start3'], text: ['whole', 'start4'], words: ['sorted', 'rare_word', 'word', 'word_sound'], date: ['whole', 'year', 'month_day'],
  code: ['whole', 'start3', 'start4', 'end4'], email: ['whole', 'mailbox'], category: ['whole'], number: [],
}
/** Records on which rules are counted; of bigger tables a part stands for all. */
const SAMPLE = 60_000
/** Most rules. */
const MOST = 20
/** Pairs that all rules together may make: many for each record of a small table, fewer of a big one. */
function budgetFor(records: number): number {
  return Math.max(300_000, Math.min(records * 60, 6_000_000 + records * 9))
}
/** Made-up pairs of one person on which rules are tried. */
const IMAGINED = 4000
/** A rule must find at least this share more of them. */
const LEAST_GAIN = 0.0005

/** What finding a pair is worth that was found never, once, twice before. */
const WORTH: readonly number[] = [1, 0.25, 0.08, 0]

interface Candidate {
  readonly rule: readonly KeyPlan[]
  readonly pairs: number
  /** Which of the imagined pairs it finds. */
  readonly finds: Uint8Array
}

/** @param seed of the imagined pairs. */
export function chooseBlocking(records: number, fields: ReadonlyMap<string, Field>, columns: readonly ColumnPlan[], seed: number, most_in_block: number): (readonly KeyPlan[])[] {
  const step = Math.max(1, Math.ceil(records / SAMPLE))
  const sampled = Math.ceil(records / step)
  const keys = columns.flatMap((column) => {
    const field = fields.get(column.name) as Field
    const some = Uint32Array.from({ length: sampled }, (_, i) => field.codes[i * step] as number)
    return (field.values.length < 20 ? [] : TRIED[column.kind]).map((take) => ({ plan: { field: column.name, take }, column, key: keyColumn(field, take, some) }))
  })
  const filled = new Map(keys.map(({ plan, key }) => [nameOf(plan), filledShare(key)]))
  const imagined = imaginePairs(columns, filled, seed)
  const budget = budgetFor(records)
  const candidates: Candidate[] = []
  const offer = (rule: readonly KeyPlan[], parts: readonly KeyColumn[]): void => {
    const grouping = withoutBig(grouped(sampled, parts), Math.floor(most_in_block / step))
    const kept = grouping.sizes.reduce((sum, size) => sum + size, 0)
    // A key whose blocks are mostly too big finds little of what it promises.
    if (kept < grouping.entries.record.length * 0.7) return
    // Pairs grow with the square of the records.
    const pairs = countBlocks(grouping).pairs * step * step + 1
    if (pairs > budget / 3) return
    const agreed = rule.map((key) => imagined.get(nameOf(key)) as Uint8Array)
    candidates.push({ rule, pairs, finds: Uint8Array.from({ length: IMAGINED }, (_, i) => Number(agreed.every((key) => key[i] === 1))) })
  }
  for (const one of keys) offer([one.plan], [one.key])
  keys.forEach((one, i) => {
    for (const two of keys.slice(i + 1)) if (!overlaps(one.column, two.column)) offer([one.plan, two.plan], [one.key, two.key])
  })
  return greedy(candidates, budget)
}

function nameOf({ field, take }: KeyPlan): string {
  return `${field}.${take}`
}

function overlaps(a: ColumnPlan, b: ColumnPlan): boolean {
  return a.from.some((column) => b.from.includes(column))
}

/** Whether agreement under one rule means agreement under the other. */
function finer(rule: readonly KeyPlan[], other: readonly KeyPlan[]): boolean {
  return other.every((key) => rule.some((own) => own.field === key.field && (own.take === key.take || own.take === 'whole' || own.take === 'sorted')))
}

/** Takes rule after rule that finds most for its pairs; a second and a third way to a pair count a part, for real errors are not as independent as imagined ones. */
function greedy(candidates: readonly Candidate[], budget: number): (readonly KeyPlan[])[] {
  const times = new Uint8Array(IMAGINED)
  const chosen: Candidate[] = []
  let spent = 0
  const gainOf = ({ finds }: Candidate): number => {
    let gain = 0
    for (let i = 0; i < IMAGINED; i++) if (finds[i] === 1) gain += WORTH[times[i] as number] as number
    return gain / IMAGINED
  }
  while (chosen.length < MOST) {
    let best: Candidate | null = null
    let score = 0
    for (const candidate of candidates) {
      if (spent + candidate.pairs > budget || chosen.some(({ rule }) => finer(candidate.rule, rule))) continue
      const gain = gainOf(candidate)
      if (gain < LEAST_GAIN) continue
      const worth = gain / Math.sqrt(candidate.pairs / budget + 0.002)
      if (worth > score) { score = worth; best = candidate }
    }
    if (best === null) break
    chosen.push(best)
    spent += best.pairs
    best.finds.forEach((found, i) => { times[i] = Math.min(WORTH.length - 1, (times[i] as number) + found) })
  }
  return chosen.map(({ rule }) => rule)
}

/** Made-up pairs of one person, for each key as 1 where both records agree on it: columns are blank as often as in the data, and otherwise equal, slipped or changed. */
function imaginePairs(columns: readonly ColumnPlan[], filled: ReadonlyMap<string, number>, seed: number): ReadonlyMap<string, Uint8Array> {
  const random = seeded(seed)
  const agreed = new Map([...filled.keys()].map((key) => [key, new Uint8Array(IMAGINED)]))
  for (let i = 0; i < IMAGINED; i++) {
    const state = new Map<string, readonly [number, number]>()
    for (const column of columns) {
      // One draw a source column, so that a name and its parts slip together.
      const origin = column.from[0] as string
      const [present, drawn] = state.get(origin) ?? [random(), random()]
      state.set(origin, [present, drawn])
      const equal = column.kind === 'words' ? 0.45 : 0.68
      for (const take of TRIED[column.kind]) {
        const whole = take === 'whole' || take === 'sorted'
        const slip = drawn < 0.86 && below(random, 100) < 60
        const key = nameOf({ field: column.name, take })
        if (present < (filled.get(key) ?? 0) ** 2 && (drawn < equal || (!whole && slip))) agreed.get(key)?.fill(1, i, i + 1)
      }
    }
  }
  return agreed
}

/** Share of records that have the key. */
function filledShare(key: KeyColumn): number {
  const records = key.offsets === null ? key.codes.length : key.offsets.length - 1
  let count = 0
  if (key.offsets === null) { for (const code of key.codes) if (code !== NULL_INDEX) count++ } else for (let r = 0; r < records; r++) if (key.offsets[r + 1] !== key.offsets[r]) count++
  return count / Math.max(records, 1)
}
