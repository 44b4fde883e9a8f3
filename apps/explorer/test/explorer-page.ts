/** A case that is imported, linked and found, served, and open in a real Chromium: the set-up of every browser test, once. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import type { GivenPassword } from '@ringmap/case/database-sources'
import { closeCase, type OpenCase } from '@ringmap/case/open-case'
import { isRequired } from '@ringmap/fixtures/required'
import { serveCase, type Served } from '@ringmap/server/serve'
import { startChromium } from './chromium.ts'
import { foundCase } from '../../../packages/case/test/found-case.ts'

const EXPLORER = fileURLToPath(new URL('..', import.meta.url))

export interface ExplorerPage {
  readonly folder: string
  readonly served: Served
  readonly browser: Browser
  readonly page: Page
  /** Everything the first page asked for, and everything it complained of. */
  readonly requests: string[]
  readonly complaints: string[]
  readonly close: () => Promise<void>
}

export interface ExplorerPageOptions {
  /** Writes the case into the folder, or answers with another folder that holds it. */
  readonly write: (folder: string) => Promise<unknown>
  /** Done with the case before it is served. */
  readonly prepare?: (open: OpenCase) => void
  /** Waited for when the page is opened. */
  readonly ready?: string
  /** Of databases, as whoever starts the explorer gives them. */
  readonly passwords?: readonly GivenPassword[]
}

export async function openExplorerPage(path: string, { write, prepare, ready = '[data-organiser]', passwords = [] }: ExplorerPageOptions): Promise<ExplorerPage> {
  const work = await mkdtemp(join(tmpdir(), 'ringmap-explorer-'))
  const pages = join(work, 'pages')
  await build({ root: EXPLORER, configFile: join(EXPLORER, 'vite.config.ts'), logLevel: 'error', build: { outDir: pages } })
  const own = join(work, 'case')
  await mkdir(own)
  const given = await write(own)
  const folder = typeof given === 'string' ? given : own
  const open = await foundCase(folder)
  prepare?.(open)
  closeCase(open)
  const served = await serveCase({ folder, pages, passwords })
  const browser = await startChromium(path)
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  page.setDefaultTimeout(15_000)
  const requests: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(served.address)
  await page.waitForSelector(ready)
  return {
    folder, served, browser, page, requests, complaints,
    close: async () => {
      await browser.close()
      await served.close()
      for (const each of [work, folder]) await rm(each, { recursive: true, force: true })
    },
  }
}

/** The test that says why the others of a file did not run, or fails because they should have. */
export function itHasBrowser(path: string | null): void {
  it('has a browser to run in', (context) => {
    if (path === null && isRequired('browser')) expect.fail('No Chromium was found; set CHROMIUM_PATH or install one.')
    if (path === null) context.skip('no Chromium on this machine; set CHROMIUM_PATH or install one')
    expect(path).not.toBeNull()
  })
}

/** Drawing without a graphics card takes its time. */
export function eventually<T>(look: () => Promise<T>, timeout: number = 20_000) {
  return expect.poll(look, { timeout, interval: 100 })
}

/** What axe finds wrong with what is on the screen, by the rules of WCAG 2.2 AA and good practice. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return await page.evaluate(async () => {
    const { axe: inPage } = globalThis as unknown as { axe: { run: (root: Document, options: object) => Promise<{ violations: { id: string; nodes: { target: unknown[]; failureSummary: string }[] }[] }> } }
    const { violations } = await inPage.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${String(node.target[0])} ${node.failureSummary}`))
  })
}

/** Kept where `RINGMAP_ARTEFACTS` says, outside the repository. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env['RINGMAP_ARTEFACTS']
  if (folder === undefined || folder === '') return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `explorer-${name}.png`) })
}
