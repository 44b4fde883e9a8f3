/** Makes the exhibit of a chart: gathers what may be shown, checks the rules, draws, signs, and writes folder and zip whole or not at all. */
import { createHash, randomBytes, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Chart } from '@ringmap/model/chart'
import type { OrganiserFinding } from '@ringmap/model/finding'
import { ENTITY_KINDS } from '@ringmap/model/schema'
import { exhibitSettings, NOTHING_RECORDED, type ExhibitSettings } from '@ringmap/model/exhibit-file'
import { RingmapError } from '@ringmap/model/errors'
import { sha256 } from '@ringmap/evidence/bag'
import { exhibitBag, exhibitPayload, payloadManifest, signatures, type Signer } from '@ringmap/evidence/exhibit-bundle'
import { MODES, PROFILES, type ExhibitInput, type ExhibitSource, type Mode, type Profile, type TraceRow } from '@ringmap/evidence/exhibit-model'
import { sealedAnnexe } from '@ringmap/evidence/sealed-annexe'
import { fingerprint, rawPublic } from '@ringmap/evidence/signing-key'
import { fontHashes } from '@ringmap/evidence/text-outline'
import { zipFile } from '@ringmap/evidence/zip-file'
import { sql } from '@ringmap/store/sql'
import { auditLines, requireAudit, writeAudit } from './audit.ts'
import { localClock } from './case-clock.ts'
import { chartOf } from './case-chart.ts'
import { findingsOf, type CaseView } from './case-view.ts'
import { annexeOf } from './exhibit-annexe.ts'
import { checkOriginals, checkRules, COURT_PROFILES, gapsOf, refuse, SMALLEST_GROUP, type Gap } from './exhibit-rules.ts'
import { traceOf } from './exhibit-trace.ts'
import { chartWithStatements, dataHash, maskedStatement, VERSION } from './export-step.ts'
import { LINE_RULE, withLineStrengths } from './line-strength.ts'
import { maskedWords, shownFile } from './mask-case.ts'
import { standingOf } from './standing.ts'
import { stepFingerprint } from './link-step.ts'
import { signingKey, userOf } from './users.ts'

export const EXHIBIT_PROFILES: readonly ExhibitProfile[] = PROFILES
export const EXHIBIT_MODES: readonly ExhibitMode[] = MODES
export type ExhibitProfile = Profile
export type ExhibitMode = Mode

export interface ExhibitRequest {
  readonly subject: string
  readonly profile: Profile
  readonly mode: Mode
  /** The trail is taken up to here, and this stands as the time of everything made. */
  readonly as_of_ms: number
  readonly analyst: string
  readonly reviewer: string | null
  readonly review_remarks: string
  /** Who receives this copy; stands outside the payload, which is the same for every recipient. */
  readonly issue?: { readonly recipient: string; readonly copy: number } | undefined
  /** Order or rule under which the identities go beside it under seal; without it no annexe is made. */
  readonly annexe_authority?: string | undefined
}

export interface ExhibitWritten {
  readonly folder: string
  readonly zip: string
  readonly files: number
  readonly manifest_sha256: string
  readonly zip_sha256: string
  /** The sealed annexe beside it, when one was asked for. */
  readonly annexe: { readonly file: string; readonly sha256: string } | null
}

/** Moment of the last act that changed what is found; the default as-of. @throws RingmapError exhibit_refused */
export function lastChange(view: CaseView): number {
  const last = auditLines(view.open).findLast(({ act }) => act === 'import' || act === 'link' || act === 'judge' || act === 'find')
  return last?.at_ms ?? refuse('the audit trail does not say when this case was imported.', 'Run ringmap find, or give --as-of.')
}

/**
 * @param sign opens the key of a person, asking for the passphrase. @param clock for the line in the trail, which is written before anything is made.
 * @throws RingmapError exhibit_refused, source_changed, source_missing, audit_broken, user_missing, passphrase_wrong, case_exists, export_failed
 */
