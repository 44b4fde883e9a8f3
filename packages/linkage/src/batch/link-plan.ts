/** What a batch run is asked to do: which columns are compared how, which records are compared at all. Settings and guesses both end here. */
import type { ComparisonKind } from './comparison-kinds.ts'
import type { KeyPlan } from './keys.ts'

/** What is taken of the cell: all of it, a telephone number, or one part of a name as the region writes it, spellings folded into keys. */
export type ColumnForm = 'plain' | 'phone' | 'given' | 'family'

/** Order of the parts of dates. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy'

export interface ColumnPlan {
  readonly name: string
  /** Columns of the table; several are joined by a space. */
  readonly from: readonly string[]
  readonly kind: ComparisonKind
  readonly form: ColumnForm
  readonly order: DateOrder
  /** Column whose value may stand here by mistake, as surnames among first names. */
  readonly swap_with: string | null
  readonly term_frequency: boolean
  /** What changes in a life: where one lives, and with it street, town and postcode at once; or by which number one is reached, and the like. */
  readonly changes?: 'home' | 'contact' | undefined
  /** False for a column that only makes blocking keys. */
  readonly compared: boolean
}

export interface LinkPlan {
  readonly columns: readonly ColumnPlan[]
  /** Null: the rules are chosen by what the columns hold. */
  readonly blocking: readonly (readonly KeyPlan[])[] | null
  /** Only pairs of two sources. */
  readonly between: boolean
  /** Most pairs of one rule; a rule of more is refused. */
  readonly most_pairs: number
  /** Most records of one block; bigger ones are left out of the rule and reported. */
  readonly most_in_block: number
}

/** A blocking rule as a person writes it: `surname + born.year`. */
export function ruleText(rule: readonly KeyPlan[]): string {
  return rule.map((key) => (key.take === 'whole' ? key.field : `${key.field}.${key.take}`)).join(' + ')
}
