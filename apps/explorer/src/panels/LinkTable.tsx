/** Links on the chart as a table: ends, kind, count, sum, span and grade. */
import { useMemo } from 'react'
import type { Chart, ChartLink } from '@ringmap/model/chart'
import { pick } from '../actions.ts'
import { useExplorer } from '../state.ts'
import { formatAmount } from '../words/amount.ts'
import { plainLabel } from '../words/label.ts'
import { formatDay } from '../words/moment.ts'
import { say } from '../words/say.ts'
import { linkLabel } from '../words/terms.ts'
import { Table, type TableColumn } from './Table.tsx'

export function LinkTable({ chart }: { readonly chart: Chart }) {
  const picked = useExplorer((state) => state.picked?.id ?? null)
  const zone = useExplorer((state) => state.summary?.timezone)
  const columns = useMemo(() => columnsOf(chart, zone), [chart, zone])
  return <Table label={say('dock.links.title')} rows={chart.links} columns={columns} id={({ id }) => id} picked={picked} pick={({ id }) => void pick({ type: 'link', id })} />
}

function columnsOf(chart: Chart, zone: string | undefined): readonly TableColumn<ChartLink>[] {
  const labels = new Map(chart.entities.map(({ id, label }) => [id, plainLabel(label)]))
  const end = (id: string): string => labels.get(id) ?? ''
  const day = (ms: number | null): string => ms === null ? '' : formatDay(ms, zone)
  const when = (ms: number | null): number => ms ?? -Infinity
  return [
    { name: say('column.from'), width: 'minmax(120px, 2fr)', value: ({ source }) => end(source), show: ({ source }) => <bdi>{end(source)}</bdi> },
    { name: say('column.link'), width: 'minmax(90px, 1fr)', value: ({ kind }) => linkLabel(kind) },
    { name: say('column.to'), width: 'minmax(120px, 2fr)', value: ({ target }) => end(target), show: ({ target }) => <bdi>{end(target)}</bdi> },
    { name: say('column.count'), width: '64px', number: true, value: ({ count }) => count },
    { name: say('column.amount'), width: '110px', number: true, value: ({ amount }) => amount === null ? 0 : Number(amount) / 100, show: ({ amount, currency }) => amount === null ? '' : formatAmount(amount, currency) },
    { name: say('column.first'), width: '96px', value: ({ first_ms: ms }) => when(ms), show: ({ first_ms: ms }) => day(ms) },
    { name: say('column.last'), width: '96px', value: ({ last_ms: ms }) => when(ms), show: ({ last_ms: ms }) => day(ms) },
    { name: say('column.grade'), width: '96px', value: ({ strength }) => say(`strength.${strength}`) },
  ]
}
