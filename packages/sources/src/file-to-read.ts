/** A file to read, what was read from it, and what the system's refusals mean. */
import { open, stat } from 'node:fs/promises'
import type { SourceMapping } from '@ringmap/model/case-file'
import { RingmapError } from '@ringmap/model/errors'
import type { Issue } from '@ringmap/model/issue'
import { RECORD_LIMIT } from './record-scan.ts'

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

/** Size and first bytes, or what is wrong with the path. */
export async function lookAt(file: Pick<FileToRead, 'source' | 'shown' | 'path'>): Promise<{ size: number; head: Buffer }> {
  const at = { source: file.source, file: file.shown }
  try {
    const found = await stat(file.path)
    if (found.isDirectory()) throw new RingmapError('source_not_a_file', at)
    if (!found.isFile()) throw new RingmapError('source_unreadable', { ...at, what: 'it is a device or a pipe', hint: 'Save the data in a file and name that.' })
    if (found.size === 0) throw new RingmapError('source_empty', at)
    const handle = await open(file.path, 'r')
    try {
      const head = Buffer.alloc(Math.min(found.size, RECORD_LIMIT * 2))
      const { bytesRead } = await handle.read(head, 0, head.length, 0)
      return { size: found.size, head: head.subarray(0, bytesRead) }
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw fileFailure(error, file)
  }
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
