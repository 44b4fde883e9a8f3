/** Server-sent events to every window that is open: the state when it joins, then each change. */
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { LiveEvent } from '@ringmap/model/live'

/** A silent connection is kept awake; browsers and proxies drop one that says nothing. */
const AWAKE_ms = 15_000

export interface LiveStream {
  readonly publish: (event: LiveEvent) => void
  /** @param first what a window that joins is told at once. */
  readonly join: (context: Context, first: readonly LiveEvent[]) => Response
}

export function liveStream(): LiveStream {
  const windows = new Set<(event: LiveEvent) => void>()
  return {
    publish: (event) => {
      for (const tell of windows) tell(event)
    },
    join: (context, first) => streamSSE(context, async (stream) => {
      const waiting: LiveEvent[] = [...first]
      let wake: (() => void) | null = null
      const tell = (event: LiveEvent): void => {
        waiting.push(event)
        wake?.()
      }
      windows.add(tell)
      stream.onAbort(() => {
        windows.delete(tell)
        wake?.()
      })
      while (!stream.aborted) {
        for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) await stream.writeSSE({ event: event.type, data: JSON.stringify(event) })
        await Promise.race([new Promise<void>((resolve) => (wake = resolve)), new Promise<void>((resolve) => setTimeout(resolve, AWAKE_ms).unref())])
        if (waiting.length === 0 && !stream.aborted) await stream.write(': awake\n\n')
      }
      windows.delete(tell)
    }),
  }
}
