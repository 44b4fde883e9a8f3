/** An exhibit of a chart: for whom, as of when, who signs; what is still missing stands as a list until nothing is. */
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { CasePeople, ExhibitAnswer, ExhibitBody } from '@ringmap/model/wire'
import { post, type Refusal } from '../api.ts'
import { problemOf } from '../actions.ts'
import { currentChart } from '../chart/steps.ts'
import { closeDialog, download } from '../desk-actions.ts'
import { Icon } from '../icons/Icon.tsx'
import { TOOLS } from '../icons/tool-icons.ts'
import { useExplorer } from '../state.ts'
import { counted } from '../words/amount.ts'
import { told } from '../words/engine-sentences.ts'
import { clockAt, momentOf, zoneAt } from '../words/moment.ts'
import { say, sayIfKnown } from '../words/say.ts'
import { capital, ringLabel } from '../words/terms.ts'
import { Dialog, Field } from './Dialog.tsx'
import { ExhibitExtras, sealed } from './ExhibitExtras.tsx'
import { named, usePeople } from './people.ts'
import { Refused } from './Refused.tsx'

/** Hints about flags of the command line say nothing here: the fields stand above. */
const FLAGS = /^(?:Name (?:one|another) with|Use) --/
/** Between the last change and the question what is missing. */
const PAUSE_ms = 300

export function ExhibitDialog() {
  const { people, problem } = usePeople()
  return (
    <Dialog title={say('exhibit.title')} close={closeDialog} wide>
      <p>{say('exhibit.note')}</p>
      <Refused problem={problem} />
      {people === null ? null : <Form people={people} />}
    </Dialog>
  )
}

function Form({ people }: { readonly people: CasePeople }) {
  const subjects = useSubjects()
  const zone = useExplorer((state) => state.summary?.timezone)
  const analysts = people.users.filter(({ role }) => role === 'analyst')
  const reviewers = people.users.filter(({ role }) => role === 'reviewer')
  const [form, setForm] = useState<ExhibitBody>({
    subject: subjects[0]?.id ?? '', profile: 'court-open', mode: 'summary', as_of_ms: people.as_of_ms ?? people.now_ms, analyst: analysts[0]?.id ?? null, reviewer: reviewers[0]?.id ?? null, review_remarks: '', recipient: '', copy: 1, annexe_authority: null,
  })
  const [repeated, setRepeated] = useState('')
  const [passphrases, setPassphrases] = useState<Readonly<Record<string, string>>>({})
  const [written, setWritten] = useState<ExhibitAnswer | null>(null)
  const [problem, setProblem] = useState<Refusal | null>(null)
  const [writing, setWriting] = useState(false)
  const { gaps, refused } = useGaps(form)
  const set = (change: Partial<ExhibitBody>): void => {
    setForm({ ...form, ...change })
    setWritten(null)
    setProblem(null)
  }
  const write = async (): Promise<void> => {
    setWriting(true)
    setProblem(null)
    try {
      setWritten(await post('POST /api/exhibit', { ...form, passphrases }))
      setPassphrases({})
      setRepeated('')
    } catch (cause) {
      setProblem(problemOf(cause))
    } finally {
      setWriting(false)
    }
  }
  const signers = [form.analyst, form.reviewer].filter((one): one is string => one !== null)
  return (
    <form className="form exhibit-form" onSubmit={(event) => { event.preventDefault(); void write() }}>
      <div className="form-columns">
        <Field words={say('exhibit.subject')}><select value={form.subject} onChange={(event) => set({ subject: event.target.value })}>{subjects.map(({ id, label }) => <option key={id} value={id}>{label}</option>)}</select></Field>
        <Field words={say('exhibit.profile')}><select value={form.profile} onChange={(event) => set({ profile: event.target.value })}>{people.profiles.map((one) => <option key={one} value={one}>{sayIfKnown(`exhibit.profile.${one}`, one)}</option>)}</select></Field>
        <Field words={say('exhibit.mode')}><select value={form.mode} onChange={(event) => set({ mode: event.target.value })}>{people.modes.map((one) => <option key={one} value={one}>{sayIfKnown(`exhibit.mode.${one}`, one)}</option>)}</select></Field>
        <Field words={say('exhibit.as-of', { zone: zoneAt(form.as_of_ms, zone) })}><input type="datetime-local" value={clockAt(form.as_of_ms, zone)} onChange={(event) => { const at = momentOf(event.target.value, zone); if (at !== null) set({ as_of_ms: at }) }} /></Field>
        <Person words={say('exhibit.analyst')} value={form.analyst} from={analysts} set={(analyst) => set({ analyst })} />
        <Person words={say('exhibit.reviewer')} value={form.reviewer} from={reviewers} set={(reviewer) => set({ reviewer })} />
        {signers.map((who) => <Field key={who} words={say('unmask.passphrase', { who })}><input type="password" autoComplete="off" value={passphrases[who] ?? ''} onChange={(event) => setPassphrases({ ...passphrases, [who]: event.target.value })} /></Field>)}
        {form.reviewer === null ? null : <Field words={say('exhibit.remarks')}><input type="text" value={form.review_remarks} onChange={(event) => set({ review_remarks: event.target.value })} /></Field>}
      </div>
      <ExhibitExtras form={form} set={set} passphrase={passphrases['annexe'] ?? ''} repeated={repeated} type={(annexe, again) => { setPassphrases({ ...passphrases, annexe }); setRepeated(again) }} />
      <section className="gaps" aria-live="polite" data-gaps={gaps?.length ?? ''}>
        {gaps === null ? <p className="faint">{say('exhibit.checking')}</p> : gaps.length === 0 ? <p className="gaps-none"><Icon svg={TOOLS.check} /> {say('exhibit.complete')}</p> : (
          <>
            <h3>{say('exhibit.missing', { n: gaps.length })}</h3>
            <ul>{gaps.map(({ what, hint }) => <li key={what}><span>{what.startsWith('exhibit.') ? told(what) : capital(told(what))}</span><span className="faint">{FLAGS.test(hint) ? '' : told(hint)}</span></li>)}</ul>
          </>
        )}
      </section>
      <Refused problem={problem ?? refused} />
      {written === null ? null : (
        <div className="written" role="status">
          <p><strong>{say('exhibit.written', { n: written.files })}</strong> {say('exhibit.read')}</p>
          <dl className="facts"><div><dt>{say('exhibit.certificate')}</dt><dd className="mono">{written.manifest_sha256}</dd></div><div><dt>{say('exhibit.zip')}</dt><dd className="mono">{written.zip_sha256}</dd></div>{written.annexe === null ? null : <div><dt>{say('exhibit.annexe.written')}</dt><dd><span className="mono annexe-file">{written.annexe.file}</span><br /><span className="mono">{written.annexe.sha256}</span></dd></div>}</dl>
          <Button variant="light" onClick={() => void download(written.name)}>{say('exhibit.download', { name: written.name, size: `${counted(written.size / 1024)} kB` })}</Button>
        </div>
      )}
      <div className="dialog-acts"><Button type="submit" loading={writing} disabled={gaps === null || gaps.length > 0 || !sealed(form, passphrases['annexe'] ?? '', repeated)}>{say('exhibit.write')}</Button></div>
    </form>
  )
}

