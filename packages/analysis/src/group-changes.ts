/**
 * What became of groups from one window to the next (after Greene, Doyle & Cunningham 2010): a later group follows an earlier one where their overlap (Jaccard) reaches a level, and
 * where it holds most of the earlier one's members or draws most of its own from it.
 */

export interface GroupChanges {
  /** Pairs (earlier, later) of groups that follow each other. */
  readonly follows: readonly (readonly [number, number])[]
  /** Later groups that follow none. */
  readonly born: readonly number[]
  /** Earlier groups that none follows. */
  readonly ended: readonly number[]
  /** Earlier groups that two or more follow. */
  readonly split: readonly { readonly from: number; readonly into: readonly number[] }[]
  /** Later groups that follow two or more. */
  readonly merged: readonly { readonly from: readonly number[]; readonly into: number }[]
  /** People in a group before and after, where the later one does not follow the earlier. */
  readonly moved: readonly { readonly person: number; readonly from: number; readonly to: number }[]
}

/** @param level least overlap; default 0.3. */
export function groupChanges(before: readonly (readonly number[])[], after: readonly (readonly number[])[], level = 0.3): GroupChanges {
  const follows: [number, number][] = []
  before.forEach((earlier, b) => after.forEach((later, a) => {
    const own = new Set(earlier)
    const both = later.filter((person) => own.has(person)).length
    const overlap = both / (earlier.length + later.length - both)
    // Half of a large group can be a whole small one: that is a split or a merger, whatever the overlap.
    if (both > 0 && (overlap >= level || both * 2 > later.length && both >= 3 || both * 2 > earlier.length && both >= 3)) follows.push([b, a])
  }))
  const later = (b: number): number[] => follows.filter(([from]) => from === b).map(([, into]) => into)
  const earlier = (a: number): number[] => follows.filter(([, into]) => into === a).map(([from]) => from)
  const place = new Map(after.flatMap((group, a) => group.map((person) => [person, a] as const)))
  return {
    follows,
    born: after.flatMap((_, a) => (earlier(a).length === 0 ? [a] : [])),
    ended: before.flatMap((_, b) => (later(b).length === 0 ? [b] : [])),
    split: before.flatMap((_, b) => (later(b).length > 1 ? [{ from: b, into: later(b) }] : [])),
    merged: after.flatMap((_, a) => (earlier(a).length > 1 ? [{ from: earlier(a), into: a }] : [])),
    moved: before.flatMap((group, b) => group.flatMap((person) => {
      const to = place.get(person)
      return to === undefined || later(b).includes(to) ? [] : [{ person, from: b, to }]
    })),
  }
}
