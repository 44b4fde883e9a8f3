/** A first case.yaml from files alone: what each seems to be and what its columns seem to mean, for a person to correct. */
import { basename } from 'node:path'
import { parse } from 'yaml'
import { caseFile } from '@ringmap/model/case-file'
import { RingmapError } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { draftFromLayout } from './layout-templates.ts'
import { guessColumns } from './sniff-columns.ts'
import { Columns, type Draft } from './sniff-draft.ts'
import { headingWords } from './sniff-headers.ts'
import { draftCalls, draftPassages, draftTies, draftTransactions } from './sniff-records.ts'
import { draftAccounts, draftCases, draftPersons, draftStays, draftSubscribers, draftTowers, draftVehicles } from './sniff-registers.ts'
import { sampleFile } from './sniff-sample.ts'
import { draftYaml, type DraftSource } from './sniff-yaml.ts'

export interface DraftOptions extends WorkOptions {
  /** Name of the case. */
  readonly name?: string | undefined
  /** ISO 3166 country. */
  readonly region?: string | undefined
  /** IANA zone. */
  readonly timezone?: string | undefined
}

export interface DraftCase {
  /** A whole case.yaml that passes the schema. */
  readonly yaml: string
  /** What to look at before importing, a sentence each; files that could not be read among them. */
  readonly notes: readonly string[]
}

export interface DraftFile {
  /** Where it lies. */
  readonly path: string
  /** As case.yaml shall name it. */
  readonly name: string
}

/**
 * Looks at the headings and the first rows of each file. Files that are no tables are left out with a note.
 *
 * @throws RingmapError when no file can be read: the refusal of the first one
 */
export async function draftCase(files: readonly DraftFile[], options: DraftOptions = {}): Promise<DraftCase> {
  const region = options.region ?? 'IN'
  const sources: DraftSource[] = []
  const refused: RingmapError[] = []
  const notes: string[] = []
  for (const [i, file] of files.entries()) {
    stopIfAsked(options.signal)
    options.progress?.(`looking at ${file.name}`, i, files.length)
    try {
      for (const sample of await sampleFile(file.path, file.name)) {
        const columns = new Columns(guessColumns(sample, region))
        const layout = draftFromLayout(sample.columns, basename(file.name), sample.above)
        const draft = layout ?? draftOf(columns, basename(file.name), region)
        const unused = layout === null ? columns.unused : sample.columns.filter((column) => !layout.used.includes(column))
        const source = { name: sourceName(file.name, sample.sheet, sources), sample, draft, unused }
        sources.push(source)
        notes.push(...(draft?.notes ?? [`${file.name}: nothing was recognised in it; its columns are ${sample.columns.join(', ')}`]))
        if (sample.rows.length === 0) notes.push(`${file.name} has a header and no rows`)
      }
    } catch (error) {
      if (!(error instanceof RingmapError) || error.code === 'interrupted') throw error
      refused.push(error)
      notes.push(`${error.message} ${error.hint}`)
    }
  }
  const first = refused[0]
  if (sources.length === 0) throw first ?? new RingmapError('usage', { what: 'No file was named to draft a case from.' })
  const head = { name: options.name ?? 'Draft', region, timezone: options.timezone ?? 'Asia/Kolkata', refused: refused.map((error) => error.message) }
  const yaml = draftYaml(head, sources)
  caseFile.parse(parse(yaml))
  return { yaml, notes }
}

/** What a file is, by the columns that it has: the most telling combinations first. */
export function draftOf(columns: Columns, file: string, region: string): Draft | null {
  const ofCalls = columns.any('duration', 'call_type', 'direction', 'imei', 'cell')
  const tie = columns.has('source', 'target')
  if (columns.has('a_party', 'b_party') || (columns.any('a_party', 'b_party') && columns.has('phone')) || (columns.count('phone') > 1 && ofCalls && columns.any('date', 'duration')) || (tie && columns.has('duration'))) return draftCalls(columns, file, region)
  const paid = columns.any('amount', 'debit', 'credit')
  if ((columns.any('from_account', 'from_upi') && columns.any('to_account', 'to_upi', 'account', 'upi')) || (columns.any('account', 'upi') && columns.any('to_account', 'to_upi', 'from_account')) || (columns.count('account') > 1 && paid) || (tie && paid)) return draftTransactions(columns, file, region)
  if (columns.has('balance') && columns.any('debit', 'credit', 'amount')) return draftTransactions(columns, file, region)
  if (tie) return draftTies(columns, file, region)
  if (columns.has('fir') && columns.any('station', 'sections', 'accused', 'victim', 'role', 'name', 'person_id', 'date')) return draftCases(columns, file)
  if (columns.any('hotel', 'room') && columns.any('check_in', 'date') && columns.any('name', 'person_id')) return draftStays(columns)
  const someone = columns.any('name', 'person_id', 'given_name', 'surname')
  if (columns.has('cell') && columns.any('latitude', 'site', 'address', 'place') && !columns.any('phone', 'name')) return draftTowers(columns)
  if (columns.has('plate', 'date') && columns.any('plaza', 'lane', 'site', 'place') && !columns.any('name', 'chassis')) return columns.any('plaza', 'site', 'place') ? draftPassages(columns) : null
  if (columns.has('plate') && columns.any('model', 'chassis', 'name')) return draftVehicles(columns)
  if (columns.has('account') && someone) return draftAccounts(columns, file)
  if (columns.has('phone') && columns.has('name') && ofSubscribers(columns, file)) return draftSubscribers(columns)
  return someone ? draftPersons(columns) : null
}

/** A list of persons has phones as well; a list of subscribers speaks of the line. */
function ofSubscribers(columns: Columns, file: string): boolean {
  if (columns.any('person_id', 'role')) return false
  const heads = columns.all.map((guess) => headingWords(guess.column)).join(' ')
  return columns.any('activated', 'operator', 'imsi') || /\b(?:subscriber|subs|customer|msisdn|caf)\b/.test(heads) || /subs|sdr|caf|kyc/i.test(file)
}

/** Letters, digits, spaces, _ and - of the file's name, and the sheet's; unique. */
function sourceName(file: string, sheet: string | null, taken: readonly DraftSource[]): string {
  const stem = basename(file).replace(/\.[^.]+$/, '')
  const wanted = (sheet === null ? stem : `${stem} ${sheet}`).normalize('NFKD').replaceAll(/[^\w -]+/g, ' ').replaceAll(/ +/g, ' ').trim() || 'source'
  let name = wanted
  for (let n = 2; taken.some((source) => source.name === name); n++) name = `${wanted} ${n}`
  return name
}
