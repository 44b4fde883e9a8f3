/** What each profile lets out of a chart: no day of a contact with a protected person, no kinship with one, or no name at all. */
import type { Chart } from '@ringmap/model/chart'
import { exhibitSettings, NOTHING_RECORDED, type ExhibitSettings } from '@ringmap/model/exhibit-file'
import { ENTITY_KINDS } from '@ringmap/model/schema'
import type { ExhibitSource, TraceRow } from '@ringmap/evidence/exhibit-model'
import { SMALLEST_GROUP } from './exhibit-rules.ts'

/** Counts of a small group can tell who is in it: outside the court they are not printed. */
export function smallGroups(classes: Readonly<Record<string, number>>): Record<string, number | string> {
  return Object.fromEntries(Object.entries(classes).map(([cls, count]) => [cls, count > 0 && count < SMALLEST_GROUP ? `fewer than ${SMALLEST_GROUP}` : count]))
}

/** What an open court may see: no kinship with a protected person, and no day of a contact with one. */
export function discreet(chart: Chart): Chart {
  const masked = new Set(chart.entities.filter((one) => one.masked).map(({ id }) => id))
  return { ...chart, links: chart.links.map((link) => (!masked.has(link.source) && !masked.has(link.target) ? link : { ...link, label: link.kind === 'related_to' ? 'close relation' : link.label, first_ms: null, last_ms: null })) }
}

/** Kinds and numbers in place of names and of ids, which would match those of another exhibit; no roles but those of the protected, no order. */
export function anonymous(chart: Chart): { readonly chart: Chart; readonly linkNames: ReadonlyMap<string, string> } {
  const names = new Map(chart.entities.map((one, i) => [one.id, `N${i + 1}`]))
  const entities = chart.entities.map((one) => ({ ...one, id: names.get(one.id) as string, label: `${ENTITY_KINDS[one.kind].label} ${(names.get(one.id) as string).slice(1)}`, roles: one.masked ? one.roles : [], rank: null, ring: null, focus: false }))
  const linkNames = new Map(chart.links.map(({ id }, i) => [id, `L${i + 1}`]))
  const links = chart.links.map((link) => ({ ...link, id: linkNames.get(link.id) as string, source: names.get(link.source) as string, target: names.get(link.target) as string, label: link.kind === 'related_to' ? 'close relation' : link.label, first_ms: null, last_ms: null, amount: null, currency: null, ...('duration_s' in link ? { duration_s: null } : {}) }))
  return { chart: { ...chart, title: 'Chart without names', subtitle: '', entities, links }, linkNames }
}

/** Rows under an anonymous chart: which source and month, and nothing by which one could find the row or the call. */
export function anonymousRows(trace: readonly TraceRow[], linkNames: ReadonlyMap<string, string>, sourceNames: ReadonlyMap<string, string>): TraceRow[] {
  return trace.map((row) => {
    const source = sourceNames.get(row.source) ?? ''
    return { ...row, link: linkNames.get(row.link) ?? '', source, file: source, row: null, row_sha256: null, row_hmac: null, rule: row.rule.replace(/^mapping of .*/, 'mapping of its source'), at: row.at.slice(0, 7), at_local: row.at_local.slice(0, 7), amount: null, currency: null, duration_s: null, grade: null }
  })
}

/** Names of sources and files were given by people, after suspects often enough. */
export function anonymousSources(sources: readonly ExhibitSource[]): { readonly sources: ExhibitSource[]; readonly sourceNames: ReadonlyMap<string, string> } {
  const sourceNames = new Map(sources.map(({ name }, i) => [name, `source ${i + 1}`]))
  return { sourceNames, sources: sources.map(({ name, sha256, size_bytes, rows, rejected, links, certificate, reliance }) => ({ ...NOTHING_RECORDED, name: sourceNames.get(name) as string, file: '', sha256, size_bytes, rows, rejected, links, certificate, reliance })) }
}

/** What people wrote for a court names people: outside it stands what cannot. */
export function withoutFreeText(settings: ExhibitSettings): ExhibitSettings {
  const { country, case_number, exhibit_number, agency, handling, device, consents, revoked_keys } = settings
  return { ...exhibitSettings.parse({}), country, case_number, exhibit_number, agency, handling, device, revoked_keys, consents: consents.map(({ withdrawn }) => ({ code: '', by: '', at: '', for: '', withdrawn })) }
}
