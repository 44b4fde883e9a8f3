/** The start page: the case in numbers, three doors into it, its sources and what was wrong with them. Never an empty canvas. */
import './start-page.css'
import { Loader, UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import type { CaseSummary } from '@ringmap/model/wire'
import type { Findings } from '@ringmap/model/finding'
import { openChart } from '../actions.ts'
import { Icon, KindDisc } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { setState, useExplorer } from '../state.ts'
import { counted, percent } from '../words/amount.ts'
import { plainLabel } from '../words/label.ts'
import { formatDay, zoneAt } from '../words/moment.ts'
import { say } from '../words/say.ts'
import { kindHeading, ringLabel, steadiness } from '../words/terms.ts'
import { Boundary } from '../Boundary.tsx'
import { OverviewPanel } from './OverviewPanel.tsx'
import { DeskRow } from './DeskButtons.tsx'
import { SavedCharts } from './SavedCharts.tsx'
import { CaseSources } from './CaseSources.tsx'

export function StartPage() {
  const summary = useExplorer((state) => state.summary)
  const findings = useExplorer((state) => state.findings)
  const problem = useExplorer((state) => state.problem !== null)
  const heard = useExplorer((state) => state.heard)
  if (summary === null) return <main className="start start-wait">{problem ? <p>{say('start.failed')}</p> : <Loader size={22} role="img" aria-label={say('busy.case')} />}</main>
  return (
    <main className="start">
      <div className="start-page">
        <h2 className="start-title"><bdi>{plainLabel(summary.name)}</bdi></h2>
        <p className="start-span">{spanOf(summary)}</p>
        <Numbers summary={summary} findings={findings} />
        {findings === null ? null : <Doors findings={findings} />}
        <DeskRow />
        <SavedCharts key={`saved ${heard}`} />
        <Boundary part={say('app.part.whole')}><OverviewPanel key={heard} /></Boundary>
        <Kinds summary={summary} />
        <CaseSources summary={summary} />
      </div>
    </main>
  )
}

function spanOf(summary: CaseSummary): string {
  if (summary.first_ms === null || summary.last_ms === null) return say('start.no-times')
  return say('start.span', { from: formatDay(summary.first_ms, summary.timezone), until: formatDay(summary.last_ms, summary.timezone), zone: zoneAt(summary.last_ms, summary.timezone) })
}

function Numbers({ summary, findings }: { readonly summary: CaseSummary; readonly findings: Findings | null }) {
  const sum = (counts: readonly { readonly count: number }[]): number => counts.reduce((total, { count }) => total + count, 0)
  const numbers: readonly [string, number][] = [
    [say('start.rows'), summary.rows], [say('start.entities'), sum(summary.entities)], [say('start.links'), sum(summary.links)],
    [say('start.rings'), findings?.rings.length ?? 0], [say('start.issues'), sum(summary.issues)],
  ]
  return (
    <dl className="numbers">
      {numbers.map(([label, value]) => <div key={label}><dd>{counted(value)}</dd><dt>{label}</dt></div>)}
    </dl>
  )
}

function Doors({ findings }: { readonly findings: Findings }) {
  const first = findings.organisers[0]
  const ring = findings.rings[0]
  return (
    <div className="doors">
      <Door
        icon={TOOLS.organisers} title={say('start.organisers')} name="organisers"
        text={say('start.organisers.text', { n: findings.organisers.length })}
        act={() => setState({ findingsTab: 'overall' })}
      >
        {first === undefined ? null : <DoorLink label={`1 · ${plainLabel(first.label)}`} note={steadiness(first.interval)} act={() => void openChart(first.subject, first.label)} />}
      </Door>
      <Door
        icon={TOOLS.rings} title={say('start.rings.title')} name="rings"
        text={say('start.rings.text', { n: findings.rings.length })}
        act={() => setState({ findingsTab: 'rings' })}
      >
        {ring === undefined ? null : <DoorLink label={ringLabel(ring.label)} note={say('start.ring-note', { members: say('count.members', { n: ring.members.length }), share: percent(ring.criminal_share) })} act={() => void openChart(ring.id, ring.label)} />}
      </Door>
      <Door
        icon={TOOLS.search} title={say('start.search')} name="search"
        text={say('start.search.text')}
        act={() => document.getElementById('search')?.focus()}
      >
        <DoorLink label={say('start.search.go')} note={say('start.search.keys')} act={() => document.getElementById('search')?.focus()} />
      </Door>
    </div>
  )
}

interface DoorProps {
  readonly icon: string
  readonly title: string
  readonly name: string
  readonly text: string
  readonly act: () => void
  readonly children: ReactNode
}

function Door({ icon, title, name, text, act, children }: DoorProps) {
  return (
    <section className="door" data-door={name}>
      <UnstyledButton className="door-head" onClick={act}>
        <span className="door-icon"><Icon svg={icon} size={20} /></span>
        <span className="door-title">{title}</span>
        <span className="door-text">{text}</span>
      </UnstyledButton>
      {children}
    </section>
  )
}

function DoorLink({ label, note, act }: { readonly label: string; readonly note: string; readonly act: () => void }) {
  return (
    <UnstyledButton className="door-link" onClick={act}>
      <span><bdi>{label}</bdi><span className="faint">{note}</span></span><Icon svg={TOOLS.arrow} turns />
    </UnstyledButton>
  )
}

function Kinds({ summary }: { readonly summary: CaseSummary }) {
  return (
    <section className="start-part" aria-label={say('start.kinds')}>
      <h3>{say('start.kinds')}</h3>
      <ul className="plain kinds">
        {summary.entities.filter(({ count }) => count > 0).map(({ kind, count }) => (
          <li key={kind}><KindDisc kind={kind} size={26} /> <span><strong>{counted(count)}</strong><span className="faint">{kindHeading(kind, count)}</span></span></li>
        ))}
      </ul>
    </section>
  )
}
