/** Blocks: for each blocking rule, the records that agree on its keys stand together; only records of one block are compared. */
import { NULL_INDEX } from '@ringmap/store/database'
import { sharedU32 } from './shared-arrays.ts'

/** Keys of a record under one part of a rule: one code (NULL_INDEX when there is none), or several. */
export interface KeyColumn {
  /** Code for each record, or, with `offsets`, codes[offsets[r]..offsets[r + 1]) for record r. */
  readonly codes: Uint32Array
  readonly offsets: Uint32Array | null
  /** Codes are below this. */
  readonly distinct: number
}

/** The blocks of one rule. Entry e is a record's place in one block; members of a block stand together in record order. */
export interface Blocks {
  /** Entries of record r: `places[offsets[r]..offsets[r + 1])`. */
  readonly offsets: Uint32Array
  /** Place in `members`. */
  readonly places: Uint32Array
  readonly members: Uint32Array
  /** Where the block of the member at this place ends. */
  readonly ends: Uint32Array
}

export interface BlockCount {
  /** Pairs the rule makes, before those of other rules are taken off; a pair with two common keys counts twice. */
  readonly pairs: number
  readonly blocks: number
  /** Records in the biggest block. */
  readonly largest: number
  /** A record of the biggest block, to show what its records share. */
  readonly example: number
  readonly records: number
}

/** A rule whose pairs are to be counted, and put into blocks unless they are too many. */
export interface BlockTask {
  readonly records: number
  readonly parts: readonly KeyColumn[]
  /** Bigger blocks are left out. */
  readonly most_in_block: number
  /** Most pairs of the blocks that are left. */
  readonly most_pairs: number
}

export interface CountedBlocks {
  /** All blocks. */
  readonly counted: BlockCount
  /** Pairs without the blocks that are too big. */
  readonly pairs: number
  /** How many blocks are too big. */
  readonly left_out: number
  /** Null where those are none, or too many. */
  readonly blocks: Blocks | null
}

interface Entries {
  readonly record: Uint32Array
  readonly block: Uint32Array
  readonly blocks: number
}

/** Every record with every combination of its keys, blocks numbered densely. */
export interface Grouping {
  readonly entries: Entries
  readonly sizes: Uint32Array
}

/** Groups records by all parts of a rule together; a record without one of the keys stands in no block. */
export function grouped(records: number, parts: readonly KeyColumn[]): Grouping {
  let entries = entriesOf(records, parts[0] as KeyColumn)
  for (const part of parts.slice(1)) entries = refined(entries, part)
  const sizes = new Uint32Array(entries.blocks)
  for (const block of entries.block) sizes[block] = (sizes[block] as number) + 1
  return { entries, sizes }
}

export function countedBlocks({ records, parts, most_in_block, most_pairs }: BlockTask): CountedBlocks {
  const grouping = grouped(records, parts)
  const { pairs } = countBlocks(withoutBig(grouping, most_in_block))
  const left_out = grouping.sizes.reduce((n, size) => (size > most_in_block ? n + 1 : n), 0)
  return { counted: countBlocks(grouping), pairs, left_out, blocks: pairs === 0 || pairs > most_pairs ? null : blocksOf(records, grouping, most_in_block) }
}

/** The grouping with blocks of more records than the limit emptied. */
export function withoutBig(grouping: Grouping, limit: number): Grouping {
  return { ...grouping, sizes: grouping.sizes.map((size) => (size > limit ? 0 : size)) }
}

export function countBlocks(grouping: Grouping): BlockCount {
  let pairs = 0
  let blocks = 0
  let largest = 0
  let at = -1
  grouping.sizes.forEach((size, block) => {
    pairs += (size * (size - 1)) / 2
    if (size > 1) blocks++
    if (size > largest) { largest = size; at = block }
  })
  return { pairs, blocks, largest, example: at < 0 ? -1 : (grouping.entries.record[grouping.entries.block.indexOf(at)] as number), records: grouping.entries.record.length }
}

/** @param limit blocks of more records are left out: their pairs are too many to be worth comparing. */
export function blocksOf(records: number, grouping: Grouping, limit: number): Blocks {
  const { entries, sizes } = grouping
  const starts = new Uint32Array(entries.blocks + 1)
  for (let b = 0; b < entries.blocks; b++) starts[b + 1] = (starts[b] as number) + (kept(sizes[b] as number, limit) ? (sizes[b] as number) : 0)
  const total = starts[entries.blocks] as number
  const members = sharedU32(total)
  const ends = sharedU32(total)
  const places = sharedU32(total)
  const offsets = sharedU32(records + 1)
  const next = starts.slice(0, entries.blocks)
  let count = 0
  let record = 0
  for (let e = 0; e < entries.record.length; e++) {
    const block = entries.block[e] as number
    if (!kept(sizes[block] as number, limit)) continue
    const owner = entries.record[e] as number
    while (record < owner) offsets[++record] = count
    const place = next[block] as number
    next[block] = place + 1
    members[place] = owner
    ends[place] = starts[block + 1] as number
    places[count++] = place
  }
  while (record < records) offsets[++record] = count
  return { offsets, places, members, ends }
}

function kept(size: number, limit: number): boolean {
  return size > 1 && size <= limit
}

function entriesOf(records: number, part: KeyColumn): Entries {
  const { codes, offsets } = part
  if (offsets !== null) {
    const record = new Uint32Array(codes.length)
    for (let r = 0; r < records; r++) record.fill(r, offsets[r], offsets[r + 1])
    return { record, block: codes, blocks: part.distinct }
  }
  let count = 0
  for (let r = 0; r < records; r++) if (codes[r] !== NULL_INDEX) count++
  const record = new Uint32Array(count)
  const block = new Uint32Array(count)
  let at = 0
  for (let r = 0; r < records; r++) {
    if (codes[r] === NULL_INDEX) continue
    record[at] = r
    block[at++] = codes[r] as number
  }
  return { record, block, blocks: part.distinct }
}

/** Splits blocks by a further key; pairs of numbers find their block through a hash table with linear probing. */
function refined(entries: Entries, part: KeyColumn): Entries {
  const { codes, offsets } = part
  let count = 0
  for (const r of entries.record) count += offsets === null ? (codes[r] === NULL_INDEX ? 0 : 1) : (offsets[r + 1] as number) - (offsets[r] as number)
  const record = new Uint32Array(count)
  const block = new Uint32Array(count)
  let bits = 10
  while (1 << bits < count * 2) bits++
  const mask = (1 << bits) - 1
  const keys = new Float64Array(1 << bits).fill(-1)
  const ids = new Uint32Array(1 << bits)
  let blocks = 0
  let at = 0
  const put = (r: number, before: number, code: number): void => {
    const key = before * part.distinct + code
    let slot = (Math.imul(before ^ (before >>> 15), 0x9e3779b1) + Math.imul(code, 0x85ebca6b)) & mask
    slot = (slot ^ (slot >>> 9)) & mask
    while (keys[slot] !== -1 && keys[slot] !== key) slot = (slot + 1) & mask
    if (keys[slot] === -1) { keys[slot] = key; ids[slot] = blocks++ }
    record[at] = r
    block[at++] = ids[slot] as number
  }
  for (let e = 0; e < entries.record.length; e++) {
    const r = entries.record[e] as number
    const before = entries.block[e] as number
    if (offsets === null) {
      if (codes[r] !== NULL_INDEX) put(r, before, codes[r] as number)
    } else for (let i = offsets[r] as number; i < (offsets[r + 1] as number); i++) put(r, before, codes[i] as number)
  }
  return { record, block, blocks }
}
