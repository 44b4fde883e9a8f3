/** Which two charts to compare: the one on the screen, snapshots, and charts saved with the case. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { compare, ON_SCREEN, takeSnapshot } from '../compare-actions.ts'
import { closeDialog } from '../desk-actions.ts'
import { useSavedCharts } from '../panels/SavedCharts.tsx'
import { useExplorer } from '../state.ts'
import { plainLabel } from '../words/label.ts'
import { formatMoment } from '../words/moment.ts'
import { say } from '../words/say.ts'
import { Dialog, Field } from './Dialog.tsx'

export function CompareDialog() {
  const open = useExplorer((state) => state.steps !== null)
  const zone = useExplorer((state) => state.summary?.timezone)
  const charts = useSavedCharts()
  const choices = [
    ...(open ? [{ name: ON_SCREEN, words: say('compare.this') }] : []),
    ...charts.filter(({ revision }) => revision !== null).toSorted((a, b) => (b.saved_ms ?? 0) - (a.saved_ms ?? 0))
      .map(({ name, saved_ms: at, snapshot }) => ({ name, words: [plainLabel(name), ...(snapshot ? [say('snapshot.mark')] : []), ...(at === null ? [] : [formatMoment(at, zone)])].join(' · ') })),
  ]
  const [given, setGiven] = useState<{ readonly before: string | null; readonly after: string | null }>({ before: null, after: null })
  const after = given.after ?? choices[0]?.name ?? ''
  const before = given.before ?? choices.find(({ name }) => name !== after)?.name ?? ''
  const run = async (): Promise<void> => {
    closeDialog()
    await compare(before, after)
  }
  return (
    <Dialog title={say('compare.act')} close={closeDialog}>
      <p>{say('compare.note')}</p>
      {choices.length < 2 ? (
        <>
          <p className="contact-only">{say('compare.too-few')}</p>
          {open ? <div className="dialog-acts"><Button onClick={() => void takeSnapshot().then(closeDialog)}>{say('snapshot.take')}</Button></div> : null}
        </>
      ) : (
        <form className="form" onSubmit={(event) => { event.preventDefault(); void run() }}>
          <Field words={say('compare.before')}><select value={before} onChange={(event) => setGiven({ ...given, before: event.target.value })}>{choices.map(({ name, words }) => <option key={name} value={name}>{words}</option>)}</select></Field>
          <Field words={say('compare.after')}><select value={after} onChange={(event) => setGiven({ ...given, after: event.target.value })}>{choices.map(({ name, words }) => <option key={name} value={name}>{words}</option>)}</select></Field>
          {before === after ? <p className="field-fault">{say('compare.same-two')}</p> : null}
          <div className="dialog-acts"><Button type="submit" disabled={before === after}>{say('compare.run')}</Button></div>
        </form>
      )}
    </Dialog>
  )
}
