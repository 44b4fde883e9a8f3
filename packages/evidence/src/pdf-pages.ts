/** Pages of a PDF/A-2b: running text, tables and drawings on A4 and A3, in bundled fonts, the same bytes every time. */
import { once } from 'node:events'
import { createRequire } from 'node:module'
import Document from 'pdfkit'
import SVGtoPDF from 'svg-to-pdfkit'
import { inVisualLetters, outline, plainLine, type Weight } from './text-outline.ts'
import { outlineWidth, wrapped } from './svg-drawing.ts'

export interface PdfFacts {
  readonly title: string
  readonly subject: string
  readonly author: string
  /** Stands as date of creation: the as-of time, never the clock. */
  readonly at_ms: number
  /** Printed at the foot of each page, beside n/N. */
  readonly foot: string
}

export interface Pdf {
  readonly page: (size: 'A4' | 'A3', way?: 'portrait' | 'landscape') => void
  readonly heading: (text: string) => void
  readonly subheading: (text: string) => void
  readonly text: (text: string, size?: number) => void
  readonly gap: (points: number) => void
  /** Columns share the width in the given parts; long cells are broken into lines. */
  readonly table: (header: readonly string[], rows: readonly (readonly string[])[], parts: readonly number[]) => void
  /** Fills the page below the pen. `words` can be found and read aloud; they do not show. */
  readonly drawing: (svg: string, words: readonly string[]) => void
  readonly done: () => Promise<Uint8Array>
}

const MARGIN = 42
const FOOT = 30
const EDGE = 20
/** What a drawing can take of an A3 sheet that lies, in points: below the margin, above the foot. */
export const A3_DRAWING: { readonly width: number; readonly height: number } = { width: 1190.55 - EDGE * 2, height: 841.89 - FOOT - 16 - EDGE }
const LEADING = 1.42
const fonts = createRequire(import.meta.url)
const FONT: Readonly<Record<Weight, string>> = {
  regular: fonts.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  bold: fonts.resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf'),
}
/** What the Latin font draws as it stands; all else is shaped and drawn as outlines. */
const PLAIN = /^[\u0020-\u024F\u2010-\u2015\u2018-\u201E\u2022\u2026\u20B9\u00D7]*$/

