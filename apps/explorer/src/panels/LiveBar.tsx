/** Under the bar: the server that went away, a step that is running, a chart that is older than the case. */
import './live-bar.css'
import { Button } from '@mantine/core'
import { openDialog, redraw, stopWork } from '../desk-actions.ts'
import { WorkLine } from '../dialogs/WorkDialog.tsx'
import { useExplorer } from '../state.ts'
import { say } from '../words/say.ts'

export function LiveBar() {
  const away = useExplorer((state) => state.away)
  const work = useExplorer((state) => state.work)
  const outdated = useExplorer((state) => state.outdated)
  const dialog = useExplorer((state) => state.dialog?.name)
  const running = work.state === 'running' || work.state === 'stopping'
  if (away === null && !outdated && (!running || dialog === 'work')) return null
  return (
    <div className="live-bar">
      {away === null ? null : <p role="alert" className="live-away">{say(away === 'silent' ? 'live.away' : 'live.new-address')}</p>}
      {running && dialog !== 'work' ? (
        <div className="live-work">
          <WorkLine work={work} />
          <Button size="compact-xs" variant="default" onClick={() => openDialog({ name: 'work' })}>{say('work.title')}</Button>
          <Button size="compact-xs" variant="default" onClick={() => void stopWork()} disabled={work.state === 'stopping'}>{say('work.stop')}</Button>
        </div>
      ) : null}
      {outdated ? <p className="live-outdated" role="status">{say('live.updated')} <Button size="compact-xs" variant="default" onClick={() => void redraw()}>{say('live.redraw')}</Button></p> : null}
    </div>
  )
}
