/** Gathers all that an exhibit is made of, as it may be shown: the chart, every row under it, where those come from, and how it was reached. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Chart } from '@ringmap/model/chart'
import type { Findings, OrganiserFinding } from '@ringmap/model/finding'
import { exhibitSettings, NOTHING_RECORDED, type ExhibitSettings } from '@ringmap/model/exhibit-file'
import { RingmapError } from '@ringmap/model/errors'
import type { CrowdCounts, ExhibitInput, ExhibitSource, LeftOut, TraceRow } from '@ringmap/evidence/exhibit-model'
import { isoTime } from '@ringmap/evidence/iso-time'
import { crowdOf, inCrowd, type Crowd } from '@ringmap/evidence/small-crowd'
import type { MeasuredAccuracy } from '@ringmap/evidence/measured-accuracy'
import { fontHashes } from '@ringmap/evidence/text-outline'
import { sql } from '@ringmap/store/sql'
import { auditLines, requireAudit } from './audit.ts'
import { caseAsOf } from './case-as-of.ts'
import { chartOf } from './case-chart.ts'
import { findingsOf, type CaseView } from './case-view.ts'
import { engineStamp, type EngineStamp } from './engine-stamp.ts'
import { underSeal, type UnderSeal } from './exhibit-annexe.ts'
import { coverageOf, unheardOperators } from './exhibit-coverage.ts'
import { anonymous, anonymousRows, anonymousSources, discreet, smallGroups, withoutFreeText } from './exhibit-profiles.ts'
import type { ExhibitRequest } from './exhibit-request.ts'
import { checkRules, COURT_PROFILES, refuse, SMALLEST_GROUP } from './exhibit-rules.ts'
import { traceOf } from './exhibit-trace.ts'
import { chartWithStatements, dataHash, maskedStatement, VERSION } from './export-step.ts'
import { LINE_RULE, withLineStrengths } from './line-strength.ts'
import { stepFingerprint } from './link-step.ts'
import { maskedWords, shownFile } from './mask-case.ts'
import { placesWithoutSources } from './standing.ts'
import { twoPlaces } from './two-places.ts'
import { userOf } from './users.ts'

interface Gathered {
  readonly settings: ExhibitSettings
  readonly drawn: Chart
  readonly trace: TraceRow[]
  readonly sources: ExhibitSource[]
}

async function gather(view: CaseView, { subject, profile }: Pick<ExhibitRequest, 'subject' | 'profile'>): Promise<Gathered> {
  const settings = maskedSettings(view, view.open.file.exhibit ?? exhibitSettings.parse({}))
  const drawn = categorised(await chartOf(view, subject, { doubles_from: view.open.file.link.join_at }), settings)
  const trace = await traceOf(view, drawn, { months: profile !== 'court-sealed' })
  return { settings, drawn, trace, sources: await sourcesOf(view, settings, trace) }
}

/**
 * All of an exhibit as it may be shown, and refused where the rules say so.
 *
 * @param made_with what the method sheet says of the engine; to make an exhibit again, that of the one who made it first.
 */
export async function exhibitInput(view: CaseView, request: ExhibitRequest, made_with: EngineStamp = engineStamp()): Promise<ExhibitInput> {
  return await asItStood(view, request, async (then, left_out, subject) => await inputOf(then, { ...request, subject }, request.subject, left_out, made_with))
}

/** The same with what goes under seal beside it; null without an authority for that. */
export async function exhibitWithSeal(view: CaseView, request: ExhibitRequest): Promise<{ readonly input: ExhibitInput; readonly sealed: UnderSeal | null }> {
  return await asItStood(view, request, async (then, left_out, subject) => {
    const input = await inputOf(then, { ...request, subject }, request.subject, left_out, engineStamp())
    return { input, sealed: request.annexe_authority === undefined ? null : await underSeal(then, input) }
  })
}

/** What the rules are held against: the chart, every row under it, and where those come from, as of the moment asked for. */
export async function gathered(view: CaseView, request: Pick<ExhibitRequest, 'subject' | 'profile' | 'as_of_ms'>): Promise<Gathered> {
  return await asItStood(view, request, async (then, _, subject) => await gather(then, { ...request, subject }))
}

/** Over the case as it is, or over what was known at the moment where more is known now. */
async function asItStood<T>(view: CaseView, { subject, as_of_ms }: Pick<ExhibitRequest, 'subject' | 'as_of_ms'>, work: (then: CaseView, left_out: readonly LeftOut[], subject: string) => Promise<T>): Promise<T> {
  const past = await caseAsOf(view, as_of_ms)
  if (past === null) return await work(view, [], subject)
  try {
    return await work(past.view, past.left_out, past.earlier ? subject : await sameRing(view, past.view, subject))
  } catch (error) {
    if (error instanceof RingmapError && error.code === 'not_found') refuse(`with what was known by ${isoTime(as_of_ms)} there is no ${subject}.`, 'Name a ring or person that could be found then, or give a later --as-of.')
    throw error
  } finally {
    past.close()
  }
}