export function pdf(facts: PdfFacts): Pdf {
  const at = new Date(facts.at_ms)
  const doc = new Document({
    autoFirstPage: false, bufferPages: true, pdfVersion: '1.7', subset: 'PDF/A-2b', lang: 'en', displayTitle: true, margin: 0, compress: true, font: '',
    info: { Title: facts.title, Subject: facts.subject, Author: facts.author, Creator: 'ringmap', Producer: 'ringmap', CreationDate: at, ModDate: at },
  } as unknown as PDFKit.PDFDocumentOptions)
  const chunks: Uint8Array[] = []
  doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  const ended = once(doc, 'end')
  for (const weight of ['regular', 'bold'] as const) doc.registerFont(weight, FONT[weight])
  let y = MARGIN
  let size: 'A4' | 'A3' = 'A4'
  let way: 'portrait' | 'landscape' = 'portrait'
  const width = (): number => doc.page.width - MARGIN * 2
  const bottom = (): number => doc.page.height - FOOT - 16
  const page: Pdf['page'] = (newSize, newWay = 'portrait') => {
    ;[size, way] = [newSize, newWay]
    doc.addPage({ size, layout: way, margin: 0 })
    y = MARGIN
  }
  const room = (height: number): void => {
    if (y + height > bottom()) page(size, way)
  }
  const line = (text: string, x: number, top: number, points: number, weight: Weight = 'regular'): void => {
    if (text.trim() === '') return
    if (PLAIN.test(text)) {
      doc.font(weight).fontSize(points).fillColor('#000000').text(text, x, top, { lineBreak: false })
      return
    }
    const { path } = outline(text, weight)
    doc.save().translate(x, top + points * 1.07).scale(points / 1000).path(path).fill('#000000').restore()
    hidden(doc, text, x, top, points)
  }
  const block = (text: string, points: number, weight: Weight, x = MARGIN, wide = width()): void => {
    for (const each of wrapped(plainLine(text), wide, 400, points, weight)) {
      room(points * LEADING)
      line(each, x, y, points, weight)
      y += points * LEADING
    }
  }
  const row = (cells: readonly string[], parts: readonly number[], weight: Weight): void => {
    const points = 8
    const total = parts.reduce((sum, part) => sum + part, 0)
    const widths = parts.map((part) => (part / total) * width())
    const lines = cells.map((cell, c) => broken(plainLine(cell), (widths[c] as number) - 6, points, weight))
    const height = Math.max(...lines.map((each) => each.length)) * points * 1.32 + 4
    room(height)
    let x = MARGIN
    for (const [c, each] of lines.entries()) {
      for (const [i, text] of each.entries()) line(text, x + 2, y + 2 + i * points * 1.32, points, weight)
      x += widths[c] as number
    }
    y += height
    doc.moveTo(MARGIN, y).lineTo(MARGIN + width(), y).lineWidth(weight === 'bold' ? 0.9 : 0.3).stroke('#555555')
  }
  return {
    page,
    heading: (text) => {
      if (y > MARGIN) y += 14
      room(110)
      block(text, 16, 'bold')
      y += 6
    },
    subheading: (text) => {
      y += 6
      room(70)
      block(text, 11, 'bold')
      y += 2
    },
    text: (text, points = 9.5) => {
      block(text, points, 'regular')
      y += 3
    },
    gap: (points) => void (y += points),
    table: (header, rows, parts) => {
      row(header, parts, 'bold')
      for (const cells of rows) {
        if (y + 30 > bottom()) {
          page(size, way)
          row(header, parts, 'bold')
        }
        row(cells, parts, 'regular')
      }
      if (rows.length === 0) row(['none', ...header.slice(1).map(() => '')], parts, 'regular')
      y += 6
    },
    drawing: (svg, words) => {
      // A drawing has a frame of its own and needs less margin than words.
      if (y === MARGIN) y = EDGE
      doc.save()
      doc.rect(EDGE, y, doc.page.width - EDGE * 2, bottom() - y).clip()
      SVGtoPDF(doc, svg, EDGE, y, { width: doc.page.width - EDGE * 2, height: bottom() - y, preserveAspectRatio: 'xMidYMin meet', assumePt: true })
      doc.restore()
      // What is drawn as outlines is said once more for search and for screen readers.
      for (const [i, text] of words.entries()) hidden(doc, plainLine(text), MARGIN, Math.min(y + i * 7, bottom()), 7)
      y = bottom()
    },
    done: async () => {
      const { count } = doc.bufferedPageRange()
      for (let i = 0; i < count; i++) {
        doc.switchToPage(i)
        const top = doc.page.height - FOOT
        for (const [k, text] of wrapped(plainLine(facts.foot), doc.page.width - MARGIN * 2 - 60, 2, 7.5).entries()) line(text, MARGIN, top + k * 9, 7.5)
        const number = `page ${i + 1}/${count}`
        line(number, doc.page.width - MARGIN - outlineWidth(number, 7.5, 'regular'), top, 7.5)
      }
      doc.end()
      await ended
      return Buffer.concat(chunks)
    },
  }
}

/** Words that are found by search though they do not show: drawn text stands under them as outlines. */
function hidden(doc: PDFKit.PDFDocument, text: string, x: number, y: number, points: number): void {
  const marked = doc as unknown as { markContent: (tag: string, options: object) => void; endMarkedContent: () => void; addContent: (operators: string) => void }
  doc.save()
  marked.addContent('3 Tr')
  // Readers of text (poppler) take the letters as they stand on the page and turn what is read from right to left themselves.
  marked.markContent('Span', { actual: inVisualLetters(text) })
  doc.font('regular').fontSize(points).text('x', x, y, { lineBreak: false })
  marked.endMarkedContent()
  marked.addContent('0 Tr')
  doc.restore()
}


/** Like `wrapped`, and a word wider than the column is broken too: hashes have no spaces. */
function broken(text: string, width: number, points: number, weight: Weight): string[] {
  const pieces = text.split(' ').flatMap((word) => {
    if (outlineWidth(word, points, weight) <= width) return [word]
    const fit = Math.max(4, Math.floor((word.length * width) / outlineWidth(word, points, weight)) - 1)
    return word.match(new RegExp(`.{1,${fit}}`, 'gu')) ?? [word]
  })
  return pieces.length === 0 ? [''] : wrapped(pieces.join(' '), width, 60, points, weight)
}
