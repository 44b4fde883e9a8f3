/** The shape of a linkage settings file: what identifies a record, how columns are compared, which records are compared at all. */
import { z } from 'zod'

const column = z.string().min(1)

export const LINK_COLUMN_KINDS = ['person', 'parent', 'name', 'text', 'words', 'date', 'code', 'phone', 'category', 'number', 'email', 'ignore'] as const

const columnSettings = z.strictObject({
  kind: z.enum(LINK_COLUMN_KINDS)
    .describe('person: a full name as the region writes it, its spellings folded, compared as given and family name; parent: the same of a father, mother or husband, given name only; name: one given name or surname; text: a place or other short text; words: several words in any order, such as an address or a full name; date; code: a number or code where one slip may happen; phone; category: few values; number; email; ignore: not used'),
  from: z.union([column, z.array(column).min(1)]).optional().describe('Column(s) of the files it is read from, joined by a space; default: the column of this name'),
  swap_with: column.optional().describe('Column whose value may stand here by mistake: surname for given name'),
  term_frequency: z.boolean().optional().describe('Whether agreeing on a rare value weighs more than on a common one; default: yes, but for categories'),
  compare: z.boolean().default(true).describe('false: used for blocking only'),
  order: z.enum(['ymd', 'dmy', 'mdy']).optional().describe('Order of the parts of dates; default: by the values'),
})

export const linkSettings = z.strictObject({
  id: column.optional().describe('Column that names a record; default: one that looks like it, else the row'),
  link: z.enum(['all', 'between']).default('all').describe('between: only records of two files are compared, as when each file has no person twice'),
  columns: z.record(column, z.union([z.enum(LINK_COLUMN_KINDS), columnSettings])).optional().describe('Default: every column that looks useful'),
  blocking: z.array(z.union([column, z.array(column).min(1)])).min(1).optional().describe('Rules: a column, or several that must all agree. A part of a value is written after a dot: surname.start3, born.year'),
  cannot_link: z.array(column).default([]).describe('Columns whose values must not differ within a person, such as a passport number of one country'),
  threshold: z.number().optional().describe('Bits a link needs to join; default: chosen by the model'),
  seed: z.number().int().default(1),
  most_pairs: z.number().int().positive().default(20_000_000).describe('A blocking rule of more pairs is refused'),
  most_in_block: z.number().int().min(2).default(3000).describe('Blocks of more records are left out of a rule'),
})

export type LinkSettings = z.infer<typeof linkSettings>
