/** The list of keys; single keys act only while the chart has the focus. */
import './key-list.css'
import { CloseButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { CHART_KEYS } from '../keys/chart-keys.ts'
import { chooseSingleKeys } from '../preferences.ts'
import { setState, useExplorer } from '../state.ts'
import { say } from '../words/say.ts'

export function KeyList() {
  const open = useExplorer((state) => state.keys)
  const single = useExplorer((state) => state.singleKeys)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open) dialog.current?.showModal()
  }, [open])
  if (!open) return null
  const close = (): void => {
    setState({ keys: false })
    document.getElementById('chart')?.focus()
  }
  return (
    <dialog ref={dialog} className="keys" aria-labelledby="keys-title" onClose={close}>
      <CloseButton className="keys-close" aria-label={say('keys.close')} onClick={close} />
      <h2 id="keys-title">{say('keys.title')}</h2>
      <dl>{CHART_KEYS.map(({ shown, does }) => <div key={shown}><dt>{shown.split('  ').map((one) => <kbd key={one}>{one}</kbd>)}</dt><dd>{say(`keys.${does}`)}</dd></div>)}</dl>
      <label className="choice"><input type="checkbox" checked={single} onChange={(event) => chooseSingleKeys(event.target.checked)} /> {say('keys.single')}</label>
      <p>{say('keys.focus')}</p>
    </dialog>
  )
}
