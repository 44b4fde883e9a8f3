/** The explorer against hostile labels, and the browser's memory against protected names; two tabs against each other. In a real Chromium. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import type { Chart } from '@ringmap/model/chart'
import { VICTIM, VICTIM_HOME, SMALL_FILES, writeSmallCase } from '../../../packages/case/test/small-case.ts'
import { findOnChart } from './chart-pixels.ts'
import { chromiumPath } from './chromium.ts'
import { eventually, type ExplorerPage, itHasBrowser, openExplorerPage, screenshot } from './explorer-page.ts'

const path = chromiumPath()
const MARKUP = '<img src=x onerror=window.pwned=1><b>Thakrel</b>'
const LONG = `Wadhol${'ab'.repeat(5000)}`
const TURNED = 'Semwan \u202Egpj.exe\u202C Dovik'
const PERSONS = `person_id,name,father,role,voter_id,phone,address,born
1,Tarvesh Koldun,Omvir Koldun,Suspect,ABC1000001,09419000001,"House 1, Lower Ward",1980-02-03
2,Bilqen Rastogar,Harun Rastogar,Accused,ABC1000002,+91 94190 00002,"House 2, Lower Ward",1985-05-01
3,${TURNED},Pratul Semwan,Accused,ABC1000003,9419000003,"House 3, Lower Ward",1990-01-01
4,"=HYPERLINK(""http://127.0.0.2/"",""x"")",Safdar Qazwin,Accused,ABC1000004,9419000004,"House 4, Lower Ward",1991-01-01
5,${MARKUP},Jivan Thakrel,Unknown,ABC1000005,9419000005,"House 5, Lower Ward",1992-01-01
6,${LONG},Karam Wadhol,Unknown,ABC1000006,9419000006,"House 6, Lower Ward",1993-01-01
9,${VICTIM},Mirnal Belimwal,Victim,ABC1000009,9419 000 009,"${VICTIM_HOME}",1999-01-01
`

let explorer: ExplorerPage
let page: Page

beforeAll(async () => {
  if (path === null) return
  explorer = await openExplorerPage(path, { write: async () => await Promise.resolve(writeSmallCase({ changed: { 'persons.csv': PERSONS, 'calls.csv': `${SMALL_FILES['calls.csv'] ?? ''}9419000005,9419000005,10/03/2024 09:00:00,30\n` } })), ready: '.numbers' })
  page = explorer.page
}, 180_000)

afterAll(async () => await explorer?.close())

itHasBrowser(path)

describe.runIf(path !== null)('the explorer over a hostile case', () => {
  it('shows markup as text, takes direction tricks out, and is not pushed apart by ten thousand letters', async () => {
    for (const [typed, part] of [['thakrel', '<b>Thakrel</b>'], ['semwan', 'Semwan gpj.exe Dovik'], ['wadhol', 'Wadhol'], ['hyperlink', '=HYPERLINK']] as const) {
      await search(page, typed)
      const first = async (): Promise<string> => await page.locator('[role=option] .hit-label').first().innerText()
      await eventually(async () => (await first()).toLowerCase()).toContain(part.toLowerCase())
      const label = await first()
      expect(label).not.toMatch(/[\u202A-\u202E]/)
      await page.keyboard.press('Enter')
      await page.waitForSelector('#card-title')
      await page.getByRole('button', { name: 'Entities', exact: true }).click()
      await page.waitForSelector('.table-row')
      await page.getByRole('button', { name: 'Entities', exact: true }).click()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280)
    }
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
    expect(await page.locator('img[onerror], #root b:not(bdi b)').count()).toBe(0)
    expect(explorer.requests.filter((url) => !url.startsWith(new URL(explorer.served.address).origin) && !/^(data|blob):/.test(url))).toEqual([])
  })

  it('draws a phone that called itself with a line back to it, which can be picked', async () => {
    await page.goto(explorer.served.address)
    const answer = page.waitForResponse((response) => new URL(response.url()).pathname === '/api/chart')
    await search(page, '9419000005')
    await page.keyboard.press('Enter')
    const { links } = await (await answer).json() as Chart
    const loop = links.find(({ source, target }) => source === target)
    expect(loop).toMatchObject({ kind: 'called', count: 1 })
    await page.waitForSelector('#card-title')
    await page.getByRole('button', { name: 'Close the card' }).click()
    const spot = await findOnChart(page, `link:${loop?.id ?? ''}`)
    await page.mouse.click(spot.x, spot.y)
    await eventually(async () => (await page.locator('.card').innerText()).match(/9419000005|94190 00005/g)?.length ?? 0).toBeGreaterThan(1)
    await screenshot(page, 'loop')
  })

  it('holds no protected name, number or address in its memory, address or storage', async () => {
    await search(page, 'rastogar')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.neighbours')
    await page.getByRole('button', { name: 'Expand all' }).click()
    await search(page, VICTIM)
    await eventually(async () => await page.locator('.hits-head').innerText()).toBe('Nothing in this case matches')
    await page.keyboard.press('Escape')
    await page.reload()
    await page.waitForSelector('[data-organiser]')
    await page.locator('[data-organiser]').first().click()
    await page.waitForSelector('.histogram')
    const session = await page.context().newCDPSession(page)
    const pieces: string[] = []
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => pieces.push(chunk))
    await session.send('HeapProfiler.takeHeapSnapshot')
    const heap = pieces.join('')
    // What is shown is in the memory: the search below looks at the right place.
    expect(heap).toContain('Tarvesh Koldun')
    for (const secret of [...VICTIM.split(' '), '9419000009', 'Qarnix', 'ABC1000009']) expect(heap.toLowerCase()).not.toContain(secret.toLowerCase())
    const kept = await page.evaluate(() => JSON.stringify([location.href, Object.entries(sessionStorage), Object.entries(localStorage)]))
    expect(kept).not.toContain(VICTIM.split(' ')[0])
  })

  it('two tabs never overwrite each other: the second is told, and what it typed stays', async () => {
    const second = await explorer.browser.newPage({ viewport: { width: 1280, height: 800 } })
    await second.goto(explorer.served.address)
    for (const tab of [page, second]) {
      await tab.locator('[data-organiser]').first().click()
      await tab.waitForSelector('.ranks')
      await tab.getByRole('button', { name: 'Close the card' }).click()
      await tab.locator('#save-name').fill('Night of the raid')
    }
    await page.getByRole('button', { name: 'Save with the case' }).click()
    await eventually(async () => await page.locator('.steps').innerText()).toContain('Saved as Night of the raid')
    await second.getByRole('button', { name: 'Save with the case' }).click()
    await eventually(async () => await second.locator('.problem').innerText()).toContain('was saved meanwhile')
    expect(await second.locator('#save-name').inputValue()).toBe('Night of the raid')
    await second.getByRole('button', { name: 'Case overview' }).click()
    await second.locator('[data-saved="Night of the raid"]').click()
    await eventually(async () => await second.locator('.steps').innerText()).toContain('Open saved Night of the raid')
    await second.close()
  })

  it('when the server goes away it says so, and the chart stays', async () => {
    const shown = await page.locator('.shown').innerText()
    await explorer.served.close()
    await page.getByRole('button', { name: 'Save with the case' }).click()
    await eventually(async () => await page.locator('.problem').innerText()).toContain('does not answer')
    expect(await page.locator('.shown').innerText()).toBe(shown)
    expect(await page.locator('#save-name').inputValue()).toBe('Night of the raid')
  })
})

async function search(on: Page, words: string): Promise<void> {
  await on.locator('#search').fill(words)
  await eventually(async () => await on.locator('.hits-head').innerText()).not.toMatch(/Searching/)
}
