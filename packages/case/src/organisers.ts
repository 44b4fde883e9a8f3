/** Orders persons by where they stand in a network, with an interval for every rank and reasons that lead to links. */
import type { CaseFile } from '@ringmap/model/case-file'
import type { Measure, OrganiserFinding, Reason, Stability } from '@ringmap/model/finding'
import type { WorkOptions } from '@ringmap/model/progress'
import type { Csr } from '@ringmap/graph/csr'
import { currentFlow } from '@ringmap/analysis/current-flow'
import { cutPoints } from '@ringmap/analysis/cut-points'
import { MEASURE_CATALOGUE, type CataloguedMeasure } from '@ringmap/analysis/measure-catalogue'
import { orderOf, ranksOf } from '@ringmap/analysis/ranking'
import { flowIntervalsOnPool } from '@ringmap/analysis/intervals-on-pool'
import { rankIntervals, STABLE_OVERLAP, type RankIntervals } from '@ringmap/analysis/stability'
import { cutOff } from './cut-off.ts'
import { doublesAmong, type LinkageDoubts } from './linkage-doubts.ts'
import { mergedAmong, type MergedActor } from './merged-doubts.ts'
import { listed, plural, spoken, type NamedNetwork, type NamedNode } from './named-network.ts'
import { organiserMeasure, type OrganiserMeasure } from './organiser-measure.ts'
import { withWorkers, type WorkerOptions } from './workers.ts'

export type OrganiserOptions = Pick<CaseFile['find'], 'seed' | 'copies' | 'thinned'> & WorkOptions & WorkerOptions & {
  /** How many are described; all are ranked. */
  readonly limit: number
  /** The thinned copy of a number; default: every tie is lost alike. */
  readonly thin?: ((copy: number) => Csr) | undefined
  /** Persons who may be one; default none. */
  readonly doubts?: LinkageDoubts | undefined
  /** Persons who may be several; default none. */
  readonly merged?: readonly MergedActor[] | undefined
}

/** Printed beside the main order, for comparison. */
const BESIDE: readonly CataloguedMeasure[] = ['betweenness', 'constraint', 'effective-size', 'degree', 'weighted-degree', 'pagerank', 'closeness', 'k-core']
/** "Among the 20 busiest". */
const BUSIEST = 20

export interface RankedOrganisers {
  readonly organisers: OrganiserFinding[]
  /** Null where no copies were made or nobody is ranked. */
  readonly stability: Stability | null
  /** How sure the order is where it is estimated. */
  readonly note: string | null
}

export async function rankOrganisers(network: NamedNetwork, options: OrganiserOptions): Promise<RankedOrganisers> {
  const { csr, nodes } = network
  const eligible = Uint8Array.from(nodes, (node) => (node.eligible ? 1 : 0))
  const of = eligible.reduce((sum, one) => sum + one, 0)
  if (of === 0 || csr.tie_count === 0) return { organisers: [], stability: null, note: null }
  const measure = organiserMeasure(csr, options)
  const { values, note, copies } = measure
  const ranks = ranksOf(values, eligible, 'high')
  const intervals = options.copies === 0 ? null : await intervalsOf(network, measure, eligible, options)
  const beside = BESIDE.map((measure) => {
    const entry = MEASURE_CATALOGUE[measure]
    const found = entry.run(csr, { weighted: measure === 'weighted-degree', signal: options.signal })
    return { measure, values: found, ranks: ranksOf(found, eligible, entry.direction) }
  })
  const reasons = reasonsFor(network)
  const organisers = [...orderOf(values, eligible, 'high').subarray(0, options.limit)].map((v): OrganiserFinding => {
    const node = nodes[v] as NamedNode
    return {
      measure: 'current-flow', subject: node.id, label: node.label, roles: node.roles, value: values[v] as number, rank: ranks[v] as number, of,
      interval: { low: intervals?.low[v] ?? (ranks[v] as number), high: intervals?.high[v] ?? (ranks[v] as number), copies, thinned: options.thinned, ...(intervals === null ? {} : { first_ten: rounded(intervals.first_ten[v] as number) }) },
      ring: node.ring_id,
      beside: Object.fromEntries(beside.map((one) => [one.measure, { value: finite(one.values[v] as number), rank: one.ranks[v] as number }])) as Partial<Record<Measure, { value: number; rank: number }>>,
      because: reasons(v),
    }
  })
  const stability = intervals === null ? null : { top_overlap: rounded(intervals.top_overlap), top: intervals.top, level: STABLE_OVERLAP, stable: intervals.top_overlap >= STABLE_OVERLAP }
  return { organisers, stability, note }
}

