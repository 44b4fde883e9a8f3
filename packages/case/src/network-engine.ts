/** Which machine computes on the whole network: this one, or a Neo4j server with Graph Data Science, from which communities and the first candidates come back. */
import type { EngineNote } from '@ringmap/model/finding'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { modularity, type Communities } from '@ringmap/graph/communities'
import type { Csr } from '@ringmap/graph/csr'
import { gdsCommunities, gdsComponents, gdsFirst, type GdsMeasure, type GdsMeasureOptions } from '@ringmap/sources/gds-measures'
import { withProjection, type GdsProjection, type PairsToProject } from '@ringmap/sources/gds-projection'
import { withThoseWhoStayed } from './communities-kept-back.ts'
import { databaseOfCase, withDatabase, type DatabaseAccess } from './database-sources.ts'
import type { OpenCase } from './open-case.ts'

export const ENGINES = ['local', 'gds', 'auto'] as const
export type EngineName = (typeof ENGINES)[number]

/** `auto` takes the server from so many ties on. A choice: a server of the same size is not quicker (docs/performance.md), a larger one has the memory, and below this the work takes seconds here. */
export const ENGINE_TIES = 1_000_000

export interface EngineOptions {
  readonly engine: EngineName
  /** Where the server is; default: the first Neo4j source of the case, then nowhere. */
  readonly at?: { readonly uri: string; readonly user: string; readonly database?: string | undefined } | undefined
  readonly password: DatabaseAccess['password']
  /** Default ENGINE_TIES. */
  readonly from_ties?: number | undefined
  /** Threads in the server; default 1, which alone gives the same communities twice. */
  readonly concurrency?: number | undefined
  readonly communities?: 'leiden' | 'louvain' | undefined
  /** Sources for betweenness; null for all. Default: all up to EXACT_SOURCES persons, else SAMPLE. */
  readonly sample?: number | null | undefined
  /** Versions that the findings name in place of the server's own: an exhibit is made again and compared with what was found the first time. */
  readonly said_to_be?: { readonly server: string; readonly version: string } | undefined
}

/** What the server answered, by node of the network. */
export interface EngineAnswer {
  readonly communities: Communities
  /** The same method with other seeds; null where it takes none or the network is too large for it. */
  readonly again: readonly Uint32Array[] | null
  readonly components: number
  /** Of those that `candidates` was asked about, best first: by the better of the places in PageRank and betweenness. */
  readonly candidates: readonly number[]
  /** First persons of the whole network by each measure. */
  readonly first: readonly { readonly measure: GdsMeasure; readonly places: readonly { readonly node: number; readonly value: number }[] }[]
  readonly note: Omit<EngineNote, 'first'>
}

export interface EngineQuestion {
  readonly csr: Csr
  readonly seed: number
  readonly resolution: number
  /** Persons that a ring has at least: a smaller community stays in the server. */
  readonly least: number
  /** 1 for each node that may be named in an order. */
  readonly eligible: Uint8Array
  /** Runs with other seeds. */
  readonly runs: number
  /** Who is asked about once communities are known, and how many of them can be finished here. */
  readonly asked: (communities: Communities) => { readonly nodes: ArrayLike<number>; readonly most: number }
}

const EXACT_SOURCES = 5000
const SAMPLE = 500
const LISTED = 20

export interface EngineChoice {
  readonly use: 'local' | 'gds'
  /** In words, for the person who asked. */
  readonly why: string
  readonly at: NonNullable<EngineOptions['at']> | null
}

/** By the number of ties and whether there is a server. */
export function chooseEngine(open: OpenCase, ties: number, options: EngineOptions): EngineChoice {
  const at = options.at ?? databaseOfCase(open) ?? null
  const from = options.from_ties ?? ENGINE_TIES
  const size = `the network has ${ties.toLocaleString('en')} ties`
  if (options.engine === 'local') return { use: 'local', why: 'asked for', at: null }
  if (options.engine === 'gds') return { use: 'gds', why: 'asked for', at }
  if (ties < from) return { use: 'local', why: `${size}, fewer than ${from.toLocaleString('en')}: they take seconds here`, at: null }
  if (at === null) return { use: 'local', why: `${size}, but no Neo4j is known: give --uri, or a source of kind neo4j in case.yaml`, at: null }
  return { use: 'gds', why: `${size}, at least ${from.toLocaleString('en')}`, at }
}

/** @throws RingmapError gds_missing, too_large, neo4j_*, interrupted */
export async function askGds(choice: EngineChoice & { readonly at: NonNullable<EngineChoice['at']> }, question: EngineQuestion, options: EngineOptions & WorkOptions): Promise<EngineAnswer> {
  return await withDatabase(choice.at, options, async (database) => await withProjection(database, pairsOf(question.csr), options, async (projection) => await answer(projection, choice, question, options)))
}

