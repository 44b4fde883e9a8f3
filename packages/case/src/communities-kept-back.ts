/** Communities of a whole network where only those large enough for a ring came back from a server: the others are put together here. */
import { bySize, communities, type Communities } from '@ringmap/graph/communities'
import type { Csr } from '@ringmap/graph/csr'
import { components, induced } from '@ringmap/graph/subgraph'
import { STAYED } from '@ringmap/sources/gds-measures'

export interface KeptBackOptions {
  /** Persons that a community which came back has at least. */
  readonly least: number
  readonly seed: number
  readonly resolution: number
}

/**
 * Those who did not come back stand together where ties among themselves join them. Such a part of `least` persons or more would be a community that nobody found (small ones can lie side by side, and at a high
 * resolution most do): it is parted by the local method, on its own ties alone.
 * @param group community of each node, STAYED for one that did not come back.
 */
export function withThoseWhoStayed(csr: Csr, group: Uint32Array, { least, seed, resolution }: KeptBackOptions): Omit<Communities, 'modularity'> {
  const stayed = Array.from(group.keys()).filter((v) => group[v] === STAYED)
  if (stayed.length === 0) return bySize(group)
  const whole = group.slice()
  let next = csr.nodes
  const join = (nodes: Uint32Array, part: Uint32Array, count: number): void => {
    nodes.forEach((v, i) => (whole[v] = next + (part[i] as number)))
    next += count
  }
  const among = induced(csr, stayed)
  const parts = components(among.csr)
  join(among.node_of, parts.component, parts.count)
  const size = new Uint32Array(parts.count)
  for (const part of parts.component) size[part] = (size[part] as number) + 1
  const large = among.node_of.filter((_, i) => (size[parts.component[i] as number] as number) >= least)
  if (large.length > 0) {
    const again = induced(csr, large)
    const found = communities(again.csr, { seed, resolution })
    join(again.node_of, found.community, found.count)
  }
  return bySize(whole)
}