/** The same whoever makes them. */
async function intervalsOf({ csr, actors }: NamedNetwork, { values, flow, copies, steps_of_copy }: OrganiserMeasure, eligible: Uint8Array, options: OrganiserOptions): Promise<RankIntervals> {
  const { seed, thinned, thin, progress, signal } = options
  const how = { direction: 'high', seed, thinned, thin, copies, progress, signal, doubles: doublesAmong(options.doubts ?? [], actors) ?? undefined, merged: mergedAmong(options.merged ?? [], actors) } as const
  return await withWorkers(steps_of_copy * copies, options, async (pool) => (pool === null
    ? rankIntervals(csr, (copy) => (copy === csr ? values : currentFlow(copy, { ...flow, signal }).value), eligible, how)
    : await flowIntervalsOnPool(csr, values, flow, eligible, pool, how)))
}

function rounded(share: number): number {
  return Math.round(share * 1000) / 1000
}

/** JSON has no NaN; a measure that says nothing of a node is told by -1. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : -1
}

function reasonsFor(network: NamedNetwork): (v: number) => Reason[] {
  const { csr, nodes } = network
  const busy = busiest(csr)
  const cuts = cutPoints(csr)
  return (v) => {
    const contacts = neighbours(csr, v)
    const all = contacts.map(({ node }) => (nodes[node] as NamedNode).id)
    const links = [...new Set(contacts.flatMap(({ tie }) => network.links_of_tie(tie)))]
    const reasons: Reason[] = []
    const among = contacts.filter(({ node }) => busy.has(node))
    const rings = [...new Set(contacts.map(({ node }) => (nodes[node] as NamedNode).ring).filter((ring) => ring !== null))].sort(byNumber)
    if (rings.length > 1) {
      const joining = contacts.filter(({ node }) => (nodes[node] as NamedNode).ring !== null)
      reasons.push({ code: 'joins', text: `joins ${listed(rings)}`, entities: joining.map(({ node }) => (nodes[node] as NamedNode).id), links: joining.flatMap(({ tie }) => network.links_of_tie(tie)) })
    }
    reasons.push({
      code: 'contacts', entities: all, links,
      text: `${plural(contacts.length, 'contact')}${among.length > 0 ? `, ${among.length} of them among the ${Math.min(BUSIEST, csr.nodes)} busiest` : ', none of them among the busiest'}`,
    })
    if ((cuts.partsWithout[v] as number) > 1) {
      const lost = cutOff(csr, v)
      reasons.push({
        code: 'falls-apart', text: `without this person ${network.called} falls into ${cuts.partsWithout[v]} parts, and ${plural(lost.length, 'person')} of ${csr.nodes - 1} ${lost.length === 1 ? 'is' : 'are'} cut off from the rest`,
        entities: [(nodes[v] as NamedNode).id, ...lost.map((node) => (nodes[node] as NamedNode).id)], links,
      })
    }
    reasons.push(reachedThrough(contacts, network))
    return reasons
  }
}

/** All of them where they are three or fewer; otherwise the two with most contact. */
function reachedThrough(contacts: readonly Contact[], network: NamedNetwork): Reason {
  const strongest = contacts.toSorted((a, b) => b.weight - a.weight || a.node - b.node).slice(0, contacts.length <= 3 ? 3 : 2)
  const who = listed(strongest.map(({ node }) => spoken(network.nodes[node] as NamedNode)))
  return {
    code: 'reached-through', text: contacts.length <= 3 ? `reached only through ${who}` : `closest to ${who}`,
    entities: strongest.map(({ node }) => (network.nodes[node] as NamedNode).id), links: strongest.flatMap(({ tie }) => network.links_of_tie(tie)),
  }
}

interface Contact {
  readonly node: number
  readonly tie: number
  readonly weight: number
}

function neighbours(csr: Csr, v: number): Contact[] {
  const found: Contact[] = []
  for (let a = csr.offsets[v] as number; a < (csr.offsets[v + 1] as number); a++)
    found.push({ node: csr.targets[a] as number, tie: csr.ties[a] as number, weight: csr.weights[a] as number })
  return found
}

/** Nodes with most weight of ties; equal ones at the border are all left out, so that the list never depends on numbering. */
function busiest(csr: Csr): Set<number> {
  const entry = MEASURE_CATALOGUE['weighted-degree']
  const ranks = ranksOf(entry.run(csr, { weighted: true }), null, 'high')
  const tied = new Map<number, number>()
  for (const rank of ranks) tied.set(rank, (tied.get(rank) ?? 0) + 1)
  const set = new Set<number>()
  ranks.forEach((rank, v) => {
    if (rank + (tied.get(rank) ?? 1) - 1 <= BUSIEST) set.add(v)
  })
  return set
}

function byNumber(a: string, b: string): number {
  return Number(a.replaceAll(/\D/g, '')) - Number(b.replaceAll(/\D/g, ''))
}
