/** A person's rank in windows that slide over the records; computed when asked for, once for all persons of the case. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { OverTime } from '@ringmap/model/over-time'
import { problemOf } from '../actions.ts'
import { get } from '../api.ts'
import { setState, useExplorer } from '../state.ts'
import { formatSpan } from '../words/moment.ts'
import { say } from '../words/say.ts'

/** The answer belongs to the findings it was computed beside; newer findings ask anew. */
let known: { readonly findings: unknown; readonly over: OverTime } | null = null

export function OverTimeTable({ id }: { readonly id: string }) {
  const findings = useExplorer((state) => state.findings)
  const zone = useExplorer((state) => state.summary?.timezone)
  const [waiting, setWaiting] = useState(false)
  const over = known?.findings === findings ? known?.over : undefined
  const ask = async (): Promise<void> => {
    setWaiting(true)
    try {
      known = { findings, over: await get('GET /api/over-time', {}) }
    } catch (problem) {
      setState({ problem: problemOf(problem) })
    } finally {
      setWaiting(false)
    }
  }
  const places = over?.windows.flatMap(({ start_ms: from, end_ms: until, organisers }) => {
    const place = organisers.find(({ subject }) => subject === id)
    return place === undefined ? [] : [{ from, until, place }]
  })
  return (
    <details className="beside">
      <summary>{say('rank.time')}</summary>
      {places === undefined ? <Button size="compact-xs" variant="light" loading={waiting} onClick={() => void ask()}>{say('rank.time.show')}</Button> : places.length === 0 ? <p className="empty">{say('rank.time.none')}</p> : (
        <table>
          <thead><tr><th scope="col">{say('rank.window')}</th><th scope="col">{say('rank.rank')}</th></tr></thead>
          <tbody>{places.map(({ from, until, place }) => <tr key={from}><th scope="row">{formatSpan(from, until - 1, zone)}</th><td>{say('rank.layer.of', { rank: place.rank, of: place.of })}</td></tr>)}</tbody>
        </table>
      )}
    </details>
  )
}
