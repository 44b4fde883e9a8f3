/** Known answers for a linkage run: a group for each record, or pairs that were judged. */
import { RingmapError } from '@ringmap/model/errors'
import { disjointSets, find, union } from '@ringmap/linkage/disjoint-sets'
import { headingWords } from '@ringmap/sources/sniff-headers'
import { Database } from '@ringmap/store/database'
import { name, sql } from '@ringmap/store/sql'
import { readLinkTable } from './link-input.ts'
import { columnIsTruth, idHeading, mayNumberRows } from './link-column-roles.ts'

export interface LinkTruth {
  /** True group of each record; a record that the truth does not name is alone. */
  readonly group: Uint32Array
  readonly groups: number
  /** Ids in the truth that no record has. */
  readonly unknown: number
  readonly unknown_examples: readonly string[]
  /** Records the truth does not name. */
  readonly unnamed: number
}

/** @param ids of the records in their order. @throws RingmapError truth_invalid, source_* */
export async function readTruth(path: string, ids: readonly string[], column: string | undefined): Promise<LinkTruth> {
  const database = await Database.open(':memory:')
  try {
    const read = await readLinkTable(database, path, 'truth', [], {})
    const places = new Map(ids.map((id, record) => [id, record]))
    const two = pairColumns(read.columns)
    const texts = async (columns: readonly string[]): Promise<(string | null)[][]> => await Promise.all(columns.map(async (one) => (await database.texts(sql`SELECT trim(${name(one)}) FROM ${name('truth')} ORDER BY row`))[0] ?? []))
    if (column === undefined && two !== null) {
      const [left = [], right = [], verdict] = await texts(two.verdict === null ? [two.left, two.right] : [two.left, two.right, two.verdict])
      return fromPairs(left, right, verdict ?? null, places)
    }
    const group = column === undefined ? (read.columns.find(columnIsTruth) ?? (read.columns.length === 2 ? read.columns[1] : undefined)) : read.columns.find((one) => one === column || headingWords(one) === headingWords(column))
    const id = read.columns.find((one) => idHeading(one) && one !== group) ?? read.columns.find((one) => one !== group)
    if (group === undefined || id === undefined) throw new RingmapError('truth_invalid', { file: read.file, what: `it has the columns ${read.columns.join(', ')}, and none of them says who is who` })
    const [named = [], groups = []] = await texts([id, group])
    return fromGroups(named, groups, places)
  } finally {
    database.close()
  }
}

/** The column by which the truth names records, if the records have one of the same heading. */
export async function truthIdColumn(path: string, column: string | undefined): Promise<string | null> {
  const database = await Database.open(':memory:')
  try {
    const read = await readLinkTable(database, path, 'truth', [], {})
    if (column === undefined && pairColumns(read.columns) !== null) return null
    const others = read.columns.filter((one) => one !== column && !columnIsTruth(one))
    return others.find(idHeading) ?? others.find(mayNumberRows) ?? (others.length <= 2 ? (others[0] ?? null) : null)
  } finally {
    database.close()
  }
}

function pairColumns(columns: readonly string[]): { left: string; right: string; verdict: string | null } | null {
  const by = (pattern: RegExp): string | undefined => columns.find((column) => pattern.test(headingWords(column)))
  const left = by(/^(?:(?:unique |record |rec )?id (?:l|1|a|left)|left(?: id)?|l id|id1|ida|record 1)$/)
  const right = by(/^(?:(?:unique |record |rec )?id (?:r|2|b|right)|right(?: id)?|r id|id2|idb|record 2)$/)
  if (left === undefined || right === undefined) return null
  return { left, right, verdict: by(/^(?:clerical match score|match|is match|label|same|verdict|truth|score)$/) ?? null }
}

function fromGroups(named: readonly (string | null)[], groups: readonly (string | null)[], places: ReadonlyMap<string, number>): LinkTruth {
  const group = new Uint32Array(places.size)
  const numbers = new Map<string, number>()
  const seen = new Uint8Array(places.size)
  const unknown: string[] = []
  named.forEach((id, i) => {
    const record = id === null ? undefined : places.get(id)
    if (record === undefined) {
      if (id !== null) unknown.push(id)
      return
    }
    const key = groups[i] ?? `alone ${id}`
    if (!numbers.has(key)) numbers.set(key, numbers.size)
    group[record] = numbers.get(key) as number
    seen[record] = 1
  })
  let next = numbers.size
  seen.forEach((known, record) => { if (known === 0) group[record] = next++ })
  return { group, groups: next, unknown: unknown.length, unknown_examples: unknown.slice(0, 5), unnamed: next - numbers.size }
}

/** Pairs judged the same make groups; a judged difference adds nothing that being in two groups does not say. */
function fromPairs(left: readonly (string | null)[], right: readonly (string | null)[], verdict: readonly (string | null)[] | null, places: ReadonlyMap<string, number>): LinkTruth {
  const sets = disjointSets(places.size)
  const unknown = new Set<string>()
  const named = new Set<number>()
  left.forEach((one, i) => {
    const other = right[i] ?? null
    const [a, b] = [places.get(one ?? ''), places.get(other ?? '')]
    for (const [id, record] of [[one, a], [other, b]] as const) {
      if (record === undefined) { if (id !== null) unknown.add(id) } else named.add(record)
    }
    if (a === undefined || b === undefined) return
    const said = verdict?.[i] ?? '1'
    if (Number(said) >= 0.5 || /^(?:y|yes|true|match|same)$/i.test(said)) union(sets, a, b)
  })
  const group = Uint32Array.from({ length: places.size }, (_, record) => find(sets, record))
  return { group, groups: new Set(group).size, unknown: unknown.size, unknown_examples: [...unknown].slice(0, 5), unnamed: places.size - named.size }
}
