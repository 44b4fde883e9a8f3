/** Text becomes vector outlines: shaped by HarfBuzz in bundled Noto fonts, ordered by the bidirectional algorithm, the same on every machine. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Bidi } from 'bidi-js'
import { Blob, Buffer, Direction, Face, Font, shape } from 'harfbuzzjs'

export type Weight = 'regular' | 'bold'

/** At 1000 units an em, baseline at y = 0, y down: scale by the font size over 1000. */
export interface Outline {
  /** SVG path data; empty for text that leaves no mark. */
  readonly path: string
  /** Advance width. */
  readonly width: number
  /** Characters for which no bundled font has a shape; a box stands in their place. */
  readonly missing: string
}

/** A field inside a longer text, kept from turning the order of what stands around it (UAX #9, first-strong isolate). */
export function isolate(field: string): string {
  return `\u2068${plainLine(field)}\u2069`
}

/** One line without direction overrides, isolates or control characters: data must not turn the reading order of a drawing. */
export function plainLine(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, '').replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029\s]+/g, ' ').trim()
}

/** The outline of one line; isolates in it are obeyed. Cached: drawing asks for the same words often. */
export function outline(text: string, weight: Weight = 'regular'): Outline {
  const key = `${weight} ${text}`
  const known = cache.get(key)
  if (known !== undefined) return known
  if (cache.size >= CACHED) cache.clear()
  const fresh = outlined(text, weight)
  cache.set(key, fresh)
  return fresh
}

/** Advance width of one line, at 1000 units an em; the same as that of its outline, which is not made for it: lines are measured far more often than drawn. */
export function advanceWidth(text: string, weight: Weight = 'regular'): number {
  const key = `${weight} ${text}`
  const known = cache.get(key)?.width ?? widths.get(key)
  if (known !== undefined) return known
  if (widths.size >= CACHED) widths.clear()
  let width = 0
  for (const run of visualRuns(text, weight).runs) width = drawRun(text, run, weight, width, null)
  widths.set(key, width)
  return width
}

const CACHED = 20_000
const cache = new Map<string, Outline>()
const widths = new Map<string, number>()

const required = createRequire(import.meta.url)
// The package is CommonJS and its types say otherwise.
const bidi = (required('bidi-js') as () => Bidi)()
const SCRIPTS = ['latin', 'devanagari', 'arabic'] as const
type Script = (typeof SCRIPTS)[number]

const FONT_FILES: Readonly<Record<Script, Readonly<Record<Weight, string>>>> = {
  latin: { regular: 'noto-sans/400Regular/NotoSans_400Regular.ttf', bold: 'noto-sans/700Bold/NotoSans_700Bold.ttf' },
  devanagari: { regular: 'noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf', bold: 'noto-sans-devanagari/700Bold/NotoSansDevanagari_700Bold.ttf' },
  arabic: { regular: 'noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf', bold: 'noto-naskh-arabic/700Bold/NotoNaskhArabic_700Bold.ttf' },
}
/** SHA-256 of each font file, by its name: what a drawing looks like depends on them. */
export function fontHashes(): Readonly<Record<string, string>> {
  const files = SCRIPTS.flatMap((script) => Object.values(FONT_FILES[script]))
  return Object.fromEntries(files.map((file) => [file.slice(file.lastIndexOf('/') + 1), createHash('sha256').update(readFileSync(required.resolve(`@expo-google-fonts/${file}`))).digest('hex')]))
}

/** ISO 15924 tag and language of each script; Urdu's forms of digits and heh differ from Arabic's. */
const SHAPING: Readonly<Record<Script, { readonly script: string; readonly language: string }>> = {
  latin: { script: 'Latn', language: 'en' },
  devanagari: { script: 'Deva', language: 'hi' },
  arabic: { script: 'Arab', language: 'ur' },
}

/** Naskh letters are drawn smaller in their square than Latin ones: brought to like size. */
const SIZES: Readonly<Record<Script, number>> = { latin: 1000, devanagari: 1000, arabic: 1150 }

interface LoadedFont {
  readonly font: Font
  readonly glyphs: Map<number, readonly GlyphStroke[]>
}

interface GlyphStroke {
  readonly type: string
  readonly values: readonly number[]
}

const fonts = new Map<string, LoadedFont>()

function loaded(script: Script, weight: Weight): LoadedFont {
  const key = `${script} ${weight}`
  let entry = fonts.get(key)
  if (entry === undefined) {
    const file = required.resolve(`@expo-google-fonts/${FONT_FILES[script][weight]}`)
    const font = new Font(new Face(new Blob(readFileSync(file))))
    font.setScale(SIZES[script], SIZES[script])
    entry = { font, glyphs: new Map() }
    fonts.set(key, entry)
  }
  return entry
}

interface Run {
  readonly from: number
  to: number
  readonly level: number
  readonly script: Script
}

function outlined(text: string, weight: Weight): Outline {
  if (text === '') return { path: '', width: 0, missing: '' }
  const { runs, missing } = visualRuns(text, weight)
  const parts: string[] = []
  let pen = 0
  for (const run of runs) pen = drawRun(text, run, weight, pen, parts)
  return { path: parts.join(''), width: pen, missing }
}

