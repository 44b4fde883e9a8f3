/** Union-find over dense numbers, by smallest member, with path halving (Tarjan & van Leeuwen 1984). */

export interface DisjointSets {
  readonly parent: Uint32Array
}

export function disjointSets(count: number): DisjointSets {
  const parent = new Uint32Array(count)
  for (let i = 0; i < count; i++) parent[i] = i
  return { parent }
}

export function find(sets: DisjointSets, item: number): number {
  const { parent } = sets
  let at = item
  while (parent[at] !== at) {
    parent[at] = parent[parent[at] as number] as number
    at = parent[at] as number
  }
  return at
}

/** The smaller representative stays, so that the result does not depend on the order of unions. */
export function union(sets: DisjointSets, a: number, b: number): void {
  const x = find(sets, a)
  const y = find(sets, b)
  if (x < y) sets.parent[y] = x
  else sets.parent[x] = y
}
