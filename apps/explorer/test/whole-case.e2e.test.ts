/** The whole case of 100,000 entities and 300,000 links in a real Chromium: drawn, moved, filtered and picked without holding the page up; drawn on when WebGL is lost. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { serveCase, type Served } from '@ringmap/server/serve'
import { writeLargeCase } from '../../../packages/case/test/large-case.ts'
import { chromiumPath, startChromium } from './chromium.ts'
import { eventually, itHasBrowser } from './explorer-page.ts'

const path = chromiumPath()
const EXPLORER = fileURLToPath(new URL('..', import.meta.url))
/** No call may hold the page up longer; processor time, since the clock of a busy machine says nothing of the page. */
const LONGEST_ms = 100

let work = ''
let folder = ''
let served: Served
let browser: Browser
let page: Page

beforeAll(async () => {
  if (path === null) return
  work = await mkdtemp(join(tmpdir(), 'ringmap-whole-'))
  const pages = join(work, 'pages')
  await build({ root: EXPLORER, configFile: join(EXPLORER, 'vite.config.ts'), logLevel: 'error', build: { outDir: pages } })
  folder = await writeLargeCase(100_000, 300_000)
  served = await serveCase({ folder, pages })
  browser = await startChromium(path)
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(served.address)
  await page.waitForSelector('[data-organiser]')
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await served?.close()
  for (const each of [work, folder]) if (each !== '') await rm(each, { recursive: true, force: true })
})

itHasBrowser(path)

describe.runIf(path !== null)('the whole case', () => {
  it('is laid out, drawn, moved and filtered by time without a call that holds the page up', async () => {
    const trace = join(work, 'trace.json')
    await browser.startTracing(page, { path: trace, categories: ['toplevel', 'devtools.timeline'] })
    await page.getByRole('button', { name: 'Draw every entity and link' }).click()
    await page.waitForSelector('#chart[data-filled=true]', { timeout: 120_000 })
    const shown = page.locator('.shown')
    expect(await shown.innerText()).toMatch(/^Shown 1,00,0\d\d of 1,00,0\d\d entities, [\d,]+ of [\d,]+ links/)
    const box = await page.locator('#chart').boundingBox()
    if (box === null) throw new Error('the chart is not on the screen')
    await page.mouse.move(box.x + 300, box.y + 200)
    await page.mouse.down()
    for (let i = 0; i < 12; i++) await page.mouse.move(box.x + 300 + i * 8, box.y + 200 + i * 3)
    await page.mouse.up()
    await page.getByLabel('Window from').evaluate(async (slider: HTMLInputElement) => {
      const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')
      for (let i = 0; i < 10; i++) {
        value?.set?.call(slider, String(Number(slider.min) + (Number(slider.max) - Number(slider.min)) * i / 12))
        slider.dispatchEvent(new Event('input', { bubbles: true }))
        await new Promise((done) => requestAnimationFrame(done))
      }
    })
    await eventually(async () => await shown.innerText()).toMatch(/links hidden by the time window/)
    await browser.stopTracing()
    const tasks = tasksOfPage(JSON.parse(await readFile(trace, 'utf8')) as Trace)
    expect(tasks.length).toBeGreaterThan(20)
    expect(Math.max(...tasks)).toBeLessThan(LONGEST_ms)
  }, 240_000)

  it('picks what is in sight by keys and opens a card; what is chosen by hand becomes a chart', async () => {
    await page.getByRole('button', { name: 'Whole time' }).click()
    const chart = page.locator('#chart')
    await chart.focus()
    for (let i = 0; i < 10; i++) await page.keyboard.press('+')
    await page.keyboard.press('Enter')
    await eventually(async () => await page.locator('#card-title').innerText()).toMatch(/^Invented \d+$/)
    await page.keyboard.press('l')
    const box = await chart.boundingBox()
    if (box === null) throw new Error('the chart is not on the screen')
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await page.mouse.move(x - 60, y - 60)
    await page.mouse.down()
    for (const [dx, dy] of [[60, -60], [60, 60], [-60, 60]] as const) await page.mouse.move(x + dx, y + dy, { steps: 3 })
    await page.mouse.up()
    await expect.poll(async () => await page.locator('.chart-titles h2').innerText(), { timeout: 30_000 }).toMatch(/^\d+ chosen entities$/)
    await page.getByRole('button', { name: 'Case overview' }).click()
  }, 120_000)

  it('goes on with a plain canvas when WebGL is taken away', async () => {
    await page.getByRole('button', { name: 'Draw every entity and link' }).click()
    await page.waitForSelector('#chart[data-filled=true]')
    await page.evaluate(() => document.querySelector<HTMLCanvasElement>('.field-sheet canvas')?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext())
    await eventually(async () => await page.locator('#chart').getAttribute('data-surface')).toBe('plain')
    const colours = async (): Promise<number> => await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.field-sheet canvas')
      const { data } = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
      const found = new Set<number>()
      for (let i = 0; i < data.length; i += 4) found.add((data[i] ?? 0) << 16 | (data[i + 1] ?? 0) << 8 | (data[i + 2] ?? 0))
      return found.size
    })
    await expect.poll(colours, { timeout: 60_000 }).toBeGreaterThan(100)
  }, 120_000)
})

interface Trace {
  readonly traceEvents: readonly { readonly name: string; readonly ph: string; readonly pid: number; readonly tid: number; readonly tdur?: number; readonly args?: { readonly name?: string } }[]
}

/** Processor time of each task of the page's own thread, milliseconds. */
function tasksOfPage({ traceEvents }: Trace): number[] {
  const mains = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`))
  return traceEvents.filter(({ name, ph, pid, tid }) => ph === 'X' && name.endsWith('RunTask') && mains.has(`${pid} ${tid}`)).map(({ tdur }) => (tdur ?? 0) / 1000)
}
