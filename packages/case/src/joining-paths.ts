/** How two or more entities are joined: the shortest ways through the links of the case, as a chart and as a list that can be read out. */
import { RingmapError } from '@ringmap/model/errors'
import { STRENGTHS, type Strength } from '@ringmap/model/grade'
import type { JoiningPath, PathsAnswer } from '@ringmap/model/wire'
import { kShortestPaths } from '@ringmap/analysis/k-shortest-paths'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { drawnChart } from './case-chart.ts'
import { entityNumber, type CaseView } from './case-view.ts'

/** Ways between each two of what was asked for. */
const WAYS = 3
/** Asked for at once: "what joins these five". */
const MOST_ENDS = 5
/** A thing that joins more than this many is a crowd, not a tie: ways do not lead through it. */
const CROWD = 60
/** Longer ways say little: nearly everybody is joined to everybody by some. */
const LONGEST = 6

/** @throws RingmapError usage: fewer than two or more than five; not_found */
export async function joiningPaths(view: CaseView, ids: readonly string[]): Promise<PathsAnswer> {
  const ends = [...new Set(ids)]
  if (ends.length < 2 || ends.length > MOST_ENDS) throw new RingmapError('usage', { what: `Ways are asked between 2 to ${MOST_ENDS} entities; ${ends.length} were named.` })
  const numbers: number[] = []
  for (const id of ends) numbers.push(await entityNumber(view, id))
  const { entities, links, link_numbers: linkNumbers } = await view.network()
  const csr = csrFromEdges(entities.kind.length, links.source, links.target)
  const under = linksOfPairs(links.source, links.target, csr.nodes)
  const closed = crowds(csr, numbers)
  const found: { nodes: readonly number[]; links: readonly number[] }[] = []
  let too_long = 0
  for (const [i, one] of numbers.entries()) {
    for (const other of numbers.slice(i + 1)) {
      for (const path of kShortestPaths(csr, one, other, { count: WAYS, closed })) {
        if (path.nodes.length - 1 > LONGEST) too_long++
        else found.push({ nodes: path.nodes, links: path.nodes.slice(1).flatMap((node, step) => under.get(pair(path.nodes[step] as number, node, csr.nodes)) ?? []) })
      }
    }
  }
  const rows = [...new Set(found.flatMap((path) => path.links))].sort((a, b) => a - b).map((row) => linkNumbers[row] as number)
  const drawn = [...new Set([...numbers, ...found.flatMap(({ nodes }) => nodes)])]
  const through = `Ways of at most ${LONGEST} links, ${WAYS} for each two, not through what more than ${CROWD} share${too_long > 0 ? `; ${too_long} longer left out` : ''}.`
  const { chart, idOf, linkOf } = await drawnChart(view, {
    title: `What joins ${ends.length}`, subtitle: found.length === 0 ? 'no way was found' : 'the shortest ways through recorded links', entities: drawn, rows,
    shown: { entities: drawn.length, entities_of: drawn.length, links: rows.length, links_of: rows.length, why: through }, focus: new Set(ends),
  })
  const strengths = new Map(chart.links.map((link) => [link.id, link.strength]))
  const paths = found.map(({ nodes, links: used }): JoiningPath => {
    const its = used.map((row) => linkOf(linkNumbers[row] as number)).filter((id) => id !== null)
    return { entities: nodes.map((node) => idOf(node)), links: its, weakest: weakestOf(its.map((id) => strengths.get(id) ?? 'tentative')) }
  })
  return { chart, paths }
}

/** Confirmed first in STRENGTHS: the weakest is the last of those there. */
function weakestOf(strengths: readonly Strength[]): Strength {
  return STRENGTHS.toReversed().find((strength) => strengths.includes(strength)) ?? 'tentative'
}

function crowds(csr: Csr, ends: readonly number[]): Uint8Array {
  const closed = new Uint8Array(csr.nodes)
  for (let v = 0; v < csr.nodes; v++) if ((csr.offsets[v + 1] as number) - (csr.offsets[v] as number) > CROWD) closed[v] = 1
  for (const end of ends) closed[end] = 0
  return closed
}

function linksOfPairs(source: Uint32Array, target: Uint32Array, nodes: number): Map<number, number[]> {
  const found = new Map<number, number[]>()
  source.forEach((one, row) => {
    const key = pair(one, target[row] as number, nodes)
    const known = found.get(key)
    if (known === undefined) found.set(key, [row])
    else known.push(row)
  })
  return found
}

function pair(one: number, other: number, nodes: number): number {
  return Math.min(one, other) * nodes + Math.max(one, other)
}
