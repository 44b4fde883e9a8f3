/** A part of the screen that is fetched from this machine when it is first wanted, or when the page has nothing else to do. */
import { Loader } from '@mantine/core'
import { useEffect, useState, type ComponentType } from 'react'
import { say } from './words/say.ts'

const parts: (() => Promise<unknown>)[] = []
/** The first screen is drawn and answered first. */
const PAUSE_ms = 400

/** Stands for the component until its code is there; what cannot be fetched is a fault for the boundary about it, and is tried again after it. */
export function onDemand<Props extends object>(fetched: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let part: ComponentType<Props> | null = null
  let pending: Promise<void> | null = null
  const fetchPart = async (): Promise<void> => await (pending ??= fetched().then((component) => {
    part = component
  }, (fault: unknown) => {
    pending = null
    throw fault
  }))
  parts.push(fetchPart)
  return function OnDemand(props: Props) {
    const [fault, setFault] = useState<Error | null>(null)
    const [, setThere] = useState(part !== null)
    useEffect(() => {
      if (part === null) fetchPart().then(() => setThere(true), (cause: unknown) => setFault(cause instanceof Error ? cause : new Error(say('app.opening'), { cause })))
    }, [])
    if (fault !== null) throw fault
    const Part = part
    return Part === null ? <div className="on-demand"><Loader size={20} role="img" aria-label={say('app.opening')} /></div> : <Part {...props} />
  }
}

/** Fetches every part one after the other, so that a server which goes away later takes none of them with it. */
export function fetchPartsLater(): void {
  setTimeout(() => void (async () => {
    for (const fetchPart of parts) await fetchPart().catch(() => undefined)
  })(), PAUSE_ms)
}
