/** Whether the page is being printed: known before it is laid out for paper. */
import { useSyncExternalStore } from 'react'

let printing = false

function follow(changed: () => void): () => void {
  const on = (): void => {
    printing = true
    changed()
  }
  const off = (): void => {
    printing = false
    changed()
  }
  window.addEventListener('beforeprint', on)
  window.addEventListener('afterprint', off)
  return () => {
    window.removeEventListener('beforeprint', on)
    window.removeEventListener('afterprint', off)
  }
}

export function usePrinting(): boolean {
  return useSyncExternalStore(follow, () => printing)
}
