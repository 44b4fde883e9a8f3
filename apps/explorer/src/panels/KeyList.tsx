/** The list of keys; single keys act only while the chart has the focus. */
import { CloseButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { setState, useExplorer } from '../state.ts'

const KEYS: readonly (readonly [string, string])[] = [
  ['Ctrl K  /', 'search'], ['Arrows', 'walk along links'], ['Enter', 'go to the card'], ['E', 'bring all neighbours'],
  ['H', 'put out of sight'], ['Shift H', 'hide the others'], ['U', 'show everything'], ['K', 'pin or release'],
  ['P', 'keep; on a second: what joins the two'], ['[  ]', 'time window back, on'], ['1 – 5', 'layouts'], ['F  0', 'fit to view'],
  ['+  -', 'zoom'], ['S', 'save with the case'], ['Ctrl Z', 'undo'], ['Ctrl Shift Z', 'do again'], ['Escape', 'clear'], ['?', 'this list'],
]

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
      <CloseButton style={{ float: 'right' }} aria-label="Close the list of keys" onClick={close} />
      <h2 id="keys-title">Keys</h2>
      <dl>{KEYS.map(([key, does]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div>)}</dl>
      <p>Single keys act only while the chart has the focus.</p>
    </dialog>
  )
}
