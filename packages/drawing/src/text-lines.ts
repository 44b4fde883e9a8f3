/** Text cut into lines that fit a width. */
import type { Measure, Weight } from './operations.ts'

interface LineRoom {
  readonly width: number
  readonly lines: number
  readonly size: number
  readonly weight: Weight
}

/** At most `lines` lines no wider than `width`; what does not fit ends in an ellipsis. Data in the text is kept from turning its order by the caller. */
export function textLines(text: string, { width, lines, size, weight }: LineRoom, measure: Measure): string[] {
  const out: string[] = []
  let rest = text.split(' ')
  while (rest.length > 0 && out.length < lines) {
    let taken = 1
    while (taken < rest.length && measure(rest.slice(0, taken + 1).join(' '), size, weight) <= width) taken++
    const last = out.length === lines - 1
    const line = last ? rest.join(' ') : rest.slice(0, taken).join(' ')
    rest = last ? [] : rest.slice(taken)
    out.push(measure(line, size, weight) <= width ? line : shortened(line, width, size, weight, measure))
  }
  return out
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

function shortened(line: string, width: number, size: number, weight: Weight, measure: Measure): string {
  const letters = [...graphemes.segment(line)].map(({ segment }) => segment)
  let low = 0
  let high = letters.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (measure(`${letters.slice(0, middle).join('')}…`, size, weight) <= width) low = middle
    else high = middle - 1
  }
  return `${letters.slice(0, low).join('').trimEnd()}…`
}