export async function writeExhibit(view: CaseView, request: ExhibitRequest, to: { readonly folder: string; readonly passphrase: (who: string) => Promise<string>; readonly now_ms: number; readonly random?: (bytes: number) => Uint8Array }): Promise<ExhibitWritten> {
  const { open } = view
  if (view.mask.shown_reason !== null) refuse('identities are shown in this view.', 'Exhibits are made masked; the identity of a protected person goes to the court in a sealed cover.')
  const annexeFile = `${to.folder}.annexe.json`
  if (request.annexe_authority?.trim() === '') refuse('the sealed annexe needs an authority.', 'Name the order or rule with --authority.')
  for (const path of [to.folder, `${to.folder}.zip`, annexeFile]) if (existsSync(path)) throw new RingmapError('case_exists', { path })
  const input = await exhibitInput(view, request)
  await checkOriginals(open)
  const signers: Signer[] = []
  for (const one of [input.analyst, ...(input.reviewer === null ? [] : [input.reviewer])]) signers.push({ role: one.role, id: one.id, key: signingKey(open, one, await to.passphrase(one.id)) })
  for (const { id, key } of signers) if (input.settings.revoked_keys.some((gone) => gone.fingerprint === fingerprint(rawPublic(key)))) refuse(`the key of ${id} was revoked.`, 'Make another: ringmap users add.')
  const secret = request.annexe_authority === undefined ? null : await to.passphrase('annexe')
  writeAudit(open, { at_ms: to.now_ms, who: request.analyst, act: 'exhibit', what: `${request.subject}, ${request.profile}, ${request.mode}${request.issue === undefined ? '' : `, copy ${request.issue.copy} for ${request.issue.recipient}`}`, why: [request.reviewer === null ? '' : `reviewed by ${request.reviewer}`, request.annexe_authority === undefined ? '' : `sealed annexe: ${request.annexe_authority}`].filter((part) => part !== '').join('; ') || null })
  const payload = await exhibitPayload(input, localClock(input.timezone))
  const manifest = payloadManifest(payload)
  const annexe = secret === null ? null : sealedAnnexe(await annexeOf(view, input, sha256(manifest), request.annexe_authority ?? ''), secret, (to.random ?? randomBytes)(28))
  const beside = { issue: request.issue ?? null, annexe_sha256: annexe === null ? null : sha256(annexe) }
  const files = await exhibitBag(input, payload, signers.map(({ key }): KeyObject => key), beside, manifest)
  for (const [path, bytes] of signatures(files, signers, input.as_of_ms)) files.set(path, bytes)
  const name = to.folder.split(/[\\/]/).at(-1) ?? 'exhibit'
  const zip = zipFile(files, `${name}/`)
  writeWhole(files, zip, to.folder, annexe)
  return {
    annexe: annexe === null ? null : { file: annexeFile, sha256: sha256(annexe) }, folder: to.folder, zip: `${to.folder}.zip`, files: files.size, manifest_sha256: sha256(files.get('manifest-sha256.txt') as Uint8Array), zip_sha256: sha256(zip) }
}

/** What would have this exhibit refused, as a list to work through; empty: it can be written. @throws RingmapError not_found */
export async function exhibitGaps(view: CaseView, request: Omit<ExhibitRequest, 'analyst'> & { readonly analyst: string | null }): Promise<Gap[]> {
  const { settings, drawn, trace, sources } = await gathered(view, request)
  const nobody: Gap[] = request.analyst === null ? [{ what: 'no analyst signs it.', hint: 'Add one in the terminal: ringmap users add CASE ID --name "…" --role analyst' }] : []
  return [...nobody, ...gapsOf({ ...request, analyst: request.analyst ?? '' }, settings, sources, drawn, trace)]
}

/** What the rules are held against: the chart, every row under it, and where those come from. */
async function gathered(view: CaseView, { subject, profile }: Pick<ExhibitRequest, 'subject' | 'profile'>): Promise<{ readonly settings: ExhibitSettings; readonly drawn: Chart; readonly trace: TraceRow[]; readonly sources: ExhibitSource[] }> {
  const settings = maskedSettings(view, view.open.file.exhibit ?? exhibitSettings.parse({}))
  const drawn = categorised(await chartOf(view, subject), settings)
  const trace = await traceOf(view, drawn, { months: profile !== 'court-sealed' })
  return { settings, drawn, trace, sources: await sourcesOf(view, settings, trace) }
}

