/** The chart once more as tables: who with whom, what happened when, what flowed, which phones; totals equal the chart's. */
import { ENTITY_KINDS, LINK_KINDS } from '@ringmap/model/schema'
import { BOM, csvLine } from './csv-text.ts'
import type { ExhibitInput } from './exhibit-model.ts'
import { isoTime } from './iso-time.ts'
import { lineSupport } from './line-support.ts'
import { workbook } from './workbook.ts'

type Cell = string | number | null
export interface Table {
  readonly name: string
  readonly title: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

export function exhibitTables(input: ExhibitInput): Table[] {
  return [entities(input), matrix(input), events(input), flows(input), phones(input), support(input), sources(input), coverage(input), custody(input)]
}

export function tableFiles(tables: readonly Table[]): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  for (const { name, header, rows } of tables) files.set(`tables/${name}.csv`, Buffer.from(BOM + [header, ...rows].map((cells) => csvLine(cells)).join(''), 'utf8'))
  files.set('tables/tables.xlsx', workbook(tables.map(({ name, header, rows }) => ({ name, rows: [header, ...rows].map((cells) => cells.map(disarmed)) }))).bytes)
  return files
}

/** Text that a spreadsheet might run when it is copied elsewhere keeps its apostrophe in the workbook too. */
function disarmed(cell: Cell): Cell {
  return typeof cell === 'string' && /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? `'${cell}` : cell
}

