/** Pairs of records that may be one: side by side, what speaks for and against each, and a person's answer with its reason. */
import { Button, Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Answer, ReviewPair, ReviewQueue, ReviewRecord } from '@ringmap/model/judgement'
import { get, type Refusal } from '../api.ts'
import { openChart, problemOf } from '../actions.ts'
import { closeDialog, judge, openDialog, startWork } from '../desk-actions.ts'
import { plainLabel } from '../words/label.ts'
import { told } from '../words/engine-sentences.ts'
import { say, sayIfKnown } from '../words/say.ts'
import { Dialog, Field } from './Dialog.tsx'
import { Refused } from './Refused.tsx'
import { Waterfall } from './Waterfall.tsx'


export function ReviewDialog() {
  const [all, setAll] = useState(false)
  const { queue, problem } = useQueue(all)
  const [at, setAt] = useState(0)
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set())
  const pairs = (queue?.pairs ?? []).filter((pair) => !answered.has(keyOf(pair)))
  const place = Math.min(at, pairs.length - 1)
  const pair = pairs[place]
  const apply = async (): Promise<void> => {
    openDialog({ name: 'work' })
    await startWork(['link', 'find'], false)
  }
  return (
    <Dialog title={say('review.title')} close={closeDialog} wide>
      <Refused problem={problem} />
      <div className="review-head">
        {pair === undefined || queue === null ? null : <span className="faint" role="status">{say('review.at', { n: place + 1, of: queue.of - answered.size })}</span>}
        <label className="choice"><input type="checkbox" checked={all} onChange={(event) => { setAll(event.target.checked); setAt(0) }} /> {say('review.all')}</label>
      </div>
      {queue === null && problem === null ? <Loader size={18} role="img" aria-label={say('search.waiting')} /> : null}
      {queue !== null && pair === undefined ? <p className="empty">{say('review.none')}</p> : null}
      {pair === undefined ? null : (
        <PairView key={keyOf(pair)} pair={pair} done={() => setAnswered(new Set([...answered, keyOf(pair)]))} earlier={place === 0 ? null : () => setAt(place - 1)} later={place >= pairs.length - 1 ? null : () => setAt(place + 1)} />
      )}
      {answered.size === 0 ? null : <p className="review-kept" role="status">{say('review.kept', { n: answered.size })} <Button size="compact-sm" variant="light" onClick={() => void apply()}>{say('review.apply')}</Button></p>}
    </Dialog>
  )
}

interface PairViewProps {
  readonly pair: ReviewPair
  readonly done: () => void
  readonly earlier: (() => void) | null
  readonly later: (() => void) | null
}

function PairView({ pair, done, earlier, later }: PairViewProps) {
  const [why, setWhy] = useState('')
  const [missing, setMissing] = useState(false)
  const [problem, setProblem] = useState<Refusal | null>(null)
  const answer = async (given: Answer): Promise<void> => {
    setMissing(why.trim() === '')
    if (why.trim() === '') return
    try {
      await judge(pair.left.id, pair.right.id, given, why.trim())
      done()
    } catch (cause) {
      setProblem(problemOf(cause))
    }
  }
  return (
    <div className="pair">
      <p className="pair-state">{sayIfKnown(`review.state.${pair.state}`, pair.state)}</p>
      <SideBySide left={pair.left} right={pair.right} />
      <h3>{say('review.weighs')}</h3>
      <Waterfall explanation={pair.explanation} />
      {pair.why === '' ? null : <p className="faint"><bdi>{pair.why.split('; ').map(told).join('; ')}</bdi></p>}
      <Field words={say('review.why')}><textarea rows={2} value={why} aria-invalid={missing} onChange={(event) => setWhy(event.target.value)} /></Field>
      {missing ? <p role="alert" className="field-fault">{say('review.need-why')}</p> : null}
      <Refused problem={problem} />
      <div className="dialog-acts">
        <Button onClick={() => void answer('same')}>{say('review.same')}</Button>
        <Button onClick={() => void answer('different')}>{say('review.different')}</Button>
        <Button variant="default" onClick={() => void answer('unsure')}>{say('review.unsure')}</Button>
        <span className="dialog-gap" />
        <Button variant="subtle" color="navy" disabled={earlier === null} onClick={() => earlier?.()}>{say('review.earlier')}</Button>
        <Button variant="subtle" color="navy" disabled={later === null} onClick={() => later?.()}>{say('review.later')}</Button>
      </div>
    </div>
  )
}

function SideBySide({ left, right }: { readonly left: ReviewRecord; readonly right: ReviewRecord }) {
  const names = [...new Set([...left.facts, ...right.facts].map(({ name }) => name))].sort((a, b) => Number(b === 'name') - Number(a === 'name') || (a < b ? -1 : 1))
  const values = (record: ReviewRecord, name: string): string => record.facts.filter((fact) => fact.name === name).map(({ value }) => plainLabel(value)).join('; ')
  const around = (record: ReviewRecord): void => {
    closeDialog()
    void openChart(record.entity, record.label)
  }
  return (
    <table className="side-by-side">
      <thead><tr><th scope="col">{say('review.field')}</th><th scope="col">{say('review.left')}</th><th scope="col">{say('review.right')}</th></tr></thead>
      <tbody>
        {names.map((name) => {
          const [a, b] = [values(left, name), values(right, name)]
          return <tr key={name} data-same={a === b || a === '' || b === ''}><th scope="row">{sayIfKnown(`field.${name}`, name.replaceAll('_', ' '))}</th><td>{a === '' ? <NotStated /> : <bdi>{a}</bdi>}</td><td>{b === '' ? <NotStated /> : <bdi>{b}</bdi>}</td></tr>
        })}
        <tr><th scope="row">{say('review.rows')}</th>{[left, right].map((record) => <td key={record.id} className="mono faint">{record.rows.map(({ source, row }) => `${source}:${row}`).join(', ')}</td>)}</tr>
        <tr><td />{[left, right].map((record) => <td key={record.id}><Button size="compact-xs" variant="light" onClick={() => around(record)}>{say('review.chart')}</Button></td>)}</tr>
      </tbody>
    </table>
  )
}

/** What one side does not say is no difference. */
function NotStated() {
  return <span className="faint">{say('review.not-stated')}</span>
}

function keyOf({ left, right }: ReviewPair): string {
  return `${left.id} ${right.id}`
}

function useQueue(all: boolean): { readonly queue: ReviewQueue | null; readonly problem: Refusal | null } {
  const [queue, setQueue] = useState<ReviewQueue | null>(null)
  const [problem, setProblem] = useState<Refusal | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    get('GET /api/review', all ? { all: '1' } : {}, stop.signal).then(setQueue, (cause: unknown) => {
      if (!stop.signal.aborted) setProblem(problemOf(cause))
    })
    return () => stop.abort()
  }, [all])
  return { queue, problem }
}
