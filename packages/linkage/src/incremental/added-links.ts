/** Links as neighbours of a record: those that a run left, and those that came later. */
import { ACROSS, type AddedRecords, type StoredLinks } from './linkage-state.ts'

export interface Neighbours {
  readonly other: number[]
  readonly weight: number[]
  readonly across: boolean[]
}

export function linksFrom({ offsets, neighbours, weights }: StoredLinks, record: number, take: (other: number, weight: number, across: boolean) => void): void {
  for (let i = offsets[record] as number; i < (offsets[record + 1] as number); i++) {
    const found = neighbours[i] as number
    take(found >= ACROSS ? found - ACROSS : found, weights[i] as number, found >= ACROSS)
  }
}

/** Neighbours of every record that has any. */
export function byPair({ left, right, weight }: AddedRecords['links']): Map<number, Neighbours> {
  const all = new Map<number, Neighbours>()
  left.forEach((a, i) => {
    const found = right[i] as number
    putLink(all, a, found >= ACROSS ? found - ACROSS : found, weight[i] as number, found >= ACROSS)
  })
  return all
}

/** Puts the link in at both ends. */
export function putLink(all: Map<number, Neighbours>, a: number, b: number, weight: number, across: boolean): void {
  for (const [from, to] of [[a, b], [b, a]] as const) {
    let list = all.get(from)
    if (list === undefined) {
      list = { other: [], weight: [], across: [] }
      all.set(from, list)
    }
    list.other.push(to)
    list.weight.push(weight)
    list.across.push(across)
  }
}
