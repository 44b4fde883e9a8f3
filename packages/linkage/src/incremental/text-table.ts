/** A dictionary of texts in typed arrays alone: code units, where each text begins, and a hash table of places; it is kept in a file and read back as it stands. */
import { NULL_INDEX } from '@ringmap/store/database'
import { buffer } from '../batch/shared-arrays.ts'
import type { TextPool } from '../batch/similarity.ts'

export interface TextTable extends Pick<TextPool, 'units' | 'offsets'> {
  /** Open addressing: place + 1, or 0 where nothing stands. A power of two of slots, at most half of them taken. */
  readonly slots: Uint32Array
}

/** 32 bits of a text: FNV-1a over code units, then the last mixing of MurmurHash3. */
export function textHash(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return mixed(hash)
}

/** Two hashes as one; their order counts. */
export function bothHashes(first: number, second: number): number {
  return mixed(Math.imul(first, 0x9e3779b1) ^ second)
}

function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** @param pool different texts. */
export function textTable({ units, offsets }: Pick<TextPool, 'units' | 'offsets'>): TextTable {
  const count = offsets.length - 1
  let size = 16
  while (size < count * 2) size *= 2
  const slots = new Uint32Array(size)
  const table = { units, offsets, slots }
  for (let place = 0; place < count; place++) enter(table, place)
  return table
}

export function textCount({ offsets }: Pick<TextTable, 'offsets'>): number {
  return offsets.length - 1
}

export function textOf({ units, offsets }: Pick<TextTable, 'units' | 'offsets'>, place: number): string {
  let text = ''
  for (let i = offsets[place] as number; i < (offsets[place + 1] as number); i++) text += String.fromCharCode(units[i] as number)
  return text
}

/** Place of a text, NULL_INDEX when it is not there. */
export function placeOf(table: TextTable, text: string): number {
  const mask = table.slots.length - 1
  for (let slot = textHash(text) & mask; table.slots[slot] !== 0; slot = (slot + 1) & mask) {
    const place = (table.slots[slot] as number) - 1
    if (equals(table, place, text)) return place
  }
  return NULL_INDEX
}

/** Texts after those of the table, for the comparers; nothing is looked up in it. */
export function poolWith(table: Pick<TextTable, 'units' | 'offsets'>, texts: readonly string[]): TextPool {
  if (texts.length === 0) return { units: table.units, offsets: table.offsets }
  const more = texts.reduce((sum, text) => sum + text.length, 0)
  const units = new Uint16Array(buffer((table.units.length + more) * 2, false))
  const offsets = new Uint32Array(buffer((table.offsets.length + texts.length) * 4, false))
  units.set(table.units)
  offsets.set(table.offsets)
  let at = table.units.length
  texts.forEach((text, i) => {
    for (let k = 0; k < text.length; k++) units[at++] = text.charCodeAt(k)
    offsets[table.offsets.length + i] = at
  })
  return { units, offsets }
}

function enter(table: TextTable, place: number): void {
  const mask = table.slots.length - 1
  let hash = 0x811c9dc5
  for (let i = table.offsets[place] as number; i < (table.offsets[place + 1] as number); i++) hash = Math.imul(hash ^ (table.units[i] as number), 0x01000193)
  let slot = mixed(hash) & mask
  while (table.slots[slot] !== 0) slot = (slot + 1) & mask
  table.slots[slot] = place + 1
}

function equals({ units, offsets }: TextTable, place: number, text: string): boolean {
  const from = offsets[place] as number
  if ((offsets[place + 1] as number) - from !== text.length) return false
  for (let i = 0; i < text.length; i++) if (units[from + i] !== text.charCodeAt(i)) return false
  return true
}
