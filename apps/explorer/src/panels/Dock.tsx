/** The lists under the chart: entities and links on the screen as tables, the moments of what is picked, and the association matrix. */
import './dock.css'
import { CloseButton, UnstyledButton } from '@mantine/core'
import { setState, useExplorer, type Dock as DockName } from '../state.ts'
import { counted } from '../words/amount.ts'
import { say } from '../words/say.ts'
import { useVisible } from '../visible.ts'
import { EntityTable } from './EntityTable.tsx'
import { LinkTable } from './LinkTable.tsx'
import { Matrix } from './Matrix.tsx'

const NAMES: readonly DockName[] = ['entities', 'links', 'matrix']

/** The buttons that open the lists, on the line of what is shown. */
export function DockButtons() {
  const dock = useExplorer((state) => state.dock)
  return (
    <div className="dock-buttons" role="group" aria-label={say('dock.lists')}>
      {NAMES.map((name) => (
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
  const title = dock === 'entities' ? `${say('dock.entities.title')}: ${counted(entities.length)}` : dock === 'links' ? `${say('dock.links.title')}: ${counted(links.length)}` : say('dock.matrix.title')
  return (
    <section className="dock" aria-label={title}>
      {dock === 'entities' ? <EntityTable chart={visible.chart} /> : dock === 'links' ? <LinkTable chart={visible.chart} /> : <Matrix chart={visible.chart} />}
      <CloseButton className="dock-close" size="sm" aria-label={say('dock.close')} title={say('dock.close')} onClick={() => setState({ dock: null })} />
    </section>
  )
}
