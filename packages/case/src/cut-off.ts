/** Who loses the connection to the largest part that remains when one person is taken out. */
import type { Csr } from '@ringmap/graph/csr'

/** Nodes of the component of `v`, in all its parts without `v` but the largest (of equal ones the part with the lowest node stays); ascending. */
export function cutOff(csr: Csr, v: number): number[] {
  const part = new Int32Array(csr.nodes).fill(-1)
  part[v] = -2
  const parts: number[][] = []
  for (let arc = csr.offsets[v] as number; arc < (csr.offsets[v + 1] as number); arc++) {
    const root = csr.targets[arc] as number
    if (part[root] !== -1) continue
    const members = [root]
    part[root] = parts.length
    for (let i = 0; i < members.length; i++) {
      const at = members[i] as number
      for (let a = csr.offsets[at] as number; a < (csr.offsets[at + 1] as number); a++) {
        const next = csr.targets[a] as number
        if (part[next] !== -1) continue
        part[next] = parts.length
        members.push(next)
      }
    }
    parts.push(members)
  }
  const lowest = (members: readonly number[]): number => members.reduce((a, b) => Math.min(a, b))
  const [, ...rest] = parts.toSorted((a, b) => b.length - a.length || lowest(a) - lowest(b))
  return rest.flat().sort((a, b) => a - b)
}
