/** Working on a chart in a real Chromium: notes, snapshots, two charts compared, and every key of the list doing what the list says. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { VICTIM, writeSmallCase } from '../../../packages/case/test/small-case.ts'
import { chromiumPath } from './chromium.ts'
import { eventually, type ExplorerPage, faultsOf, itHasBrowser, openExplorerPage, screenshot } from './explorer-page.ts'

const path = chromiumPath()

let explorer: ExplorerPage
let page: Page

beforeAll(async () => {
  if (path === null) return
  explorer = await openExplorerPage(path, { write: async () => await Promise.resolve(writeSmallCase()), ready: '.numbers' })
  page = explorer.page
}, 180_000)

afterAll(async () => await explorer?.close())

itHasBrowser(path)

describe.runIf(path !== null)('work on a chart', () => {
  afterEach(async () => {
    if (await page.getByRole('dialog').count() > 0) await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 1280, height: 800 })
  })

  it('a note is put about what is picked, moved and changed by keys, each a step; it names no victim, and is in the picture', async () => {
    await around('Koldun')
    const bare = await picture()
    await press('m')
    await page.waitForSelector('dialog textarea')
    expect(await page.locator('dialog').innerText()).toContain('Koldun')
    await page.keyboard.type(`Seen with ${VICTIM}, phone 9419000009`)
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Keep the note' }).click()
    const handle = page.locator('[data-note]')
    await handle.waitFor()
    const label = await handle.getAttribute('aria-label') ?? ''
    expect(label).toMatch(/^Note about .*Koldun: Seen with V-\w+/)
    for (const secret of [...VICTIM.split(' '), '9419000009']) expect(label).not.toContain(secret)
    expect(await picture()).not.toBe(bare)
    const before = await handle.boundingBox()
    await handle.focus()
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown')
    await eventually(async () => Math.round((await handle.boundingBox())?.y ?? 0)).toBe(Math.round((before?.y ?? 0) + 36))
    const moved = await handle.boundingBox()
    await drag(handle, -40, 30)
    await eventually(async () => Math.round((await handle.boundingBox())?.x ?? 0)).toBe(Math.round((moved?.x ?? 0) - 40))
    await handle.focus()
    await page.keyboard.press('Enter')
    await page.locator('dialog textarea').fill('raid here')
    await page.getByRole('button', { name: 'Keep the note' }).click()
    await eventually(async () => await handle.getAttribute('aria-label')).toContain('raid here')
    await page.getByRole('button', { name: 'Notes', exact: true }).click()
    expect(await page.locator('.table-row').allInnerTexts()).toEqual([expect.stringMatching(/raid here[\s\S]*Koldun[\s\S]*in sight/)])
    expect(await faultsOf(page)).toEqual([])
    await screenshot(page, 'note')
    await page.getByRole('button', { name: 'Put the list away' }).click()
    await press('Control+z')
    await eventually(async () => await handle.getAttribute('aria-label')).toContain('Seen with V-')
    await press('h')
    await eventually(async () => await handle.count()).toBe(0)
    await press('Control+z')
    await eventually(async () => await handle.count()).toBe(1)
    await handle.focus()
    await page.keyboard.press('Delete')
    await eventually(async () => await handle.count()).toBe(0)
    await press('Control+z')
    await eventually(async () => await handle.count()).toBe(1)
  })

  it('a snapshot keeps the chart with its note; what was done since is marked, said in words and jumped to', async () => {
    await around('Koldun')
    const entities = await shownEntities()
    await press('s')
    await eventually(async () => await page.locator('.notice').innerText()).toMatch(/^Snapshot kept: .*, snapshot 1$/)
    const [file = ''] = readdirSync(join(explorer.folder, 'charts'))
    const kept = readFileSync(join(explorer.folder, 'charts', file), 'utf8')
    expect(JSON.parse(kept)).toMatchObject({ snapshot: true, notes: [{ place: { on: 'entity' } }] })
    for (const secret of VICTIM.split(' ')) expect(kept).not.toContain(secret)
    await press('e')
    await eventually(shownEntities).not.toBe(entities)
    const grown = await shownEntities()
    await press('Shift+S')
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    await page.waitForSelector('.change-mark')
    const line = await page.locator('.shown').getAttribute('title') ?? ''
    expect(line).toMatch(new RegExp(`${grown - entities} added|added`))
    const rows = page.locator('.table-row')
    const marks = await page.locator('.change-mark').evaluateAll((list) => list.map((mark) => (mark as HTMLElement).dataset['mark'] ?? ''))
    expect(new Set(marks)).toEqual(new Set(['added']))
    const added = Number(/(\d+) added, 0 gone, 0 changed/.exec(line)?.[1])
    expect(added).toBeGreaterThanOrEqual(grown - entities)
    expect(await rows.count()).toBeGreaterThan(0)
    expect(await page.locator('.table-part [role=status]').innerText()).toBe(`${added} of ${added}`)
    await rows.first().locator('.cell-pick').click()
    await eventually(async () => await page.locator('#card-title').innerText()).not.toBe('')
    expect(await rows.first().getAttribute('data-picked')).toBe('true')
    expect(await faultsOf(page)).toEqual([])
    await screenshot(page, 'compared')
    // The other way round the same things are gone.
    await press('Shift+S')
    await page.locator('dialog').getByLabel('Before').selectOption({ index: 0 })
    await page.locator('dialog').getByLabel('After').selectOption({ index: 1 })
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    await eventually(async () => await page.locator('.shown').getAttribute('title')).toContain('0 added, ')
  })

  it('every key does what the list says', async () => {
    await afresh('Koldun')
    const done = new Set<string>()
    const check = async (key: string, look: () => Promise<unknown>, changes: boolean = true): Promise<void> => {
      const before = await look()
      await press(key)
      if (changes) await eventually(look).not.toEqual(before)
      done.add(key)
    }
    const steps = async (): Promise<string> => await page.locator('[aria-label^="Undo"], [aria-label="Nothing to undo"]').first().getAttribute('aria-label') ?? ''
    const dialogs = async (): Promise<number> => await page.locator('dialog[open]').count()
    const closing = async (key: string): Promise<void> => {
      await check(key, dialogs)
      await page.keyboard.press('Escape')
      await eventually(dialogs).toBe(0)
    }
    for (const key of ['Shift+E', 'm', 'Shift+S', 'x', '?']) await closing(key)
    // Each of these is a step of its own, named in the list of what can be undone.
    for (const key of ['Shift+ArrowRight', 'k', '2', '3', '4', '5', '1', 'd', 'h']) await check(key, steps)
    await check('Control+z', steps)
    await check('Control+Shift+Z', steps)
    await check('u', steps)
    await afresh('Koldun')
    await check('e', shownEntities)
    await check('Backspace', shownEntities)
    await check('ArrowRight', async () => await page.locator('#card-title').innerText())
    await check('n', chosen)
    await check('i', chosen, false)
    await check('Control+a', chosen)
    await check('g', steps)
    await check('Shift+G', steps)
    await around('Koldun')
    await check('Shift+H', shownEntities)
    await press('Control+z')
    await check('l', async () => await page.locator('.shape-sheet').count())
    await check('Escape', async () => await page.locator('.shape-sheet').count())
    await check('b', async () => await page.locator('.shape-sheet').count())
    await press('Escape')
    await around('Koldun')
    await check('p', async () => await page.locator('.basket').count())
    for (const key of ['+', 'f', '-', '0']) await check(key, camera)
    await check('[', steps)
    await check(']', steps)
    await check('t', async () => await page.locator('#play').getAttribute('aria-label'))
    await page.keyboard.press('t')
    for (const [key, place] of [['Enter', 'card'], ['Space', 'card'], ['Control+s', 'save-name']] as const) {
      await around('Koldun')
      await check(key, async () => await page.evaluate(() => document.activeElement?.id))
      expect(await page.evaluate(() => document.activeElement?.id)).toBe(place)
    }
    await page.locator('#chart').focus()
    await check('/', async () => await page.evaluate(() => document.activeElement?.id))
    expect(done.size).toBeGreaterThan(35)
  })

  it('single keys can be switched off, and the list with them; arrows and Ctrl go on', async () => {
    await around('Koldun')
    await press('?')
    await page.getByLabel('Single letters, digits and signs act on the chart').uncheck()
    await page.keyboard.press('Escape')
    await press('m')
    expect(await page.locator('dialog[open]').count()).toBe(0)
    await press('Control+a')
    expect(await chosen()).toBeGreaterThan(1)
    await page.getByRole('button', { name: 'Keys', exact: true }).click()
    await page.getByLabel('Single letters, digits and signs act on the chart').check()
    await page.keyboard.press('Escape')
    // Back where it came from, and nowhere else later: who types on would lose what is typed.
    await eventually(async () => await page.locator('dialog').count()).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Keys')
  })

  it('what can be done is found by its words in the search box, and done by Enter', async () => {
    await around('Koldun')
    await page.locator('#search').fill('take a snap')
    await page.locator('[role=option]', { hasText: 'Take a snapshot' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.keyboard.press('Enter')
    await eventually(async () => await page.locator('.notice').innerText()).toMatch(/^Snapshot kept/)
    await page.locator('#search').fill('possible dou')
    await page.locator('[role=option]', { hasText: 'Possible doubles' }).click()
    await eventually(async () => await page.getByRole('dialog').count()).toBe(1)
    await page.keyboard.press('Escape')
  })

  it('chooses by what things are, without a stroke of the hand', async () => {
    await around('Koldun')
    await press('Escape')
    await page.getByRole('button', { name: 'Choose and group' }).click()
    await page.getByRole('menuitem', { name: 'Choose where…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Kind').selectOption('Phone')
    const told = Number(/^\d+/.exec(await dialog.getByRole('status').innerText())?.[0])
    expect(told).toBeGreaterThan(0)
    expect(await faultsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Choose these' }).click()
    await eventually(chosen).toBe(told)
  })

  it('steps, saving and snapshots can be reached in a narrow window', async () => {
    await page.setViewportSize({ width: 1024, height: 700 })
    await around('Koldun')
    await press('Escape')
    // Naming the chart by a key opens it.
    const away = page.getByRole('button', { name: 'Put steps, saving and snapshots away' })
    if (await away.count() > 0) await away.click()
    await eventually(async () => await page.locator('#save-name').isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Show steps, saving and snapshots' }).click()
    await eventually(async () => await page.locator('#save-name').isVisible()).toBe(true)
    expect(await faultsOf(page)).toEqual([])
    await screenshot(page, 'narrow-about')
    await page.getByRole('button', { name: 'Put steps, saving and snapshots away' }).click()
    await press('Control+s')
    await eventually(async () => await page.evaluate(() => document.activeElement?.id)).toBe('save-name')
    // At 200 % the panels stand below each other, the chart first and whole.
    await page.setViewportSize({ width: 640, height: 400 })
    await around('Koldun')
    await eventually(async () => (await page.locator('#chart').boundingBox())?.height ?? 0).toBeGreaterThan(300)
    await page.setViewportSize({ width: 1280, height: 800 })
  })

  it('has nothing to complain of, and the page itself never scrolls', async () => {
    expect(explorer.complaints).toEqual([])
    expect(await page.evaluate(() => [document.documentElement.scrollHeight, document.body.scrollHeight])).toEqual([800, 800])
  })
})

/** Opens the chart around a person by search, with the card and the keyboard on the chart. */
async function around(words: string): Promise<void> {
  await page.locator('#search').fill(words)
  await eventually(async () => await page.locator('[role=option] .hit-label').first().innerText().catch(() => '')).toContain(words)
  await page.keyboard.press('Enter')
  // The box is emptied once what was asked for has been taken; the card may show that person already.
  await eventually(async () => await page.locator('#search').inputValue()).toBe('')
  await eventually(async () => await page.locator('#card-title').innerText()).toContain(words)
  await page.locator('#chart').focus()
}

