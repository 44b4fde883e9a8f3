/** One door to every pattern that can be looked for in a case: runs it and lets the answer out behind the mask. */
import type { PatternFindings } from '@ringmap/model/pattern'
import type { LinkKind } from '@ringmap/model/schema'
import type { TracingRule } from '@ringmap/analysis/money-trace'
import type { WorkOptions } from '@ringmap/model/progress'
import type { CaseView } from './case-view.ts'
import { RingmapError } from '@ringmap/model/errors'
import { findCoLocation, findCommonContacts, findTravellers } from './find-meetings.ts'
import { findMoney, findTypologies } from './find-money.ts'
import { findJoins, findPaths } from './find-paths.ts'
import { midnightBefore } from './happenings.ts'
import { findMotifs } from './find-motifs.ts'
import { findRoles } from './find-roles.ts'
import { findGaps } from './find-gaps.ts'
import { findRoutes } from './find-routes.ts'
import { findSwaps } from './find-swaps.ts'
import { entityNamed } from './named-entity.ts'
import { published } from './pattern-drafts.ts'

export interface PatternOptions extends WorkOptions {
  /** Findings that come back; all are counted. */
  readonly limit?: number | undefined
  /** Least probability, for patterns that give one. */
  readonly least?: number | undefined
}

export const LIMIT = 200

export async function swapsOf(view: CaseView, options: PatternOptions = {}): Promise<PatternFindings> {
  options.progress?.('swaps', 0, 1)
  return await published(view, 'swaps', await findSwaps(view.open, options), options.limit ?? LIMIT)
}

export interface TraceOptions extends PatternOptions {
  readonly rule: TracingRule
  /** Account whose largest receipt is followed, as a person names it. */
  readonly account?: string | undefined
  /** Payment to follow: `source:row`. */
  readonly row?: string | undefined
}

export async function moneyOf(view: CaseView, options: TraceOptions): Promise<PatternFindings> {
  const account = options.account === undefined ? undefined : await entityNamed(view, options.account)
  const row = options.row === undefined ? undefined : rowNamed(view, options.row)
  return await published(view, 'money', await findMoney(view.open, { ...options, account, row }), options.limit ?? LIMIT)
}

function rowNamed(view: CaseView, words: string): { source: number; row: number } {
  const match = /^(.+):(\d+)$/.exec(words)
  const source = view.open.file.sources.findIndex(({ name, file }) => name === match?.[1] || file === match?.[1])
  if (match === null || source < 0) throw new RingmapError('usage', { what: `A row is named as SOURCE:ROW (sources: ${view.open.file.sources.map(({ name }) => name).join(', ')}), not "${words}".` })
  return { source, row: Number(match[2]) }
}

export async function typologiesOf(view: CaseView, options: PatternOptions & { readonly rate?: number | undefined } = {}): Promise<PatternFindings> {
  return await published(view, 'typologies', await findTypologies(view.open, { ...options, seed: view.open.file.find.seed, rate: options.rate ?? 0.1 }), options.limit ?? LIMIT)
}

export interface WayOptions extends PatternOptions {
  readonly from: string
  readonly to: string
  readonly kinds?: readonly LinkKind[] | undefined
  /** First and last day, ISO, in the case's zone. */
  readonly start?: string | undefined
  readonly end?: string | undefined
  /** Longest time that anybody keeps it, in hours. */
  readonly wait_h?: number | undefined
  readonly ways?: number | undefined
  /** Least sum of a payment, in rupees or the like. */
  readonly least_amount?: number | undefined
  readonly one_way?: boolean | undefined
  /** Tower, plaza or other place, as a person names it. */
  readonly place?: string | undefined
}

export async function pathsOf(view: CaseView, options: WayOptions): Promise<PatternFindings> {
  const [from, to] = [await entityNamed(view, options.from), await entityNamed(view, options.to)]
  const end = options.end === undefined ? undefined : dayOf(view, options.end) + 86_400_000 - 1
  const start = options.start === undefined ? undefined : dayOf(view, options.start)
  const wait = options.wait_h === undefined ? undefined : options.wait_h * 3_600_000
  const place = options.place === undefined ? undefined : await entityNamed(view, options.place)
  const least = options.least_amount === undefined ? undefined : Math.round(options.least_amount * 100)
  return await published(view, 'paths', await findPaths(view.open, { ...options, from, to, start_ms: start, end_ms: end, wait_ms: wait, place, least }), options.limit ?? LIMIT)
}

/** Midnight at which a day begins in the case's zone. */
function dayOf(view: CaseView, day: string): number {
  const at = Date.parse(`${day}T12:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(at)) throw new RingmapError('usage', { what: `A day is written as 2024-03-31, not "${day}".` })
  return midnightBefore(at, view.open.file.timezone)
}

export async function joinsOf(view: CaseView, who: readonly string[], options: PatternOptions = {}): Promise<PatternFindings> {
  const given: number[] = []
  for (const words of who) given.push(await entityNamed(view, words))
  const different = [...new Set(given)]
  if (different.length < 2) throw new RingmapError('usage', { what: 'Name at least two different persons or things to join.' })
  return await published(view, 'joins', await findJoins(view.open, different), options.limit ?? LIMIT)
}

export interface RateOptions extends PatternOptions {
  /** Highest false discovery rate listed; default 0.05. */
  readonly rate?: number | undefined
}

export async function coLocationOf(view: CaseView, options: RateOptions = {}): Promise<PatternFindings> {
  return await published(view, 'co-location', await findCoLocation(view.open, { ...options, rate: options.rate ?? 0.05 }), options.limit ?? LIMIT)
}

export async function travellersOf(view: CaseView, options: RateOptions = {}): Promise<PatternFindings> {
  return await published(view, 'travelling-together', await findTravellers(view.open, { ...options, rate: options.rate ?? 0.05 }), options.limit ?? LIMIT)
}

export async function commonContactsOf(view: CaseView, options: RateOptions = {}): Promise<PatternFindings> {
  return await published(view, 'common-contacts', await findCommonContacts(view.open, { ...options, rate: options.rate ?? 0.01 }), options.limit ?? LIMIT)
}

export async function motifsOf(view: CaseView, options: RateOptions = {}): Promise<PatternFindings> {
  return await published(view, 'motifs', await findMotifs(view.open, { ...options, seed: view.open.file.find.seed, rate: options.rate ?? 0.05 }), options.limit ?? LIMIT)
}

/** @param rules file of rules in place of those that come with ringmap. */
export async function rolesOf(view: CaseView, options: PatternOptions & { readonly rules?: string | undefined } = {}): Promise<PatternFindings> {
  return await published(view, 'behaviour', await findRoles(view.open, options.rules), options.limit ?? LIMIT)
}

/** @param inside with small numbers, names and rows: for use in the office alone. */
export async function routesOf(view: CaseView, options: PatternOptions & { readonly inside?: boolean | undefined } = {}): Promise<PatternFindings> {
  return await published(view, 'routes', await findRoutes(view.open, { inside: options.inside ?? false, limit: options.limit ?? LIMIT }), options.limit ?? LIMIT)
}

export async function gapsOf(view: CaseView, options: PatternOptions = {}): Promise<PatternFindings> {
  return await published(view, 'gaps', await findGaps(view.open, options), options.limit ?? LIMIT)
}
