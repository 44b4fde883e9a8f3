/** The chart as a picture: its colours, and where a link or entity can be pointed at. */
import type { Page } from 'playwright-core'
import { LINK_CLASSES } from '@ringmap/drawing/colours'
import { ENTITY_KINDS } from '@ringmap/model/schema'

export interface Pixels {
  /** 0xrrggbb, row by row. */
  readonly colours: readonly number[]
  readonly width: number
}

/** What is on the chart, as the eye sees it. */
export async function chartPixels(page: Page): Promise<Pixels> {
  const picture = await page.locator('#chart').screenshot()
  return await page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const context = canvas.getContext('2d')
    context?.drawImage(bitmap, 0, 0)
    const bytes = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? []
    const colours: number[] = []
    for (let i = 0; i < bytes.length; i += 4) colours.push(((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0))
    return { colours, width: bitmap.width }
  }, picture.toString('base64'))
}

/** A place on the chart where the pointer is over such a link or entity: where its colour is, tried with the pointer. @param wanted `link:`, `entity:`, or one with its id. @param fits asked with the id */
export async function findOnChart(page: Page, wanted: string, fits: (id: string) => boolean = () => true): Promise<{ readonly x: number; readonly y: number }> {
  const looks = new Set((wanted.startsWith('link:') ? Object.values(LINK_CLASSES) : Object.values(ENTITY_KINDS)).map(({ colour }) => Number.parseInt(colour.slice(1), 16)))
  const { colours, width } = await chartPixels(page)
  const box = await page.locator('#chart').boundingBox()
  if (box === null) throw new Error('the chart is not on the screen')
  const spots = colours.flatMap((colour, i) => looks.has(colour) ? [i] : [])
  for (let i = 0; i < spots.length; i += Math.ceil(spots.length / 120)) {
    const spot = { x: box.x + (spots[i] ?? 0) % width, y: box.y + Math.floor((spots[i] ?? 0) / width) }
    await page.mouse.move(spot.x, spot.y)
    const hover = await page.locator('#chart').getAttribute('data-hover')
    if (hover?.startsWith(wanted) === true && fits(hover.slice(hover.indexOf(':') + 1))) return spot
  }
  throw new Error(`nothing like ${wanted} was found under the pointer at ${spots.length} places of its colour`)
}
