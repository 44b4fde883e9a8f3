/**
 * How far groups can be trusted: what became of each group, and of each of its members, in other partitions of the same people (other seeds, other windows). The counterpart of
 * a group in a partition is the part that holds most of its members; of equal ones the part with the lowest number.
 */

export interface GroupAgreement {
  /** Mean over partitions of |group and counterpart| / |group or counterpart| (Jaccard). */
  readonly overlap: number
  /** For each member in the order given: share of the partitions in which he or she is in the counterpart. */
  readonly share: Float64Array
  /** For each member: the other group in whose counterpart he or she is most often, or -1; and how often. */
  readonly other: Int32Array
  readonly other_share: Float64Array
}

/** @param groups members of each group; nobody need be in one. @param partitions part of each person, in each partition; not empty. */
export function groupAgreement(groups: readonly ArrayLike<number>[], partitions: readonly ArrayLike<number>[]): GroupAgreement[] {
  const counterparts = partitions.map((partition) => groups.map((group) => counterpart(group, partition)))
  const sizes = partitions.map((partition) => partSizes(partition))
  return groups.map((group, g) => {
    const share = new Float64Array(group.length)
    const other = new Int32Array(group.length).fill(-1)
    const otherShare = new Float64Array(group.length)
    let overlap = 0
    partitions.forEach((partition, p) => {
      const mine = counterparts[p][g]
      let inside = 0
      for (let i = 0; i < group.length; i++) {
        if (partition[group[i]] !== mine) continue
        share[i]++
        inside++
      }
      overlap += inside / (group.length + (sizes[p].get(mine) ?? 0) - inside)
    })
    for (let i = 0; i < group.length; i++) {
      groups.forEach((_, h) => {
        if (h === g) return
        let there = 0
        // Where two groups have one counterpart, the member is with both: that is no sign of the other.
        partitions.forEach((partition, p) => (there += partition[group[i]] === counterparts[p][h] && counterparts[p][h] !== counterparts[p][g] ? 1 : 0))
        if (there / partitions.length <= otherShare[i]) return
        other[i] = h
        otherShare[i] = there / partitions.length
      })
      share[i] /= partitions.length
    }
    return { overlap: overlap / partitions.length, share, other, other_share: otherShare }
  })
}

/** For each person: share of the partitions in which he or she is in the counterpart of his or her group. @param group of each person, 0 up to `count`. */
export function memberShares(group: Uint32Array, count: number, partitions: readonly ArrayLike<number>[]): Float64Array {
  const members: number[][] = Array.from({ length: count }, () => [])
  group.forEach((g, v) => members[g].push(v))
  const share = new Float64Array(group.length)
  for (const partition of partitions) {
    for (const one of members) {
      const mine = counterpart(one, partition)
      for (const v of one) if (partition[v] === mine) share[v]++
    }
  }
  return share.map((times) => times / partitions.length)
}

function counterpart(group: ArrayLike<number>, partition: ArrayLike<number>): number {
  const counts = new Map<number, number>()
  for (let i = 0; i < group.length; i++) counts.set(partition[group[i]], (counts.get(partition[group[i]]) ?? 0) + 1)
  return [...counts].reduce((best, one) => (one[1] > best[1] || (one[1] === best[1] && one[0] < best[0]) ? one : best))[0]
}

function partSizes(partition: ArrayLike<number>): Map<number, number> {
  const sizes = new Map<number, number>()
  for (let v = 0; v < partition.length; v++) sizes.set(partition[v], (sizes.get(partition[v]) ?? 0) + 1)
  return sizes
}
