/** Items by group in two typed arrays: a stable counting sort, so that members of a group keep their order. */

/** Members of group g are items[offsets[g]] up to items[offsets[g + 1]]. */
export interface Grouped {
  readonly offsets: Uint32Array
  readonly items: Uint32Array
}

/** Group of an item that belongs to none. */
export const NO_GROUP = 0xffffffff

/** @param groups group of each item, or NO_GROUP. @param order items in the order to take them; default 0, 1, 2... */
export function grouped(groups: Uint32Array, count: number, order: Uint32Array | null = null): Grouped {
  const offsets = new Uint32Array(count + 1)
  let kept = 0
  for (const group of groups) {
    if (group === NO_GROUP) continue
    offsets[group + 1]++
    kept++
  }
  for (let g = 0; g < count; g++) offsets[g + 1] += offsets[g]
  const next = offsets.slice(0, count)
  const items = new Uint32Array(kept)
  for (let i = 0; i < groups.length; i++) {
    const item = order === null ? i : order[i]
    if (groups[item] !== NO_GROUP) items[next[groups[item]]++] = item
  }
  return { offsets, items }
}
