/** A log in which each line carries the SHA-256 of the line before it, and a signed head says where it ends: edits, gaps and a cut tail all show. */
import { createHash, type KeyObject, sign, verify } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'

/** What stands before the first line. */
export const NO_LINE: string = '0'.repeat(64)

export interface LogHead {
  /** Lines of the log. */
  readonly lines: number
  /** SHA-256 of the last line, without its line break. */
  readonly sha256: string
}

export interface SignedHead extends LogHead {
  /** Ed25519 over the canonical JSON of `lines` and `sha256`, base64. */
  readonly signature: string
}

export interface ChainCheck {
  readonly lines: number
  readonly head: LogHead
  /** What does not hold, in words that name the line; empty when all does. */
  readonly faults: readonly string[]
}

/** The next line of the log, without its line break, and the head after it. `entry` must not hold `n` or `prev`. */
export function chained(before: LogHead, entry: Readonly<Record<string, unknown>>): { readonly line: string; readonly head: LogHead } {
  const line = canonicalJson({ ...entry, n: before.lines + 1, prev: before.sha256 })
  return { line, head: { lines: before.lines + 1, sha256: sha256(line) } }
}

export function signedHead(head: LogHead, key: KeyObject): SignedHead {
  return { lines: head.lines, sha256: head.sha256, signature: sign(null, headBytes(head), key).toString('base64') }
}

/** @param head null where there is none: that is a fault as soon as the log has a line. */
export function checkChain(text: string, head: SignedHead | null, key: KeyObject): ChainCheck {
  const faults: string[] = []
  if (text !== '' && !text.endsWith('\n')) faults.push('the last line is cut off')
  const lines = text.split('\n').filter((line, i, all) => i < all.length - 1 || line !== '')
  let before: LogHead = { lines: 0, sha256: NO_LINE }
  let atHead: string | null = head?.lines === 0 ? NO_LINE : null
  for (const [i, line] of lines.entries()) {
    const entry = parsed(line)
    const number = i + 1
    if (entry === null) faults.push(`line ${number} is not in canonical form`)
    else if (entry['n'] !== number) faults.push(`line ${number} has the number ${String(entry['n'])}: a line was taken out or put in before it`)
    if (entry !== null && entry['prev'] !== before.sha256) faults.push(`line ${number} does not follow the line before it: one of them was changed`)
    if (entry !== null && entry['head_differed'] === true) faults.push(`before line ${number} was written, the log did not end where its head said`)
    before = { lines: number, sha256: sha256(line) }
    if (number === head?.lines) atHead = before.sha256
  }
  if (head === null) {
    if (lines.length > 0) faults.push('the signed head is missing')
  } else if (!verify(null, headBytes(head), key, Buffer.from(head.signature, 'base64'))) faults.push('the signature of the head does not hold')
  else if (lines.length < head.lines) faults.push(`the log ends at line ${lines.length}, its head says ${head.lines}: the end was cut off`)
  else if (lines.length > head.lines) faults.push(`${lines.length - head.lines} lines stand after the signed head`)
  else if (atHead !== head.sha256) faults.push('the last line is not the one that the head was signed for')
  return { lines: lines.length, head: before, faults }
}

function headBytes(head: LogHead): Buffer {
  return Buffer.from(canonicalJson({ lines: head.lines, sha256: head.sha256 }), 'utf8')
}

function parsed(line: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(line) as unknown
    return typeof value === 'object' && value !== null && canonicalJson(value) === line ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