function inOrder<T extends { readonly id: string }>(list: readonly T[]): T[] {
  return [...list].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function entities({ chart }: ExhibitInput): Table {
  const degree = new Map<string, number>()
  for (const { source, target } of chart.links) for (const end of new Set([source, target])) degree.set(end, (degree.get(end) ?? 0) + 1)
  return {
    name: 'entities', title: 'Persons and things on the chart', header: ['id', 'label', 'kind', 'category', 'masked', 'links on the chart'],
    rows: inOrder(chart.entities).map((one) => [one.id, one.label, ENTITY_KINDS[one.kind].label, one.roles.join(', '), one.masked ? 'yes' : 'no', degree.get(one.id) ?? 0]),
  }
}

/** Number of drawn lines between two; each line counts once for each end, so the sum of all rows is twice the number of lines. */
function matrix({ chart }: ExhibitInput): Table {
  const list = inOrder(chart.entities)
  const between = new Map<string, number>()
  for (const { source, target } of chart.links) for (const key of source === target ? [`${source} ${target}`] : [`${source} ${target}`, `${target} ${source}`]) between.set(key, (between.get(key) ?? 0) + 1)
  return {
    name: 'association-matrix', title: 'Association matrix', header: ['', ...list.map(({ label }) => label), 'total'],
    rows: list.map((one) => {
      const cells = list.map((other) => between.get(`${one.id} ${other.id}`) ?? 0)
      return [one.label, ...cells, cells.reduce((sum, cell) => sum + cell, 0)]
    }),
  }
}

function events({ chart, trace }: ExhibitInput): Table {
  const labels = new Map(chart.entities.map(({ id, label }) => [id, label]))
  const links = new Map(chart.links.map((link) => [link.id, link]))
  return {
    name: 'events', title: 'What was recorded, in order of time', header: ['time (UTC)', 'time (local)', 'from', 'what', 'to', 'times', 'amount (smallest unit)', 'currency', 'seconds', 'grade', 'source', 'row', 'link'],
    rows: trace.map((row) => {
      const link = links.get(row.link)
      return [row.at, row.at_local, labels.get(link?.source ?? '') ?? '', link === undefined ? '' : LINK_KINDS[link.kind].label, labels.get(link?.target ?? '') ?? '', row.count, row.amount, row.currency, row.duration_s, row.grade, row.source, row.row, row.link]
    }),
  }
}

function flows({ chart }: ExhibitInput): Table {
  const labels = new Map(chart.entities.map(({ id, label }) => [id, label]))
  return {
    name: 'flows', title: 'Flow of money and goods', header: ['from', 'what', 'to', 'times', 'amount (smallest unit)', 'currency', 'first (UTC)', 'last (UTC)', 'strength', 'link'],
    rows: inOrder(chart.links.filter(({ kind, amount }) => amount !== null || kind === 'carried' || kind === 'paid')).map((link) => [
      labels.get(link.source) ?? '', link.label, labels.get(link.target) ?? '', link.count, link.amount, link.currency, link.first_ms === null ? null : isoTime(link.first_ms), link.last_ms === null ? null : isoTime(link.last_ms), link.strength, link.id]),
  }
}

function phones({ chart }: ExhibitInput): Table {
  const labels = new Map(chart.entities.map(({ id, label }) => [id, label]))
  const devices = inOrder(chart.entities.filter(({ kind }) => kind === 'Phone' || kind === 'Sim' || kind === 'Handset'))
  return {
    name: 'phones', title: 'Phones, SIMs and handsets', header: ['number or identity', 'kind', 'attributed to', 'on the basis of', 'calls and messages on the chart'],
    rows: devices.map((device) => {
      const at = chart.links.filter(({ source, target }) => source === device.id || target === device.id)
      const held = at.filter(({ kind }) => LINK_KINDS[kind].projection === 'attribution')
      const calls = at.filter(({ kind }) => kind === 'called' || kind === 'messaged').reduce((sum, { count }) => sum + count, 0)
      const bases = new Map<string, string[]>()
      for (const { source, target, kind, strength } of held) bases.set(source === device.id ? target : source, [...(bases.get(source === device.id ? target : source) ?? []), `${LINK_KINDS[kind].label} (${strength})`])
      const named = [...bases].map(([id, basis]): readonly [string, string] => [labels.get(id) ?? '', basis.join(', ')])
      return [device.label, ENTITY_KINDS[device.kind].label, named.map(([who]) => who).join('; '), named.map(([who, basis]) => (named.length === 1 ? basis : `${who}: ${basis}`)).join('; '), calls]
    }),
  }
}

function support(input: ExhibitInput): Table {
  const labels = new Map(input.chart.entities.map(({ id, label }) => [id, label]))
  const under = new Map(lineSupport(input).map((one) => [one.link, one]))
  return {
    name: 'support', title: 'What each line stands on', header: ['from', 'what', 'to', 'strength', 'rows', 'sources', 'hands', 'own certificate', 'remark', 'link'],
    rows: inOrder(input.chart.links).map((link) => {
      const one = under.get(link.id)
      return [labels.get(link.source) ?? '', link.label, labels.get(link.target) ?? '', link.strength, one?.rows ?? 0, (one?.sources ?? []).join(', '), one?.hands ?? 0, one?.unproved === true ? 'missing' : 'present or not needed', [one?.unproved === true ? 'not yet provable' : '', one?.alone === true ? 'one hand alone' : ''].filter((word) => word !== '').join('; '), link.id]
    }),
  }
}

function sources({ sources: list }: ExhibitInput): Table {
  return {
    name: 'sources', title: 'Source register', header: ['source', 'file', 'SHA-256', 'bytes', 'rows', 'rejected', 'from', 'received by', 'received at', 'legal process', 'memo or SID', 'order', 'order until', 'period asked', 'period received', 'expires', 'own certificate', 'certificate reference', 'reliance', 'authority', 'handling', 'conditions', 'review', 'hold', 'links on the chart'],
    rows: list.map((one) => [one.name, one.file, one.sha256, one.size_bytes, one.rows, one.rejected, one.from, one.by, one.at, one.process, one.memo, one.order, one.order_until, one.asked, one.received, one.expires, one.certificate.replace('_', ' '), one.certificate_reference, one.reliance.replace('_', ' '), one.authority, one.handling, one.conditions, one.review, one.hold, one.links]),
  }
}

/** Most stretches that one cell lists; the total counts all. */
const STRETCHES = 20

function coverage({ coverage: list }: ExhibitInput): Table {
  return {
    name: 'coverage', title: 'What the sources cover, and days without a record', header: ['source', 'period asked', 'period received', 'first record', 'last record', 'silent days', 'which'],
    rows: list.map((one) => {
      const silent = one.silent ?? []
      const which = silent.slice(0, STRETCHES).map(({ from, to }) => (from === to ? from : `${from} to ${to}`)).join(', ')
      return [one.source, one.asked === '' ? 'not written down' : one.asked, one.received === '' ? 'not written down' : one.received, one.first, one.last, one.silent === null ? null : silent.reduce((sum, { days }) => sum + days, 0), silent.length > STRETCHES ? `${which}, and ${silent.length - STRETCHES} more stretches` : which]
    }),
  }
}

function custody({ settings }: ExhibitInput): Table {
  return {
    name: 'custody', title: 'Custody', header: ['no.', 'at', 'item', 'what', 'from', 'to', 'seal', 'gap'],
    rows: settings.custody.map((one, i) => {
      const before = settings.custody.slice(0, i).findLast(({ item }) => item === one.item)
      const gap = before !== undefined && before.to !== one.from ? `GAP: the last holder was ${before.to}, this entry begins with ${one.from === '' ? 'nobody' : one.from}` : ''
      return [i + 1, one.at, one.item, one.what, one.from, one.to, one.seal, gap]
    }),
  }
}
