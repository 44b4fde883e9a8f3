/** Which records to ask for next: numbers and accounts known from the records of others alone, ordered by how far the order of organisers could move if their own came in. */
import { currentFlow } from '@ringmap/analysis/current-flow'
import { orderOf } from '@ringmap/analysis/ranking'
import { csrFromEdges } from '@ringmap/graph/csr'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { sql } from '@ringmap/store/sql'
import { namesOf, SERVICES } from './case-network.ts'
import { foundNetwork, namedNode, type FoundNetwork } from './found-network.ts'
import { kindList, rowsBetween } from './happenings.ts'
import { plural } from './named-network.ts'
import type { OpenCase } from './open-case.ts'
import type { DraftFinding } from './pattern-drafts.ts'

/** The order is compared over so many of its first. */
export const COMPARED = 20
/** Candidates whose records are imagined: those who are known to most of the persons ordered. */
const TRIED = 24
/** Larger blocks of people are estimated in each trial, with the same drawn ends. */
const TRIAL = { exact_up_to: 400, samples: 48 }
const TALKS = ['called', 'messaged', 'paid'] as const

interface Candidate {
  readonly entity: number
  readonly kind: string
  readonly contacts: number
}

export interface Requisitions {
  readonly drafts: readonly DraftFinding[]
  /** What was left out, in words. */
  readonly said: readonly string[]
}

/** Between two trials others who wait for this thread get their turn. @throws RingmapError interrupted */
export async function nextRequisitions(open: OpenCase, options: WorkOptions): Promise<Requisitions> {
  const candidates = await withoutRecords(open)
  if (candidates.length === 0) return { drafts: [], said: [] }
  const network = await foundNetwork(open, { progress: options.progress, signal: options.signal, asked_alone: true })
  const holders = await holdersOf(open)
  const people = tiesOfOrdered(network, candidates.map(({ entity }) => network.network.actor_of[holders.get(entity) ?? entity] ?? -1))
  const found = { ...network, names: await namesOf(open.database, [...people.actors].map((actor) => network.network.actors[actor] as number)) }
  const eligible = Uint8Array.from(people.actors, (actor) => (namedNode(found, actor).eligible ? 1 : 0))
  const tried = candidates.map((candidate, i) => ({ candidate, node: people.node_of_candidate[i] as number })).filter(({ node }) => node >= 0)
    .sort((a, b) => (people.near[b.node]?.length ?? 0) - (people.near[a.node]?.length ?? 0)).slice(0, TRIED)
  const before = orderOfPeople(people, [], eligible)
  const drafts: { readonly draft: DraftFinding; readonly moved: number }[] = []
  for (const [done, { candidate, node }] of tried.entries()) {
    options.progress?.('requisitions', done, tried.length)
    await new Promise((resolve) => { setImmediate(resolve) })
    stopIfAsked(options.signal)
    const after = orderOfPeople(people, imagined(people, node).map((other): [number, number] => [node, other]), eligible)
    const place = new Map(after.map((who, rank) => [who, rank]))
    const moved = before.reduce((sum, who, rank) => sum + Math.min(COMPARED, Math.abs((place.get(who) ?? rank + COMPARED) - rank)), 0)
    drafts.push({ moved, draft: described(candidate, moved) })
  }
  const left = candidates.length - tried.length
  const said = left === 0 ? [] : [`Of ${candidates.length} numbers and accounts without records of their own, ${tried.length} were tried: those known to most of the persons whom the order asks about.`]
  return { drafts: drafts.sort((a, b) => b.moved - a.moved).map(({ draft }) => draft), said }
}

/** They never stand as the first party of a row, where rows say whose they are. */
async function withoutRecords(open: OpenCase): Promise<Candidate[]> {
  const talks = kindList(TALKS)
  const own = sql`SELECT er.entity FROM observation o JOIN entity_record er ON er.record = o.from_record WHERE CAST(o.kind AS VARCHAR) IN ${talks} GROUP BY er.entity HAVING count(*) >= 5`
  return await open.database.rows<Candidate>(sql`SELECT e.entity, e.kind, count(DISTINCT other) AS contacts FROM (SELECT source AS a, target AS other FROM link WHERE CAST(kind AS VARCHAR) IN ${talks} UNION ALL SELECT target, source FROM link WHERE CAST(kind AS VARCHAR) IN ${talks}) l
    JOIN entity e ON e.entity = l.a WHERE e.kind IN ('Phone', 'BankAccount', 'OnlineAccount') AND e.valid AND e.entity NOT IN (${own}) AND e.entity NOT IN (${SERVICES})
    GROUP BY e.entity, e.kind HAVING count(DISTINCT other) >= 2 ORDER BY contacts DESC, e.entity`)
}

