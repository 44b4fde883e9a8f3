/** The lists under the chart: entities and links on the screen as tables, the moments of what is picked, and the association matrix. */
import { CloseButton, UnstyledButton } from '@mantine/core'
import { setState, useExplorer, type Dock as DockName } from '../state.ts'
import { counted } from '../words/amount.ts'
import { useVisible } from '../visible.ts'
import { EntityTable } from './EntityTable.tsx'
import { LinkTable } from './LinkTable.tsx'
import { Matrix } from './Matrix.tsx'

const NAMES: readonly (readonly [DockName, string])[] = [['entities', 'Entities'], ['links', 'Links'], ['matrix', 'Matrix']]

/** The buttons that open the lists, on the line of what is shown. */
export function DockButtons() {
  const dock = useExplorer((state) => state.dock)
  return (
    <div className="dock-buttons" role="group" aria-label="Lists">
      {NAMES.map(([name, label]) => (
        <UnstyledButton key={name} className="dock-button" aria-pressed={dock === name} onClick={() => setState({ dock: dock === name ? null : name })}>{label}</UnstyledButton>
      ))}
    </div>
  )
}

export function Dock() {
  const dock = useExplorer((state) => state.dock)
  const visible = useVisible()
  if (dock === null || visible === null) return null
  const { entities, links } = visible.chart
  const title = dock === 'entities' ? `Entities on the chart: ${counted(entities.length)}` : dock === 'links' ? `Links on the chart: ${counted(links.length)}` : 'Association matrix'
  return (
    <section className="dock" aria-label={title}>
      {dock === 'entities' ? <EntityTable chart={visible.chart} /> : dock === 'links' ? <LinkTable chart={visible.chart} /> : <Matrix chart={visible.chart} />}
      <CloseButton className="dock-close" size="sm" aria-label="Put the list away" title="Put the list away" onClick={() => setState({ dock: null })} />
    </section>
  )
}
