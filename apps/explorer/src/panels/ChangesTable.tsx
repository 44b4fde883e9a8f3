/** What differs between two charts as a table: came, gone or changed, what it is, and what it said before and says now; a row jumps to it. */
import { useMemo } from 'react'
import type { Chart } from '@ringmap/model/chart'
import { goTo, pick } from '../actions.ts'
import { MARK_LOOKS } from '../chart/comparison-marks.ts'
import { MARKS, type Compared, type Comparison, type Difference, type SaidValue } from '../chart/comparison.ts'
import { currentStep } from '../chart/steps.ts'
import { setState, useExplorer } from '../state.ts'
import { counted, formatAmount } from '../words/amount.ts'
import { plainLabel } from '../words/label.ts'
import { formatDay } from '../words/moment.ts'
import { say } from '../words/say.ts'
import { capital, kindLabel, linkLabel } from '../words/terms.ts'
import { Table, type TableColumn } from './Table.tsx'

export function ChangesTable({ chart }: { readonly chart: Chart }) {
  const step = useExplorer((state) => state.steps === null ? null : currentStep(state.steps))
  const picked = useExplorer((state) => state.picked?.id ?? null)
  const zone = useExplorer((state) => state.summary?.timezone)
  const comparison = step?.comparison ?? null
  const rows = useMemo(() => comparison === null ? [] : rowsOf(comparison), [comparison])
  const columns = useMemo(() => step === null ? [] : columnsOf(step.chart, zone), [step, zone])
  if (comparison === null) return null
  if (rows.length === 0) return <p className="dock-empty">{say('compare.alike', { before: comparison.before, after: comparison.after })}</p>
  const there = new Set([...chart.entities, ...chart.links].map(({ id }) => id))
  const jump = ({ id, type }: Compared): void => {
    // What the case no longer holds has no card; what filters hide is not on the chart.
    if (comparison.lost.has(id)) setState({ said: say('compare.lost') })
    else if (type === 'link') void pick({ type, id })
    else if (there.has(id)) void goTo(id, '')
    else void pick({ type, id })
  }
  return <Table label={say('dock.changes')} rows={rows} columns={columns} id={({ id }) => id} picked={picked} pick={jump} />
}

/** Entities before links, what came before what is gone. */
function rowsOf({ marks }: Comparison): readonly Compared[] {
  return [...marks.values()].toSorted((a, b) => (a.type === b.type ? 0 : a.type === 'entity' ? -1 : 1) || MARKS.indexOf(a.mark) - MARKS.indexOf(b.mark))
}

function columnsOf(chart: Chart, zone: string | undefined): readonly TableColumn<Compared>[] {
  const entities = new Map(chart.entities.map((entity) => [entity.id, entity]))
  const links = new Map(chart.links.map((link) => [link.id, link]))
  const name = (id: string): string => plainLabel(entities.get(id)?.label ?? id)
  const what = ({ type, id }: Compared): string => {
    const link = links.get(id)
    return type === 'entity' || link === undefined ? name(id) : `${name(link.source)} ${link.directed ? '→' : '–'} ${name(link.target)}`
  }
  const kind = ({ type, id }: Compared): string => {
    const [entity, link] = [entities.get(id), links.get(id)]
    return type === 'entity' ? (entity === undefined ? '' : capital(kindLabel(entity.kind))) : link === undefined ? '' : capital(linkLabel(link.kind))
  }
  const told = ({ differences }: Compared): string => differences.map((one) => differenceWords(one, zone)).join('; ')
  return [
    { name: say('column.change'), width: '96px', value: ({ mark }) => say(`compare.${mark}`), show: ({ mark }) => <span className="change-mark" data-mark={mark}><span aria-hidden>{MARK_LOOKS[mark].sign}</span> {say(`compare.${mark}`)}</span> },
    { name: say('column.kind'), width: '104px', value: kind },
    { name: say('column.name'), width: 'minmax(150px, 3fr)', value: what, show: (row) => <bdi>{what(row)}</bdi> },
    { name: say('column.differs'), width: 'minmax(170px, 2fr)', value: told, show: (row) => <span title={told(row)}>{told(row)}</span> },
  ]
}

/** `Count: 3 → 5`. */
function differenceWords({ field, before, after }: Difference, zone: string | undefined): string {
  return say('compare.from-to', { what: say(`compare.said.${field}`), before: valueWords(field, before, zone), after: valueWords(field, after, zone) })
}

function valueWords(field: Difference['field'], value: SaidValue, zone: string | undefined): string {
  if (value === null) return say('compare.nothing')
  if (field === 'amount') {
    const [amount = '0', currency = ''] = String(value).split(' ')
    return formatAmount(amount, currency === '' ? null : currency)
  }
  if (field === 'strength') return say(`strength.${value as 'confirmed'}`)
  if (field === 'criminal') return say(value === true ? 'compare.yes' : 'compare.no')
  return field === 'first' || field === 'last' ? formatDay(Number(value), zone) : counted(Number(value))
}
