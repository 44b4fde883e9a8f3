/** Entities on the chart as a table: the equal way to everything that the chart shows. */
import { useMemo } from 'react'
import type { Chart, ChartEntity } from '@ringmap/model/chart'
import { goTo } from '../actions.ts'
import { KindIcon } from '../icons/Icon.tsx'
import { useExplorer } from '../state.ts'
import { plainLabel } from '../words/label.ts'
import { say } from '../words/say.ts'
import { capital, kindLabel, ringLabel, roleLabel } from '../words/terms.ts'
import { Table, type TableColumn } from './Table.tsx'

export function EntityTable({ chart }: { readonly chart: Chart }) {
  const picked = useExplorer((state) => state.picked?.id ?? null)
  const columns = useMemo(() => columnsOf(chart), [chart])
  return <Table label={say('dock.entities.title')} rows={chart.entities} columns={columns} id={({ id }) => id} picked={picked} pick={({ id, label }) => void goTo(id, label)} />
}

function columnsOf(chart: Chart): readonly TableColumn<ChartEntity>[] {
  const links = new Map<string, number>()
  for (const { source, target } of chart.links) for (const id of [source, target]) links.set(id, (links.get(id) ?? 0) + 1)
  return [
    { name: say('column.name'), width: 'minmax(160px, 3fr)', value: ({ label }) => plainLabel(label), show: ({ label }) => <bdi>{plainLabel(label)}</bdi> },
    { name: say('column.kind'), width: 'minmax(110px, 1fr)', value: ({ kind }) => capital(kindLabel(kind)), show: ({ kind }) => <><KindIcon kind={kind} size={14} /> {capital(kindLabel(kind))}</> },
    { name: say('column.roles'), width: 'minmax(90px, 1fr)', value: ({ roles, masked }) => [...roles.map(roleLabel), ...(masked ? [say('role.masked')] : [])].join(', ') },
    { name: say('column.links'), width: '90px', number: true, value: ({ id }) => links.get(id) ?? 0 },
    { name: say('column.rank'), width: '70px', number: true, value: ({ rank }) => rank ?? Number.MAX_SAFE_INTEGER, show: ({ rank }) => rank ?? '' },
    { name: say('column.ring'), width: '80px', value: ({ ring }) => ring === null ? '' : ringLabel(capital(ring.replace('-', ' '))) },
  ]
}
