/** When an exhibit must not be written: what is missing, expired, changed or forbidden for the profile, said before anything is made. */
import { existsSync } from 'node:fs'
import type { Chart } from '@ringmap/model/chart'
import type { ExhibitSettings } from '@ringmap/model/exhibit-file'
import { RingmapError } from '@ringmap/model/errors'
import type { ExhibitSource, Profile, TraceRow } from '@ringmap/evidence/exhibit-model'
import { isoTime } from '@ringmap/evidence/iso-time'
import { crowdOf } from '@ringmap/evidence/small-crowd'
import { fileSha256 } from '@ringmap/sources/file-hash'
import { sql } from '@ringmap/store/sql'
import type { ExhibitRequest } from './exhibit-request.ts'
import { sourcePath, type OpenCase } from './open-case.ts'

export const COURT_PROFILES: readonly Profile[] = ['court-sealed', 'court-open', 'disclosure']
/** The smallest group in which a masked person is one among others (Counter-Trafficking Data Collaborative). */
export const SMALLEST_GROUP = 11

export function refuse(what: string, hint: string): never {
  throw new RingmapError('exhibit_refused', { what, hint })
}

/** The originals are those that were imported. @throws RingmapError source_missing, source_changed */
export async function checkOriginals(open: OpenCase): Promise<void> {
  const known = new Map((await open.database.rows<{ name: string; sha256: string }>(sql`SELECT name, sha256 FROM source`)).map(({ name, sha256 }) => [name, sha256]))
  for (const source of open.file.sources) {
    const path = sourcePath(open, source)
    if (!existsSync(path)) throw new RingmapError('source_missing', { source: source.name, file: source.file })
    if ((await fileSha256(path)) !== known.get(source.name)) throw new RingmapError('source_changed', { source: source.name, file: source.file })
  }
}

/** What stands against an exhibit: what is wrong, and what to do. */
export interface Gap {
  readonly what: string
  readonly hint: string
}

/** @throws RingmapError exhibit_refused for the first gap */
export function checkRules(request: ExhibitRequest, settings: ExhibitSettings, sources: readonly ExhibitSource[], chart: Chart, trace: readonly TraceRow[]): void {
  const first = gapsOf(request, settings, sources, chart, trace)[0]
  if (first !== undefined) refuse(first.what, first.hint)
}

/** Everything that would have it refused, in the order in which it is checked. */
export function gapsOf(request: ExhibitRequest, settings: ExhibitSettings, sources: readonly ExhibitSource[], chart: Chart, trace: readonly TraceRow[]): Gap[] {
  const court = COURT_PROFILES.includes(request.profile)
  const gaps = sources.flatMap((one) => sourceGaps(one, request, court))
  if (request.profile === 'ngo') {
    const codes = new Set(chart.entities.map(({ id }) => id))
    const gone = settings.consents.filter(({ code, withdrawn }) => codes.has(code) && withdrawn !== '')
    if (gone.length > 0) gaps.push({ what: `${gone.map(({ code }) => code).join(', ')} withdrew consent to be referred.`, hint: 'Take that person off the chart; what was sent before stays on the list of recipients in the audit trail.' })
  }
  const masked = chart.entities.filter((entity) => entity.masked).length
  if (request.profile === 'public' && masked > 0 && masked < SMALLEST_GROUP) gaps.push({ what: `the chart holds ${masked} protected persons or things; fewer than ${SMALLEST_GROUP} can be told apart in public.`, hint: 'Use the profile ngo or partner, or publish counts alone.' })
  const alone = request.profile === 'public' && masked >= SMALLEST_GROUP ? crowdOf(chart, trace, SMALLEST_GROUP).alone_without_times : 0
  if (alone > 0) gaps.push({ what: `${alone} protected persons or things on the chart can be told apart by kind, number of links and places alone.`, hint: 'Use the profile ngo or partner, or publish counts alone.' })
  const told = court || request.profile === 'public' || request.reviewer !== null || masked === 0 ? 0 : crowdOf(chart, trace, SMALLEST_GROUP)[request.profile === 'ngo' ? 'alone_without_times' : 'alone']
  if (told > 0) gaps.push({ what: `${told} protected persons or things on the chart are not one of ${SMALLEST_GROUP} that look alike: their identity may be inferred, and nobody beside the analyst answers for that.`, hint: 'Name a second person with --reviewer, or take them off the chart.' })
  return court ? [...gaps, ...courtGaps(request, settings, chart)] : gaps
}

