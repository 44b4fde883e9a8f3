/** Import, link and find: which steps, how far they are, a stop, and what came of them. */
import { Button, Progress } from '@mantine/core'
import { useState } from 'react'
import { WORK_STEPS, type WorkState, type WorkStep } from '@ringmap/model/live'
import { closeDialog, startWork, stopWork } from '../desk-actions.ts'
import { refusal } from '../api.ts'
import { useExplorer } from '../state.ts'
import { say } from '../words/say.ts'
import { workTold } from '../words/work-words.ts'
import { Said } from '../panels/Said.tsx'
import { Dialog } from './Dialog.tsx'
import { Refused } from './Refused.tsx'

export function WorkDialog() {
  const work = useExplorer((state) => state.work)
  const [steps, setSteps] = useState<readonly WorkStep[]>(WORK_STEPS)
  const [force, setForce] = useState(false)
  const running = work.state === 'running' || work.state === 'stopping'
  return (
    <Dialog title={say('work.title')} close={closeDialog}>
      <p>{say('work.note')}</p>
      <fieldset className="plain-set" disabled={running}>
        {WORK_STEPS.map((step) => (
          <label key={step} className="choice">
            <input type="checkbox" checked={steps.includes(step)} onChange={(event) => setSteps(event.target.checked ? WORK_STEPS.filter((one) => one === step || steps.includes(one)) : steps.filter((one) => one !== step))} /> {say(`work.step.${step}`)}
          </label>
        ))}
        <label className="choice"><input type="checkbox" checked={force} onChange={(event) => setForce(event.target.checked)} /> {say('work.force')}</label>
      </fieldset>
      <WorkLine work={work} />
      <div className="dialog-acts">
        {running
          ? <Button color="red.8" onClick={() => void stopWork()} disabled={work.state === 'stopping'}>{say(work.state === 'stopping' ? 'work.stopping' : 'work.stop')}</Button>
          : <Button onClick={() => void startWork(steps, force)} disabled={steps.length === 0}>{say('work.start')}</Button>}
      </div>
    </Dialog>
  )
}

/** Where the work is, for the dialog and for the line under the bar. */
export function WorkLine({ work }: { readonly work: WorkState }) {
  if (work.state === 'idle') return null
  const { progress, failure } = work
  const share = progress === null || progress.total === 0 ? null : progress.done / progress.total
  return (
    <div className="work-line" data-state={work.state}>
      {work.state === 'running' || work.state === 'stopping' ? (
        <>
          <p role="status"><strong>{progress === null ? say('work.running') : say(`work.step.${progress.step}`)}</strong>{progress === null ? null : <> {progress.what === progress.step ? null : <Said words={workTold('progress', progress.what)} english={progress.what} inside />}{share === null ? null : <> · {say('work.progress', { done: progress.done, total: progress.total })}</>}</>}</p>
          <Progress value={share === null ? 100 : share * 100} animated={share === null} striped={share === null} aria-label={say('work.running')} />
          {work.who === null ? null : <p className="faint">{say('work.by', { who: work.who })}</p>}
        </>
      ) : null}
      {work.state === 'done' ? <p role="status">{say('work.done')}</p> : null}
      {work.state === 'stopped' ? <p role="status">{say('work.stopped')}</p> : null}
      {work.state === 'failed' ? <><p>{say('work.failed')}</p><Refused problem={failure === null ? null : refusal(failure.code, failure.details ?? {}, failure)} /></> : null}
      {work.acts.length === 0 ? null : <ul>{work.acts.map(({ step, what }) => <li key={step}>{say(`work.step.${step}`)}: <Said words={workTold('act', what)} english={what} inside /></li>)}</ul>}
    </div>
  )
}
