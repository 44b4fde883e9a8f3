/** What the analysis found: rings with their possible organisers, and the overall order; below it, what to know before relying on it. */
import './findings.css'
import { Tabs } from '@mantine/core'
import type { Role } from '@ringmap/model/schema'
import { onDemand } from '../OnDemand.tsx'
import { Icon } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { setState, useExplorer } from '../state.ts'
import { counted } from '../words/amount.ts'
import { told } from '../words/engine-sentences.ts'
import { say } from '../words/say.ts'
import { OrganiserRow } from './OrganiserRow.tsx'
import { RingBlock } from './RingBlock.tsx'

const PatternsPanel = onDemand(async () => (await import('./PatternsPanel.tsx')).PatternsPanel)
const FiltersPanel = onDemand(async () => (await import('./FiltersPanel.tsx')).FiltersPanel)

/** Overall order shown at once; the rest is counted. */
const SHOWN = 100

export function FindingsPanel() {
  const findings = useExplorer((state) => state.findings)
  const open = useExplorer((state) => state.steps !== null)
  const wanted = useExplorer((state) => state.findingsTab)
  const tab = wanted === 'filters' && !open ? 'rings' : wanted
  if (findings === null) return <nav className="left" aria-label={say('findings.title')} />
  return (
    <nav className="left" aria-label={say('findings.title')}>
      <Tabs value={tab} onChange={(value) => setState({ findingsTab: value ?? 'rings' })} className="findings" keepMounted={false}>
        <Tabs.List grow>
          <Tabs.Tab value="rings">{say('findings.rings')} <span className="count">{counted(findings.rings.length)}</span></Tabs.Tab>
          <Tabs.Tab value="overall">{say('findings.overall')} <span className="count">{counted(findings.organisers.length)}</span></Tabs.Tab>
          <Tabs.Tab value="patterns">{say('patterns.tab')}</Tabs.Tab>
          <Tabs.Tab value="filters" disabled={!open}>{say('findings.filters')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rings" className="scroll" tabIndex={-1}>
          {findings.rings.length === 0
            ? <p className="empty">{say('findings.no-rings')}</p>
            : <>
              <p className="list-note">{say('findings.rings.note')}</p>
              {findings.rings.map((ring) => <RingBlock key={ring.id} ring={ring} />)}
            </>}
        </Tabs.Panel>
        <Tabs.Panel value="overall" className="scroll" tabIndex={-1}>
          <p className="list-note">{say(findings.scope === 'rings' ? 'findings.overall.rings' : 'findings.overall.all')}</p>
          <ol className="plain">
            {findings.organisers.slice(0, SHOWN).map((organiser) => <li key={organiser.subject}><OrganiserRow organiser={organiser} full /></li>)}
          </ol>
          {findings.organisers.length > SHOWN ? <p className="empty">{say('findings.shown', { n: SHOWN, of: findings.organisers.length })}</p> : null}
        </Tabs.Panel>
        <Tabs.Panel value="patterns" className="scroll" tabIndex={-1}><PatternsPanel /></Tabs.Panel>
        <Tabs.Panel value="filters" className="scroll" tabIndex={-1}><FiltersPanel /></Tabs.Panel>
      </Tabs>
      {tab === 'filters' || tab === 'patterns' ? null : <Cautions />}
    </nav>
  )
}

function Cautions() {
  const findings = useExplorer((state) => state.findings)
  if (findings === null) return null
  const unranked = Object.entries(findings.unranked).filter(([, count]) => count > 0)
  return (
    <section className="cautions" aria-label={say('findings.before')} tabIndex={0}>
      <h2><Icon svg={TOOLS.alert} size={14} /> {say('findings.before')}</h2>
      <ul>
        {findings.cautions.map((caution) => <li key={caution}>{told(caution)}</li>)}
        {unranked.length > 0 ? <li>{say('findings.unranked', { list: unranked.map(([role, n]) => say('findings.role-count', { n, role: say(`role.${role as Role}`, { n }) })).join(', ') })}</li> : null}
        {findings.exclusions.length > 0 ? <li>{say('findings.exclusions', { n: findings.exclusions.length })}</li> : null}
      </ul>
    </section>
  )
}
