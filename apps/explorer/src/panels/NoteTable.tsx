/** Notes on the chart as a table: their words, what they are about, and whether they are in sight. */
import { useMemo } from 'react'
import type { Chart, ChartNote } from '@ringmap/model/chart'
import { currentStep } from '../chart/steps.ts'
import { openDialog } from '../desk-actions.ts'
import { aboutOf } from '../note-actions.ts'
import { useExplorer } from '../state.ts'
import { say } from '../words/say.ts'
import { Table, type TableColumn } from './Table.tsx'

export function NoteTable({ chart }: { readonly chart: Chart }) {
  const notes = useExplorer((state) => state.steps === null ? null : currentStep(state.steps).notes) ?? []
  const columns = useMemo(() => columnsOf(chart), [chart])
  if (notes.length === 0) return <p className="dock-empty faint">{say('note.none')}</p>
  return <Table label={say('dock.notes')} rows={notes} columns={columns} id={({ id }) => id} picked={null} pick={({ id }) => openDialog({ name: 'note', id })} />
}

function columnsOf(chart: Chart): readonly TableColumn<ChartNote>[] {
  const there = new Set([...chart.entities, ...chart.links].map(({ id }) => id))
  return [
    { name: say('column.note'), width: 'minmax(220px, 3fr)', value: ({ text }) => text, show: ({ text }) => <bdi>{text}</bdi> },
    { name: say('column.about'), width: 'minmax(160px, 2fr)', value: ({ place }) => aboutOf(place), show: ({ place }) => <bdi>{aboutOf(place)}</bdi> },
    { name: say('column.seen'), width: '150px', value: ({ place }) => say(place.on === 'canvas' || there.has(place.id) ? 'note.seen' : 'note.hidden') },
  ]
}
