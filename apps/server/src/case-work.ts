/** Runs import, link and find for the explorer: one at a time, told of to every window, stopped on request. */
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { RingmapError } from '@ringmap/model/errors'
import { NO_WORK, WORK_STEPS, type LiveEvent, type WorkState, type WorkStep } from '@ringmap/model/live'
import { writeAudit } from '@ringmap/case/audit'
import type { GivenPassword } from '@ringmap/case/database-sources'
import { maskedWords } from '@ringmap/case/mask-case'
import type { CaseDesk } from './case-desk.ts'
import { failureOf } from './failure.ts'
import type { WorkMessage, WorkOrder } from './work-order.ts'

const PROCESS = fileURLToPath(new URL('./case-process.ts', import.meta.url))
/** Progress is told at most this often. */
const EVERY_ms = 200
/** A run that does not hear a stop is ended: it works on a copy. */
const PATIENCE_ms = 3000

export interface WorkOptions {
  readonly desk: CaseDesk
  readonly folder: string
  readonly publish: (event: LiveEvent) => void
  readonly now: () => number
  readonly passwords: readonly GivenPassword[]
}

export interface CaseWork {
  readonly state: () => WorkState
  /** @throws RingmapError work_running */
  readonly start: (steps: readonly WorkStep[], options: { readonly force: boolean; readonly who: string; /** Done where the run is stopped or fails. */ readonly undo?: (() => void) | undefined }) => Promise<WorkState>
  /** @throws RingmapError work_running */
  readonly mayStart: () => void
  readonly stop: () => WorkState
  readonly close: () => void
}

export function caseWork({ desk, folder, publish, now, passwords }: WorkOptions): CaseWork {
  let state: WorkState = NO_WORK
  let child: ChildProcess | null = null
  let told = 0
  /** As told by the process; an act names files, and a file may be named after a victim whom only the new state knows. */
  let acts: WorkState['acts'] = []

  const set = (change: Partial<WorkState>): WorkState => {
    state = { ...state, ...change }
    publish({ type: 'work', work: state })
    return state
  }

  const onMessage = (message: WorkMessage): void => {
    if (message.type === 'act') acts = [...acts, { step: message.step, what: message.what }]
    else if (message.type === 'progress') {
      const at = now()
      const { step, what, done, total } = message
      state = { ...state, progress: { step, what, done, total } }
      if (at - told < EVERY_ms) return
      told = at
      publish({ type: 'work', work: state })
    }
  }

  const finish = async (last: WorkMessage | null, who: string, undo: () => void): Promise<void> => {
    child = null
    if (last?.type !== 'done' || state.state === 'stopping') undo()
    if (last?.type === 'done' && state.state !== 'stopping') {
      await desk.takeNext()
      const shown = await desk.use(({ open, mask }) => acts.map(({ step, what }) => {
        writeAudit(open, { at_ms: now(), who, act: step, what, why: null })
        return { step, what: maskedWords(mask, what) }
      }))
      set({ state: 'done', progress: null, acts: shown })
      publish({ type: 'case', version: desk.version })
    } else if (state.state === 'stopping') set({ state: 'stopped', progress: null, acts: [] })
    else set({ state: 'failed', progress: null, acts: [], failure: last?.type === 'failed' ? last.failure : { code: 'failed', message: 'The run ended without a word; the terminal has the details.', hint: 'The case is as it was before.' } })
  }

  const free = (): void => {
    if (child !== null) throw new RingmapError('work_running', { what: state.steps.join(', ') })
  }

  return {
    state: () => state,
    mayStart: free,
    start: async (steps, { force, who, undo = () => undefined }) => {
      free()
      const wanted = WORK_STEPS.filter((step) => steps.includes(step))
      if (wanted.length === 0) throw new RingmapError('usage', { what: `The body needs steps among ${WORK_STEPS.join(', ')}.` })
      const work_folder = await desk.use(({ open }) => open.work)
      const started = fork(PROCESS, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
      child = started
      let last: WorkMessage | null = null
      started.on('message', (message: WorkMessage) => {
        if (message.type === 'done' || message.type === 'failed') last = message
        else onMessage(message)
      })
      started.on('error', () => undefined)
      started.on('close', () => {
        finish(last, who, undo).catch((error: unknown) => {
          const failure = failureOf(error)
          // What this machine refused (a full disk, a missing right) says itself what to do.
          set({ state: 'failed', progress: null, failure: failure.code !== 'failed' ? failure : { ...failure, message: 'The new state could not be put in place; the terminal has the details.', hint: 'Start the explorer again.' } })
        })
      })
      started.send({ folder, work_folder, steps: wanted, force, passwords } satisfies WorkOrder)
      acts = []
      return set({ state: 'running', steps: wanted, who, progress: null, failure: null, acts: [] })
    },
    stop: () => {
      const running = child
      if (running === null || state.state !== 'running') return state
      running.send('stop')
      setTimeout(() => running.kill('SIGKILL'), PATIENCE_ms).unref()
      return set({ state: 'stopping' })
    },
    close: () => {
      child?.kill('SIGKILL')
    },
  }
}
