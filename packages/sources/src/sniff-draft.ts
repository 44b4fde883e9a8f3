/** A draft of one source: entities and links with a comment where something was guessed, and the columns by what they are. */
import type { EntityMapping, LinkMapping, SourceMapping, TimeMapping } from '@ringmap/model/case-file'
import type { EntityKind, LinkKind } from '@ringmap/model/schema'
import type { ColumnGuess } from './sniff-columns.ts'
import type { Meaning } from './sniff-headers.ts'
import type { TimeGuess } from './sniff-times.ts'

export interface DraftEntity {
  readonly mapping: Partial<EntityMapping> & { readonly kind: EntityKind }
  readonly comment: string | null
}

export interface DraftLink {
  readonly mapping: Partial<LinkMapping> & { readonly kind: LinkKind; readonly from: string; readonly to: string }
  readonly comment: string | null
}

/** What a source was taken for, and its mapping. */
export interface Draft {
  readonly what: string
  readonly because: readonly string[]
  readonly entities: Readonly<Record<string, DraftEntity>>
  readonly links: readonly DraftLink[]
  readonly balance?: SourceMapping['balance']
  /** For the person who corrects the draft. */
  readonly notes: readonly string[]
}

/** Columns of a sample by meaning; remembers which were used. */
export class Columns {
  readonly all: readonly ColumnGuess[]
  readonly #used = new Set<string>()

  constructor(all: readonly ColumnGuess[]) {
    this.all = all
  }

  has(...meanings: Meaning[]): boolean {
    return meanings.every((meaning) => this.all.some((guess) => guess.meaning === meaning))
  }

  any(...meanings: Meaning[]): boolean {
    return meanings.some((meaning) => this.has(meaning))
  }

  count(meaning: Meaning): number {
    return this.all.filter((guess) => guess.meaning === meaning).length
  }

  /** The first column of a meaning, or the n-th; used from now on. */
  take(meaning: Meaning, nth = 0): ColumnGuess | null {
    const found = this.all.filter((guess) => guess.meaning === meaning)[nth] ?? null
    if (found !== null) this.#used.add(found.column)
    return found
  }

  peek(meaning: Meaning): ColumnGuess | null {
    return this.all.find((guess) => guess.meaning === meaning) ?? null
  }

  get unused(): string[] {
    return this.all.filter((guess) => !this.#used.has(guess.column)).map((guess) => guess.column)
  }
}

/** An entity known by one column; rows where it is blank do not speak of it. */
export function thing(kind: EntityKind, guess: ColumnGuess, more: Partial<EntityMapping> = {}): DraftEntity {
  return { mapping: { kind, id: guess.column, ...more, ...(guess.blanks ? { where: { column: guess.column, not_in: [''] } } : {}) }, comment: guess.doubt === null ? null : `${guess.column}: ${guess.doubt}` }
}

/** When a row happened: one column, or date and time of day in two. Null where there is none. */
export function timeOf(columns: Columns, meaning: Meaning = 'date'): { readonly at: TimeMapping; readonly comment: string | null } | null {
  const date = columns.take(meaning)
  if (date === null || (date.time === null && date.values.length > 0)) return null
  const clock = meaning === 'date' && date.time?.clock !== true ? columns.take('time') : null
  const format = formatOf(date.time, clock)
  const doubt = date.time?.doubt === null || date.time === null ? date.doubt : date.time.doubt
  const comment = doubt === null || doubt === undefined ? null : `${date.column}: ${doubt}`
  if (clock === null && format === 'iso') return { at: date.column, comment }
  return { at: { column: date.column, ...(clock === null ? {} : { time_column: clock.column }), format }, comment }
}

function formatOf(time: TimeGuess | null, clock: ColumnGuess | null): string {
  if (time === null) return 'dmy'
  // A time of day without seconds or with AM and PM is no ISO 8601 as the importer reads it.
  const plain = clock === null || clock.values.every((value) => /^\d{2}:\d{2}:\d{2}(?:\.\d+)?$/.test(value))
  if (time.format === 'iso' && !plain) return 'ymd'
  return time.format === '%d%m%Y' && clock !== null ? '%d%m%Y %H:%M:%S' : time.format
}
