/** The explorer in a real Chromium over the real server and the demo case: it opens, draws, shows rows, and talks to nobody else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import type { Chart } from '@ringmap/model/chart'
import { writeDemoCase } from '@ringmap/fixtures/write-demo-case'
import { chromiumPath } from './chromium.ts'
import { chartPixels, findOnChart } from './chart-pixels.ts'
import { eventually, type ExplorerPage, faultsOf, itHasBrowser, openExplorerPage, screenshot as keep } from './explorer-page.ts'

const path = chromiumPath()

let explorer: ExplorerPage
let page: Page
/** When each link that came ends. */
const ends = new Map<string, number>()

beforeAll(async () => {
  if (path === null) return
  explorer = await openExplorerPage(path, { write: writeDemoCase })
  page = explorer.page
  page.on('response', (response) => {
    if (!/\/api\/(?:chart|expand)\b/.test(response.url())) return
    void response.json().then((answer: Chart & { readonly chart?: Chart }) => {
      for (const { id, last_ms: last } of (answer.chart ?? answer).links) if (last !== null) ends.set(id, last)
    }, () => undefined)
  })
}, 180_000)

afterAll(async () => await explorer?.close())

describe('the explorer', () => {
  itHasBrowser(path)

  describe.runIf(path !== null)('over the demo case', () => {
    it('starts with the case in numbers and takes the token out of the address', async () => {
      expect(new URL(page.url()).hash).toBe('')
      expect(await page.locator('.numbers dd').count()).toBe(5)
      expect(await page.locator('[data-door]').count()).toBe(3)
      await screenshot('start')
    })

    it('draws the chart of the first organiser', async () => {
      await page.locator('[data-organiser]').first().click()
      await page.waitForSelector('#card-title')
      expect(await page.locator('.ranks').innerText()).toMatch(/^\d+\s+of \d+ overall/)
      expect(await page.locator('.reasons .reason').count()).toBeGreaterThan(0)
      await eventually(coloursDrawn).toBeGreaterThan(200)
      expect(await page.locator('.shown').innerText()).toMatch(/^Shown \d+ of \d+ entities, \d+ of \d+ links/)
      await screenshot('organiser')
    })

    it('shows a source row when a line is picked', async () => {
      const spot = await findOnChart(page, 'link:')
      await page.mouse.click(spot.x, spot.y)
      await page.waitForSelector('.observations')
      const row = page.locator('[data-source-row]').first()
      expect(await row.getAttribute('data-source-row')).toMatch(/\.csv:\d+$/)
      expect(await row.locator('dd').count()).toBeGreaterThan(1)
      await screenshot('link')
    })

    it('picks an entity under the pointer', async () => {
      await page.mouse.move(5, 5)
      const spot = await findOnChart(page, 'entity:')
      await page.mouse.click(spot.x, spot.y)
      await page.waitForSelector('.neighbours')
      expect(await page.locator('#chart').evaluate((chart) => chart === document.activeElement)).toBe(true)
    })

    it('expands with a count first, says so, and undoes it', async () => {
      const button = await somethingToExpand()
      const before = await page.locator('.shown').innerText()
      const promised = Number(/\+(\d+)/.exec(await button.innerText())?.[1])
      await button.click()
      await eventually(async () => await page.locator('.shown').innerText()).toContain(`Added ${promised} of ${promised} neighbours`)
      await page.locator('#chart').focus()
      await page.keyboard.press('Control+z')
      await eventually(async () => await page.locator('.shown').innerText()).toBe(before)
    })

    it('moves the time window by keys: what it hides is counted on the screen, and undone', async () => {
      const first = page.locator('[data-organiser]').first()
      await first.click()
      await eventually(async () => await page.locator('.chart-titles h2').innerText()).toBe(await first.locator('.organiser-name').innerText())
      await page.waitForSelector('.histogram')
      const before = await page.locator('.shown').innerText()
      await page.getByLabel('Window from').focus()
      await page.keyboard.press('End')
      await eventually(async () => await page.locator('.shown').innerText()).toMatch(/hidden by the time window/)
      const [, shown, of, hidden] = /, (\d+) of (\d+) links; \d+ entities and (\d+) links hidden/.exec(await page.locator('.shown').innerText()) ?? []
      expect(Number(shown) + Number(hidden)).toBe(Number(of))
      expect(Number(hidden)).toBeGreaterThan(0)
      await page.locator('#chart').focus()
      await page.keyboard.press('Control+z')
      await eventually(async () => await page.locator('.shown').innerText()).toBe(before)
    })

    it('follows the window while it moves without a buffer being written: counted, picked only where shown, and no work to speak of', async () => {
      await page.keyboard.press('Escape')
      const from = page.getByLabel('Window from')
      const [start, end] = await from.evaluate((slider: HTMLInputElement) => [Number(slider.min), Number(slider.max)] as const)
      // One that has a time, and ended long before the window below begins: what has none reaches over every window.
      const spot = await findOnChart(page, 'link:', (id) => (ends.get(id) ?? Infinity) < end - (end - start) * 0.2)
      await from.focus()
      await page.keyboard.down('End')
      await eventually(async () => await page.locator('.shown').innerText()).toMatch(/^Shown \d+ of \d+ entities, \d+ of \d+ links while the window moves$/)
      const session = await page.context().newCDPSession(page)
      // Processor time of the page's thread: the clock says nothing on a busy machine.
      await session.send('Performance.enable', { timeDomain: 'threadTicks' })
      const script = async (): Promise<number> => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? NaN
      const before = await script()
      const moves = await from.evaluate(async (slider: HTMLInputElement) => {
        // Past React's own record of the value, so that it sees a change.
        const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')
        for (let i = 0; i < 40; i++) {
          value?.set?.call(slider, String(Number(slider.min) + (Number(slider.max) - Number(slider.min)) * (i % 2 === 0 ? 0.97 : 0.999)))
          slider.dispatchEvent(new Event('input', { bubbles: true }))
          await new Promise((done) => requestAnimationFrame(done))
        }
        return 40
      })
      expect((await script() - before) / moves * 1000).toBeLessThan(10)
      await page.mouse.move(spot.x + 1, spot.y)
      await page.mouse.move(spot.x, spot.y)
      expect(await page.locator('#chart').getAttribute('data-hover') ?? '').not.toMatch(/^link:/)
      await page.keyboard.up('End')
      await eventually(async () => await page.locator('.shown').innerText()).toMatch(/hidden by the time window/)
      await page.locator('#chart').focus()
      await page.keyboard.press('Control+z')
    })

    it('lists the same links as the chart, follows its filters, sorts, and opens a card from a row', async () => {
      await page.getByRole('button', { name: 'Links', exact: true }).click()
      const rows = async (): Promise<number> => Number(await page.getByRole('table', { name: 'Links on the chart' }).getAttribute('aria-rowcount')) - 1
      const all = await rows()
      expect(await page.locator('.shown').innerText()).toContain(`${all} of `)
      await page.getByRole('tab', { name: 'Filters' }).click()
      const contact = page.getByRole('checkbox', { name: /^Contact/ })
      const contacts = Number(/\d+$/.exec(await contact.evaluate((box) => box.closest('label')?.innerText ?? ''))?.[0])
      await contact.uncheck()
      await eventually(rows).toBe(all - contacts)
      await contact.check()
      await page.getByRole('button', { name: 'Count', exact: true }).click()
      const counts = (await page.locator('.table-row > :nth-child(4)').allInnerTexts()).map(Number)
      expect(counts).toEqual(counts.toSorted((a, b) => b - a))
      await page.locator('.table-row .cell-pick').first().click()
      await page.waitForSelector('.observations')
      await screenshot('table')
    })

    it('has nothing that axe finds wrong on any screen', async () => {
      const wrong = async (): Promise<string[]> => await faultsOf(page)
      expect(await wrong()).toEqual([])
      await page.getByRole('button', { name: 'Matrix' }).click()
      expect(await wrong()).toEqual([])
      await page.getByRole('button', { name: 'Matrix' }).click()
      await page.getByRole('tab', { name: /^Rings/ }).click()
      expect(await wrong()).toEqual([])
      await page.getByRole('button', { name: 'Case overview' }).click()
      await page.waitForSelector('.bubble')
      expect(await wrong()).toEqual([])
    })

    it('shows the whole case as bubbles, opens one by keys, and says what joins two', async () => {
      const bubble = page.locator('.bubble[data-ring="true"]').first()
      await bubble.waitFor()
      expect(await page.locator('.overview-foot').innerText()).toMatch(/Shown \d+ of [\d,]+ groups, [\d,]+ of [\d,]+ persons/)
      const name = await bubble.locator('.bubble-name').textContent()
      await screenshot('bubbles')
      await bubble.focus()
      await page.keyboard.press('Enter')
      await eventually(async () => await page.locator('.chart-titles h2').innerText()).toBe(name)
      for (const place of [0, 1]) {
        await page.locator('.brief .link-row').nth(place).click()
        await page.getByRole('button', { name: 'Put together' }).click()
        await page.getByRole('button', { name: 'Close the card' }).click()
      }
      await page.getByRole('button', { name: 'What joins these two' }).click()
      await page.waitForSelector('.ways li')
      await eventually(coloursDrawn).toBeGreaterThan(100)
      await page.locator('.ways .reason').first().click()
      expect(await page.locator('.named').innerText()).toContain('Brought forward: 1:')
      await screenshot('ways')
    })

    it('lays out by keys, pins, and lists the keys; each is a step that can be undone', async () => {
      await page.locator('[data-organiser]').first().click()
      await page.waitForSelector('.ranks')
      const chart = page.locator('#chart')
      await chart.focus()
      for (const key of ['k', '2', '4']) await page.keyboard.press(key)
      await page.keyboard.press('?')
      await page.waitForSelector('.keys')
      expect(await page.locator('.keys dt').count()).toBeGreaterThan(15)
      await page.keyboard.press('Escape')
      await eventually(async () => await page.locator('.keys').count()).toBe(0)
      await screenshot('grouped')
      await page.getByRole('button', { name: 'Close the card' }).click()
      const steps = await page.locator('.steps li').allInnerTexts()
      expect(steps.map((text) => text.split(' ')[0])).toEqual(['Open', 'Pin', 'Layout:', 'Layout:'])
      await chart.focus()
      await page.keyboard.press('Control+z')
      await eventually(async () => await page.locator('.steps [data-undone=true]').count()).toBe(1)
    })

    it('chooses several by keys and by hand, groups them and draws links as one; each is a step that can be undone', async () => {
      await page.locator('[data-organiser]').first().click()
      await page.waitForSelector('.ranks')
      const chart = page.locator('#chart')
      await chart.focus()
      const of = async (): Promise<number> => Number(/\d+/.exec(await page.locator('.chosen-count').innerText())?.[0])
      await page.keyboard.press('n')
      const near = await of()
      expect(near).toBeGreaterThan(1)
      await page.keyboard.press('i')
      const others = await of()
      await page.keyboard.press('Control+a')
      expect(await of()).toBe(near + others)
      await page.keyboard.press('Escape')
      await page.keyboard.press('b')
      const box = await chart.boundingBox()
      if (box === null) throw new Error('the chart is not on the screen')
      await page.mouse.move(box.x + 4, box.y + 4)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width / 2, box.y + box.height - 4)
      await page.mouse.up()
      const half = await of()
      expect(half).toBeGreaterThan(1)
      expect(half).toBeLessThan(near + others)
      const before = await page.locator('.shown').innerText()
      await screenshot('chosen')
      await chart.focus()
      for (const key of ['g', 'd']) await page.keyboard.press(key)
      await eventually(async () => await page.locator('.shown').innerText()).toMatch(/Drawn: one line for each kind and direction\. 1 group of \d+ entities drawn as one each$/)
      await screenshot('group')
      for (let i = 0; i < 2; i++) await page.keyboard.press('Control+z')
      await eventually(async () => await page.locator('.shown').innerText()).toBe(before)
    })

    it('finds by search and goes there by keys alone', async () => {
      await page.locator('body').press('/')
      await page.keyboard.type('singh')
      await page.waitForSelector('[role=option]')
      expect(await page.locator('.hits-head').innerText()).toMatch(/^\d+ of \d+ matches$/)
      const name = await page.locator('[role=option] .hit-label').first().innerText()
      await page.keyboard.press('Enter')
      await eventually(async () => await page.locator('#card-title').innerText()).toBe(name)
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('Escape')
      await eventually(async () => await page.locator('#card-title').count() === 0 || await page.locator('#card-title').innerText()).not.toBe('')
    })

    it('draws on with a plain canvas when WebGL is lost, and goes back when asked', async () => {
      await page.locator('[data-organiser]').first().click()
      await page.waitForSelector('.ranks')
      await page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('.sigma-edges')
        canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext()
      })
      await page.waitForSelector('.lost')
      await page.waitForSelector('.plain-chart')
      await eventually(coloursDrawn).toBeGreaterThan(200)
      await screenshot('plain')
      await page.locator('#chart').focus()
      await page.keyboard.press('Control+a')
      expect(Number(await page.locator('.chosen-count').innerText())).toBeGreaterThan(5)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Draw again' }).click()
      await eventually(async () => await page.locator('.lost').count()).toBe(0)
      await eventually(coloursDrawn).toBeGreaterThan(200)
    })

    it('lays no name over another, in every ring and at both sizes of the screen, and names what there is room for', async () => {
      await page.evaluate(() => {
        type Drawing = (this: CanvasRenderingContext2D, ...values: readonly unknown[]) => void
        const [roundRect, clearRect] = ['roundRect', 'clearRect'].map((name) => Reflect.get(CanvasRenderingContext2D.prototype, name) as Drawing) as [Drawing, Drawing]
        const boxes: number[][] = []
        Object.assign(globalThis, { nameBoxes: boxes })
        // What is put on the layer of names since it was last wiped.
        CanvasRenderingContext2D.prototype.clearRect = function (...box) {
          if (this.canvas.classList.contains('sigma-labels')) boxes.length = 0
          clearRect.call(this, ...box)
        }
        CanvasRenderingContext2D.prototype.roundRect = function (x, y, width, height, radii) {
          if (this.canvas.classList.contains('sigma-labels')) boxes.push([x, y, x + width, y + height])
          roundRect.call(this, x, y, width, height, radii)
        }
      })
      const seen: { readonly ring: string; readonly over: number; readonly named: number }[] = []
      for (const size of [{ width: 1280, height: 800 }, { width: 1024, height: 700 }]) {
        await page.setViewportSize(size)
        for (const ring of await page.locator('[data-ring]').all()) {
          await ring.click()
          await eventually(async () => await ring.getAttribute('aria-current')).toBe('true')
          await page.mouse.move(5, 5)
          await eventually(async () => await page.evaluate(() => (globalThis as unknown as { nameBoxes: unknown[] }).nameBoxes.length)).toBeGreaterThan(10)
          await page.waitForTimeout(400)
          const shown = Number(/^Shown (\d+)/.exec(await page.locator('.shown').innerText())?.[1])
          const { over, names } = await page.evaluate(() => {
            const boxes = (globalThis as unknown as { nameBoxes: [number, number, number, number][] }).nameBoxes
            const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]))
            return { over: pairs.length, names: boxes.length }
          })
          seen.push({ ring: `${await ring.innerText()} ${size.width}`, over, named: names / shown })
          await screenshot(`ring-${seen.length}`)
        }
      }
      expect(seen.length).toBeGreaterThanOrEqual(6)
      expect(seen.filter(({ over }) => over > 0)).toEqual([])
      expect(seen.map(({ named }) => named).toSorted((a, b) => a - b).at(0)).toBeGreaterThan(0.25)
    })

    it('prints the chart, its legend and every row of an open table, and no tools', async () => {
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.locator('[data-ring]').first().click()
      await eventually(coloursDrawn).toBeGreaterThan(200)
      await page.getByRole('button', { name: 'Entities', exact: true }).click()
      await page.waitForSelector('.table-row')
      const rows = async (): Promise<number> => await page.locator('.table-row').count()
      const onScreen = await rows()
      const all = Number(/^Shown (\d+)/.exec(await page.locator('.shown').innerText())?.[1])
      expect(onScreen).toBeLessThan(all)
      await page.emulateMedia({ media: 'print' })
      await page.evaluate(() => void window.dispatchEvent(new Event('beforeprint')))
      expect(await rows()).toBe(all)
      const seen = async (what: string): Promise<boolean> => await page.locator(what).first().isVisible()
      for (const kept of ['.print-picture canvas', '.shown', '.chart-titles h2', '.table-head']) expect(await seen(kept), kept).toBe(true)
      for (const tool of ['.tools', '.timebar', '.dock-buttons', '.table-tools', '.left', '#chart']) expect(await seen(tool), tool).toBe(false)
      await page.emulateMedia({ media: null })
      await page.evaluate(() => void window.dispatchEvent(new Event('afterprint')))
      await eventually(rows).toBe(onScreen)
      expect(await page.locator('.print-picture').count()).toBe(0)
      await page.locator('.dock-close').click()
    })

    it('fits a small screen without anything over anything', async () => {
      await page.setViewportSize({ width: 1024, height: 700 })
      await eventually(coloursDrawn).toBeGreaterThan(100)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1024)
      for (const name of ['Fit to view', 'Lay out again', 'Case overview']) await page.getByRole('button', { name }).click({ trial: true })
      await screenshot('small')
    })

    it('asks nobody but its own server, and has nothing to complain of', () => {
      const { served, requests, complaints } = explorer
      const origin = new URL(served.address).origin
      const outside = requests.filter((url) => !url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url))
      expect(outside).toEqual([])
      expect(requests.filter((url) => url.includes(served.token))).toHaveLength(0)
      expect(complaints).toEqual([])
    })
  })
})

/** The first button among the organisers' cards that brings neighbours not on the chart. */
async function somethingToExpand(): Promise<Locator> {
  const organisers = page.locator('[data-organiser]')
  for (let i = 0; i < await organisers.count(); i++) {
    const organiser = organisers.nth(i)
    await organiser.click()
    await eventually(async () => await page.locator('#card-title').innerText()).toBe(await organiser.locator('.organiser-name').innerText())
    const button = page.locator('.neighbours button:not([disabled])').first()
    if (await button.count() > 0) return button
  }
  throw new Error('every organiser has all neighbours on the chart')
}

/** How many different colours stand on the chart: a blank one has a handful. */
async function coloursDrawn(): Promise<number> {
  return new Set((await chartPixels(page)).colours).size
}

async function screenshot(name: string): Promise<void> {
  await keep(page, name)
}
