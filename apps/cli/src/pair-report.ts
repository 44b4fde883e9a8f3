/** Two records side by side, and the waterfall of what speaks for and against them being one. */
import type { Explanation } from '@ringmap/model/judgement'
import type { ReviewRecord } from '@ringmap/model/judgement'
import { bold, dim, table } from './terminal.ts'

const WIDE = 34
const ROWS = 4

export function sideBySide(left: ReviewRecord, right: ReviewRecord): string[] {
  const value = (record: ReviewRecord, name: string): string => record.facts.filter((fact) => fact.name === name).map((fact) => fact.value).join('; ') || '-'
  const rows = (record: ReviewRecord): string => record.rows.slice(0, ROWS).map(({ source, row }) => `${source} ${row}`).join(', ') + (record.rows.length > ROWS ? ` and ${record.rows.length - ROWS} more` : '')
  const names = [...new Set([...left.facts, ...right.facts].map((fact) => fact.name))].sort((a, b) => Number(b === 'name') - Number(a === 'name') || (a < b ? -1 : 1))
  const lines = [['', cut(left.label), cut(right.label)], ['id', left.id, right.id], ...names.map((name) => [name, cut(value(left, name)), cut(value(right, name))]), ['rows', cut(rows(left)), cut(rows(right))]]
  return table(lines).map((line, i) => (i === 0 ? bold(line) : line))
}

export function explanationLines({ prior, comparisons, total }: Explanation, why: string): string[] {
  const bar = (bits: number): string => (bits >= 0 ? '█' : '░').repeat(Math.min(20, Math.max(1, Math.round(Math.abs(bits)))))
  const rows = [['before anything is compared', '', '', signed(prior), bar(prior)], ...comparisons.map((one) => [one.on, cut(one.left), cut(one.right), signed(one.weight), `${bar(one.weight)} ${one.level}`]), ['together', '', '', signed(total), '']]
  return [...table(rows).map((line, i) => (i === rows.length - 1 ? bold(line) : line)), dim(`  ${why}`)]
}

function signed(bits: number): string {
  return `${bits > 0 ? '+' : bits < 0 ? '−' : ''}${Math.abs(bits).toFixed(1)}`.padStart(6)
}

function cut(text: string): string {
  return text.length > WIDE ? `${text.slice(0, WIDE - 1)}…` : text
}
