/** The case's audit trail: one chained line for each act that matters, written and flushed before the act shows anything, under a signed head. */
import { createHmac, createPublicKey, type KeyObject } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { chained, checkChain, NO_LINE, signedHead, type ChainCheck, type SignedHead } from '@ringmap/evidence/chained-log'
import { canonicalJson } from '@ringmap/evidence/canonical-json'
import { isoTime } from '@ringmap/evidence/iso-time'
import { privateKey } from '@ringmap/evidence/signing-key'
import { RingmapError } from '@ringmap/model/errors'
import type { OpenCase } from './open-case.ts'

export const AUDIT_FILE = 'audit.jsonl'
export const HEAD_FILE = 'audit.head.json'
const LOCK = 'audit.lock'

export interface AuditEntry {
  /** Milliseconds since 1970 UTC; given by the caller, who knows the clock. */
  readonly at_ms: number
  readonly who: string
  /** `import`, `link`, `judge`, `find`, `draw`, `export`, `exhibit`, `unmask`, `explore`, `key`. */
  readonly act: string
  readonly what: string
  readonly why: string | null
}

export interface AuditLine extends AuditEntry {
  readonly at: string
  readonly n: number
  readonly prev: string
}

type Trail = Pick<OpenCase, 'work' | 'key'>

/** Throws when the line cannot be written: then the act must not happen. */
export function writeAudit(open: Trail, entry: AuditEntry): void {
  locked(open, () => {
    const text = auditText(open)
    const head = auditHead(open)
    const check = checkChain(text, head, headKey(open).public)
    // A log that was tampered with is not signed over in silence: the line says so for good.
    const differed = check.faults.length > 0 ? { head_differed: true } : {}
    const next = chained(check.lines === 0 ? { lines: 0, sha256: NO_LINE } : check.head, { ...entry, at: isoTime(entry.at_ms), ...differed })
    append(join(open.work, AUDIT_FILE), `${text === '' || text.endsWith('\n') ? '' : '\n'}${next.line}\n`)
    writeHead(open, signedHead(next.head, headKey(open).private))
  })
}

function writeHead({ work }: Trail, head: SignedHead): void {
  const draft = join(work, `.${HEAD_FILE}.part`)
  flush(openSync(draft, 'w', 0o600), `${canonicalJson(head)}\n`)
  renameSync(draft, join(work, HEAD_FILE))
}

/** Signs the head of a trail that holds with the key that the case has from now on. @throws RingmapError audit_broken */
export function resignHead(open: Trail, key: Uint8Array): void {
  locked(open, () => {
    const { head } = requireAudit(open)
    writeHead(open, signedHead(head, headKey({ key }).private))
  })
}

export function checkAudit(open: Trail): ChainCheck {
  return checkChain(auditText(open), auditHead(open), headKey(open).public)
}

/** In the order of the file; lines that cannot be read are left to `checkAudit`. */
export function auditLines(open: Trail): AuditLine[] {
  return auditText(open).split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as AuditLine]
    } catch {
      return []
    }
  })
}

/** @throws RingmapError audit_broken */
export function requireAudit(open: Trail): ChainCheck {
  const check = checkAudit(open)
  if (check.faults.length > 0) throw new RingmapError('audit_broken', { what: check.faults.slice(0, 3).join('; ') })
  return check
}

/** The case's own key for the head, made from its secret; only the public half ever leaves. */
export function headKey(open: Pick<OpenCase, 'key'>): { readonly private: KeyObject; readonly public: KeyObject } {
  const key = privateKey(createHmac('sha256', open.key).update('audit head').digest())
  return { private: key, public: createPublicKey(key) }
}

function auditText(open: Pick<OpenCase, 'work'>): string {
  const path = join(open.work, AUDIT_FILE)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

function auditHead(open: Pick<OpenCase, 'work'>): SignedHead | null {
  const path = join(open.work, HEAD_FILE)
  if (!existsSync(path)) return null
  try {
    const { lines, sha256, signature } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Record<keyof SignedHead, unknown>>
    return { lines: Number(lines), sha256: sha256 as string, signature: signature as string }
  } catch {
    return { lines: 0, sha256: '', signature: '' }
  }
}

function append(path: string, text: string): void {
  flush(openSync(path, 'a', 0o600), text)
}

function flush(descriptor: number, text: string): void {
  try {
    const bytes = Buffer.from(text, 'utf8')
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Two programs on one case write in turn. Waits five seconds at most; a lock left by a crash is then taken over. */
function locked(open: Pick<OpenCase, 'work'>, write: () => void): void {
  const path = join(open.work, LOCK)
  for (let turn = 0; ; turn++) {
    try {
      mkdirSync(path)
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw new RingmapError('export_failed', { what: `the audit trail in ${open.work} cannot be written` }, { cause: error })
      if (turn >= 250) break
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
  try {
    write()
  } finally {
    rmdirSync(path)
  }
}
