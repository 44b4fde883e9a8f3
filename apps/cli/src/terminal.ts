/** What the command line says and where: data on stdout, words and progress on stderr. */
import { styleText } from 'node:util'
import { EXIT, RingmapError } from '@ringmap/model/errors'
import type { Progress } from '@ringmap/model/progress'
import { systemFailure } from '@ringmap/model/system-failure'

export interface Terminal {
  readonly json: boolean
  readonly quiet: boolean
  /** A line of the result, for people. Nothing under --json. */
  readonly say: (line?: string) => void
  /** The result for machines, under --json alone. */
  readonly data: (value: unknown) => void
  /** A remark beside the result. */
  readonly note: (line: string) => void
  readonly progress: Progress
  /** Ends the line of progress before something else is written. */
  readonly settle: () => void
}

/** Between two lines of progress in a log. */
const SPARSE_MS = 10_000
/** Between two drawings of the bar. */
const DRAW_MS = 200
const BAR = 24

export function terminal(options: { readonly json?: boolean | undefined; readonly quiet?: boolean | undefined }): Terminal {
  const json = options.json ?? false
  const quiet = options.quiet ?? false
  const meter = quiet ? { progress: () => undefined, settle: () => undefined } : progressMeter()
  return {
    json, quiet,
    say: (line = '') => {
      meter.settle()
      if (!json) process.stdout.write(`${line}\n`)
    },
    data: (value) => {
      meter.settle()
      if (json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
    },
    note: (line) => {
      meter.settle()
      if (!quiet) process.stderr.write(`${line}\n`)
    },
    progress: meter.progress,
    settle: meter.settle,
  }
}

function progressMeter(): { readonly progress: Progress; readonly settle: () => void } {
  const live = process.stderr.isTTY && process.env['TERM'] !== 'dumb'
  let drawn = false
  let last = 0
  const settle = (): void => {
    if (drawn) process.stderr.write('\r\u001b[2K')
    drawn = false
  }
  const progress: Progress = (step, done, total) => {
    const now = performance.now()
    if (now - last < (live ? DRAW_MS : SPARSE_MS)) return
    last = now
    const share = total > 0 ? Math.min(1, done / total) : 0
    if (!live) {
      process.stderr.write(`${step}${total > 0 ? ` ${Math.round(share * 100)} %` : ''}\n`)
      return
    }
    const filled = Math.round(share * BAR)
    const width = Math.max(20, (process.stderr.columns ?? 80) - BAR - 10)
    process.stderr.write(`\r\u001b[2K${'━'.repeat(filled)}${dim('─'.repeat(BAR - filled))} ${String(Math.round(share * 100)).padStart(3)} % ${step.slice(0, width)}`)
    drawn = true
  }
  return { progress, settle }
}

/** Says what went wrong and what to do, and returns the exit code. A bug keeps its stack. */
export function failure(thrown: unknown, out: Terminal): number {
  out.settle()
  const error = systemFailure(thrown, { path: true }) ?? thrown
  if (error instanceof RingmapError) {
    if (out.json) process.stdout.write(`${JSON.stringify({ error: { code: error.code, message: error.message, hint: error.hint } }, null, 2)}\n`)
    process.stderr.write(`${styleText('red', 'ringmap:', { stream: process.stderr })} ${error.message}\n`)
    if (error.hint !== '') process.stderr.write(`${error.hint}\n`)
    return error.exit
  }
  process.stderr.write(`ringmap: something in ringmap itself failed. Please report this:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return EXIT.failed
}

export function bold(text: string): string {
  return styleText('bold', text, { stream: process.stdout })
}

export function dim(text: string): string {
  return styleText('dim', text, { stream: process.stdout })
}

const whole = new Intl.NumberFormat('en-IN')

export function number(value: number): string {
  return whole.format(value)
}

/** `1 record`, `2 records`. */
export function many(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? '' : 's'}`
}

/** Columns padded to their widest cell; numbers to the right. */
export function table(rows: readonly (readonly (string | number)[])[], indent = '  '): string[] {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? number(cell) : cell)))
  const widths = (cells[0] ?? []).map((_, c) => Math.max(...cells.map((row) => width(row[c] ?? ''))))
  return cells.map((row, r) => (indent + row.map((cell, c) => {
    const pad = ' '.repeat(Math.max(0, (widths[c] ?? 0) - width(cell)))
    return typeof rows[r]?.[c] === 'number' ? pad + cell : cell + pad
  }).join('  ')).trimEnd())
}

/** Places on a terminal: marks that sit on the letter before them take none. */
function width(text: string): number {
  return Array.from(text.replaceAll(/\p{M}/gu, '')).length
}
