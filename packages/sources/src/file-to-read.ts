/** A file to read, what was read from it, and what the system's refusals mean. */
import type { SourceMapping } from '@ringmap/model/case-file'
import { RingmapError } from '@ringmap/model/errors'
import type { Issue } from '@ringmap/model/issue'

export interface FileToRead {
  /** Source name in case.yaml. */
  readonly source: string
  /** Where it lies. */
  readonly path: string
  /** How it is called in messages and issues. */
  readonly shown: string
  readonly sheet?: string | undefined
  readonly encoding: SourceMapping['encoding']
  readonly delimiter: SourceMapping['delimiter']
  /** Table to make; one of that name is replaced. */
  readonly table: string
}

export interface ReadFile {
  /** Column names of the table after `row`, in file order. */
  readonly columns: readonly string[]
  /** Headers that stand more than once, in every spelling. */
  readonly repeated: readonly string[]
  readonly rows: number
  /** Rows set aside in `rejected_row`. */
  readonly rejected: number
  readonly encoding: string
  /** Empty for a workbook. */
  readonly delimiter: string
  readonly sheet: string | null
  readonly sha256: string
  readonly size_bytes: number
  readonly issues: readonly Issue[]
}

/** What the system said about a file, in words. */
export function fileFailure(error: unknown, file: Pick<FileToRead, 'source' | 'shown'>): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const at = { source: file.source, file: file.shown }
  if (error instanceof RingmapError) return error
  if (code === 'ENOENT' || code === 'ENOTDIR') return new RingmapError('source_missing', at, { cause: error })
  if (code === 'EACCES' || code === 'EPERM') return new RingmapError('source_unreadable', { ...at, what: 'it may not be read by this user', hint: 'Change its permissions, or copy it.' }, { cause: error })
  if (code === 'ENOSPC') return new RingmapError('database_failed', { what: 'There is no room left for a working copy of the file.', hint: 'Free disk space and run the step again; the case is as it was before.' }, { cause: error })
  if (/^E[A-Z]+$/.test(code)) return new RingmapError('source_unreadable', { ...at, what: `the system answered ${code}`, hint: 'Copy it to this machine and try again.' }, { cause: error })
  return error
}
