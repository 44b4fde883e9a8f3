/** While nothing is picked: what the chart is about, the step list, and how to go on. */
import { Button, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { goTo, saveChart, showReason } from '../actions.ts'
import { currentChart, type Steps } from '../chart/steps.ts'
import { KindDisc } from '../icons/Icon.tsx'
import { useExplorer } from '../state.ts'
import { counted, percent, plural } from '../words/amount.ts'
import { plainLabel } from '../words/label.ts'
import { formatMoment } from '../words/moment.ts'
import { capital, RANKED_BY } from '../words/terms.ts'
import { PathsSection } from './PathsSection.tsx'
import { Section } from './Section.tsx'

export function ChartCard() {
  const steps = useExplorer((state) => state.steps)
  const findings = useExplorer((state) => state.findings)
  if (steps === null) return null
  const chart = currentChart(steps)
  const ring = findings?.rings.find(({ id }) => id === steps.subject)
  return (
    <article aria-labelledby="card-title">
      <header className="card-head"><div><h2 id="card-title"><bdi>{plainLabel(chart.title)}</bdi></h2><p className="faint">About this chart</p></div></header>
      <PathsSection />
      {ring === undefined ? null : (
        <Section title="This ring">
          <dl className="facts">
            <div><dt>Members</dt><dd>{counted(ring.members.length)}{ring.protected_members > 0 ? `, ${plural(ring.protected_members, 'of them protected', 'of them protected')}` : ''}</dd></div>
            <div><dt>Ties</dt><dd>{percent(ring.density)} of those possible</dd></div>
            <div><dt>Criminal links</dt><dd>{counted(ring.criminal_links)}; {percent(ring.criminal_share)} of the members have one</dd></div>
          </dl>
        </Section>
      )}
      {ring === undefined || ring.organisers.length === 0 ? null : (
        <Section title="Possible organisers" count={ring.organisers.length}>
          <ol className="plain">
            {ring.organisers.slice(0, 5).map((organiser) => (
              <li key={organiser.subject} className="brief">
                <UnstyledButton className="link-row" onClick={() => void goTo(organiser.subject, organiser.label)}>
                  <span className="rank" data-first={organiser.rank <= 3}>{organiser.rank}</span><bdi>{plainLabel(organiser.label)}</bdi>
                </UnstyledButton>
                {organiser.because[0] === undefined ? null : <UnstyledButton className="reason" onClick={() => showReason(organiser.because[0]!)}>{capital(organiser.because[0].text)}</UnstyledButton>}
              </li>
            ))}
          </ol>
          <p className="note">{RANKED_BY}</p>
        </Section>
      )}
      <Protected steps={steps} />
      <StepList steps={steps} />
      <Section title="How to go on">
        <ul className="how">
          <li>Click an entity or a line for its card and source rows.</li>
          <li>Double-click an entity, or press <kbd>E</kbd>, to bring its neighbours.</li>
          <li>Drag an entity to set it elsewhere; every step can be undone.</li>
          <li>Distance on the chart has no meaning.</li>
        </ul>
      </Section>
    </article>
  )
}

function Protected({ steps }: { readonly steps: Steps }) {
  const masked = currentChart(steps).entities.filter((entity) => entity.masked)
  if (masked.length === 0) return null
  return (
    <Section title="Protected identities" count={masked.length}>
      <ul className="plain">
        {masked.slice(0, 12).map((entity) => (
          <li key={entity.id}>
            <UnstyledButton className="link-row" onClick={() => void goTo(entity.id, entity.label)}><KindDisc kind={entity.kind} masked size={20} /> <bdi>{plainLabel(entity.label)}</bdi></UnstyledButton>
          </li>
        ))}
      </ul>
      {masked.length > 12 ? <p className="empty">12 of {masked.length} listed.</p> : null}
    </Section>
  )
}

function StepList({ steps }: { readonly steps: Steps }) {
  const saved = useExplorer((state) => state.saved)
  const zone = useExplorer((state) => state.summary?.timezone)
  const earlier = saved?.log ?? []
  const known = new Set(earlier.map(({ at_ms }) => at_ms))
  return (
    <Section title="Steps" count={steps.at + 1} of={steps.steps.length}>
      <ol className="steps">
        {earlier.map((step) => <li key={`${step.at_ms} ${step.name}`}><bdi>{step.name}</bdi> <span className="faint">{step.who}, {formatMoment(step.at_ms, zone)}</span></li>)}
        {steps.steps.map((step, i) => known.has(step.at_ms) ? null : <li key={i} data-undone={i > steps.at} aria-current={i === steps.at ? 'step' : undefined}><bdi>{step.name}</bdi>{i > steps.at ? ' (undone)' : ''} <span className="faint">{formatMoment(step.at_ms, zone)}</span></li>)}
      </ol>
      <SaveForm key={saved?.name ?? ''} name={saved?.name ?? ''} />
    </Section>
  )
}

function SaveForm({ name }: { readonly name: string }) {
  const [text, setText] = useState(name)
  return (
    <form className="save-form" onSubmit={(event) => { event.preventDefault(); if (text.trim() !== '') void saveChart(text.trim()) }}>
      <input type="text" id="save-name" value={text} maxLength={80} placeholder="Name of the chart" aria-label="Name to save the chart under" onChange={(event) => setText(event.target.value)} />
      <Button type="submit" size="compact-xs" disabled={text.trim() === ''}>Save with the case</Button>
    </form>
  )
}
