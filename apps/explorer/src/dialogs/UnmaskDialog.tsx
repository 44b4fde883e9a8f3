/** Who stands behind a code: asked of the server with a reason and an authority, written down there first, shown until it is closed or has ended. */
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { CasePeople, UnmaskAnswer } from '@ringmap/model/wire'
import { post, type Refusal } from '../api.ts'
import { problemOf } from '../actions.ts'
import { closeDialog } from '../desk-actions.ts'
import { useExplorer } from '../state.ts'
import { plainLabel } from '../words/label.ts'
import { clockAt, momentOf, zoneAt } from '../words/moment.ts'
import { say, sayIfKnown } from '../words/say.ts'
import { workTold } from '../words/work-words.ts'
import { Said } from '../panels/Said.tsx'
import { Dialog, Field } from './Dialog.tsx'
import { named, usePeople } from './people.ts'
import { Refused } from './Refused.tsx'

const HOUR_ms = 3_600_000

export function UnmaskDialog({ code }: { readonly code: string }) {
  const { people, problem } = usePeople()
  return (
    <Dialog title={say('unmask.title', { code })} close={closeDialog}>
      <p>{say('unmask.note')}</p>
      <Refused problem={problem} />
      {people === null ? null : people.users.length === 0 ? <p className="contact-only">{say('unmask.nobody')}</p> : <Request code={code} people={people} />}
    </Dialog>
  )
}

function Request({ code, people }: { readonly code: string; readonly people: CasePeople }) {
  const zone = useExplorer((state) => state.summary?.timezone)
  const [form, setForm] = useState({ user: people.users[0]?.id ?? '', passphrase: '', reason: people.unmask_reasons[0] ?? '', note: '', authority: '', until: clockAt(people.now_ms + HOUR_ms, zone), approver: '', approver_passphrase: '' })
  const [shown, setShown] = useState<UnmaskAnswer | null>(null)
  const [problem, setProblem] = useState<Refusal | null>(null)
  const until = momentOf(form.until, zone) ?? people.now_ms
  const second = people.approved_reasons.includes(form.reason)
  const reviewers = people.users.filter(({ id, role }) => role === 'reviewer' && id !== form.user)
  const approver = !second ? '' : reviewers.some(({ id }) => id === form.approver) ? form.approver : reviewers[0]?.id ?? ''
  useEffect(() => {
    if (shown === null) return undefined
    const timer = setTimeout(() => setShown(null), Math.max(0, until - Date.now()))
    return () => clearTimeout(timer)
  }, [shown, until])
  const ask = async (): Promise<void> => {
    setProblem(null)
    try {
      setShown(await post('POST /api/unmask', { code, user: form.user, passphrase: form.passphrase, reason: form.reason, note: form.note, authority: form.authority, until_ms: until, approver, approver_passphrase: second ? form.approver_passphrase : '' }))
      setForm({ ...form, passphrase: '', approver_passphrase: '' })
    } catch (refused) {
      setProblem(problemOf(refused))
    }
  }
  if (shown !== null) {
    return (
      <div className="unmasked" role="status">
        <p>{say('unmask.is', { code: shown.code })} <strong><bdi>{plainLabel(shown.label)}</bdi></strong></p>
        <dl className="facts">{shown.identifiers.map(({ scheme, value }) => <div key={scheme + value}><dt>{sayIfKnown(`field.${scheme}`, scheme)}</dt><dd><bdi>{plainLabel(value)}</bdi></dd></div>)}</dl>
        <p className="watermark"><Said words={workTold('watermark', shown.watermark)} english={shown.watermark} /></p>
        <Button onClick={() => setShown(null)}>{say('unmask.hide')}</Button>
      </div>
    )
  }
  return (
    <form className="form" onSubmit={(event) => { event.preventDefault(); void ask() }}>
      <Field words={say('unmask.who')}>
        <select value={form.user} onChange={(event) => setForm({ ...form, user: event.target.value })}>{people.users.map((one) => <option key={one.id} value={one.id}>{named(one)}</option>)}</select>
      </Field>
      <Field words={say('unmask.passphrase', { who: form.user })}><input type="password" autoComplete="off" required value={form.passphrase} onChange={(event) => setForm({ ...form, passphrase: event.target.value })} /></Field>
      <Field words={say('unmask.reason')}>
        <select value={form.reason} onChange={(event) => setForm({ ...form, reason: event.target.value })}>{people.unmask_reasons.map((reason) => <option key={reason} value={reason}>{sayIfKnown(`unmask.reason.${reason}`, reason)}</option>)}</select>
      </Field>
      {second ? (
        <fieldset className="plain-set second-person">
          <p>{say(reviewers.length === 0 ? 'unmask.no-approver' : 'unmask.second')}</p>
          {reviewers.length === 0 ? null : (
            <>
              <Field words={say('unmask.approver')}><select value={approver} onChange={(event) => setForm({ ...form, approver: event.target.value })}>{reviewers.map((one) => <option key={one.id} value={one.id}>{named(one)}</option>)}</select></Field>
              <Field words={say('unmask.passphrase', { who: approver })}><input type="password" autoComplete="off" required value={form.approver_passphrase} onChange={(event) => setForm({ ...form, approver_passphrase: event.target.value })} /></Field>
            </>
          )}
        </fieldset>
      ) : null}
      <Field words={say('unmask.words')}><textarea rows={2} required value={form.note} onChange={(event) => setForm({ ...form, note: event.target.value })} /></Field>
      <Field words={say('unmask.authority')}><input type="text" required value={form.authority} onChange={(event) => setForm({ ...form, authority: event.target.value })} /></Field>
      <Field words={say('unmask.until', { zone: zoneAt(until, zone) })}><input type="datetime-local" required value={form.until} onChange={(event) => setForm({ ...form, until: event.target.value })} /></Field>
      <Refused problem={problem} />
      <div className="dialog-acts"><Button type="submit" disabled={second && reviewers.length === 0}>{say('unmask.show')}</Button></div>
    </form>
  )
}