/** All of an exhibit as it may be shown, and refused where the rules say so. */
export async function exhibitInput(view: CaseView, request: ExhibitRequest): Promise<ExhibitInput> {
  const { open, mask } = view
  const audit = requireAudit(open)
  const analyst = userOf(open, request.analyst, 'analyst')
  const reviewer = request.reviewer === null ? null : request.reviewer === request.analyst ? refuse('analyst and reviewer are the same person.', 'Name another with --reviewer.') : userOf(open, request.reviewer, 'reviewer')
  const bare = request.profile === 'ngo' || request.profile === 'public'
  const { settings, drawn: categories, trace: full, sources } = await gathered(view, request)
  const drawn = { ...categories, links: withLineStrengths(categories.links, full, settings) }
  // Grades can give a source away: left out where the exhibit goes to others than the court.
  const trace = COURT_PROFILES.includes(request.profile) ? full : full.map((row) => ({ ...row, grade: null }))
  checkRules(request, settings, sources, drawn, full)
  const { chart, shownIds } = bare ? anonymous(drawn) : { chart: request.profile === 'court-sealed' ? drawn : discreet(drawn), shownIds: null }
  const findings = await findingsOf(view)
  const lines = auditLines(open).filter(({ at_ms }) => at_ms <= request.as_of_ms)
  const ids = new Set(chart.entities.map(({ id }) => id))
  const data = await dataHash(view)
  const rows = await open.database.one<{ n: number }>(sql`SELECT CAST(sum(row_count) AS BIGINT) AS n FROM source`)
  const classes: Record<string, number> = {}
  for (const code of mask.codes.values()) classes[code.charAt(0)] = (classes[code.charAt(0)] ?? 0) + 1
  const graph = bare ? { name: chart.title, entities: chart.entities, links: chart.links } : await chartWithStatements(view, chart)
  return {
    case_name: maskedWords(mask, open.file.name), subject: bare ? 'chart' : request.subject, profile: request.profile, mode: request.mode, as_of_ms: request.as_of_ms, timezone: open.file.timezone, version: VERSION,
    settings, analyst, reviewer, review_remarks: maskedWords(mask, request.review_remarks), chart, graph,
    order: bare ? [] : findings.organisers.filter(({ subject }) => ids.has(subject)), sources,
    trace: shownIds === null ? trace : trace.map((row) => ({ ...row, row_sha256: null, row_hmac: null, at: row.at.slice(0, 7), at_local: row.at_local.slice(0, 7) })),
    rows_not_shown: (rows?.n ?? 0) - new Set(trace.map(({ source, row }) => `${source}:${row}`)).size,
    audit: { lines: lines.map((line) => auditExtract(view, line)), head: headAt(lines, audit.head) },
    masking: { classes: bare ? smallGroups(classes) : classes, on_chart: chart.entities.filter((one) => one.masked).length, rules: ['protected roles, minors and what leads to them stand under codes', ...(bare ? ['all names and numbers are left out'] : []), ...(request.profile === 'court-sealed' ? [] : ['kinship with a protected person reads close relation', 'days of links with a protected end are left out'])] },
    data_sha256: data,
    method: { data_sha256: data, find_fingerprint: await stepFingerprint(open, 'find'), network: open.file.network, find: open.file.find, seed: open.file.find.seed, fonts: fontHashes(), grading: open.file.grading, lines: LINE_RULE },
    leans_on: bare ? [] : await leansOn(view, findings.organisers.find(({ subject }) => ids.has(subject))), cautions: findings.cautions.map((one) => maskedWords(mask, one)), masked_statement: maskedStatement(view),
  }
}

/** How many of the first are asked for: who is beyond is no longer read as an organiser. */
const TOP = 10