async function answer(projection: GdsProjection, choice: EngineChoice, question: EngineQuestion, options: EngineOptions & WorkOptions): Promise<EngineAnswer> {
  const { csr, seed, resolution, least } = question
  const method = options.communities ?? 'leiden'
  const sample = options.sample === undefined ? (projection.projected > EXACT_SOURCES ? SAMPLE : null) : options.sample
  let done = 0
  const step = (what: string): void => {
    options.progress?.(`Graph Data Science: ${what}`, done++, 6)
    stopIfAsked(options.signal)
  }
  step('components')
  const components = await gdsComponents(projection)
  step('communities')
  const partition = async (of: number): Promise<{ readonly communities: Communities; readonly returned: number }> => {
    const there = await gdsCommunities(projection, { method, seed: of, resolution, least })
    const { community, count } = withThoseWhoStayed(csr, there.group, { least, seed: of, resolution })
    return { communities: { community, count, modularity: modularity(csr, community, { resolution }) }, returned: there.returned }
  }
  const { communities, returned } = await partition(seed)
  const again: Uint32Array[] = []
  if (method === 'leiden') for (let run = 1; run <= question.runs; run++) again.push((await partition((Math.imul(seed, 0x9e3779b1) ^ run) >>> 0)).communities.community)
  const first: EngineAnswer['first'][number][] = []
  const measured = async (measure: GdsMeasure, among: Uint8Array, limit: number): Promise<EngineAnswer['first'][number]['places']> => await gdsFirst(projection, measure, among, limit, how(measure))
  const how = (measure: GdsMeasure): GdsMeasureOptions => (measure === 'betweenness' ? { sample, seed } : {})
  for (const measure of ['betweenness', 'pagerank', 'k-core'] as const) {
    step(measure)
    first.push({ measure, places: await measured(measure, question.eligible, LISTED) })
  }
  step('candidates')
  const { nodes, most } = question.asked(communities)
  const among = new Uint8Array(csr.nodes)
  for (let i = 0; i < nodes.length; i++) among[nodes[i] as number] = 1
  const candidates = nodes.length <= most ? Array.from(nodes) : bestOf(await measured('pagerank', among, most), await measured('betweenness', among, most), most)
  const said = options.said_to_be ?? { server: projection.database.server.agent, version: projection.version }
  return {
    communities, again: again.length === 0 ? null : again, components, candidates, first,
    note: {
      name: 'gds', ...said, why: choice.why, concurrency: projection.concurrency, communities: method, betweenness_sources: sample, components, returned: { persons: returned, of: csr.nodes, least },
      differs: differences(projection, { ...said, method, sample, returned, of: csr.nodes, least, asked: nodes.length, candidates: candidates.length }),
    },
  }
}

function differences(projection: GdsProjection, { server, version, method, sample, returned, of, least, asked, candidates }: { server: string; version: string; method: string; sample: number | null; returned: number; of: number; least: number; asked: number; candidates: number }): string[] {
  return [
    `Communities come from ${method === 'leiden' ? 'Leiden' : 'Louvain'} in Graph Data Science ${version} on ${server}; the local engine uses Louvain of another library, and members at the edge of a ring can differ.`,
    projection.concurrency === 1 ? 'It ran on one thread: the same versions give the same communities again.' : `It ran on ${projection.concurrency} threads, where Graph Data Science does not give the same communities twice.`,
    ...(returned === of ? [] : [`The community of ${returned.toLocaleString('en')} of ${of.toLocaleString('en')} persons came back. The others are in communities of fewer than ${least}, too small for a ring, or have no tie; they are put together here by the ties among themselves.`]),
    ...(sample === null ? [] : [`Betweenness in the whole network is estimated from ${sample.toLocaleString('en')} of ${projection.projected.toLocaleString('en')} persons.`]),
    ...(candidates < asked ? [`Only ${candidates.toLocaleString('en')} of ${asked.toLocaleString('en')} are ranked: the first by PageRank and betweenness in the whole network.`] : []),
  ]
}

/** By the better of two places, then by node. */
function bestOf(one: readonly { readonly node: number }[], other: readonly { readonly node: number }[], most: number): number[] {
  const place = new Map<number, number>()
  for (const list of [one, other]) list.forEach(({ node }, i) => place.set(node, Math.min(i, place.get(node) ?? i)))
  return [...place].sort((a, b) => a[1] - b[1] || a[0] - b[0]).slice(0, most).map(([node]) => node)
}

/** Each tie once. */
export function pairsOf(csr: Csr): PairsToProject {
  const source = new Uint32Array(csr.tie_count)
  const target = new Uint32Array(csr.tie_count)
  const weight = new Float64Array(csr.tie_count)
  for (let v = 0; v < csr.nodes; v++) {
    for (let arc = csr.offsets[v] as number; arc < (csr.offsets[v + 1] as number); arc++) {
      const other = csr.targets[arc] as number
      if (other < v) continue
      const tie = csr.ties[arc] as number
      source[tie] = v
      target[tie] = other
      weight[tie] = csr.weights[arc] as number
    }
  }
  return { nodes: csr.nodes, source, target, weight }
}
