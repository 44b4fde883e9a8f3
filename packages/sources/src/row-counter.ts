/** Numbers the records of a file and judges each: header, row, blank, or rejected and why. */
import { RingmapError } from '@ringmap/model/errors'
import { AFTER_QUOTE, BROKEN_LINE, TOO_LONG, UNCLOSED, type Ending, type Flaw, type RecordSink } from './record-scan.ts'
import type { TableShape } from './table-shape.ts'

export interface Named {
  readonly source: string
  readonly shown: string
}

export const REASON_TITLE = 'stands before the header'

/** What is told of each record besides header and blank ones. `end` leaves out extra empty fields of a good row. */
export type RowSink = (bytes: Buffer, start: number, end: number, row: number, reason: string | null) => void

export class RowCounter {
  /** Records so far, the header and blank ones with them. */
  records = 0
  good = 0
  /** Whether a value of a good row holds a line break. */
  broken_lines = false
  /** Whether every record is sound, one line ending serves all, and nothing but the header stands before the rows. */
  plain = true
  readonly #fields: number
  readonly #delimiter: number
  readonly #header: number
  /** First row of the headings. */
  readonly #heads: number
  readonly #file: Named
  readonly #each: RowSink | null
  #ending: Ending = 0

  constructor(file: Named, shape: TableShape, each: RowSink | null = null) {
    this.#file = file
    this.#fields = shape.header.length
    this.#delimiter = shape.delimiter.charCodeAt(0)
    this.#header = shape.header_row
    this.#heads = shape.header_row - shape.header_rows + 1
    this.#each = each
    if (shape.header_row !== 1) this.plain = false
  }

  /** Between records, as DuckDB spells it. */
  get line_break(): string {
    return this.#ending === 2 ? String.raw`\r\n` : String.raw`\n`
  }

  readonly sink: RecordSink = (bytes, start, end, fields, flaw, ending) => {
    this.records++
    if (ending !== 0 && ending !== this.#ending) {
      if (this.#ending !== 0 || ending === 3) this.plain = false
      this.#ending = ending
    }
    if (flaw === TOO_LONG) throw tooLong(this.#file, this.records)
    if (this.records >= this.#heads && this.records <= this.#header) {
      if (flaw !== 0) this.plain = false
      return true
    }
    if (isBlank(bytes, start, end)) {
      this.plain = false
      return true
    }
    if (fields === this.#fields && flaw <= BROKEN_LINE && this.records > this.#header) {
      this.good++
      if (flaw === BROKEN_LINE) this.broken_lines = true
      this.#each?.(bytes, start, end, this.records, null)
      return true
    }
    this.plain = false
    this.#judge(bytes, start, end, fields, flaw, ending)
    return true
  }

  #judge(bytes: Buffer, start: number, end: number, fields: number, flaw: Flaw, ending: Ending): void {
    const extra = fields - this.#fields
    if (this.records > this.#header && flaw <= BROKEN_LINE && extra > 0 && endsWith(bytes, end, extra, this.#delimiter)) {
      this.good++
      if (flaw === BROKEN_LINE) this.broken_lines = true
      this.#each?.(bytes, start, end - extra, this.records, null)
      return
    }
    this.#each?.(bytes, start, end, this.records, this.#reason(fields, flaw, ending))
  }

  #reason(fields: number, flaw: Flaw, ending: Ending): string {
    if (this.records < this.#heads) return REASON_TITLE
    const cut = ending === 0 ? ' (the file ends here: it may have been cut off)' : ''
    if (flaw === UNCLOSED) return `a quote is opened and never closed${cut}`
    if (flaw === AFTER_QUOTE) return 'text follows a closing quote'
    const count = `${fields} ${fields === 1 ? 'column' : 'columns'}`
    return fields < this.#fields ? `only ${count}${cut}` : count
  }
}

/** Nothing, or only spaces and the end-of-file sign of old systems. */
function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 32 && bytes[i] !== 26) return false
  return true
}

function endsWith(bytes: Buffer, end: number, count: number, byte: number): boolean {
  for (let i = end - count; i < end; i++) if (bytes[i] !== byte) return false
  return true
}

export function tooLong(file: Named, row: number): RingmapError {
  return new RingmapError('source_unreadable', {
    source: file.source, file: file.shown, what: `record ${row} is longer than 1 MB`, hint: 'Line breaks may be missing, or it may not be a table. Look at the file in an editor, or ask for it again.',
  })
}
