/** The shape of the table in a file, from its first bytes and what is known of its encoding. */
import { RingmapError } from '@ringmap/model/errors'
import type { FileToRead } from './file-to-read.ts'
import { tooLong } from './row-counter.ts'
import { tableShape, type TableShape } from './table-shape.ts'
import { utf8Stream, type Encoding } from './text-encoding.ts'

/**
 * @param stated encoding that is certain; null when only the whole file can tell UTF-8 from Windows-1252.
 * @throws RingmapError source_empty, source_unreadable
 */
export function headShape(file: Pick<FileToRead, 'source' | 'shown' | 'delimiter'>, { head, size }: { readonly head: Buffer; readonly size: number }, stated: Encoding | null): TableShape {
  const whole = head.length === size
  const text = stated === null || stated === 'windows-1252' || stated === 'utf-8' ? head.subarray(head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0) : recoded(head, stated)
  let shape = tableShape(text, whole, file.delimiter)
  if (shape === 'too long') throw tooLong(file, 1)
  if (shape === null) throw new RingmapError('source_empty', { source: file.source, file: file.shown })
  // Header bytes that are no UTF-8 are read again in the other encoding.
  if (stated === 'windows-1252' || (stated === null && shape.header.some((cell) => cell.includes('\ufffd')))) {
    const again = tableShape(recoded(text, 'windows-1252'), whole, file.delimiter)
    if (again !== null && again !== 'too long') shape = again
  }
  return shape
}

/** The first bytes in UTF-8; a character that they cut is left out. */
export function recoded(bytes: Buffer, encoding: Encoding): Buffer {
  const stream = utf8Stream(encoding)
  return Buffer.concat([stream.push(bytes)])
}
