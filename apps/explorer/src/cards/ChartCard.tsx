/** While nothing is picked: what the chart is about, the step list, and how to go on. */
import { Button, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { goTo, saveChart, showReason } from '../actions.ts'
import { currentChart, type Steps } from '../chart/steps.ts'
import { takeSnapshot } from '../compare-actions.ts'
import { openDialog } from '../desk-actions.ts'
import { Icon, KindDisc } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { useExplorer } from '../state.ts'
import { percent } from '../words/amount.ts'
import { plainLabel } from '../words/label.ts'
import { told } from '../words/engine-sentences.ts'
import { formatMoment } from '../words/moment.ts'
import { say } from '../words/say.ts'
import { capital, ringLabel } from '../words/terms.ts'
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
      <header className="card-head"><div><h2 id="card-title"><bdi>{ringLabel(chart.title)}</bdi></h2><p className="faint">{say('card.about')}</p></div></header>
      <PathsSection />
      {ring === undefined ? null : (
        <Section title={say('ring.this')}>
          <dl className="facts">
            <div><dt>{say('ring.members')}</dt><dd>{ring.protected_members > 0 ? say('ring.of-protected', { n: ring.members.length, protected: ring.protected_members }) : say('count.members', { n: ring.members.length })}</dd></div>
            <div><dt>{say('ring.ties')}</dt><dd>{say('ring.ties.of', { share: percent(ring.density) })}</dd></div>
            <div><dt>{say('ring.criminal')}</dt><dd>{say('ring.criminal.of', { n: ring.criminal_links, share: percent(ring.criminal_share) })}</dd></div>
            {ring.agreement === undefined ? null : <div><dt>{say('ring.agreement')}</dt><dd>{say('ring.agreement.of', { share: percent(ring.agreement.overlap), runs: ring.agreement.runs })}</dd></div>}
          </dl>
        </Section>
      )}
      {ring === undefined || ring.organisers.length === 0 ? null : (
        <Section title={say('start.organisers')} count={ring.organisers.length}>
          <ol className="plain">
            {ring.organisers.slice(0, 5).map((organiser) => (
              <li key={organiser.subject} className="brief">
                <UnstyledButton className="link-row" onClick={() => void goTo(organiser.subject, organiser.label)}>
                  <span className="rank" data-first={organiser.rank <= 3}>{organiser.rank}</span><bdi>{plainLabel(organiser.label)}</bdi>
                </UnstyledButton>
                {organiser.because[0] === undefined ? null : <UnstyledButton className="reason" onClick={() => showReason(organiser.because[0]!)}>{capital(told(organiser.because[0].text))}</UnstyledButton>}
              </li>
            ))}
          </ol>
          <p className="note">{say('ranked.by')}</p>
        </Section>
      )}
      {ring?.edge === undefined || ring.edge.length === 0 ? null : (
        <Section title={say('ring.edge')} count={ring.edge.length} open={ring.edge.length <= 6}>
          <ul className="plain">
            {ring.edge.map(({ subject, label, share, also, also_share }) => (
              <li key={subject}>
                <UnstyledButton className="link-row" onClick={() => void goTo(subject, label)}>
                  <span><bdi>{plainLabel(label)}</bdi></span>
                  <span className="faint link-measure">{also === null ? say('ring.edge.in', { share: percent(share) }) : say('ring.edge.also', { share: percent(share), ring: ringLabel(capital(also.replace('-', ' '))), also: percent(also_share) })}</span>
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Protected steps={steps} />
      <StepList steps={steps} />
      <Section title={say('how.title')}>
        <ul className="how">
          <li>{say('how.click')}</li>
          <li>{say('how.double')}</li>
          <li>{say('how.drag')}</li>
          <li>{say('chart.distance')}</li>
        </ul>
      </Section>
    </article>
  )
}

function Protected({ steps }: { readonly steps: Steps }) {
  const masked = currentChart(steps).entities.filter((entity) => entity.masked)
  if (masked.length === 0) return null
  return (
    <Section title={say('protected.title')} count={masked.length}>
      <ul className="plain">
        {masked.slice(0, 12).map((entity) => (
          <li key={entity.id}>
            <UnstyledButton className="link-row" onClick={() => void goTo(entity.id, entity.label)}><KindDisc kind={entity.kind} masked size={20} /> <bdi>{plainLabel(entity.label)}</bdi></UnstyledButton>
          </li>
        ))}
      </ul>
      {masked.length > 12 ? <p className="empty">{say('filters.listed', { n: 12, of: masked.length })}</p> : null}
    </Section>
  )
}

function StepList({ steps }: { readonly steps: Steps }) {
  const saved = useExplorer((state) => state.saved)
  const zone = useExplorer((state) => state.summary?.timezone)
  const earlier = saved?.log ?? []
  const known = new Set(earlier.map(({ at_ms }) => at_ms))
  return (
    <Section title={say('steps.title')} count={steps.at + 1} of={steps.steps.length}>
      <ol className="steps">
        {earlier.map((step) => <li key={`${step.at_ms} ${step.name}`}><bdi>{step.name}</bdi> <span className="faint">{step.who}, {formatMoment(step.at_ms, zone)}</span></li>)}
        {steps.steps.map((step, i) => known.has(step.at_ms) ? null : <li key={i} data-undone={i > steps.at} aria-current={i === steps.at ? 'step' : undefined}><bdi>{step.name}</bdi>{i > steps.at ? ` ${say('steps.undone')}` : ''} <span className="faint">{formatMoment(step.at_ms, zone)}</span></li>)}
      </ol>
      <SaveForm key={saved?.name ?? ''} name={saved === null || saved.snapshot ? '' : saved.name} />
      <div className="card-acts">
        <Button size="compact-xs" variant="light" leftSection={<Icon svg={TOOLS.snapshot} size={13} />} title={say('snapshot.title')} onClick={() => void takeSnapshot()}>{say('snapshot.take')}</Button>
        <Button size="compact-xs" variant="light" leftSection={<Icon svg={TOOLS.compare} size={13} />} onClick={() => openDialog({ name: 'compare' })}>{say('compare.act')}</Button>
      </div>
    </Section>
  )
}

function SaveForm({ name }: { readonly name: string }) {
  const [text, setText] = useState(name)
  return (
    <form className="save-form" onSubmit={(event) => { event.preventDefault(); if (text.trim() !== '') void saveChart(text.trim()) }}>
      <input type="text" id="save-name" value={text} maxLength={80} placeholder={say('steps.name')} aria-label={say('steps.name.label')} onChange={(event) => setText(event.target.value)} />
      <Button type="submit" size="compact-xs" disabled={text.trim() === ''}>{say('steps.save')}</Button>
    </form>
  )
}