/** Rings are numbered anew where persons are joined otherwise: the ring that is meant is the one with most of its members in common. */
async function sameRing(view: CaseView, then: CaseView, subject: string): Promise<string> {
  const meant = (await findingsOf(view)).rings.find(({ id }) => id === subject)
  if (meant === undefined) return subject
  const members = new Set(meant.members)
  const shares = (await findingsOf(then)).rings.map((ring) => { const common = ring.members.filter((id) => members.has(id)).length; return { id: ring.id, share: common / (members.size + ring.members.length - common) } })
  const best = shares.reduce((found, one) => (one.share > found.share ? one : found), { id: '', share: 0 })
  return best.share >= 0.5 ? best.id : refuse(`joined only where enough speaks for it, the persons of ${subject} are no ring.`, 'Look at the joins of its members (ringmap link review CASE), or name a person instead.')
}

async function inputOf(view: CaseView, request: ExhibitRequest, asked: string, left_out: readonly LeftOut[], made_with: EngineStamp): Promise<ExhibitInput> {
  const { open, mask } = view
  const audit = requireAudit(open)
  const analyst = userOf(open, request.analyst, 'analyst')
  const reviewer = request.reviewer === null ? null : request.reviewer === request.analyst ? refuse('analyst and reviewer are the same person.', 'Name another with --reviewer.') : userOf(open, request.reviewer, 'reviewer')
  const bare = request.profile === 'ngo' || request.profile === 'public'
  const { settings, drawn: categories, trace: full, sources } = await gather(view, request)
  const drawn = { ...categories, links: withLineStrengths(categories.links, full, settings) }
  // Grades can give a source away: left out where the exhibit goes to others than the court.
  const trace = COURT_PROFILES.includes(request.profile) ? full : full.map((row) => ({ ...row, grade: null }))
  checkRules(request, settings, sources, drawn, full)
  const crowd = crowdOf(drawn, full, SMALLEST_GROUP)
  const nameless = bare ? { ...anonymous(drawn), ...anonymousSources(sources) } : null
  const chart = nameless?.chart ?? (request.profile === 'court-sealed' ? drawn : discreet(drawn))
  const findings = await findingsOf(view)
  const lines = auditLines(open).filter(({ at_ms }) => at_ms <= request.as_of_ms)
  const ids = new Set(chart.entities.map(({ id }) => id))
  const order = bare ? [] : findings.organisers.filter(({ subject }) => ids.has(subject))
  const data = await dataHash(view)
  const shownLeftOut = left_out.map((one) => ({ ...one, source: nameless?.sourceNames.get(one.source) ?? one.source }))
  const rows = await open.database.one<{ n: number }>(sql`SELECT CAST(sum(row_count) AS BIGINT) AS n FROM source`)
  const classes: Record<string, number> = {}
  for (const code of mask.codes.values()) classes[code.charAt(0)] = (classes[code.charAt(0)] ?? 0) + 1
  const graph = bare ? { name: chart.title, entities: chart.entities, links: chart.links } : await chartWithStatements(view, chart)
  return {
    case_name: maskedWords(mask, open.file.name), subject: bare && !/^(?:ring|community)-\d+$/.test(asked) ? NAMELESS : asked, profile: request.profile, mode: request.mode, as_of_ms: request.as_of_ms, timezone: open.file.timezone, version: VERSION,
    settings: bare ? withoutFreeText(settings) : settings, analyst, reviewer, review_remarks: bare ? '' : maskedWords(mask, request.review_remarks), chart, graph,
    order, sources: nameless?.sources ?? sources,
    joined_from: open.file.link.persons ? open.file.link.court_at : null, left_out: shownLeftOut, trace: nameless === null ? trace : anonymousRows(inCrowd(drawn, trace, crowd), nameless.linkNames, nameless.sourceNames),
    rows_not_shown: (rows?.n ?? 0) - new Set(trace.map(({ source, row }) => `${source}:${row}`)).size,
    audit: { lines: bare ? [] : lines.map((line) => auditExtract(view, line)), head: headAt(lines, audit.head) },
    masking: { classes: bare ? smallGroups(classes) : classes, on_chart: chart.entities.filter((one) => one.masked).length, rules: ['protected roles, minors and what leads to them stand under codes', ...(bare ? ['all names and numbers are left out, and what people wrote', 'times are as coarse as it takes for a protected person to be one of many, or left out'] : []), ...(request.profile === 'court-sealed' ? [] : ['kinship with a protected person reads close relation', 'days of links with a protected end are left out'])], crowd: crowdCounts(crowd, bare) },
    data_sha256: data,
    method: { data_sha256: data, find_fingerprint: await stepFingerprint(open, 'find'), network: open.file.network, find: open.file.find, seed: open.file.find.seed, fonts: fontHashes(), grading: open.file.grading, lines: LINE_RULE, ...communitiesFrom(findings), joined_from_bits: open.file.link.persons ? open.file.link.court_at : null, left_out: shownLeftOut, made_with },
    coverage: bare ? [] : await coverageOf(view, settings), unheard: bare ? [] : await unheardOperators(view), accuracy: measuredAccuracy(), leans_on: await leansOn(view, order), cautions: bare ? [] : findings.cautions.map((one) => maskedWords(mask, one)), two_places: bare ? null : await twoPlaces(view, chart),
    masked_statement: maskedStatement(view, settings.agency || 'the agency that made this'),
  }
}

