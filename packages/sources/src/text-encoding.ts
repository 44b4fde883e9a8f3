/** Encodings of text files: told from the first bytes, checked over the whole, brought to UTF-8. */
import { isAscii, isUtf8 } from 'node:buffer'
import type { SourceMapping } from '@ringmap/model/case-file'
import { looksLikeUtf16 } from './file-kind.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** A byte order mark beats what the mapping says: no one-byte text begins like that. Null: UTF-8 or Windows-1252, by what the whole file holds. */
export function statedEncoding(head: Buffer, stated: SourceMapping['encoding']): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  const wide = looksLikeUtf16(head)
  if (wide !== null) return wide
  if (stated === 'utf-16') return 'utf-16le'
  return stated === 'auto' ? null : stated
}

export interface ByteSurvey {
  readonly ascii: boolean
  /** Valid UTF-8 throughout. */
  readonly utf8: boolean
  readonly zeros: boolean
  /** Bytes that are no UTF-8 are few beside sequences that are: damage to a UTF-8 file and not another encoding. */
  readonly damaged: boolean
}

/** Looks at a stream of bytes without decoding it; native checks, and a count only where they fail. */
export function byteSurveyor(): { push(chunk: Buffer): void; end(): ByteSurvey } {
  let carry = Buffer.alloc(0)
  let ascii = true
  let zeros = false
  let bad = 0
  let good = 0
  const check = (bytes: Buffer): void => {
    if (ascii && !isAscii(bytes)) ascii = false
    if (ascii || isUtf8(bytes)) {
      // Any non-ASCII character in a valid chunk speaks for UTF-8; counting them is not worth the time.
      if (!isAscii(bytes)) good += 1000
      return
    }
    for (let i = 0; i < bytes.length;) {
      const length = sequenceLength(bytes, i)
      if (length > 1) good++
      if (length === 0) bad++
      i += Math.max(length, 1)
    }
  }
  return {
    push(chunk) {
      zeros ||= chunk.includes(0)
      const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk])
      const cut = bytes.length - unfinishedTail(bytes)
      check(bytes.subarray(0, cut))
      carry = Buffer.from(bytes.subarray(cut))
    },
    end() {
      if (carry.length > 0) check(carry)
      return { ascii, utf8: bad === 0, zeros, damaged: bad > 0 && good >= bad * 4 }
    },
  }
}

/** Bytes at the end that begin a UTF-8 sequence which the next chunk may finish. */
function unfinishedTail(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0
  }
  return 0
}

/** 1 for ASCII, 2 to 4 for a valid sequence, 0 for a byte that begins none. */
function sequenceLength(bytes: Buffer, at: number): number {
  const byte = bytes[at] as number
  if (byte < 0x80) return 1
  const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
  return byte >= 0xc2 && byte <= 0xf4 && isUtf8(bytes.subarray(at, at + length)) && at + length <= bytes.length ? length : 0
}

/** UTF-8 of a stream in another encoding; what is not valid, and the character NUL, become U+FFFD. A byte order mark is dropped. */
export function utf8Stream(encoding: Encoding): { push(chunk: Buffer): Buffer; end(): Buffer } {
  const decoder = new TextDecoder(encoding)
  const encode = (text: string): Buffer => Buffer.from(text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text)
  return { push: (chunk) => encode(decoder.decode(chunk, { stream: true })), end: () => encode(decoder.decode()) }
}