function visualRuns(text: string, weight: Weight): { readonly runs: readonly Run[]; readonly missing: string } {
  if (text === '') return { runs: [], missing: '' }
  const { levels } = bidi.getEmbeddingLevels(text, 'auto')
  const { scripts, missing } = scriptsOf(text, weight)
  return { runs: inVisualOrder(runsOf(text, levels, scripts)), missing }
}

/** The font of each UTF-16 unit: by script, and signs that belong to none go with what stands before them. */
function scriptsOf(text: string, weight: Weight): { readonly scripts: readonly Script[]; readonly missing: string } {
  const scripts: Script[] = []
  let missing = ''
  let before: Script = 'latin'
  for (const character of text) {
    const point = character.codePointAt(0) as number
    let script = ownScript(point)
    if (script === null) {
      const tries: Script[] = /\p{M}|\p{Cf}/u.test(character) ? [before, ...SCRIPTS] : ['latin', before, ...SCRIPTS]
      script = tries.find((candidate) => loaded(candidate, weight).font.nominalGlyph(point) !== undefined) ?? null
      if (script === null && /\p{Cf}|\p{Zs}/u.test(character)) script = before
      if (script === null) missing += character
    }
    before = script ?? 'latin'
    for (let unit = 0; unit < character.length; unit++) scripts.push(before)
  }
  return { scripts, missing }
}

function ownScript(point: number): Script | null {
  if ((point >= 0x900 && point <= 0x97f) || (point >= 0xa8e0 && point <= 0xa8ff) || (point >= 0x1cd0 && point <= 0x1cff)) return 'devanagari'
  if ((point >= 0x600 && point <= 0x6ff) || (point >= 0x750 && point <= 0x77f) || (point >= 0x8a0 && point <= 0x8ff) || (point >= 0xfb50 && point <= 0xfdff) || (point >= 0xfe70 && point <= 0xfefc)) return 'arabic'
  return null
}

/** Maximal stretches of one level and one font. The isolates themselves leave no mark and are left out. */
function runsOf(text: string, levels: Uint8Array, scripts: readonly Script[]): Run[] {
  const runs: Run[] = []
  for (let at = 0; at < text.length; at++) {
    if (/[\u2066-\u2069]/.test(text.charAt(at))) continue
    const last = runs.at(-1)
    const level = levels[at] as number
    const script = scripts[at] as Script
    if (last !== undefined && last.to === at && last.level === level && last.script === script) last.to = at + 1
    else runs.push({ from: at, to: at + 1, level, script })
  }
  return runs
}

/** Rule L2: from the highest level to the lowest odd one, every stretch at that level or above is reversed. */
function inVisualOrder(runs: Run[]): Run[] {
  const order = [...runs]
  const levels = runs.map(({ level }) => level)
  const highest = Math.max(0, ...levels)
  for (let level = highest; level >= 1; level--) {
    for (let from = 0; from < order.length; from++) {
      if ((order[from] as Run).level < level) continue
      let to = from
      while (to < order.length && (order[to] as Run).level >= level) to++
      order.splice(from, to - from, ...order.slice(from, to).reverse())
      from = to
    }
  }
  return order
}

/** A line with its code points from left to right as they stand on the page; what is read from left to right is as it was. */
export function inVisualLetters(text: string): string {
  const { levels } = bidi.getEmbeddingLevels(text, 'auto')
  return inVisualOrder(runsOf(text, levels, scriptsOf(text, 'regular').scripts)).map((run) => {
    const part = text.slice(run.from, run.to)
    return run.level % 2 === 1 ? Array.from(part).reverse().join('') : part
  }).join('')
}

/** @param parts null where the way of the pen alone is asked for. */
function drawRun(text: string, run: Run, weight: Weight, from: number, parts: string[] | null): number {
  const { font, glyphs } = loaded(run.script, weight)
  const buffer = new Buffer()
  // The whole text goes along, so that letters join across a change of level.
  buffer.addText(text, run.from, run.to - run.from)
  buffer.setDirection(run.level % 2 === 1 ? Direction.RTL : Direction.LTR)
  buffer.setScript(SHAPING[run.script].script)
  buffer.setLanguage(SHAPING[run.script].language)
  shape(font, buffer)
  let pen = from
  for (const glyph of buffer.getGlyphInfosAndPositions()) {
    if (parts === null) {
      pen += glyph.xAdvance ?? 0
      continue
    }
    let strokes = glyphs.get(glyph.codepoint)
    if (strokes === undefined) {
      strokes = font.glyphToJson(glyph.codepoint)
      glyphs.set(glyph.codepoint, strokes)
    }
    for (const { type, values } of strokes) parts.push(type, placed(values, pen + (glyph.xOffset ?? 0), glyph.yOffset ?? 0))
    pen += glyph.xAdvance ?? 0
  }
  return pen
}

/** Fonts point y up, SVG down. */
function placed(values: readonly number[], x: number, y: number): string {
  return values.map((value, i) => Math.round(i % 2 === 0 ? x + value : -(y + value))).join(' ')
}
