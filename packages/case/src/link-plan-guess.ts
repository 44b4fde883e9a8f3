/** Guesses how columns are to be compared, by their headings and by what stands in them. */
import { columnIsTruth, idHeading, linkMeaning } from './link-column-roles.ts'
import { dateOrder } from '@ringmap/linkage/batch/cleaning'
import type { ComparisonKind } from '@ringmap/linkage/batch/comparison-kinds'
import type { ColumnPlan } from '@ringmap/linkage/batch/link-plan'
import { nameLexicon } from '@ringmap/linkage/names/name-lexicon'
import { headingWords, type Meaning } from '@ringmap/sources/sniff-headers'
import { guessTime } from '@ringmap/sources/sniff-times'
import type { Database } from '@ringmap/store/database'
import { joined, name, sql } from '@ringmap/store/sql'

/** What stands in a column. */
export interface ColumnProfile {
  readonly column: string
  /** Share of records that have a value. */
  readonly filled: number
  /** Different values, approximately. */
  readonly distinct: number
  /** Some of the values, spread over the table. */
  readonly sample: readonly string[]
}

const KIND_OF: Partial<Record<Meaning, ComparisonKind>> = {
  given_name: 'name', surname: 'name', name: 'words', alias: 'words', father: 'words', mother: 'words', spouse: 'words', born: 'date', date: 'date', age: 'number', sex: 'category', nationality: 'category',
  occupation: 'text', address: 'words', place: 'text', district: 'text', pin: 'code', phone: 'code', email: 'email', imei: 'code', imsi: 'code', plate: 'code', account: 'code', ifsc: 'code', upi: 'email', handle: 'text',
  pan: 'code', aadhaar: 'code', voter_id: 'code', passport: 'code', driving_licence: 'code', model: 'text', colour: 'category', chassis: 'code', note: 'words',
}
const SAMPLED = 1000
/** A text column of fewer different values is a category. */
const FEW = 40
/** A column filled less than this is not worth comparing. */
const LEAST_FILLED = 0.02

export async function profileColumns(database: Database, table: string, columns: readonly string[], records: number): Promise<ColumnProfile[]> {
  if (columns.length === 0) return []
  const cell = (column: string) => sql`nullif(trim(${name(column)}), '')`
  const counts = await database.one<Record<string, number>>(sql`SELECT ${joined(columns.flatMap((column, i) => [sql`count(${cell(column)}) AS ${name(`filled ${i}`)}`, sql`approx_count_distinct(${cell(column)}) AS ${name(`distinct ${i}`)}`]))} FROM ${name(table)}`)
  const step = Math.max(1, Math.floor(records / (SAMPLED * 2)))
  const texts = await database.texts(sql`SELECT ${joined(columns.map(cell))} FROM ${name(table)} WHERE ${name('#record')} % ${step} = 0 ORDER BY ${name('#record')}`)
  return columns.map((column, i) => ({
    column, filled: (counts?.[`filled ${i}`] ?? 0) / Math.max(records, 1), distinct: counts?.[`distinct ${i}`] ?? 0,
    sample: (texts[i] ?? []).filter((text) => text !== null).slice(0, SAMPLED),
  }))
}

export function guessColumnPlans(profiles: readonly ColumnProfile[]): ColumnPlan[] {
  const useful = profiles.filter((profile) => profile.filled >= LEAST_FILLED && profile.distinct > 1 && !columnIsTruth(profile.column) && !idHeading(profile.column))
  const meanings = new Map(useful.map((profile) => [profile.column, linkMeaning(profile.column)]))
  const given = useful.find((profile) => meanings.get(profile.column) === 'given_name')?.column ?? null
  const surname = useful.find((profile) => meanings.get(profile.column) === 'surname')?.column ?? null
  const plans: ColumnPlan[] = []
  for (const profile of useful) {
    const meaning = meanings.get(profile.column) ?? null
    const guess = kindOf(profile, meaning)
    if (guess === null) continue
    const other = profile.column === given ? surname : profile.column === surname ? given : null
    // A full name beside its parts would count the same agreement twice.
    const repeats = given !== null && surname !== null && guess === 'words' && /\bname\b|\bsurname\b/.test(headingWords(profile.column)) && !['father', 'mother', 'spouse', 'alias'].includes(meaning ?? '')
    if (repeats && plans.some((plan) => !plan.compared)) continue
    const part = meaning === null ? undefined : NAMED[meaning]
    if (part !== undefined && guess !== 'category' && regional(profile.sample)) {
      plans.push(...nameParts(profile.column, part))
      continue
    }
    plans.push({ name: profile.column, from: [profile.column], kind: guess, form: meaning === 'phone' || (guess === 'code' && telephones(profile.sample)) ? 'phone' : 'plain', order: guess === 'date' ? dateOrder(profile.sample) : 'ymd', swap_with: other, term_frequency: guess !== 'number', compared: !repeats })
  }
  return plans
}

