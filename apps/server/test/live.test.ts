/** Steps run from the explorer over a real case: progress and changes reach every window, a stop leaves the case as it was, and other runs are kept out. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeCase } from '@ringmap/case/open-case'
import type { LiveEvent, WorkState } from '@ringmap/model/live'
import type { ReviewQueue } from '@ringmap/model/judgement'
import { TOKEN_HEADER, type CaseSummary, type Timeline, type WireError } from '@ringmap/model/wire'
import type { Findings } from '@ringmap/model/finding'
import { foundCase } from '../../../packages/case/test/found-case.ts'
import { VICTIM, writeSmallCase } from '../../../packages/case/test/small-case.ts'
import { serveCase, type Served } from '../src/serve.ts'

let folder = ''
let served: Served
const heard: LiveEvent[][] = [[], []]
const windows: AbortController[] = []

beforeAll(async () => {
  folder = writeSmallCase({})
  const open = await foundCase(folder)
  closeCase(open)
  served = await serveCase({ folder, pages: fileURLToPath(new URL('../../explorer', import.meta.url)) })
  for (const list of heard) windows.push(await listen(list))
})

afterAll(async () => {
  for (const window of windows) window.abort()
  await served.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('steps from the explorer', () => {
  it('run with progress, are told to every window, and put the new state in place', async () => {
    expect(await ask<WorkState>('POST', '/api/work', { steps: ['find', 'import', 'link'], force: true })).toMatchObject({ state: 'running', steps: ['import', 'link', 'find'] })
    // The case is read on while the run works on its copy.
    expect((await ask<CaseSummary>('GET', '/api/case')).entities.length).toBeGreaterThan(0)
    expect((await refusal('POST', '/api/work', { steps: ['find'], force: false })).code).toBe('work_running')
    for (const list of heard) await expect.poll(() => list.findLast((event) => event.type === 'case')?.version, { timeout: 60_000 }).toBe(2)
    for (const list of heard) {
      const works = list.flatMap((event) => (event.type === 'work' ? [event.work] : []))
      expect(works.at(-1)).toMatchObject({ state: 'done', acts: [{ step: 'import' }, { step: 'link' }, { step: 'find' }] })
      expect(works.some(({ progress }) => progress !== null && progress.what !== '')).toBe(true)
    }
    expect((await ask<Findings>('GET', '/api/findings')).organisers.length).toBeGreaterThan(0)
    expect(existsSync(join(folder, 'case.next.duckdb'))).toBe(false)
    expect(readFileSync(join(folder, 'audit.jsonl'), 'utf8').match(/"act":"(import|link|find)"/g)).toHaveLength(3)
  })

  it('stop on request and leave the case as it was', async () => {
    await ask('POST', '/api/work', { steps: ['import', 'link', 'find'], force: true })
    expect(await ask<WorkState>('POST', '/api/work/stop', {})).toMatchObject({ state: 'stopping' })
    await expect.poll(async () => (await ask<WorkState>('GET', '/api/work')).state, { timeout: 30_000 }).toBe('stopped')
    expect(heard[0]?.findLast((event) => event.type === 'case')).toMatchObject({ version: 2 })
    expect((await ask<Findings>('GET', '/api/findings')).organisers.length).toBeGreaterThan(0)
  })

  it('say what is wrong and change nothing when a step fails', async () => {
    const file = join(folder, 'persons.csv')
    const text = readFileSync(file)
    rmSync(file)
    await ask('POST', '/api/work', { steps: ['import'], force: false })
    await expect.poll(async () => (await ask<WorkState>('GET', '/api/work')).state, { timeout: 30_000 }).toBe('failed')
    expect((await ask<WorkState>('GET', '/api/work')).failure).toMatchObject({ code: 'source_missing', details: { file: 'persons.csv' } })
    writeFileSync(file, text)
    expect((await ask<CaseSummary>('GET', '/api/case')).entities.length).toBeGreaterThan(0)
  })

  it('keep another run out, which is told who holds the case', () => {
    const other = spawnSync(process.execPath, ['--input-type=module', '-e', `import { openCase } from ${JSON.stringify(import.meta.resolve('@ringmap/case/open-case'))}; await openCase(${JSON.stringify(folder)}).catch((error) => console.log(error.code, error.details.holder))`], { encoding: 'utf8' })
    expect(other.stdout.trim()).toBe(`case_locked process ${process.pid}`)
  })
})

describe('what the desk answers', () => {
  it('tells nothing of when and where a protected person was', async () => {
    const hits = await ask<{ hits: { id: string; masked: boolean; kind: string }[] }>('GET', '/api/search?q=V-')
    const masked = hits.hits.find((hit) => hit.masked && hit.kind === 'Person')
    expect(masked).toBeDefined()
    expect(await ask<Timeline>('GET', `/api/timeline?id=${masked?.id}`)).toMatchObject({ events: [], things: [], of: 0 })
    const suspect = (await ask<Findings>('GET', '/api/findings')).organisers.find(({ label }) => !label.startsWith('unknown'))
    const line = await ask<Timeline>('GET', `/api/timeline?id=${suspect?.subject}`)
    expect(line.events.length).toBe(line.of)
    expect(line.events.map(({ at_ms }) => at_ms)).toEqual(line.events.map(({ at_ms }) => at_ms).toSorted((a, b) => a - b))
    expect(JSON.stringify(line)).not.toContain(VICTIM.split(' ')[0])
  })

  it('refuses to look behind a code without an authority, and lists what an exhibit lacks', async () => {
    expect((await refusal('POST', '/api/unmask', { code: 'V-1', user: 'x', passphrase: '', reason: 'court-order', note: 'because', authority: '', until_ms: Date.now() + 1000 })).code).toBe('authority_missing')
    const gaps = await ask<{ what: string }[]>('POST', '/api/exhibit/check', { subject: 'ring-1', profile: 'court-open', mode: 'summary', as_of_ms: Date.now(), analyst: null, reviewer: null })
    expect(gaps.map(({ what }) => what)).toEqual(expect.arrayContaining(['no analyst signs it.', 'exhibit.case_number is not set.', 'an exhibit for court needs a reviewer beside the analyst.']))
    expect((await refusal('GET', '/api/exhibit/file?name=../case.key')).code).toBe('not_found')
  })

  it('answers several at once that each put tables of their own beside the case', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(async () => await ask<ReviewQueue>('GET', '/api/review?all=1')))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    const found = await Promise.all(['typologies', 'typologies', 'co-location'].map(async (pattern) => await ask<{ of: number; pattern: string }>('POST', '/api/pattern', { pattern })))
    expect(found.map(({ pattern }) => pattern)).toEqual(['typologies', 'typologies', 'co-location'])
  })

  it('brings the pairs that wait, and keeps an answer only with its reason', async () => {
    const { pairs, of } = await ask<ReviewQueue>('GET', '/api/review?all=1')
    expect(pairs.length).toBe(Math.min(of, 100))
    expect((await refusal('POST', '/api/review', { left: 'P-0', right: 'P-1', answer: 'perhaps', why: 'x' })).code).toBe('usage')
  })
})

async function ask<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await request(method, path, body)
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
  return await response.json() as T
}

async function refusal(method: string, path: string, body?: object): Promise<WireError['error']> {
  const response = await request(method, path, body)
  expect(response.ok).toBe(false)
  return (await response.json() as WireError).error
}

async function request(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Response> {
  return await fetch(`http://127.0.0.1:${served.port}${path}`, { method, headers: { [TOKEN_HEADER]: served.token, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }), ...(signal === undefined ? {} : { signal }) })
}

async function listen(list: LiveEvent[]): Promise<AbortController> {
  const stop = new AbortController()
  const response = await request('GET', '/api/live', undefined, stop.signal)
  const read = async (): Promise<void> => {
    let text = ''
    for await (const piece of (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
      text += piece
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = text.slice(0, end).split('\n').find((line) => line.startsWith('data: '))
        if (data !== undefined) list.push(JSON.parse(data.slice(6)) as LiveEvent)
        text = text.slice(end + 2)
      }
    }
  }
  read().catch(() => undefined)
  return stop
}
