/** A note: its words, and what it is about. What protects persons is said before the words are kept. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Refusal } from '../api.ts'
import { problemOf } from '../actions.ts'
import { closeDialog } from '../desk-actions.ts'
import { aboutOf, newNotePlace, noteOf, removeNote, writeNote } from '../note-actions.ts'
import { say } from '../words/say.ts'
import { Dialog, Field } from './Dialog.tsx'
import { Refused } from './Refused.tsx'

const LONGEST = 400

export function NoteDialog({ id }: { readonly id: string | null }) {
  const note = id === null ? undefined : noteOf(id)
  // Once, and not with every letter: the place of a new note is looked for among all entities in sight.
  const [about] = useState(() => aboutOf(note?.place ?? newNotePlace()))
  const [text, setText] = useState(note?.text ?? '')
  const [problem, setProblem] = useState<Refusal | null>(null)
  const keep = async (): Promise<void> => {
    try {
      await writeNote(id, text)
      closeDialog()
    } catch (refused) {
      setProblem(problemOf(refused))
    }
  }
  return (
    <Dialog title={say(id === null ? 'note.new' : 'note.change')} close={closeDialog}>
      <form className="form" onSubmit={(event) => { event.preventDefault(); void keep() }}>
        <p>{say('note.about')} <strong><bdi>{about}</bdi></strong></p>
        <Field words={say('note.words')}><textarea rows={4} required dir="auto" data-first maxLength={LONGEST} value={text} onChange={(event) => setText(event.target.value)} /></Field>
        <p className="faint">{say('note.masked')}</p>
        <Refused problem={problem} />
        <div className="dialog-acts">
          <Button type="submit" disabled={text.trim() === ''}>{say('note.keep')}</Button>
          {id === null ? null : <Button variant="default" onClick={() => { closeDialog(); removeNote(id) }}>{say('note.remove')}</Button>}
        </div>
      </form>
    </Dialog>
  )
}