/** Parts of the names in a column that are compared: of a relative the given name alone, for the family name is the person's own. */
const NAMED: Partial<Record<Meaning, readonly ('given' | 'family')[]>> = { name: ['given', 'family'], father: ['given'], mother: ['given'], spouse: ['given'] }

/** Columns of the parts of a name, each of which may stand where the other should. */
export function nameParts(column: string, parts: readonly ('given' | 'family')[]): ColumnPlan[] {
  const title = (part: string): string => (parts.length === 1 ? column : `${column} ${part}`)
  return parts.map((part, i) => ({ name: title(part), from: [column], kind: 'name', form: part, order: 'ymd', swap_with: parts.length === 1 ? null : title(parts[1 - i] as string), term_frequency: true, compared: true }))
}

/** Share of words that are known names of the region, from which on its rules of spelling are used. */
const REGIONAL = 0.2

/** Whether names are spelled as in South Asia: then spellings are folded, elsewhere they are left alone. */
function regional(sample: readonly string[]): boolean {
  const lexicon = nameLexicon()
  const words = sample.slice(0, 400).flatMap((value) => value.toLowerCase().split(/[^\p{L}\p{M}]+/u)).filter((word) => word.length > 1)
  if (words.filter((word) => /[\p{Script=Devanagari}\p{Script=Arabic}]/u.test(word)).length > words.length * 0.1) return true
  const known = words.filter((word) => lexicon.families.has(word) || lexicon.fillers.has(word))
  return words.length > 0 && known.length >= words.length * REGIONAL
}

/** Numbers of seven to thirteen digits with the signs that people put into telephone numbers alone. */
function telephones(sample: readonly string[]): boolean {
  const all = sample.filter((value) => /^\+?[\d\s()./-]{7,22}$/.test(value) && /^\d{7,13}$/.test(value.replaceAll(/\D/g, '')))
  return all.length >= sample.length * 0.9 && all.filter((value) => /^\+|^00|[()\s/-]/.test(value)).length >= sample.length * 0.1 && guessTime(sample.slice(0, 100)) === null
}

function kindOf(profile: ColumnProfile, meaning: Meaning | null): ComparisonKind | null {
  const { sample, distinct } = profile
  const few = distinct < Math.min(FEW, sample.length / 10)
  const share = (pattern: RegExp): number => sample.filter((value) => pattern.test(value)).length / Math.max(sample.length, 1)
  const known = meaning === null ? undefined : KIND_OF[meaning]
  if (known === 'date' || known === undefined) {
    if (known === 'date' || (share(/\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}/) >= 0.8 && guessTime(sample.slice(0, 300)) !== null)) return share(/\d{4}|\d{1,2}[-/. ]\w{1,9}[-/. ]\d{2}$/) >= 0.5 ? 'date' : 'code'
  }
  if (known === 'email' && share(/@/) < 0.5) return 'text'
  if (known === 'number' && share(/^\d+(?:\.\d+)?$/) < 0.8) return 'text'
  if ((known === 'text' || known === 'words') && (few || fewValues(sample))) return 'category'
  // A name of one word is a name, whatever the heading says.
  if (known === 'words' && share(/[^\s]\s+[^\s]/) < 0.15) return 'name'
  if (known === 'name' && share(/[^\s]\s+[^\s]/) > 0.6) return 'words'
  if (known === 'code' && few && distinct < FEW / 4) return 'category'
  if (known !== undefined) return known
  if (share(/^[^@\s]+@[^@\s]+$/) >= 0.8) return 'email'
  if (few || fewValues(sample)) return 'category'
  if (share(/^-?[\d.,₹$€£ ]+$/) >= 0.8) return share(/\.\d/) > 0.3 ? 'number' : 'code'
  if (share(/\d/) >= 0.8 && (share(/\s/) < 0.5 || share(/^.{1,12}$/) >= 0.9)) return 'code'
  return share(/[^\s]\s+[^\s]/) >= 0.3 ? 'words' : 'text'
}

/** Whether a few values are nearly all there is, the rest being slips. */
function fewValues(sample: readonly string[]): boolean {
  const counts = new Map<string, number>()
  for (const value of sample) counts.set(value.toLowerCase(), (counts.get(value.toLowerCase()) ?? 0) + 1)
  const top = [...counts.values()].sort((a, b) => b - a).slice(0, 12).reduce((sum, n) => sum + n, 0)
  return sample.length >= 100 && top >= sample.length * 0.9
}
