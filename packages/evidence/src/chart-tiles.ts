/** A chart too large for one sheet, cut into sheets on which every word can be read, with an index sheet that shows which is which. */
import { INK, PAPER } from '@ringmap/drawing/colours'
import { num, outlineWidth, textMark } from './svg-drawing.ts'

/** Points; below this print is not read by most people. */
export const SMALLEST_PRINT = 7
/** Share of a sheet that its neighbour shows again. */
const OVERLAP = 0.06

export interface Tile {
  /** Row letter and column number, as on the index sheet: `B2`. */
  readonly name: string
  readonly svg: string
}

export interface TiledChart {
  readonly index: string
  readonly tiles: readonly Tile[]
}

/**
 * Null where the whole fits one sheet with nothing under `SMALLEST_PRINT`.
 *
 * @param svg of `chartSvg`. @param sheet width and height in points. @param smallest size of its smallest word in units of the drawing.
 */
export function tiledChart(svg: string, sheet: { readonly width: number; readonly height: number }, smallest: number): TiledChart | null {
  const [, w = '0', h = '0'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
  const [width, height] = [Number(w), Number(h)]
  const scale = Math.min(sheet.width / width, sheet.height / height)
  if (scale * smallest >= SMALLEST_PRINT) return null
  const needed = SMALLEST_PRINT / smallest
  const [wide, high] = [sheet.width / needed, sheet.height / needed]
  const columns = Math.max(1, Math.ceil((width - wide * OVERLAP) / (wide * (1 - OVERLAP))))
  const rows = Math.max(1, Math.ceil((height - high * OVERLAP) / (high * (1 - OVERLAP))))
  const marks = svg.split('\n')
  const boxes = marks.map(boxOf)
  const tiles: Tile[] = []
  const grid: string[] = []
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = columns === 1 ? 0 : (column * (width - wide)) / (columns - 1)
      const y = rows === 1 ? 0 : (row * (height - high)) / (rows - 1)
      const name = `${String.fromCharCode(65 + row)}${column + 1}`
      const inside = marks.filter((_, i) => boxes[i] === null || touches(boxes[i] as Box, { x, y, right: x + wide, bottom: y + high }))
      tiles.push({ name, svg: inside.join('\n').replace(/<svg ([^>]*?)width="[\d.]+" height="[\d.]+" viewBox="[^"]*"/, `<svg $1width="${num(wide)}" height="${num(high)}" viewBox="${num(x)} ${num(y)} ${num(wide)} ${num(high)}"`) })
      grid.push(gridMark(name, { x, y, width: Math.min(wide, width), height: Math.min(high, height), first_column: column === 0, last_column: column === columns - 1, first_row: row === 0, last_row: row === rows - 1 }, 1 / scale))
    }
  }
  return { index: svg.replace('</svg>', `${grid.join('\n')}\n</svg>`), tiles }
}

interface Box {
  readonly x: number
  readonly y: number
  readonly right: number
  readonly bottom: number
}

/** Words reach this far beyond the point at which they are placed. */
const REACH = 160

/** Where the mark of one line of the drawing lies; null for what belongs to every sheet, such as the opening of a group. */
function boxOf(mark: string): Box | null {
  // A line that opens or closes a group stands for more than itself.
  if ((mark.match(/<g\b/g)?.length ?? 0) !== (mark.match(/<\/g>/g)?.length ?? 0) || !mark.startsWith('<')) return null
  const points: [number, number][] = []
  // Symbols and words are placed by translations; what moves an icon within its symbol is no place.
  for (const [, x, y] of mark.matchAll(/translate\((-?[\d.]+) (-?[\d.]+)\)/g)) if (x !== '-12') points.push([Number(x), Number(y)])
  for (const [, x, y, w, h] of mark.matchAll(/<rect x="(-?[\d.]+)" y="(-?[\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)) points.push([Number(x), Number(y)], [Number(x) + Number(w), Number(y) + Number(h)])
  if (/^(?:<g id="links">)?<g id="l\d+">/.test(mark)) for (const [, course = ''] of mark.matchAll(/ d="(M[^"]*)"/g)) for (const [, x, y] of course.matchAll(/(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)/g)) points.push([Number(x), Number(y)])
  if (points.length === 0) return null
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  return { x: Math.min(...xs) - REACH, y: Math.min(...ys) - REACH, right: Math.max(...xs) + REACH, bottom: Math.max(...ys) + REACH }
}

function touches(a: Box, b: Box): boolean {
  return a.x <= b.right && a.right >= b.x && a.y <= b.bottom && a.bottom >= b.y
}

interface Cell {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly first_column: boolean
  readonly last_column: boolean
  readonly first_row: boolean
  readonly last_row: boolean
}

/** @param unit one point of the sheet, in units of the drawing. */
function gridMark(name: string, at: Cell, unit: number): string {
  const size = 22 * unit
  const wide = outlineWidth(name, size, 'bold') + 10 * unit
  // At the edge that no neighbour covers, where there is one, clear of title and footnotes.
  const x = at.first_column ? at.x + wide / 2 : at.last_column ? at.x + at.width - wide / 2 : at.x + at.width / 2
  const y = at.first_row ? at.y + size * 4.6 : at.last_row ? at.y + at.height - size * 4.6 : at.y + at.height / 2
  return `<rect x="${num(at.x)}" y="${num(at.y)}" width="${num(at.width)}" height="${num(at.height)}" fill="none" stroke="${INK}" stroke-width="${num(0.8 * unit)}" stroke-dasharray="${num(6 * unit)} ${num(4 * unit)}"/>`
    + `<rect x="${num(x - wide / 2)}" y="${num(y - size * 0.8)}" width="${num(wide)}" height="${num(size * 1.3)}" fill="${PAPER}" stroke="${INK}" stroke-width="${num(0.8 * unit)}"/>${textMark(name, x, y + size * 0.22, { size, weight: 'bold', anchor: 'middle' })}`
}