async function afresh(words: string): Promise<void> {
  await page.getByRole('button', { name: 'Case overview' }).click()
  await around(words)
}

async function press(key: string): Promise<void> {
  await page.locator('#chart').focus()
  await page.keyboard.press(key)
}

async function shownEntities(): Promise<number> {
  const line = await page.locator('.shown').getAttribute('title') ?? ''
  return Number(/(\d+)(?: of \d+)? entities/.exec(line)?.[1])
}

async function chosen(): Promise<number> {
  const count = page.locator('.chosen-count')
  return await count.count() === 0 ? 0 : Number(await count.innerText())
}

/** Names stand where the camera puts them; paper has the whole chart whatever the camera sees. */
async function camera(): Promise<string> {
  await page.waitForTimeout(350)
  return await page.locator('.sigma-labels').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
}

/** What the printer would get: the drawing with what is laid over it. */
async function picture(): Promise<string> {
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  const source = await page.locator('.print-picture canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  return source
}

async function drag(what: ReturnType<Page['locator']>, x: number, y: number): Promise<void> {
  const box = await what.boundingBox()
  if (box === null) throw new Error('nothing to drag')
  await page.mouse.move(box.x + 10, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x + 10 + x / 2, box.y + 10 + y / 2)
  await page.mouse.move(box.x + 10 + x, box.y + 10 + y)
  await page.mouse.up()
}
