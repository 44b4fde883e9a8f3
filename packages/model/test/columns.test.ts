/** Columns as one binary: what goes in comes out, and a damaged one is refused. */
import { assert, float64Array, property, string, uint32Array, uint8Array } from 'fast-check'
import { expect, it } from 'vitest'
import { decodeColumns, encodeColumns } from '../src/columns.ts'

it('gives back the head and every column, whatever their lengths', () => {
  assert(property(string({ unit: 'grapheme' }), uint8Array(), uint32Array(), float64Array(), (title, u8, u32, f64) => {
    const { head, columns } = decodeColumns<{ title: string }>(encodeColumns({ head: { title }, columns: { u8, u32, f64, f32: new Float32Array([1.5]) } }).buffer)
    expect(head).toEqual({ title })
    expect(Object.keys(columns)).toEqual(['u8', 'u32', 'f64', 'f32'])
    expect([...columns['u8'] ?? []]).toEqual([...u8])
    expect([...columns['u32'] ?? []]).toEqual([...u32])
    expect([...columns['f64'] ?? []]).toEqual([...f64])
    expect([...columns['f32'] ?? []]).toEqual([1.5])
  }))
})

it('refuses what is cut off or something else', () => {
  const whole = encodeColumns({ head: {}, columns: { at: new Float64Array([1, 2, 3]) } })
  expect(() => decodeColumns(whole.buffer.slice(0, whole.length - 8))).toThrow(expect.objectContaining({ code: 'usage' }))
  expect(() => decodeColumns(new ArrayBuffer(16))).toThrow(expect.objectContaining({ code: 'usage' }))
  expect(() => decodeColumns(new ArrayBuffer(3))).toThrow(expect.objectContaining({ code: 'usage' }))
})
