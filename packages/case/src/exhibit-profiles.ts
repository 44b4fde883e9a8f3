/** What each profile lets out of a chart: no day of a contact with a protected person, no kinship with one, or no name at all. */
import type { Chart } from '@ringmap/model/chart'
import { ENTITY_KINDS } from '@ringmap/model/schema'
import { SMALLEST_GROUP } from './exhibit-rules.ts'

/** Counts of a small group can tell who is in it: outside the court they are not printed. */
export function smallGroups(classes: Readonly<Record<string, number>>): Record<string, number | string> {
  return Object.fromEntries(Object.entries(classes).map(([cls, count]) => [cls, count < SMALLEST_GROUP ? `fewer than ${SMALLEST_GROUP}` : count]))
}

/** What an open court may see: no kinship with a protected person, and no day of a contact with one. */
export function discreet(chart: Chart): Chart {
  const masked = new Set(chart.entities.filter((one) => one.masked).map(({ id }) => id))
  return { ...chart, links: chart.links.map((link) => (!masked.has(link.source) && !masked.has(link.target) ? link : { ...link, label: link.kind === 'related_to' ? 'close relation' : link.label, first_ms: null, last_ms: null })) }
}

/** Kinds and numbers in place of names; no roles but those of the protected, no order. */
export function anonymous(chart: Chart): { readonly chart: Chart; readonly shownIds: ReadonlySet<string> } {
  const names = new Map(chart.entities.map((one, i) => [one.id, `N${i + 1}`]))
  const entities = chart.entities.map((one) => ({ ...one, id: names.get(one.id) as string, label: `${ENTITY_KINDS[one.kind].label} ${(names.get(one.id) as string).slice(1)}`, roles: one.masked ? one.roles : [], rank: null, ring: null, focus: false }))
  const links = chart.links.map((link) => ({ ...link, source: names.get(link.source) as string, target: names.get(link.target) as string, label: link.kind === 'related_to' ? 'close relation' : link.label, first_ms: null, last_ms: null, amount: null, currency: null }))
  return { chart: { ...chart, title: 'Chart without names', subtitle: '', entities, links }, shownIds: new Set(names.values()) }
}