/** Only a server's communities need saying: the local engine is named by `made_with`. */
function communitiesFrom({ engine }: Findings): Record<string, unknown> {
  if (engine === undefined) return {}
  const { name, server, version, concurrency, communities, betweenness_sources, returned } = engine
  return { communities_from: { name, server, version, concurrency, communities, betweenness_sources, returned } }
}

function crowdCounts(crowd: Crowd, bare: boolean): CrowdCounts {
  const grains: Record<string, number> = {}
  for (const grain of bare ? crowd.grain.values() : []) grains[grain] = (grains[grain] ?? 0) + 1
  const { alone, without } = bare ? smallGroups({ alone: crowd.alone, without: crowd.alone_without_times }) as { alone: number | string; without: number | string } : { alone: crowd.alone, without: crowd.alone_without_times }
  return { smallest: SMALLEST_GROUP, alone, alone_without_times: without, times: smallGroups(grains) }
}

/** In place of the id of a person or thing whose surroundings a chart without names shows. */
export const NAMELESS = 'chart'

/** How many of the first are asked for: who is beyond is no longer read as an organiser. */
const TOP = 10

/** Whose place among the first would be lost without one source, by source. */
async function leansOn(view: CaseView, ranked: readonly OrganiserFinding[]): Promise<string[]> {
  const first = ranked.filter(({ rank }) => rank <= TOP)
  if (first.length === 0) return []
  const places = await placesWithoutSources(view, first.map(({ subject }) => subject))
  const lost = places.filter(({ rank_without: rank, unseen }) => unseen || rank > TOP)
  if (lost.length === 0) return [`Without any one of the sources, all ${first.length} of the first ${TOP} that stand on this chart would still be among the first ${TOP}.`]
  return [...new Set(lost.map(({ source }) => source))].map((source) => {
    const moved = lost.filter((one) => one.source === source).map((one) => {
      const { label, rank, of } = first.find(({ subject }) => subject === one.subject) as OrganiserFinding
      return `${label} (place ${rank} of ${of}) would ${one.unseen ? 'not be seen at all' : `stand in place ${one.rank_without}`}`
    })
    return `The source ${source} carries part of the order: without it ${moved.join('; ')}.`
  })
}

function measuredAccuracy(): MeasuredAccuracy {
  return JSON.parse(readFileSync(new URL('../measured/accuracy.json', import.meta.url), 'utf8')) as MeasuredAccuracy
}

type Line = ReturnType<typeof auditLines>[number]

/** A line as it stands; where it holds a protected value, its hash with what may be told. */
function auditExtract(view: CaseView, line: Line): string {
  const text = JSON.stringify(line)
  if (maskedWords(view.mask, text) === text) return text
  return JSON.stringify({ n: line.n, at: line.at, at_ms: line.at_ms, who: line.who, act: line.act, prev: line.prev, what: maskedWords(view.mask, line.what), why: line.why === null ? null : maskedWords(view.mask, line.why), masked: true })
}

function headAt(lines: readonly Line[], whole: { readonly lines: number; readonly sha256: string }): { readonly lines: number; readonly sha256: string } {
  const last = lines.at(-1)
  if (last === undefined) return { lines: 0, sha256: '0'.repeat(64) }
  return last.n === whole.lines ? { lines: whole.lines, sha256: whole.sha256 } : { lines: last.n, sha256: lineHash(last) }
}

/** The stored line is canonical, and so is what JSON.stringify makes of it again: keys come back in the order in which they stood. */
function lineHash(line: Line): string {
  return createHash('sha256').update(JSON.stringify(line), 'utf8').digest('hex')
}

/** Settings were typed by people and may name a protected person. */
function maskedSettings(view: CaseView, settings: ExhibitSettings): ExhibitSettings {
  const walked = (value: unknown): unknown => {
    if (typeof value === 'string') return maskedWords(view.mask, value)
    if (Array.isArray(value)) return value.map(walked)
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walked(inner)])) : value
  }
  return walked(settings) as ExhibitSettings
}

function categorised(chart: Chart, settings: ExhibitSettings): Chart {
  const { uncategorised } = settings
  if (uncategorised === undefined) return chart
  return { ...chart, entities: chart.entities.map((one) => (one.kind === 'Person' && one.roles.length === 0 ? { ...one, roles: [uncategorised] } : one)) }
}

async function sourcesOf(view: CaseView, settings: ExhibitSettings, trace: readonly { readonly source: string; readonly link: string }[]): Promise<ExhibitSource[]> {
  const rows = await view.open.database.rows<{ name: string; file: string; sha256: string; size_bytes: number; rows: number; rejected: number }>(sql`SELECT name, file, sha256, size_bytes, row_count AS rows, rejected FROM source ORDER BY name`)
  return rows.map((row) => ({ ...NOTHING_RECORDED, ...settings.sources[row.name], ...row, file: shownFile(view.mask, row.file), links: new Set(trace.filter(({ source }) => source === row.name).map(({ link }) => link)).size }))
}
