/** What a person can do to the case from the screen: run steps, judge records, look behind a code, write an exhibit; and what other windows did. */
import type { Answer } from '@ringmap/model/judgement'
import type { LiveEvent, WorkStep } from '@ringmap/model/live'
import type { InDatabase } from '@ringmap/model/wire'
import { get, getFile, post, stream } from './api.ts'
import { chartOfChosen, openChart, openSaved, openWhole, problemOf } from './actions.ts'
import { currentChart } from './chart/steps.ts'
import { getState, setState, type DialogName } from './state.ts'
import { say } from './words/say.ts'

/** Between two tries to reach a server that went away. */
const AGAIN_ms = 3000

export function openDialog(dialog: DialogName): void {
  setState({ dialog })
}

export function closeDialog(): void {
  setState({ dialog: null })
}

export async function startWork(steps: readonly WorkStep[], force: boolean): Promise<void> {
  try {
    setState({ work: await post('POST /api/work', { steps, force }) })
  } catch (problem) {
    setState({ problem: problemOf(problem) })
  }
}

/** Null where it could not be asked; why stands on the screen then. */
export async function askDatabase(id: string): Promise<InDatabase | null> {
  try {
    return await get('GET /api/database', { id })
  } catch (problem) {
    setState({ problem: problemOf(problem) })
    return null
  }
}

export async function takeIn(id: string, type: string): Promise<void> {
  try {
    setState({ work: await post('POST /api/database', { id, types: [type] }) })
  } catch (problem) {
    setState({ problem: problemOf(problem) })
  }
}

export async function stopWork(): Promise<void> {
  try {
    setState({ work: await post('POST /api/work/stop', {}) })
  } catch (problem) {
    setState({ problem: problemOf(problem) })
  }
}

/** Listens to the server for as long as the page is open. */
export async function followLive(): Promise<void> {
  let version = 0
  for (;;) {
    try {
      await stream('/api/live', (event) => {
        if (getState().away !== null) setState({ away: null, said: say('live.back') })
        if (event.type === 'case') {
          // The first word after joining says where the case is; later ones that it moved.
          if (version !== 0 && event.version !== version) void caseChanged()
          version = event.version
        } else heard(event)
      })
      setState({ away: 'silent' })
    } catch (problem) {
      const refused = problemOf(problem)
      setState({ away: refused.code === 'token' || refused.code === 'refused' ? 'stranger' : 'silent' })
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_ms))
  }
}

function heard(event: Exclude<LiveEvent, { readonly type: 'case' }>): void {
  if (event.type === 'work') setState({ work: event.work })
  else if (event.type === 'saved') setState({ heard: getState().heard + 1, said: say('live.saved', { who: event.who, name: event.name }) })
  else setState({ heard: getState().heard + 1, said: say('live.judged') })
}

/** Reads anew what the start page and the lists show; a chart stays until somebody asks for the newer one. */
async function caseChanged(): Promise<void> {
  try {
    const [summary, findings] = await Promise.all([get('GET /api/case', {}), get('GET /api/findings', {})])
    const { steps, wholeOpen, whole } = getState()
    // What is on the screen stays until it is asked for anew; what is not is fetched anew when it is opened.
    setState({ summary, findings, whole: wholeOpen ? whole : null, outdated: steps !== null || wholeOpen, heard: getState().heard + 1, said: say('work.done') })
  } catch (problem) {
    setState({ problem: problemOf(problem) })
  }
}

/** Subjects of charts that were put together on the screen: no finding is called so. */
const MADE_HERE = ['paths', 'chosen', 'compare']

/** Draws the chart on the screen again from the case of now. */
export async function redraw(): Promise<void> {
  const { steps, saved } = getState()
  setState({ outdated: false, whole: null })
  if (steps === null) return getState().wholeOpen ? await openWhole() : undefined
  if (saved !== null) await openSaved(saved.name)
  else if (MADE_HERE.includes(steps.subject)) await chartOfChosen(currentChart(steps).entities.map(({ id }) => id))
  else await openChart(steps.subject, steps.steps[0]?.chart.title ?? '')
}

export async function judge(left: string, right: string, answer: Answer, why: string): Promise<void> {
  await post('POST /api/review', { left, right, answer, why })
}

/** Saves a finished exhibit where the browser puts downloads. */
export async function download(name: string): Promise<void> {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await getFile(`/api/exhibit/file?name=${encodeURIComponent(name)}`))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