async function holdersOf(open: OpenCase): Promise<ReadonlyMap<number, number>> {
  const rows = await open.database.rows<{ thing: number; user: number }>(sql`SELECT l.target AS thing, min(l.source) AS user FROM link l JOIN entity p ON p.entity = l.source WHERE CAST(l.kind AS VARCHAR) IN ${kindList(['uses', 'owns'])} AND p.kind IN ('Person', 'Organisation') GROUP BY l.target`)
  return new Map(rows.map(({ thing, user }) => [thing, user]))
}

interface OrderedPeople {
  /** Those whom the order asks about, and holders outside who are known to two of them or more. */
  readonly actors: Uint32Array
  readonly from: readonly number[]
  readonly to: readonly number[]
  /** Contacts of each among them, ascending. */
  readonly near: readonly (readonly number[])[]
  /** -1 where a holder is not among them. */
  readonly node_of_candidate: readonly number[]
  /** Contacts that one in four has at least. */
  readonly typical: number
}

function tiesOfOrdered({ network: { csr }, asked }: FoundNetwork, holders: readonly number[]): OrderedPeople {
  const ordered = new Set(asked)
  const known = (v: number): number => csr.targets.subarray(csr.offsets[v], csr.offsets[v + 1]).reduce((sum, u) => sum + (ordered.has(u) ? 1 : 0), 0)
  const actors = Uint32Array.from(new Set([...asked, ...holders.filter((v) => v >= 0 && !ordered.has(v) && known(v) >= 2)])).sort()
  const node = new Map(Array.from(actors, (actor, i) => [actor, i]))
  const near = Array.from(actors, (actor) => [...csr.targets.subarray(csr.offsets[actor], csr.offsets[actor + 1])].flatMap((other) => node.get(other) ?? []))
  const ties = near.flatMap((others, v) => others.filter((u) => u > v).map((u): [number, number] => [v, u]))
  const contacts = near.map((others) => others.length).sort((a, b) => a - b)
  return { actors, near, from: ties.map(([v]) => v), to: ties.map(([, u]) => u), node_of_candidate: holders.map((v) => node.get(v) ?? -1), typical: contacts[Math.floor(contacts.length * 0.75)] ?? 0 }
}

/** Contacts of his contacts, those met most often first: whom he is most likely to know besides. */
function imagined({ near, typical }: OrderedPeople, v: number): number[] {
  const own = new Set(near[v])
  const met = new Map<number, number>()
  for (const u of own) for (const other of near[u] ?? []) if (other !== v && !own.has(other)) met.set(other, (met.get(other) ?? 0) + 1)
  return [...met].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, Math.max(0, typical - own.size) + 2).map(([other]) => other)
}

function orderOfPeople({ actors, from, to }: OrderedPeople, more: readonly (readonly [number, number])[], eligible: Uint8Array): number[] {
  const csr = csrFromEdges(actors.length, Uint32Array.from([...from, ...more.map(([v]) => v)]), Uint32Array.from([...to, ...more.map(([, u]) => u)]))
  return [...orderOf(currentFlow(csr, TRIAL).value, eligible, 'high').subarray(0, COMPARED)]
}

function described({ entity, kind, contacts }: Candidate, moved: number): DraftFinding {
  const what = kind === 'Phone' ? 'call records' : 'statement'
  return {
    shape: what, subjects: [entity], value: moved, unit: 'ranks moved', sureness: { kind: 'rule', value: null }, text: `ask for the ${what} of {${entity}}`,
    because: [{ code: 'known-to', text: `in the records of ${plural(contacts, 'other')}, with next to none of its own`, entities: [entity] }, { code: 'would-move', text: `the first ${COMPARED} would move by ${moved} ranks together`, entities: [] }],
    rows: rowsBetween(TALKS, [entity]),
  }
}