function sourceGaps(one: ExhibitSource, request: ExhibitRequest, court: boolean): Gap[] {
  const gaps: Gap[] = []
  const code = one.handling.toUpperCase().split(/[\s,;/]+/)
  if (court && code.includes('H1')) gaps.push({ what: `source ${one.name} is under H1: not in court without permission of the originator.`, hint: 'Ask the originator, or take the source out of the chart.' })
  if (!court && code.includes('H2')) gaps.push({ what: `source ${one.name} is under H2: not to be passed on without permission.`, hint: 'Ask the originator, or take the source out of the chart.' })
  if ((code.includes('C') || code.includes('H3')) && one.conditions.trim() === '') gaps.push({ what: `source ${one.name} may be passed on under conditions, and none is written down.`, hint: `Write exhibit.sources.${one.name}.conditions in case.yaml: they are printed on the cover.` })
  if (one.intercept && one.order === '') gaps.push({ what: `source ${one.name} is an interception without the reference of its order.`, hint: `Write exhibit.sources.${one.name}.order in case.yaml.` })
  if (one.order_until !== '' && one.order_until < isoTime(request.as_of_ms).slice(0, 10)) gaps.push({ what: `the order for source ${one.name} expired on ${one.order_until}.`, hint: 'Write the order that is in force, or take the source out.' })
  if (one.reliance === 'withheld' && one.authority === '') gaps.push({ what: `source ${one.name} is withheld without an authority.`, hint: `Write exhibit.sources.${one.name}.authority in case.yaml.` })
  if (one.reliance !== 'relied' && one.links > 0) gaps.push({ what: `source ${one.name} is listed as ${one.reliance.replace('_', ' ')}, but ${one.links} drawn links rest on it.`, hint: 'List it as relied on, or take it out of case.yaml.' })
  return gaps
}

function courtGaps(request: ExhibitRequest, settings: ExhibitSettings, chart: Chart): Gap[] {
  const gaps: Gap[] = []
  if (request.mode === 'intelligence') gaps.push({ what: 'the mode intelligence is not for use in court.', hint: 'Use --mode summary or --mode aid.' })
  for (const [name, value] of [['case_number', settings.case_number], ['exhibit_number', settings.exhibit_number], ['agency', settings.agency], ['handling', settings.handling]] as const) {
    if (value.trim() === '') gaps.push({ what: `exhibit.${name} is not set.`, hint: `Write exhibit.${name} in case.yaml: it is printed on the cover.` })
  }
  const { facts, alternatives, unknowns, none_found: none } = settings.against
  if (facts.length + alternatives.length === 0 && none.trim() === '') gaps.push({ what: 'the sheet of what speaks against the theory is blank.', hint: 'Fill exhibit.against in case.yaml, or say in none_found what was looked for.' })
  if (unknowns.length === 0) gaps.push({ what: 'no open question is written down.', hint: 'Fill exhibit.against.unknowns in case.yaml: open questions, enquiries not made, data refused.' })
  const nobody = chart.entities.filter(({ kind, roles }) => kind === 'Person' && roles.length === 0)
  if (nobody.length > 0) gaps.push({ what: `${nobody.length} persons on the chart have no category, first ${nobody[0]?.label ?? ''}.`, hint: 'Give each a role in a source, or set exhibit.uncategorised in case.yaml.' })
  if (request.reviewer === null) gaps.push({ what: 'an exhibit for court needs a reviewer beside the analyst.', hint: 'Name one with --reviewer.' })
  if (request.reviewer === request.analyst) gaps.push({ what: 'analyst and reviewer are the same person.', hint: 'Name another with --reviewer.' })
  return gaps
}