/** The order without each source, for the highest ranked person on the chart. */
async function leansOn(view: CaseView, top: OrganiserFinding | undefined): Promise<string[]> {
  if (top === undefined || top.rank > TOP) return []
  const { without_source: without } = await standingOf(view, top.subject, { first: TOP })
  return without.filter(({ rank_without: rank }) => rank > TOP).map(({ source, rank_without: rank, unseen }) => `One source carries the order: without ${source}, ${top.label} (place ${top.rank} of ${top.of}) would ${unseen ? 'not be seen at all' : `stand in place ${rank}`}.`)
}

/** Counts of a small group can tell who is in it: outside the court they are not printed. */
function smallGroups(classes: Readonly<Record<string, number>>): Record<string, number | string> {
  return Object.fromEntries(Object.entries(classes).map(([cls, count]) => [cls, count < SMALLEST_GROUP ? `fewer than ${SMALLEST_GROUP}` : count]))
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

/** What an open court may see: no kinship with a protected person, and no day of a contact with one. */
function discreet(chart: Chart): Chart {
  const masked = new Set(chart.entities.filter((one) => one.masked).map(({ id }) => id))
  return { ...chart, links: chart.links.map((link) => (!masked.has(link.source) && !masked.has(link.target) ? link : { ...link, label: link.kind === 'related_to' ? 'close relation' : link.label, first_ms: null, last_ms: null })) }
}

/** Kinds and numbers in place of names; no roles but those of the protected, no order. */
function anonymous(chart: Chart): { readonly chart: Chart; readonly shownIds: ReadonlySet<string> } {
  const names = new Map(chart.entities.map((one, i) => [one.id, `N${i + 1}`]))
  const entities = chart.entities.map((one) => ({ ...one, id: names.get(one.id) as string, label: `${ENTITY_KINDS[one.kind].label} ${(names.get(one.id) as string).slice(1)}`, roles: one.masked ? one.roles : [], rank: null, ring: null, focus: false }))
  const links = chart.links.map((link) => ({ ...link, source: names.get(link.source) as string, target: names.get(link.target) as string, label: link.kind === 'related_to' ? 'close relation' : link.label, first_ms: null, last_ms: null, amount: null, currency: null }))
  return { chart: { ...chart, title: 'Chart without names', subtitle: '', entities, links }, shownIds: new Set(names.values()) }
}

async function sourcesOf(view: CaseView, settings: ExhibitSettings, trace: readonly { readonly source: string; readonly link: string }[]): Promise<ExhibitSource[]> {
  const rows = await view.open.database.rows<{ name: string; file: string; sha256: string; size_bytes: number; rows: number; rejected: number }>(sql`SELECT name, file, sha256, size_bytes, row_count AS rows, rejected FROM source ORDER BY name`)
  return rows.map((row) => ({ ...NOTHING_RECORDED, ...settings.sources[row.name], ...row, file: shownFile(view.mask, row.file), links: new Set(trace.filter(({ source }) => source === row.name).map(({ link }) => link)).size }))
}

/** Beside its place first, then renamed: folder, zip and annexe appear together or not at all. */
function writeWhole(files: ReadonlyMap<string, Uint8Array>, zip: Uint8Array, folder: string, annexe: Uint8Array | null): void {
  const draft = `${folder}.part`
  try {
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(draft, path)), { recursive: true, mode: 0o700 })
      writeFileSync(join(draft, path), bytes, { mode: 0o600, flush: true })
    }
    writeFileSync(`${draft}.zip`, zip, { mode: 0o600, flush: true })
    if (annexe !== null) writeFileSync(`${draft}.annexe.json`, annexe, { mode: 0o600, flush: true })
    renameSync(draft, folder)
    renameSync(`${draft}.zip`, `${folder}.zip`)
    if (annexe !== null) renameSync(`${draft}.annexe.json`, `${folder}.annexe.json`)
  } catch (error) {
    for (const path of [draft, `${draft}.zip`, `${draft}.annexe.json`, folder, `${folder}.zip`]) rmSync(path, { recursive: true, force: true })
    throw new RingmapError('export_failed', { what: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
}
