/** Records and encodings do not depend on where the file happens to be cut into chunks. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordScanner, RECORD_LIMIT, scanRecords, splitRecord, TOO_LONG, type Flaw } from '../src/record-scan.ts'
import { byteSurveyor, utf8Stream } from '../src/text-encoding.ts'

interface Seen {
  readonly text: string
  readonly fields: number
  readonly flaw: Flaw
  readonly ending: number
}

function scanned(bytes: Buffer, cuts: readonly number[]): Seen[] {
  const seen: Seen[] = []
  const scanner = recordScanner(44, (buffer, start, end, fields, flaw, ending) => {
    seen.push({ text: buffer.toString('latin1', start, end), fields, flaw, ending })
    return true
  })
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  let from = 0
  for (const place of [...places, bytes.length]) {
    scanner.push(Buffer.from(bytes.subarray(from, place)))
    from = place
  }
  scanner.end()
  return seen
}

const cuts = fc.array(fc.nat(200), { maxLength: 12 })

describe('scanRecords', () => {
  it('sees the same records however the bytes arrive', () => {
    const text = fc.array(fc.constantFrom('"', '""', ',', '\n', '\r\n', '\r', 'x', ' ', ' "', '",', '"\r\n"'), { maxLength: 40 }).map((parts) => Buffer.from(parts.join('')))
    fc.assert(fc.property(text, cuts, (bytes, places) => {
      expect(scanned(bytes, places)).toEqual(scanned(bytes, []))
    }), { numRuns: 3000, seed: 5 })
  })

  it('gives every byte back: records and their endings are the file', () => {
    const endings = ['', '\n', '\r\n', '\r']
    const text = fc.array(fc.constantFrom('"', ',', '\n', '\r\n', '\r', 'x', ' '), { maxLength: 40 }).map((parts) => Buffer.from(parts.join('')))
    fc.assert(fc.property(text, (bytes) => {
      expect(scanned(bytes, []).map((seen) => seen.text + (endings[seen.ending] ?? '')).join('')).toBe(bytes.toString())
    }), { numRuns: 3000, seed: 6 })
  })

  it('splits what it counts', () => {
    const cell = fc.constantFrom('', 'x', 'a,b', 'say "x"', 'two\nlines', ' padded ', 'é')
    fc.assert(fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
      const record = cells.map((text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',')
      expect(splitRecord(record, ',')).toEqual(cells)
      if (record !== '') expect(scanned(Buffer.from(record), [])[0]?.fields).toBe(cells.length)
    }), { numRuns: 500, seed: 7 })
  })

  it('a record at the limit is read, one beyond it ends the scan', () => {
    const flaws = (length: number): Flaw[] => {
      const seen: Flaw[] = []
      scanRecords(Buffer.concat([Buffer.alloc(length, 'x'), Buffer.from('\nb\n')]), 0, 44, true, (_, __, ___, ____, flaw) => {
        seen.push(flaw)
        return true
      })
      return seen
    }
    expect(flaws(RECORD_LIMIT)).toEqual([0, 0])
    expect(flaws(RECORD_LIMIT + 1)).toEqual([TOO_LONG])
  })
})

describe('bytes', () => {
  it('are judged alike however they arrive', () => {
    const bytes = fc.array(fc.oneof(fc.constantFrom('x', 'é', 'आ', '😀', '\0').map((sign) => Buffer.from(sign)), fc.constantFrom(0xe9, 0xe0, 0xf0, 0x80, 0xff).map((byte) => Buffer.of(byte))), { maxLength: 30 }).map((parts) => Buffer.concat(parts))
    fc.assert(fc.property(bytes, cuts, (all, places) => {
      const judge = (at: readonly number[]): readonly [boolean, boolean, boolean] => {
        const surveyor = byteSurveyor()
        let from = 0
        for (const place of [...at, all.length]) {
          surveyor.push(Buffer.from(all.subarray(from, place)))
          from = place
        }
        const { ascii, utf8, zeros } = surveyor.end()
        return [ascii, utf8, zeros]
      }
      const sorted = [...new Set(places.map((cut) => cut % (all.length + 1)))].sort((a, b) => a - b)
      const valid = Buffer.from(all.toString('utf8')).equals(all)
      expect(judge(sorted)).toEqual([all.every((byte) => byte < 128), valid, all.includes(0)])
    }), { numRuns: 2000, seed: 8 })
  })

  it('are decoded alike however they arrive', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), cuts, (text, places) => {
      const all = Buffer.from(text.replaceAll('\0', ''), 'utf16le')
      const stream = utf8Stream('utf-16le')
      const out: Buffer[] = []
      let from = 0
      for (const place of [...new Set(places.map((cut) => cut % (all.length + 1)))].sort((a, b) => a - b)) {
        out.push(stream.push(all.subarray(from, place)))
        from = place
      }
      out.push(stream.push(all.subarray(from)), stream.end())
      expect(Buffer.concat(out).toString()).toBe(all.toString('utf16le').replace(/^\ufeff/, ''))
    }), { numRuns: 500, seed: 9 })
  })
})
