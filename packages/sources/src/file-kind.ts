/** What a file is by its first bytes, so that a zip or a picture is named as such and never read as a table. */

export type FileKind = { readonly kind: 'text' } | { readonly kind: 'workbook' } | { readonly kind: 'refused'; readonly what: string; readonly hint: string }

const UNPACK = 'Unpack it and name the file inside.'
const AS_CSV = 'Save it as .xlsx or CSV and name that file.'
const ASK = 'Ask for the data as CSV or .xlsx.'

/** Signature in Latin-1, where it stands, what it is, what to do. */
const SIGNATURES: readonly (readonly [string, number, string, string])[] = [
  ['\x1f\x8b', 0, 'a gzip archive', UNPACK],
  ['BZh', 0, 'a bzip2 archive', UNPACK],
  ['\xfd7zXZ\x00', 0, 'an xz archive', UNPACK],
  ['7z\xbc\xaf\x27\x1c', 0, 'a 7-Zip archive', UNPACK],
  ['Rar!\x1a\x07', 0, 'a RAR archive', UNPACK],
  ['\x28\xb5\x2f\xfd', 0, 'a Zstandard archive', UNPACK],
  ['ustar', 257, 'a tar archive', UNPACK],
  ['%PDF-', 0, 'a PDF document', ASK],
  ['{\\rtf', 0, 'a text document (RTF)', ASK],
  ['\x89PNG\r\n', 0, 'a picture (PNG)', ASK],
  ['\xff\xd8\xff', 0, 'a picture (JPEG)', ASK],
  ['GIF8', 0, 'a picture (GIF)', ASK],
  ['II*\x00', 0, 'a picture (TIFF)', ASK],
  ['MM\x00*', 0, 'a picture (TIFF)', ASK],
  ['RIFF', 0, 'a media file', ASK],
  ['SQLite format 3\x00', 0, 'an SQLite database', 'Export its tables as CSV.'],
  ['DUCK', 8, 'a DuckDB database', 'Export its tables as CSV.'],
  ['\x00\x01\x00\x00Standard ', 0, 'an Access database', 'Export its tables as CSV.'],
  ['PAR1', 0, 'a Parquet file', 'Export it as CSV.'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 0, 'an old or password-protected Office file (.xls)', AS_CSV],
  ['\x7fELF', 0, 'a program', ASK],
  ['MZ\x90\x00', 0, 'a program', ASK],
]

/**
 * @param head the first bytes of the file, 4 KB or more where there are as many.
 * @param wide whether the mapping states UTF-16, whose bytes look binary.
 */
export function fileKind(head: Buffer, wide: boolean): FileKind {
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return zipKind(head)
  if (head.subarray(0, 4).toString('latin1') === 'PK\x05\x06') return { kind: 'refused', what: 'an empty zip archive', hint: UNPACK }
  for (const [signature, at, what, hint] of SIGNATURES) {
    if (head.subarray(at, at + signature.length).toString('latin1') === signature) return { kind: 'refused', what, hint }
  }
  const start = head.subarray(0, 2000).toString('latin1').replace(/^\xef\xbb\xbf/, '').trimStart().toLowerCase()
  if (/^(?:<!doctype html|<html|<table|<meta|<style|<div)/.test(start)) return { kind: 'refused', what: 'a web page, whatever its name ends in', hint: 'Open it in a spreadsheet and save it as .xlsx or CSV.' }
  if (start.startsWith('<?xml')) return { kind: 'refused', what: 'an XML document', hint: 'Open it in a spreadsheet and save it as .xlsx or CSV.' }
  if (/^(?:\{\s*"|\[\s*[{[])/.test(start)) return { kind: 'refused', what: 'JSON', hint: 'Convert it to CSV.' }
  return !wide && isBinary(head) ? { kind: 'refused', what: 'binary data', hint: ASK } : { kind: 'text' }
}

/** Workbooks are zips whose first entries have known names. */
function zipKind(head: Buffer): FileKind {
  const names = head.toString('latin1')
  if (names.includes('opendocument.spreadsheet')) return { kind: 'refused', what: 'an OpenDocument spreadsheet', hint: AS_CSV }
  if (/\[Content_Types\]\.xml|xl\/|_rels\/\.rels|docProps\//.test(names)) {
    return !names.includes('xl/') && /(?:word|ppt)\/\w/.test(names) ? { kind: 'refused', what: 'an Office document, not a workbook', hint: ASK } : { kind: 'workbook' }
  }
  return { kind: 'refused', what: 'a zip archive', hint: UNPACK }
}

/** Control characters are rare in text of one-byte encodings; UTF-16 has its zeros on one side only. */
function isBinary(head: Buffer): boolean {
  const sample = head.subarray(0, 8192)
  if (looksLikeUtf16(sample) !== null) return false
  let control = 0
  for (const byte of sample) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 26) control++
  return control > Math.max(8, sample.length / 20)
}

/** By byte order mark, or by zeros that stand at even or at odd places only. */
export function looksLikeUtf16(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const sample = head.subarray(0, 4096)
  let even = 0
  let odd = 0
  for (let i = 0; i < sample.length; i++) {
    if (sample[i] !== 0) continue
    if (i % 2 === 0) even++
    else odd++
  }
  const half = sample.length / 2
  if (odd > half * 0.3 && even < half * 0.02) return 'utf-16le'
  if (even > half * 0.3 && odd < half * 0.02) return 'utf-16be'
  return null
}
