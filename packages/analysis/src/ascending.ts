/** Indexes in the order of a key: rows that a database has sorted cost one look and no sort. */

/** Sorts in place; indexes of equal keys stay in their order. */
export function ascending(items: Uint32Array, key: ArrayLike<number>): void {
  for (let i = 1; i < items.length; i++) {
    if (key[items[i]] >= key[items[i - 1]]) continue
    items.sort((a, b) => key[a] - key[b])
    return
  }
}
