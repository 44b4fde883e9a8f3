/** Groups that were kept apart although links lead from one to the other: what a chain would have made, and the link that would have made it. */
import type { Clusters, Links } from './guarded-clusters.ts'

export interface HeldBridge {
  /** Records that stand for the two groups. */
  readonly groups: readonly [number, number]
  readonly sizes: readonly [number, number]
  /** Links from one to the other that were held. */
  readonly links: number
  /** The strongest of them: its two records and its bits. */
  readonly strongest: readonly [number, number]
  readonly weight: number
}

/** Most records together first, then the strongest link. */
export function heldBridges(links: Links, clusters: Clusters): HeldBridge[] {
  const { cluster, held } = clusters
  const sizes = new Uint32Array(cluster.length)
  for (const root of cluster) sizes[root] = (sizes[root] as number) + 1
  const found = new Map<number, { link: number; links: number }>()
  for (const link of held) {
    const [x, y] = [cluster[links.left[link] as number] as number, cluster[links.right[link] as number] as number]
    const key = Math.min(x, y) * 4294967296 + Math.max(x, y)
    const known = found.get(key)
    // Held links come strongest first.
    if (known === undefined) found.set(key, { link, links: 1 })
    else known.links++
  }
  const bridges = [...found].map(([key, one]): HeldBridge => {
    const groups = [Math.floor(key / 4294967296), key % 4294967296] as const
    return { groups, sizes: [sizes[groups[0]] as number, sizes[groups[1]] as number], links: one.links, strongest: [links.left[one.link] as number, links.right[one.link] as number], weight: links.weight[one.link] as number }
  })
  return bridges.sort((a, b) => b.sizes[0] + b.sizes[1] - a.sizes[0] - a.sizes[1] || b.weight - a.weight || a.groups[0] - b.groups[0] || a.groups[1] - b.groups[1])
}
