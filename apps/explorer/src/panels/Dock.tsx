/** The lists under the chart: entities and links on the screen as tables, the moments of what is picked, and the association matrix. */
import './dock.css'
import { CloseButton, UnstyledButton } from '@mantine/core'
import type { Chart } from '@ringmap/model/chart'
import { currentStep } from '../chart/steps.ts'
import { setState, useExplorer, type Dock as DockName } from '../state.ts'
import { counted } from '../words/amount.ts'
import { say } from '../words/say.ts'
import { useVisible } from '../visible.ts'
import { onDemand } from '../OnDemand.tsx'
import { EntityTable } from './EntityTable.tsx'
import { LinkTable } from './LinkTable.tsx'

const ChangesTable = onDemand(async () => (await import('./ChangesTable.tsx')).ChangesTable)
const MapPanel = onDemand(async () => (await import('./MapPanel.tsx')).MapPanel)
const Matrix = onDemand(async () => (await import('./Matrix.tsx')).Matrix)
const NoteTable = onDemand(async () => (await import('./NoteTable.tsx')).NoteTable)
const TimelinePanel = onDemand(async () => (await import('./TimelinePanel.tsx')).TimelinePanel)

const NAMES: readonly DockName[] = ['entities', 'links', 'timeline', 'matrix', 'map', 'notes']

/** The buttons that open the lists, on the line of what is shown. */
export function DockButtons() {
  const dock = useExplorer((state) => state.dock)
  const compared = useExplorer((state) => state.steps !== null && currentStep(state.steps).comparison !== null)
  const names: readonly DockName[] = compared ? ['changes', ...NAMES] : NAMES
  return (
    <div className="dock-buttons" role="group" aria-label={say('dock.lists')}>
      {names.map((name) => (
        <UnstyledButton key={name} className="dock-button" aria-pressed={dock === name} onClick={() => setState({ dock: dock === name ? null : name })}>{say(`dock.${name}`)}</UnstyledButton>
      ))}
    </div>
  )
}

export function Dock() {
  const dock = useExplorer((state) => state.dock)
  const visible = useVisible()
  if (dock === null || visible === null) return null
  const { entities, links } = visible.chart
  const title = dock === 'entities' || dock === 'links' ? `${say(`dock.${dock}.title`)}: ${counted((dock === 'entities' ? entities : links).length)}` : dock === 'matrix' ? say('dock.matrix.title') : dock === 'map' ? say('map.title') : say(`dock.${dock}`)
  return (
    <section className="dock" aria-label={title}>
      <List dock={dock} chart={visible.chart} />
      <CloseButton className="dock-close" size="sm" aria-label={say('dock.close')} title={say('dock.close')} onClick={() => setState({ dock: null })} />
    </section>
  )
}

function List({ dock, chart }: { readonly dock: DockName; readonly chart: Chart }) {
  switch (dock) {
    case 'entities': return <EntityTable chart={chart} />
    case 'links': return <LinkTable chart={chart} />
    case 'timeline': return <TimelinePanel />
    case 'map': return <MapPanel chart={chart} />
    case 'changes': return <ChangesTable chart={chart} />
    case 'notes': return <NoteTable chart={chart} />
    default: return <Matrix chart={chart} />
  }
}
