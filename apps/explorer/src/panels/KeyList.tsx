/** The list of keys; single keys act only while the chart has the focus. */
import './key-list.css'
import { CloseButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { setState, useExplorer } from '../state.ts'
import { say } from '../words/say.ts'

/** The names of keys as they stand on the keyboard, in every language; what each does is said by `keys.…`. */
const KEYS = [
  ['Ctrl K  /', 'search'], ['← ↑ → ↓', 'walk'], ['Enter', 'card'], ['E', 'expand'], ['H', 'hide'], ['Shift H', 'others'],
  ['U', 'all'], ['K', 'pin'], ['P', 'paths'], ['[  ]', 'window'], ['L  B', 'lasso'], ['Ctrl A', 'all-chosen'], ['I  N', 'invert'], ['G  Shift G', 'group'], ['D', 'merge'], ['Backspace', 'collapse'], ['1 – 5', 'layouts'], ['F  0', 'fit'],
  ['+  -', 'zoom'], ['S', 'save'], ['Ctrl Z', 'undo'], ['Ctrl Shift Z', 'redo'], ['T', 'play'], ['X', 'exhibit'], ['F6', 'panel'], ['Escape', 'clear'], ['?', 'list'],
] as const

export function KeyList() {
  const open = useExplorer((state) => state.keys)
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
      <dl>{KEYS.map(([key, does]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{say(`keys.${does}`)}</dd></div>)}</dl>
      <p>{say('keys.focus')}</p>
    </dialog>
  )
}
