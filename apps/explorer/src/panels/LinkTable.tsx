/** Links on the chart as a table: ends, kind, count, sum, span and grade. */
import { useMemo } from 'react'
import type { Chart, ChartLink } from '@ringmap/model/chart'
import { LINK_KINDS } from '@ringmap/model/schema'
import { pick } from '../actions.ts'
import { useExplorer } from '../state.ts'
import { formatAmount } from '../words/amount.ts'
import { plainLabel } from '../words/label.ts'
import { formatDay } from '../words/moment.ts'
import { Table, type TableColumn } from './Table.tsx'

export function LinkTable({ chart }: { readonly chart: Chart }) {
  const picked = useExplorer((state) => state.picked?.id ?? null)
  const zone = useExplorer((state) => state.summary?.timezone)
  const columns = useMemo(() => columnsOf(chart, zone), [chart, zone])
  return <Table label="Links on the chart" rows={chart.links} columns={columns} id={({ id }) => id} picked={picked} pick={({ id }) => void pick({ type: 'link', id })} />
}

function columnsOf(chart: Chart, zone: string | undefined): readonly TableColumn<ChartLink>[] {
  const labels = new Map(chart.entities.map(({ id, label }) => [id, plainLabel(label)]))
  const end = (id: string): string => labels.get(id) ?? ''
  const day = (ms: number | null): string => ms === null ? '' : formatDay(ms, zone)
  const when = (ms: number | null): number => ms ?? -Infinity
  return [
    { name: 'From', width: 'minmax(120px, 2fr)', value: ({ source }) => end(source), show: ({ source }) => <bdi>{end(source)}</bdi> },
    { name: 'Link', width: 'minmax(90px, 1fr)', value: ({ kind }) => LINK_KINDS[kind].label },
    { name: 'To', width: 'minmax(120px, 2fr)', value: ({ target }) => end(target), show: ({ target }) => <bdi>{end(target)}</bdi> },
    { name: 'Count', width: '64px', number: true, value: ({ count }) => count },
    { name: 'Amount', width: '110px', number: true, value: ({ amount }) => amount === null ? 0 : Number(amount) / 100, show: ({ amount, currency }) => amount === null ? '' : formatAmount(amount, currency) },
    { name: 'First', width: '96px', value: ({ first_ms: ms }) => when(ms), show: ({ first_ms: ms }) => day(ms) },
    { name: 'Last', width: '96px', value: ({ last_ms: ms }) => when(ms), show: ({ last_ms: ms }) => day(ms) },
    { name: 'Grade', width: '96px', value: ({ strength }) => strength },
  ]
}
