/** What a person reads after a run: rows, issues, entities, links, rings, organisers. */
import { ENTITY_KINDS, LINK_KINDS } from '@ringmap/model/schema'
import type { Findings, OrganiserFinding, Ring } from '@ringmap/model/finding'
import type { Issue } from '@ringmap/model/issue'
import type { CaseSummary } from '@ringmap/model/wire'
import { CURRENT_FLOW } from './find-report.ts'
import { bold, dim, number, table } from './terminal.ts'

/** Issues printed before the rest is only counted; `ringmap status --json` has all. */
const ISSUES_SHOWN = 12

export function issueLines(issues: readonly Issue[]): string[] {
  if (issues.length === 0) return ['No issues.']
  const total = issues.reduce((sum, issue) => sum + issue.count, 0)
  const lines = [`${bold('Issues')} ${number(total)} in ${number(issues.length)} places`]
  for (const issue of issues.slice(0, ISSUES_SHOWN)) {
    const first = issue.examples[0]
    const where = [issue.file, issue.column, first === undefined ? null : `row ${first.row}${issue.count > 1 ? ' and others' : ''}`].filter((part) => part !== null).join(', ')
    lines.push(`  ${number(issue.count).padStart(6)}  ${issue.message} ${dim(`(${where})`)}`)
  }
  if (issues.length > ISSUES_SHOWN) lines.push(dim(`  ${ISSUES_SHOWN} of ${issues.length} places shown; ringmap status --json has all.`))
  return lines
}

export function summaryLines(summary: CaseSummary, zone: string): string[] {
  const lines = [bold(summary.name), `${number(summary.rows)} rows from ${summary.sources.length} files${span(summary, zone)}`]
  for (const line of table(summary.sources.map((source) => [source.name, source.rows, source.rejected === 0 ? '' : `${number(source.rejected)} rejected`]))) lines.push(line)
  lines.push('', bold('Entities'))
  lines.push(...sideBySide(summary.entities.map(({ kind, count }) => [count, count === 1 ? ENTITY_KINDS[kind].label : ENTITY_KINDS[kind].plural])))
  lines.push('', bold('Links'))
  lines.push(...sideBySide(summary.links.map(({ kind, count }) => [count, LINK_KINDS[kind].label])))
  return lines
}

function span(summary: CaseSummary, zone: string): string {
  if (summary.first_ms === null || summary.last_ms === null) return ''
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: zone })
  return `, ${day.format(summary.first_ms)} to ${day.format(summary.last_ms)}`
}

/** Three counts to a line. */
function sideBySide(cells: readonly (readonly [number, string])[]): string[] {
  const rows: (string | number)[][] = []
  for (let i = 0; i < cells.length; i += 3) rows.push([0, 1, 2].flatMap((c) => cells[i + c] ?? ['', '']))
  return table(rows)
}

export function ringLines(findings: Findings): string[] {
  const { network } = findings
  const lines = [
    `${bold('Person network')} ${number(network.persons)} persons and ${number(network.unattributed)} unknown users, ${number(network.ties)} ties, ${number(network.communities)} communities`,
  ]
  if (findings.rings.length === 0) lines.push('No ring: no community holds enough links to offences.')
  for (const ring of findings.rings) {
    const first = ring.organisers[0]
    lines.push(`  ${bold(ring.label)}  ${ring.members.length} members${ring.protected_members > 0 ? `, ${ring.protected_members} protected` : ''}; ${Math.round(ring.criminal_share * 100)} % with a link to an offence${first === undefined ? '' : `; first in order: ${first.label}`}`)
    if (ring.agreement !== undefined) lines.push(dim(`          found again in ${ring.agreement.runs} other runs with an overlap of ${Math.round(ring.agreement.overlap * 100)} %${(ring.edge?.length ?? 0) === 0 ? '' : `; ${number(ring.edge?.length ?? 0)} at its edge: ${edgeText(ring, findings)}`}`))
  }
  if (findings.exclusions.length > 0) lines.push(dim(`  ${number(findings.exclusions.length)} shared numbers, things or events tie nobody together: ${findings.exclusions.slice(0, 3).map((one) => one.label).join(', ')}${findings.exclusions.length > 3 ? ', …' : ''}`))
  return lines
}

/** Three of them. */
function edgeText({ edge = [] }: Ring, findings: Findings): string {
  const also = (id: string | null): string => findings.rings.find((ring) => ring.id === id)?.label ?? ''
  return edge.slice(0, 3).map((one) => `${one.label} (${Math.round(one.share * 100)} %${one.also === null ? '' : `, ${also(one.also)} ${Math.round(one.also_share * 100)} %`})`).join(', ') + (edge.length > 3 ? ', …' : '')
}

export function organiserLines(findings: Findings, top: number): string[] {
  const listed = findings.organisers.slice(0, top)
  const of = findings.organisers[0]?.of ?? 0
  const lines = [`${bold('Possible organisers')} ${listed.length} of ${number(of)} ranked, by current-flow betweenness${findings.scope === 'rings' ? ' among members of rings' : ''}`]
  for (const one of listed) lines.push(...organiser(one, findings))
  if (listed.length > 0) lines.push(dim(`  ${CURRENT_FLOW}`), dim('  Rank (nine in ten): where he or she stands when some of the evidence is wrong, or more comes in.'))
  const { stability } = findings
  if (stability !== undefined) lines.push(dim(`  ${stability.stable ? 'Stable enough to read' : 'NOT STABLE'}: of the first ${stability.top}, ${Math.round(stability.top_overlap * 100)} % stay among them when evidence is missing or wrong (under ${Math.round(stability.level * 100)} % is called not stable).`))
  const single = findings.contact_only?.length ?? 0
  if (single > 0) lines.push(dim(`  Contact only, not ranked: ${number(single)} with nothing but kin, household, a professional's work or one single contact.`))
  const unranked = Object.entries(findings.unranked).map(([role, count]) => `${count} ${count === 1 ? role : role === 'witness' ? 'witnesses' : `${role}s`}`)
  if (unranked.length > 0) lines.push(dim(`  Never ranked: ${unranked.join(', ')}.`))
  for (const caution of findings.cautions) lines.push(dim(`  ${caution}`))
  return lines
}

function organiser(one: OrganiserFinding, findings: Findings): string[] {
  const { low, high, copies, first_ten: firstTen } = one.interval
  const ring = findings.rings.find((each) => each.id === one.ring)?.label
  const interval = copies === 0 ? '' : dim(` rank ${low === high ? low : `${low} to ${high}`} (nine in ten)${firstTen === undefined || one.of <= 10 ? '' : `, among the first ten in ${Math.round(firstTen * 100)} %`}`)
  const degree = one.beside.degree === undefined ? '' : dim(`, by contacts ${one.beside.degree.rank}`)
  return [
    `  ${String(one.rank).padStart(2)}  ${bold(one.label)}${ring === undefined ? '' : `  ${ring}`}${one.roles.length > 0 ? `  ${one.roles.join(', ')}` : ''} ${interval}${degree}`,
    `      ${one.because.map((reason) => reason.text).join('; ')}`,
  ]
}
