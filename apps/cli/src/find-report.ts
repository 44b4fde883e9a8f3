/** What a person reads after `ringmap find TOPIC`: layers, windows, the insulated, evidence, arrests. */
import type { Findings, LayerOrder, Place } from '@ringmap/model/finding'
import type { Movement, OverTime } from '@ringmap/model/over-time'
import type { Positions } from '@ringmap/model/position'
import type { RingsOverTime } from '@ringmap/model/ring-change'
import type { Standing } from '@ringmap/model/standing'
import type { WhatIf } from '@ringmap/model/what-if'
import { bold, dim, number, table } from './terminal.ts'

/** What the order is made of, for somebody who never heard of it. */
export const CURRENT_FLOW = 'Current flow: how much of whatever passes between any two of the others would pass through this person, by all ways and not the shortest alone.'

/** Shortly, under the organisers: who comes first on each layer, and who of the first ten is not seen there. */
export function layersLines(findings: Findings): string[] {
  const layers = findings.layers ?? []
  if (layers.length < 2) return []
  const lines = [bold('First on each layer')]
  lines.push(...table(layers.map((layer) => {
    const first = layer.organisers.filter((place) => place.rank <= 3 && place.value > 0).slice(0, 3)
    return [layer.label, first.length === 0 ? 'nobody joins others there' : first.map((place) => `${place.label}${place.overall === null ? '' : ` (${place.overall})`}`).join(', '), layer.unseen.length === 0 ? '' : `${layer.unseen.length} of the first ten not seen`]
  })))
  lines.push(dim('  In brackets: place in the order of all layers together. ringmap find organisers CASE --layer NAME shows a whole layer.'))
  return lines
}

export function layerLines(order: LayerOrder, top: number, labels: ReadonlyMap<string, string>): string[] {
  const shown = order.organisers.slice(0, top)
  const lines = [`${bold(`Order on the layer ${order.layer}`)} (${order.label}): ${shown.length} of ${number(order.organisers[0]?.of ?? 0)} ranked; ${number(order.persons)} persons, ${number(order.ties)} ties`]
  lines.push(...placeLines(shown), dim(`  ${CURRENT_FLOW}`))
  if (order.unseen.length > 0) lines.push(dim(`  Of the first ten of all layers together, without a tie here: ${order.unseen.map((id) => labels.get(id) ?? id).join(', ')}.`))
  return lines
}

function placeLines(places: readonly Place[]): string[] {
  return table(places.map((place) => [String(place.rank).padStart(2), place.label, `${(place.value * 100).toPrecision(2)} % passes here`, place.overall === null ? 'not listed over all layers' : `over all layers ${place.overall}`]))
}

export function overTimeLines(over: OverTime, top: number, zone: string): string[] {
  const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: zone })
  const lines = [`${bold('Order over time')} windows of ${over.span_days} days every ${over.step_days} days${over.layer === null ? '' : ` on the layer ${over.layer}`}`]
  const marks = [...over.events]
  for (const window of over.windows) {
    for (let mark = marks[0]; mark !== undefined && mark.at_ms < window.start_ms; mark = marks[0]) {
      lines.push(dim(`  ── ${format.format(mark.at_ms)}: ${mark.text}`))
      marks.shift()
    }
    const first = window.organisers.filter((place) => place.value > 0).slice(0, top)
    lines.push(`  ${bold(`${format.format(window.start_ms)} to ${format.format(window.end_ms - 1)}`)} ${dim(`${number(window.persons)} persons, ${number(window.ties)} ties`)}`)
    lines.push(`      ${first.length === 0 ? 'nobody joins others in this window' : first.map((place) => `${place.rank} ${place.label}`).join('; ')}`)
  }
  for (const mark of marks) lines.push(dim(`  ── ${format.format(mark.at_ms)}: ${mark.text}`))
  const moved = over.after_events.filter(({ rose, fell }) => rose.length + fell.length > 0)
  if (moved.length > 0) lines.push('', bold(`Who rose and who fell within ${over.span_days} days of an event`))
  for (const { at_ms: at, events, rose, fell } of moved) {
    lines.push(`  ${format.format(at)}: ${events.map((event) => event.text).join('; ')}`)
    for (const one of rose) lines.push(`      rose  ${movement(one)}`)
    for (const one of fell) lines.push(`      fell  ${movement(one)}`)
  }
  for (const note of over.notes) lines.push(dim(`  ${note}`))
  lines.push(dim('  A change after an event is no proof that the event made it: fewer or more records in one window move places, too.'))
  return lines
}

function movement(one: Movement): string {
  const at = (rank: number | null, of: number): string => (rank === null ? 'not seen' : `${rank} of ${of}`)
  return `${one.label}: ${at(one.before, one.of_before)} before, ${at(one.after, one.of_after)} after`
}

export function ringChangeLines(over: RingsOverTime, zone: string): string[] {
  const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: zone })
  const lines = [`${bold('Groups over time')} windows of ${over.span_days} days every ${over.step_days} days`]
  for (const window of over.windows) {
    lines.push(`  ${bold(`${format.format(window.start_ms)} to ${format.format(window.end_ms - 1)}`)} ${dim(`${number(window.groups.length)} groups: ${window.groups.map((group) => `${group.members.length}${group.ring === null ? '' : ` (${ringName(group.ring)})`}`).join(', ')}`)}`)
    for (const change of over.changes) if (change.at_ms === window.start_ms) lines.push(`      ${change.kind.padEnd(7)} ${change.text}`)
  }
  for (const note of over.notes) lines.push(dim(`  ${note}`))
  lines.push(dim('  In brackets: the ring that most of the group belong to in the whole.'))
  return lines
}

