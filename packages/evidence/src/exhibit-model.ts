/** All that an exhibit is made of, masked already: renderers see nothing else. */
import { createHash } from 'node:crypto'
import type { Chart } from '@ringmap/model/chart'
import type { ExhibitSettings, SourceRegister, User } from '@ringmap/model/exhibit-file'
import type { OrganiserFinding } from '@ringmap/model/finding'
import type { ExportGraph } from './export-graph.ts'
import type { MeasuredAccuracy } from './measured-accuracy.ts'

export const PROFILES = ['court-sealed', 'court-open', 'disclosure', 'partner', 'ngo', 'public'] as const
export type Profile = (typeof PROFILES)[number]
export const MODES = ['summary', 'aid', 'intelligence'] as const
export type Mode = (typeof MODES)[number]

export const MODE_WORDS: Readonly<Record<Mode, string>> = {
  summary: 'Summary of records: the originals are listed and can be inspected',
  aid: 'Illustrative aid: not evidence in itself',
  intelligence: 'Intelligence: not for use in court',
}

/** Stands on every exhibit. */
export const FIXED_SENTENCE = 'A place in this chart is not evidence of an offence; it shows recorded contact, and what was not recorded is not shown.'

/** Names a bundle on its own pages: of what it shows, for whom and as of when; not of its bytes, which hold it. */
export function bundleId(input: Pick<ExhibitInput, 'data_sha256' | 'subject' | 'profile' | 'mode' | 'as_of_ms' | 'analyst' | 'reviewer' | 'settings' | 'audit'>): string {
  const { case_number, exhibit_number } = input.settings
  return `B-${createHash('sha256').update(JSON.stringify([input.data_sha256, case_number, exhibit_number, input.subject, input.profile, input.mode, input.as_of_ms, input.analyst.id, input.reviewer?.id ?? null, input.audit.head.sha256]), 'utf8').digest('hex').slice(0, 12).toUpperCase()}`
}

export interface ExhibitSource extends SourceRegister {
  readonly name: string
  readonly file: string
  readonly sha256: string
  readonly size_bytes: number
  readonly rows: number
  readonly rejected: number
  /** Links of the chart that rest on it. */
  readonly links: number
}

/** What a source covers, and what it does not. */
export interface SourceCoverage {
  readonly source: string
  /** Periods as written down by whoever asked for it and received it. */
  readonly asked: string
  readonly received: string
  /** First and last day of what it records, in the case's zone; empty where nothing is dated. */
  readonly first: string
  readonly last: string
  /** Days between them without any call or message; null for a source that holds none. */
  readonly silent: readonly { readonly from: string; readonly to: string; readonly days: number }[] | null
}

/** How many of the protected on the chart can be told apart by kind, class, number of links, times and places that are shown. */
export interface CrowdCounts {
  /** As many must look alike. */
  readonly smallest: number
  readonly alone: number | string
  /** Were no time shown at all. */
  readonly alone_without_times: number | string
  /** Protected entities by the grain of the times that are shown at them; empty where months stand at all. */
  readonly times: Readonly<Record<string, number | string>>
}

/** What was known later than the as-of time and stands under nothing of the exhibit; `source` is empty for decisions about persons. */
export interface LeftOut {
  readonly source: string
  readonly rows: number
  readonly why: 'dated later' | 'received later' | 'decided later'
}

/** One row under one drawn line. */
export interface TraceRow {
  readonly link: string
  readonly source: string
  readonly file: string
  /** Null where rows must not be found. */
  readonly row: number | null
  /** SHA-256 of the row's cells joined by U+001F; null where the row speaks of a protected person. */
  readonly row_sha256: string | null
  /** HMAC-SHA256 under the case's key, for those rows. */
  readonly row_hmac: string | null
  readonly rule: string
  /** Recorded in the row, or inferred by a comparison of rows; what is inferred is never confirmed. */
  readonly basis: 'recorded' | 'inferred'
  /** UTC and local with zone, or the month alone where an end is protected. */
  readonly at: string
  readonly at_local: string
  readonly count: number
  readonly amount: string | null
  readonly currency: string | null
  readonly duration_s: number | null
  readonly grade: string | null
}

export interface ExhibitInput {
  readonly case_name: string
  readonly subject: string
  readonly profile: Profile
  readonly mode: Mode
  readonly as_of_ms: number
  readonly timezone: string
  readonly version: string
  readonly settings: ExhibitSettings
  readonly analyst: User
  readonly reviewer: User | null
  readonly review_remarks: string
  readonly chart: Chart
  readonly graph: ExportGraph
  /** Those on the chart who were ranked; empty in profiles that show no order. */
  readonly order: readonly OrganiserFinding[]
  readonly sources: readonly ExhibitSource[]
  readonly trace: readonly TraceRow[]
  /** Rows of the sources that the chart rests on none of. */
  readonly rows_not_shown: number
  /** Bits from which a machine joined records of persons in this exhibit; null where it joined none. */
  readonly joined_from: number | null
  /** Empty where nothing was later: then the findings are those of the case. */
  readonly left_out: readonly LeftOut[]
  readonly audit: { readonly lines: readonly string[]; readonly head: { readonly lines: number; readonly sha256: string } }
  readonly masking: { readonly classes: Readonly<Record<string, number | string>>; readonly on_chart: number; readonly rules: readonly string[]; readonly crowd: CrowdCounts }
  /** By source; empty in profiles that tell nothing of the sources. */
  readonly coverage: readonly SourceCoverage[]
  /** Sentences: operators and number series that are not heard of in records of their own. */
  readonly unheard: readonly string[]
  /** Settings of the steps, seed, versions: everything that a repetition needs. */
  readonly method: Readonly<Record<string, unknown>>
  /** Of order and joining, from a stored run. */
  readonly accuracy: MeasuredAccuracy
  /** Of all sources and settings; printed on the chart. */
  readonly data_sha256: string
  readonly cautions: readonly string[]
  /** Sentences: whose place in the order one source carries alone, or that none does. */
  readonly leans_on: readonly string[]
  /** Persons on the chart who are recorded at two places at once, in sentences; null in profiles that name nobody. */
  readonly two_places: { readonly found: readonly string[]; readonly looked: string } | null
  readonly masked_statement: string
}
