/** What an exhibit can have besides: who receives which copy, and the identities behind the codes under a seal of their own. */
import type { ExhibitBody } from '@ringmap/model/wire'
import { say } from '../words/say.ts'
import { Field } from './Dialog.tsx'

interface ExtrasProps {
  readonly form: ExhibitBody
  readonly set: (change: Partial<ExhibitBody>) => void
  readonly passphrase: string
  readonly repeated: string
  readonly type: (passphrase: string, repeated: string) => void
}

export function ExhibitExtras({ form, set, passphrase, repeated, type }: ExtrasProps) {
  const annexe = form.annexe_authority !== null
  const differ = repeated !== '' && passphrase !== repeated
  return (
    <details className="extras" open={annexe || form.recipient !== ''}>
      <summary>{say('exhibit.extras')}</summary>
      <div className="form-columns">
        <Field words={say('exhibit.recipient')}><input type="text" value={form.recipient} onChange={(event) => set({ recipient: event.target.value })} /></Field>
        <Field words={say('exhibit.copy')}><input type="number" min={1} step={1} value={form.copy} disabled={form.recipient.trim() === ''} onChange={(event) => set({ copy: Math.max(1, Math.round(Number(event.target.value))) })} /></Field>
      </div>
      <label className="choice"><input type="checkbox" checked={annexe} onChange={(event) => { set({ annexe_authority: event.target.checked ? '' : null }); type('', '') }} /> {say('exhibit.annexe')}</label>
      {annexe ? (
        <>
          <p className="faint">{say('exhibit.annexe.note')}</p>
          <div className="form-columns">
            <Field words={say('exhibit.annexe.authority')}><input type="text" required value={form.annexe_authority ?? ''} onChange={(event) => set({ annexe_authority: event.target.value })} /></Field>
            <Field words={say('exhibit.annexe.passphrase')}><input type="password" autoComplete="new-password" value={passphrase} onChange={(event) => type(event.target.value, repeated)} /></Field>
            <Field words={say('exhibit.annexe.repeat')}><input type="password" autoComplete="new-password" aria-invalid={differ} value={repeated} onChange={(event) => type(passphrase, event.target.value)} /></Field>
          </div>
          {differ ? <p className="field-fault" role="alert">{say('exhibit.annexe.differ')}</p> : null}
        </>
      ) : null}
    </details>
  )
}

/** A seal that nobody can open again must not be made by a slip of the fingers. */
export function sealed({ annexe_authority: authority }: ExhibitBody, passphrase: string, repeated: string): boolean {
  return authority === null || (authority.trim() !== '' && passphrase !== '' && passphrase === repeated)
}
