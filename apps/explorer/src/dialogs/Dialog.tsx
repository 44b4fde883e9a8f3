/** A dialog over the page: keeps the focus inside, closes by Escape, and gives the focus back to where it came from. */
import './dialogs.css'
import { CloseButton } from '@mantine/core'
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react'
import { say } from '../words/say.ts'

interface DialogProps {
  readonly title: string
  readonly wide?: boolean
  readonly close: () => void
  readonly children: ReactNode
}

export function Dialog({ title, wide = false, close, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  // Before it is taken off the page: once it is gone, the browser no longer knows where the focus came from.
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    // Else the focus is on the button that closes it, and the first space typed would.
    shown?.querySelector<HTMLElement>('[data-first]')?.focus()
    return () => shown?.close()
  }, [])
  return (
    <dialog ref={dialog} className="dialog" data-wide={wide} aria-labelledby={heading} onCancel={(event) => { event.preventDefault(); close() }}>
      <header className="dialog-head">
        <h2 id={heading}>{title}</h2>
        <CloseButton aria-label={say('dialog.close')} title={say('dialog.close')} onClick={close} />
      </header>
      <div className="dialog-body" tabIndex={-1}>{children}</div>
    </dialog>
  )
}

/** A field with its words above it. */
export function Field({ words, children }: { readonly words: string; readonly children: ReactNode }) {
  return <label className="field"><span className="field-words">{words}</span>{children}</label>
}
