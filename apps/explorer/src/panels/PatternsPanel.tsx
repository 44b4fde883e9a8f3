/** What else can be looked for among calls, money and movement: one topic at a time; every finding with how sure it is, what speaks for and against it, and its rows. */
import './patterns.css'
import { Button, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import type { Reason } from '@ringmap/model/finding'
import { PATTERNS, type PatternFinding, type PatternName } from '@ringmap/model/pattern'
import { goTo, lookFor, showReason } from '../actions.ts'
import { Field } from '../dialogs/Dialog.tsx'
import { KindIcon } from '../icons/Icon.tsx'
import { useExplorer } from '../state.ts'
import { told } from '../words/engine-sentences.ts'
import { plainLabel } from '../words/label.ts'
import { formatSpan } from '../words/moment.ts'
import { say } from '../words/say.ts'
import { capital } from '../words/terms.ts'

const NAMES = Object.keys(PATTERNS) as PatternName[]
/** These ask between whom. */
const BETWEEN: readonly PatternName[] = ['paths', 'joins']

export function PatternsPanel() {
  const [pattern, setPattern] = useState<PatternName>('typologies')
  const [account, setAccount] = useState('')
  const kept = useExplorer((state) => state.kept)
  const busy = useExplorer((state) => state.busy !== null)
  const answer = useExplorer((state) => state.patterns)
  const between = BETWEEN.includes(pattern)
  return (
    <div className="patterns">
      <form className="form" onSubmit={(event) => { event.preventDefault(); void lookFor({ pattern, ...(between ? { who: kept.map(({ id }) => id) } : {}), ...(pattern === 'money' && account.trim() !== '' ? { account } : {}) }) }}>
        <Field words={say('patterns.what')}>
          <select value={pattern} onChange={(event) => setPattern(event.target.value as PatternName)}>{NAMES.map((name) => <option key={name} value={name}>{say(`pattern.${name}`)}</option>)}</select>
        </Field>
        {between ? <p className="faint">{kept.length < 2 ? say('patterns.who-none') : say('patterns.who', { names: kept.map(({ label }) => plainLabel(label)).join(', ') })}</p> : null}
        {pattern === 'money' ? <Field words={say('patterns.account')}><input type="text" value={account} onChange={(event) => setAccount(event.target.value)} /></Field> : null}
        <Button type="submit" size="compact-sm" loading={busy} disabled={between && kept.length < 2}>{say('patterns.look')}</Button>
      </form>
      {answer === null ? null : (
        <section aria-label={say(`pattern.${answer.pattern}`)}>
          <h3>{say(`pattern.${answer.pattern}`)}</h3>
          <p className="faint" role="status">{answer.findings.length === 0 ? say('patterns.none') : say('patterns.of', { n: answer.findings.length, of: answer.of })}</p>
          <details className="beside"><summary>{say('patterns.method')}</summary><p><Told text={answer.method} /></p></details>
          {answer.cautions.length === 0 ? null : <ul className="pattern-cautions" tabIndex={0} aria-label={say('findings.before')}>{answer.cautions.map((caution) => <li key={caution}><Told text={caution} /></li>)}</ul>}
          <ol className="plain">{answer.findings.map((finding, i) => <li key={i}><Finding finding={finding} /></li>)}</ol>
        </section>
      )}
    </div>
  )
}

function Finding({ finding }: { readonly finding: PatternFinding }) {
  const zone = useExplorer((state) => state.summary?.timezone)
  const when = formatSpan(finding.first_ms, finding.last_ms, zone)
  const { kind, value } = finding.sureness
  return (
    <article className="finding">
      <p><bdi><Told text={plainLabel(finding.text)} /></bdi></p>
      <p className="faint">{say(`patterns.sure.${kind}`, { p: value === null ? '' : value.toPrecision(2) })}{when === null ? '' : ` · ${when}`}</p>
      {finding.subjects.length === 0 ? null : (
        <p className="finding-who">{finding.subjects.slice(0, 8).map((one) => <UnstyledButton key={one.id} className="who" onClick={() => void goTo(one.id, one.label)}><KindIcon kind={one.kind} size={13} /> <bdi>{plainLabel(one.label)}</bdi></UnstyledButton>)}</p>
      )}
      <Reasons words={say('patterns.for')} reasons={finding.because} open />
      <Reasons words={say('patterns.against')} reasons={finding.against} />
      {finding.rows.length === 0 ? null : (
        <details className="beside"><summary>{say('patterns.rows')} <span className="count">{say('card.of', { n: finding.rows.length, of: finding.rows_of })}</span></summary><p className="finding-rows">{finding.rows.slice(0, 60).map(({ file, row }) => <span key={`${file}:${row}`} className="source"><bdi>{`${file}:${row}`}</bdi></span>)}</p></details>
      )}
    </article>
  )
}

function Reasons({ words, reasons, open = false }: { readonly words: string; readonly reasons: readonly Reason[]; readonly open?: boolean }) {
  const drawn = useExplorer((state) => state.steps !== null)
  const named = useExplorer((state) => state.named?.text)
  if (reasons.length === 0) return null
  return (
    <details className="beside" open={open}>
      <summary>{words}</summary>
      <ul className="plain reasons">
        {reasons.map((reason) => (
          <li key={reason.code + reason.text}>
            {drawn && reason.entities.length + reason.links.length > 0
              ? <UnstyledButton className="reason" aria-pressed={named === reason.text} onClick={() => showReason(reason)} title={say('rank.forward')}><Told text={reason.text} begins /></UnstyledButton>
              : <span className="reason"><Told text={reason.text} begins /></span>}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** A sentence of the engine: in the language of the screen, or marked as the English it is. `begins`: it stands alone, with a capital. */
function Told({ text, begins = false }: { readonly text: string; readonly begins?: boolean }) {
  const words = told(text)
  const shown = begins ? capital(words) : words
  return words === text ? <span lang="en" dir="auto">{shown}</span> : shown
}
