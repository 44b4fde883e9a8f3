/** How firmly each record stands in its cluster. */
import type { Links } from './guarded-clusters.ts'

/** Strongest link of each record to another of its cluster, in bits; NaN for a record that is alone. */
export function clusterWeights(links: Links, cluster: Uint32Array): Float32Array {
  const best = new Float32Array(cluster.length).fill(Number.NaN)
  for (let i = 0; i < links.left.length; i++) {
    const a = links.left[i] as number
    const b = links.right[i] as number
    if (cluster[a] !== cluster[b]) continue
    const weight = links.weight[i] as number
    if (!((best[a] as number) >= weight)) best[a] = weight
    if (!((best[b] as number) >= weight)) best[b] = weight
  }
  return best
}
