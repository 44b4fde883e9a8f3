/** The case's audit trail: one JSON line for each act that matters, appended and flushed before the act shows anything. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { OpenCase } from './open-case.ts'

export const AUDIT_FILE = 'audit.jsonl'

export interface AuditEntry {
  /** Milliseconds since 1970 UTC; given by the caller, who knows the clock. */
  readonly at_ms: number
  readonly who: string
  /** `export`, `draw`, `unmask`. */
  readonly act: string
  readonly what: string
  readonly why: string | null
}

/** Throws when the line cannot be written: then the act must not happen. */
export function writeAudit(open: OpenCase, entry: AuditEntry): void {
  const descriptor = openSync(join(open.work, AUDIT_FILE), 'a', 0o600)
  try {
    writeSync(descriptor, `${JSON.stringify({ ...entry, at: new Date(entry.at_ms).toISOString() })}\n`)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
