/** Charts and snapshots saved with the case, on the start page: who saved them when; one that cannot be read is named too. */
import { Button, UnstyledButton } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { SavedChartName } from '@ringmap/model/saved-chart'
import { openSaved, problemOf } from '../actions.ts'
import { openDialog } from '../desk-actions.ts'
import { get } from '../api.ts'
import { setState, useExplorer } from '../state.ts'
import { plainLabel } from '../words/label.ts'
import { formatMoment } from '../words/moment.ts'
import { say } from '../words/say.ts'

export function useSavedCharts(): readonly SavedChartName[] {
  const [charts, setCharts] = useState<readonly SavedChartName[]>([])
  useEffect(() => {
    const stop = new AbortController()
    get('GET /api/charts', {}, stop.signal).then(setCharts, (problem: unknown) => {
      if (!stop.signal.aborted) setState({ problem: problemOf(problem) })
    })
    return () => stop.abort()
  }, [])
  return charts
}

export function SavedCharts() {
  const zone = useExplorer((state) => state.summary?.timezone)
  const charts = useSavedCharts()
  if (charts.length === 0) return null
  return (
    <section className="start-part" aria-labelledby="saved-title">
      <div className="saved-head">
        <h3 id="saved-title">{say('saved.title')}</h3>
        {charts.length < 2 ? null : <Button size="compact-xs" variant="default" onClick={() => openDialog({ name: 'compare' })}>{say('compare.act')}</Button>}
      </div>
      <ul className="plain saved">
        {charts.map(({ name, revision, snapshot, entities, saved_ms: at, who }) => (
          <li key={name}>
            <UnstyledButton className="link-row" data-saved={name} onClick={() => void openSaved(name)}>
              <span><bdi><strong>{plainLabel(name)}</strong></bdi>{snapshot ? <span className="faint"> · {say('snapshot.mark')}</span> : null}</span>
              <span className="faint">{revision === null ? say('saved.unreadable') : at === null ? say('saved.by', { entities: say('count.entities', { n: entities }), who: who ?? '' }) : say('saved.by-on', { entities: say('count.entities', { n: entities }), who: who ?? '', at: formatMoment(at, zone) })}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