function Person({ words, value, from, set }: { readonly words: string; readonly value: string | null; readonly from: CasePeople['users']; readonly set: (id: string | null) => void }) {
  return (
    <Field words={words}>
      <select value={value ?? ''} onChange={(event) => set(event.target.value === '' ? null : event.target.value)}>
        <option value="">{say('exhibit.nobody')}</option>
        {from.map((one) => <option key={one.id} value={one.id}>{named(one)}</option>)}
      </select>
    </Field>
  )
}

/** The chart on the screen if it is of a ring or an entity, then the rings. */
function useSubjects(): readonly { readonly id: string; readonly label: string }[] {
  const rings = useExplorer((state) => state.findings?.rings) ?? []
  const steps = useExplorer((state) => state.steps)
  const list = rings.map(({ id, label }) => ({ id, label: ringLabel(label) }))
  if (steps === null || steps.subject === 'paths' || list.some(({ id }) => id === steps.subject)) return steps === null ? list : [...list.filter(({ id }) => id === steps.subject), ...list.filter(({ id }) => id !== steps.subject)]
  return [{ id: steps.subject, label: ringLabel(currentChart(steps).title) }, ...list]
}

interface Asked {
  /** The question as it was sent; null: none was answered yet. */
  readonly question: string | null
  readonly gaps: readonly { readonly what: string; readonly hint: string }[] | null
  readonly refused: Refusal | null
}

/** Asked anew where the answer can be another one: not for a recipient, nor for what is sealed. */
function useGaps(form: ExhibitBody): Omit<Asked, 'question'> {
  const [known, setKnown] = useState<Asked>({ question: null, gaps: null, refused: null })
  const question = JSON.stringify({ ...form, recipient: '', copy: 1, annexe_authority: null } satisfies ExhibitBody)
  useEffect(() => {
    const timer = setTimeout(() => {
      post('POST /api/exhibit/check', JSON.parse(question) as ExhibitBody).then((gaps) => setKnown({ question, gaps, refused: null }), (cause: unknown) => setKnown({ question, gaps: null, refused: problemOf(cause) }))
    }, PAUSE_ms)
    return () => clearTimeout(timer)
  }, [question])
  return known.question === question ? known : { gaps: null, refused: null }
}
