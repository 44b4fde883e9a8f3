/** What was wrong with the data: counted, shown, kept; never a stack trace, never a silent loss. */

export const ISSUE_CODES = {
  row_rejected: 'row could not be read and was set aside',
  value_failed_check: 'value fails the check of its kind; kept as written and marked',
  value_missing: 'no value where the mapping needs one; the mention was left out',
  time_unreadable: 'date or time does not fit the stated format; kept without a time',
  time_doubtful: 'local time does not exist or is ambiguous at a clock change; the earlier offset was used',
  number_unreadable: 'number could not be read, or cannot be (a negative duration); kept without it',
  grade_unreadable: 'grade is in no known scheme; kept as ungraded',
  role_unknown: 'role is not one of those known; kept as unknown',
  row_repeated: 'row repeats another row of the same file word for word',
  column_doubtful: 'most values of the column fail its check: the columns may be shifted, or the mapping is for another layout',
  row_shifted: 'the time stands some columns from where the mapping looks for it: the row slipped, or the mapping is for another layout; it states no link and stays in its source',
  date_order_mixed: 'some dates fit only day first, others only month first; those that fit both were read as the mapping says',
  reported_twice: 'the same call is reported by another source; kept, and counted once',
  balance_broken: 'the balance is not that of the row before and this row\'s amounts; a row may be missing, or not of this account',
  self_link: 'both ends are the same entity; kept, but joins nobody',
  ledger_cyclic: 'payments of one moment go round in a circle of two or three accounts: the rows do not say which came first; kept, and tracing takes them in a fixed order that is none of theirs',
  header_repeated: 'row repeats the headings; it states no link and stays in its source',
  row_unlinked: 'no link is read from the row: it names no other side that is known, or has a word that the mapping does not foresee; it stays in its source',
  header_merged: 'the headings stand in two rows; they were read as one, word under word',
  clock_differs: 'calls that both sources report stand apart by about the same seconds: one of the clocks is off; state clock_ahead_s',
  row_is_total: 'row is a total or a balance brought forward; it states no link and stays in its source',
  hub_excluded: 'shared by too many to tie anyone together; left out of the person network',
  contradiction: 'sources contradict each other',
  judgement_unmatched: 'a judgement speaks of a record that is not there any more; kept in the log, without effect',
  judgement_contradicts: 'judgements contradict each other; the records stay apart until somebody withdraws one',
  judgement_overruled: 'a person keeps apart records that equal identifiers would join; the person is followed',
  name_too_common: 'so many records share this key of their names that they were not compared with each other on it alone',
  value_flattened: 'lists, points, bytes or maps were written as one text',
  type_varies: 'the property has values of different types; all were read as text',
  kind_unknown: 'an item of a kind that is not known was left out',
  key_missing: 'no value of the property that names it; only the id inside the database leads back to it',
  database_changed: 'the database was changed while it was read; import again for one state',
  encoding_guessed: 'encoding was not stated and is not UTF-8; the file was read as Windows-1252',
  encoding_replaced: 'bytes that are not valid in the encoding were replaced',
} as const
export type IssueCode = keyof typeof ISSUE_CODES

/** One kind of trouble in one place, with how often it occurred and the first places where it did. */
export interface Issue {
  readonly code: IssueCode
  readonly source: string
  readonly file: string
  /** Column name where it is about one. */
  readonly column: string | null
  readonly count: number
  /** At most ten, in row order; `count` says how many there are. */
  readonly examples: readonly { readonly row: number; readonly value: string | null }[]
  /** What it means and what to do, in a sentence. */
  readonly message: string
}
