/** What the analysis found: rings with their possible organisers, and the overall order; below it, what to know before relying on it. */
import { Tabs } from '@mantine/core'
import { Icon } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { setState, useExplorer } from '../state.ts'
import { counted, plural } from '../words/amount.ts'
import { FiltersPanel } from './FiltersPanel.tsx'
import { OrganiserRow } from './OrganiserRow.tsx'
import { RingBlock } from './RingBlock.tsx'

/** Overall order shown at once; the rest is counted. */
const SHOWN = 100

export function FindingsPanel() {
  const findings = useExplorer((state) => state.findings)
  const open = useExplorer((state) => state.steps !== null)
  const wanted = useExplorer((state) => state.findingsTab)
  const tab = wanted === 'filters' && !open ? 'rings' : wanted
  if (findings === null) return <nav className="left" aria-label="Findings" />
  return (
    <nav className="left" aria-label="Findings">
      <Tabs value={tab} onChange={(value) => setState({ findingsTab: value ?? 'rings' })} className="findings" keepMounted={false}>
        <Tabs.List grow>
          <Tabs.Tab value="rings">Rings <span className="count">{counted(findings.rings.length)}</span></Tabs.Tab>
          <Tabs.Tab value="overall">Overall <span className="count">{counted(findings.organisers.length)}</span></Tabs.Tab>
          <Tabs.Tab value="filters" disabled={!open}>Filters</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rings" className="scroll" tabIndex={-1}>
          {findings.rings.length === 0
            ? <p className="empty">No community reaches the size and share of criminal links that the case asks of a ring.</p>
            : <>
              <p className="list-note">Communities with recorded evidence of offences; under each, its possible organisers in order.</p>
              {findings.rings.map((ring) => <RingBlock key={ring.id} ring={ring} />)}
            </>}
        </Tabs.Panel>
        <Tabs.Panel value="overall" className="scroll" tabIndex={-1}>
          <p className="list-note">
            Possible organisers, ranked by current-flow betweenness{findings.scope === 'rings' ? ' among members of rings' : ' among all persons: no criminal links are recorded'}.
          </p>
          <ol className="plain">
            {findings.organisers.slice(0, SHOWN).map((organiser) => <li key={organiser.subject}><OrganiserRow organiser={organiser} full /></li>)}
          </ol>
          {findings.organisers.length > SHOWN ? <p className="empty">Shown {SHOWN} of {counted(findings.organisers.length)}.</p> : null}
        </Tabs.Panel>
        <Tabs.Panel value="filters" className="scroll" tabIndex={-1}><FiltersPanel /></Tabs.Panel>
      </Tabs>
      {tab === 'filters' ? null : <Cautions />}
    </nav>
  )
}

function Cautions() {
  const findings = useExplorer((state) => state.findings)
  if (findings === null) return null
  const unranked = Object.entries(findings.unranked).filter(([, count]) => count > 0)
  return (
    <section className="cautions" aria-label="Before relying on this" tabIndex={0}>
      <h2><Icon svg={TOOLS.alert} size={14} /> Before relying on this</h2>
      <ul>
        {findings.cautions.map((caution) => <li key={caution}>{caution}</li>)}
        {unranked.length > 0 ? <li>Not ranked by role: {unranked.map(([role, count]) => plural(count, role, role === 'witness' ? 'witnesses' : `${role}s`)).join(', ')}.</li> : null}
        {findings.exclusions.length > 0 ? <li>{plural(findings.exclusions.length, 'shared thing')} left out of the person network: too many share each.</li> : null}
      </ul>
    </section>
  )
}
