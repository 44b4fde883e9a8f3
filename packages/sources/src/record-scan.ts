/**
 * Where records begin and end in the bytes of a delimited file, at the speed of a byte loop, and what is wrong with them.
 * RFC 4180, and as DuckDB reads it: one space may stand before an opening quote, any number after a closing one.
 */

/** A record longer than this is no record: line breaks are missing, or a quote was never closed. */
export const RECORD_LIMIT: number = 1 << 20

const LF = 10
const CR = 13
const QUOTE = 34
const SPACE = 32

export const SOUND = 0
/** Well formed, with a line break inside quotes. */
export const BROKEN_LINE = 1
/** Something other than a delimiter follows a closing quote. */
export const AFTER_QUOTE = 2
/** A quote is not closed within the limit or before the end of the file. */
export const UNCLOSED = 3
/** No line break within the limit; scanning ends here. */
export const TOO_LONG = 4
export type Flaw = 0 | 1 | 2 | 3 | 4

/** How a record ended: end of file, \n, \r\n, \r. */
export type Ending = 0 | 1 | 2 | 3

/**
 * Told of each record, blank ones too; `fields` counts delimiters outside quotes and one more. Returns false to stop.
 */
export type RecordSink = (bytes: Buffer, start: number, end: number, fields: number, flaw: Flaw, ending: Ending) => boolean

/**
 * Tells the sink of every complete record from `from` on and returns where the first incomplete one starts.
 * A record that is badly quoted over several lines is cut after its first line, so that a stray quote costs one line and not the rest of the file.
 *
 * @param last whether the file ends with these bytes.
 */
export function scanRecords(bytes: Buffer, from: number, delimiter: number, last: boolean, sink: RecordSink): number {
  const size = bytes.length
  let start = from
  while (start < size) {
    let at = start
    let fields = 1
    let flaw: Flaw = SOUND
    let breakAt = -1
    let open = false
    for (;;) {
      if (bytes[at] === SPACE && bytes[at + 1] === QUOTE) at++
      if (bytes[at] === QUOTE) {
        at++
        for (;;) {
          let byte = 0
          while (at < size && (byte = bytes[at] as number) !== QUOTE) {
            if (breakAt < 0 && (byte === LF || byte === CR)) breakAt = at
            at++
          }
          if (at >= size) open = true
          else if (bytes[at + 1] === QUOTE) {
            at += 2
            continue
          } else at++
          break
        }
        if (open) break
        while (bytes[at] === SPACE) at++
        const next = bytes[at]
        if (next !== undefined && next !== delimiter && next !== LF && next !== CR) flaw = AFTER_QUOTE
      }
      let byte = 0
      while (at < size && (byte = bytes[at] as number) !== delimiter && byte !== LF && byte !== CR) at++
      if (at >= size || byte !== delimiter) break
      fields++
      at++
    }
    const unfinished = at >= size || (bytes[at] === CR && at + 1 >= size)
    if (unfinished && !last && size - start <= RECORD_LIMIT) return start
    const length = at - start
    if (length > RECORD_LIMIT && (breakAt < 0 || breakAt - start > RECORD_LIMIT)) {
      sink(bytes, start, start + RECORD_LIMIT, fields, TOO_LONG, 0)
      return size
    }
    if (breakAt >= 0 && (open || length > RECORD_LIMIT || flaw === AFTER_QUOTE)) {
      at = breakAt
      flaw = open || length > RECORD_LIMIT ? UNCLOSED : AFTER_QUOTE
    } else if (open) flaw = UNCLOSED
    else if (flaw === SOUND && breakAt >= 0) flaw = BROKEN_LINE
    const ending: Ending = at >= size ? 0 : bytes[at] === LF ? 1 : bytes[at + 1] === LF ? 2 : 3
    if (!sink(bytes, start, at, fields, flaw, ending)) return size
    start = at + (ending === 2 ? 2 : ending === 0 ? 0 : 1)
    if (ending === 0) return size
  }
  return start
}

export interface RecordScanner {
  /** The bytes are read before this returns and may be overwritten afterwards. */
  push(chunk: Buffer): void
  end(): void
}

/** `scanRecords` over a stream of chunks; at most one record and one chunk are held. */
export function recordScanner(delimiter: number, sink: RecordSink): RecordScanner {
  let carry = Buffer.alloc(0)
  return {
    push(chunk) {
      const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk])
      carry = Buffer.from(bytes.subarray(scanRecords(bytes, 0, delimiter, false, sink)))
    },
    end() {
      scanRecords(carry, 0, delimiter, true, sink)
      carry = Buffer.alloc(0)
    },
  }
}

/** Values of one record, quotes taken off. */
export function splitRecord(record: string, delimiter: string): string[] {
  const values: string[] = []
  let at = 0
  for (;;) {
    let value = ''
    let quoted = false
    if (record[at] === ' ' && record[at + 1] === '"') at++
    if (record[at] === '"') {
      quoted = true
      at++
      for (;;) {
        const quote = record.indexOf('"', at)
        if (quote < 0) {
          value += record.slice(at)
          at = record.length
          break
        }
        value += record.slice(at, quote)
        at = quote + 1
        if (record[at] !== '"') break
        value += '"'
        at++
      }
    }
    const next = record.indexOf(delimiter, at)
    const rest = record.slice(at, next < 0 ? record.length : next)
    if (!quoted || rest.trim() !== '') value += rest
    values.push(value)
    if (next < 0) return values
    at = next + delimiter.length
  }
}
