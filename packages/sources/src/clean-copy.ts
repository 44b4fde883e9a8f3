/** A copy of a flawed file with its good records only, in UTF-8, each behind its row number; the others go to `rejected_row`. */
import { closeSync, openSync, writeSync } from 'node:fs'
import type { WorkOptions } from '@ringmap/model/progress'
import type { Cell, Database } from '@ringmap/store/database'
import { fileChunks } from './file-hash.ts'
import { recordScanner } from './record-scan.ts'
import { RowCounter, type Named } from './row-counter.ts'
import type { TableShape } from './table-shape.ts'
import { utf8Stream, type Encoding } from './text-encoding.ts'

export interface CleanCopy {
  readonly rows: number
  readonly rejected: number
  /** The first ten, shortened. */
  readonly rejects: readonly { readonly row: number; readonly value: string }[]
  /** Rejected rows by reason. */
  readonly reasons: ReadonlyMap<string, number>
  /** Rows in which bytes were replaced, and the first ten of them. */
  readonly replaced: number
  readonly replaced_rows: readonly number[]
  readonly broken_lines: boolean
}

const OUT_BYTES = 1 << 20
/** Characters of a rejected row shown in an issue; `rejected_row` has it whole. */
const SHOWN = 200

/** @param options.encoding what to decode from; null when the bytes are UTF-8 already. */
export async function writeCleanCopy(
  database: Database, file: Named & { readonly path: string }, options: { readonly shape: TableShape; readonly encoding: Encoding | null; readonly to: string }, work: WorkOptions,
): Promise<CleanCopy> {
  const delimiter = options.shape.delimiter.charCodeAt(0)
  const out = new RecordWriter(options.to, delimiter)
  const pending: Cell[][] = []
  const rejects: { row: number; value: string }[] = []
  const reasons = new Map<string, number>()
  const replacedRows: number[] = []
  let rejected = 0
  let replaced = 0
  const counter = new RowCounter(file, options.shape, (bytes, start, end, row, reason) => {
    if (options.encoding !== null && holdsReplacement(bytes, start, end)) {
      replaced++
      if (replacedRows.length < 10) replacedRows.push(row)
    }
    if (reason === null) {
      out.write(row, bytes, start, end)
      return
    }
    const text = bytes.toString('utf8', start, end)
    pending.push([file.source, row, reason, text])
    rejected++
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    if (rejects.length < 10) rejects.push({ row, value: text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text })
  })
  const scanner = recordScanner(delimiter, counter.sink)
  const flush = async (): Promise<void> => {
    if (pending.length > 0) await database.append('rejected_row', pending)
    pending.length = 0
  }
  try {
    for await (const chunk of utf8Chunks(file.path, options.encoding, work)) {
      scanner.push(chunk)
      await flush()
    }
    scanner.end()
    await flush()
  } finally {
    out.close()
  }
  return { rows: counter.good, rejected, rejects, reasons, replaced, replaced_rows: replacedRows, broken_lines: counter.broken_lines }
}

async function* utf8Chunks(path: string, encoding: Encoding | null, work: WorkOptions): AsyncGenerator<Buffer> {
  if (encoding === null) {
    let first = true
    for await (const chunk of fileChunks(path, work)) {
      yield first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk
      first = false
    }
    return
  }
  const stream = utf8Stream(encoding)
  for await (const chunk of fileChunks(path, work)) yield stream.push(chunk)
  yield stream.end()
}

/** Whether U+FFFD stands in the record. */
function holdsReplacement(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end - 2; i++) if (bytes[i] === 0xef && bytes[i + 1] === 0xbf && bytes[i + 2] === 0xbd) return true
  return false
}

/** Gathers records in one buffer; readable by this user only. */
class RecordWriter {
  readonly #file: number
  readonly #delimiter: number
  readonly #buffer = Buffer.allocUnsafe(OUT_BYTES)
  #used = 0

  constructor(path: string, delimiter: number) {
    this.#file = openSync(path, 'wx', 0o600)
    this.#delimiter = delimiter
  }

  write(row: number, bytes: Buffer, start: number, end: number): void {
    const need = end - start + 24
    if (this.#used + need > OUT_BYTES) this.#flush()
    if (need > OUT_BYTES) {
      writeAll(this.#file, Buffer.concat([Buffer.from(String(row)), Buffer.of(this.#delimiter), bytes.subarray(start, end), Buffer.of(10)]))
      return
    }
    let digits = 1
    for (let rest = row; rest >= 10; rest = Math.floor(rest / 10)) digits++
    let rest = row
    for (let i = digits - 1; i >= 0; i--) {
      this.#buffer[this.#used + i] = 48 + (rest % 10)
      rest = Math.floor(rest / 10)
    }
    this.#used += digits
    this.#buffer[this.#used++] = this.#delimiter
    bytes.copy(this.#buffer, this.#used, start, end)
    this.#used += end - start
    this.#buffer[this.#used++] = 10
  }

  close(): void {
    try {
      this.#flush()
    } finally {
      closeSync(this.#file)
    }
  }

  #flush(): void {
    writeAll(this.#file, this.#buffer.subarray(0, this.#used))
    this.#used = 0
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
}