function ringName(id: string): string {
  return id.replace(/^ring-/, 'Ring ')
}

/** After Guimera & Amaral 2005, in words. */
const ROLE_WORDS: Readonly<Record<string, string>> = {
  'ultra-peripheral': 'all contacts, or nearly all, in one community',
  'peripheral': 'most contacts in one community',
  'connector': 'many contacts in other communities',
  'kinless': 'contacts spread over many communities, at home in none',
  'provincial hub': 'far more contacts in the own community than others there, few outside',
  'connector hub': 'far more contacts in the own community than others there, and many outside',
  'kinless hub': 'far more contacts than others, spread over many communities',
}

export function positionLines(found: Positions, top: number): string[] {
  const shown = found.positions.slice(0, top)
  const lines = [`${bold(found.by === 'constraint' ? 'Brokers by constraint' : 'Roles')} ${shown.length} of ${number(found.positions.length)} with two contacts or more; ${Object.entries(found.roles).sort((a, b) => b[1] - a[1]).map(([role, count]) => `${number(count)} ${role}`).join(', ')}`]
  for (const one of shown) lines.push(`  ${String(one.rank).padStart(2)}  ${bold(one.label)}${one.ring === null ? '' : `  ${ringName(one.ring)}`}  ${dim(`constraint ${one.constraint.toFixed(3)}`)}`, `      ${one.text}`)
  lines.push(dim('  Constraint (Burt): near 0 where the contacts do not know each other, so that much goes through this person; about 1 where all do.'))
  const roles = Object.keys(found.roles).filter((role) => ROLE_WORDS[role] !== undefined)
  if (roles.length > 0) lines.push(dim(`  Roles: ${roles.map((role) => `${role}: ${ROLE_WORDS[role]}`).join('; ')}.`))
  for (const caution of found.cautions) lines.push(dim(`  ${caution}`))
  return lines
}

export function insulatedLines(findings: Findings, top: number): string[] {
  const all = findings.insulated ?? []
  const shown = all.slice(0, top)
  if (all.length === 0) return ['Nobody is in contact with two or more of the busiest and few besides.']
  const lines = [`${bold('In contact with the busiest and few besides')} ${shown.length} of ${all.length}; a list of its own, not part of the order`]
  for (const one of shown) lines.push(`  ${String(one.rank).padStart(2)}  ${bold(one.label)}${one.ring === null ? '' : `  ${findings.rings.find((ring) => ring.id === one.ring)?.label ?? ''}`}`, `      ${one.because.map((reason) => reason.text).join('; ')}`)
  if (findings.insulated_warning !== undefined) lines.push(dim(`  ${findings.insulated_warning}`))
  return lines
}

/** Rows printed with their cells. */
const ROWS_PRINTED = 12

export function standingLines({ finding, first, rows_of: rowsOf, smallest, without_source: sources, cautions }: Standing): string[] {
  const lines = [`${bold(finding.label)} in place ${finding.rank} of ${number(finding.of)}, on ${number(rowsOf)} rows`]
  for (const { text } of finding.because) lines.push(`  ${text}`)
  lines.push('', bold('Fewest rows without which the place is lost'))
  if (smallest === null) lines.push(finding.rank > first ? `  Not among the first ${first}.` : '  None: see below.')
  else {
    lines.push(`  ${smallest.text}`)
    for (const { ref, cells } of smallest.rows.slice(0, ROWS_PRINTED)) lines.push(`    ${ref.file}, row ${ref.row}: ${dim(cells.filter(({ value }) => value !== null && value !== '').map(({ column, value }) => `${column} ${value}`).join(', '))}`)
    if (smallest.rows_of > ROWS_PRINTED) lines.push(dim(`    ${Math.min(ROWS_PRINTED, smallest.rows.length)} of ${smallest.rows_of} rows shown${smallest.rows_of > smallest.rows.length ? '' : '; --json has all'}.`))
  }
  lines.push('', bold('Without one whole source'))
  lines.push(...table(sources.map((one) => [one.source, `${number(one.rows)} rows under these ties`, one.unseen ? 'not seen at all' : `place ${one.rank_without} of ${number(finding.of)}`])))
  for (const caution of cautions) lines.push(dim(`  ${caution}`))
  return lines
}

export function whatIfLines(answer: WhatIf): string[] {
  const head = answer.kind === 'asked' ? 'If these are arrested' : `Sets of ${answer.size}: ${answer.sets.length} of ${number(answer.tried)} tried${answer.exact ? ', which are all' : ', made of those who score best alone'}`
  const lines = [`${bold(head)} ${dim(`${number(answer.persons)} persons, ${number(answer.protected_persons)} protected`)}`]
  answer.sets.forEach((set, i) => lines.push(`  ${String(i + 1).padStart(2)}  ${bold(set.arrested.map(({ label }) => label).join(', '))}`, `      ${set.text}`))
  lines.push(dim('  Cohesion: how near everybody in the network is to everybody else. At once: with these gone; for good: after those nearest in role have taken over their contacts.'))
  for (const caution of answer.cautions) lines.push(dim(`  ${caution}`))
  return lines
}
