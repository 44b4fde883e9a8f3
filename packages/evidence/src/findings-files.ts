/** Findings as files: findings.json whole, organisers.csv and rings.csv as tables to sort and filter. */
import { MEASURES, type Findings, type OrganiserFinding, type Ring } from '@ringmap/model/finding'
import { BOM, csvLine } from './csv-text.ts'
import type { CsvOptions } from './graph-csv.ts'

/** Stable: keys sorted, organisers by rank, rings by their number; two spaces of indent, one line break at the end. */
export function findingsJson(findings: Findings): string {
  const ordered: Findings = {
    ...findings,
    rings: ringsInOrder(findings.rings).map((ring) => ({ ...ring, organisers: inOrder(ring.organisers) })),
    organisers: inOrder(findings.organisers),
    exclusions: [...findings.exclusions].sort((a, b) => compare(a.kind, b.kind) || compare(a.entity, b.entity) || compare(a.reason, b.reason)),
  }
  return `${JSON.stringify(withSortedKeys(ordered), null, 2)}\n`
}

/** The overall order and each ring's own, told apart by the first column. */
export function organisersCsv(findings: Findings, options: CsvOptions = {}): string {
  const beside = MEASURES.filter((measure) => [findings.organisers, ...findings.rings.map(({ organisers }) => organisers)].flat().some((finding) => finding.beside[measure] !== undefined))
  const header = ['order', 'rank', 'of', 'entity', 'label', 'roles', 'ring', 'measure', 'value', 'rank_low', 'rank_high', 'copies', 'thinned',
    ...beside.flatMap((measure) => [`${measure}_value`, `${measure}_rank`]), 'because']
  const lines = [['overall', findings.organisers] as const, ...ringsInOrder(findings.rings).map((ring) => [ring.id, ring.organisers] as const)]
    .flatMap(([order, organisers]) => inOrder(organisers).map((finding) => csvLine([
      order, finding.rank, finding.of, finding.subject, finding.label, finding.roles.join(' '), finding.ring, finding.measure, finding.value,
      finding.interval.low, finding.interval.high, finding.interval.copies, finding.interval.thinned,
      ...beside.flatMap((measure) => [finding.beside[measure]?.value ?? null, finding.beside[measure]?.rank ?? null]),
      finding.because.map(({ text }) => text).join('; '),
    ])))
  return ((options.bom ?? true) ? BOM : '') + csvLine(header) + lines.join('')
}

export function ringsCsv(findings: Findings, options: CsvOptions = {}): string {
  const header = ['ring', 'label', 'members', 'density', 'criminal_share', 'criminal_links', 'protected_members', 'first_organiser', 'first_organiser_label', 'member_ids']
  const lines = ringsInOrder(findings.rings).map((ring) => {
    const first = inOrder(ring.organisers)[0]
    return csvLine([
      ring.id, ring.label, ring.members.length, ring.density, ring.criminal_share, ring.criminal_links, ring.protected_members,
      first?.subject ?? null, first?.label ?? null, ring.members.join(' '),
    ])
  })
  return ((options.bom ?? true) ? BOM : '') + csvLine(header) + lines.join('')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function inOrder(organisers: readonly OrganiserFinding[]): OrganiserFinding[] {
  return [...organisers].sort((a, b) => a.rank - b.rank || compare(a.subject, b.subject))
}

/** `ring-2` before `ring-10`. */
function ringsInOrder(rings: readonly Ring[]): Ring[] {
  const number = ({ id }: Ring): number => Number(/\d+$/.exec(id)?.[0] ?? 0)
  return [...rings].sort((a, b) => number(a) - number(b) || compare(a.id, b.id))
}

function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys)
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => compare(a, b)).map(([key, inner]) => [key, withSortedKeys(inner)]))
}
