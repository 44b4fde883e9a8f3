/** Who could have passed something to whom in the order of time, and what joins given persons or things; each step with its row. */
import { LINK_KIND_NAMES, LINK_KINDS, type LinkKind } from '@ringmap/model/schema'
import type { WorkOptions } from '@ringmap/model/progress'
import { csrFromEdges } from '@ringmap/graph/csr'
import { endsOfTies, joiningNetwork } from '@ringmap/analysis/joining-network'
import { timedPaths, type TimedPath } from '@ringmap/analysis/time-respecting-paths'
import { joined, sql, type Sql } from '@ringmap/store/sql'
import { countRows, happened, kindList, momentText } from './happenings.ts'
import { listed, plural } from './named-network.ts'
import type { OpenCase } from './open-case.ts'
import { entityList, type DraftFinding, type DraftFindings, type DraftPlace } from './pattern-drafts.ts'

/** What can carry word, money or a person on. */
export const PASSING: readonly LinkKind[] = ['called', 'messaged', 'paid', 'met']
/** A payment goes one way; a talk both. */
const ONE_WAY: readonly LinkKind[] = ['paid']

const SEEN: readonly LinkKind[] = ['present_at', 'travelled']

export interface PathStepOptions extends WorkOptions {
  readonly from: number
  readonly to: number
  readonly kinds?: readonly LinkKind[] | undefined
  readonly start_ms?: number | undefined
  readonly end_ms?: number | undefined
  readonly wait_ms?: number | undefined
  readonly ways?: number | undefined
  /** Least sum of a payment, in the smallest unit of its currency; what moves no money is not asked. */
  readonly least?: number | undefined
  /** A talk passes from who called to who was called alone. */
  readonly one_way?: boolean | undefined
  /** Only contacts whose row was also recorded at this place. */
  readonly place?: number | undefined
}

interface Steps {
  readonly contacts: { readonly nodes: number; readonly source: Uint32Array; readonly target: Uint32Array; readonly at: Float64Array }
  readonly kind: Uint8Array
  readonly place: (contact: number) => DraftPlace
  readonly thing: (contact: number) => readonly [number, number]
}

export async function findPaths(open: OpenCase, options: PathStepOptions): Promise<DraftFindings> {
  const kinds = options.kinds ?? PASSING
  const steps = await stepsOf(open, kinds, options)
  const holder = await holderOf(open)
  const [from, to] = [holder.get(options.from) ?? options.from, holder.get(options.to) ?? options.to]
  const ways = options.ways ?? 3
  const paths = timedPaths(steps.contacts, from, to, {
    ways, signal: options.signal, both: (i) => options.one_way !== true && !ONE_WAY.includes(LINK_KIND_NAMES[steps.kind[i] as number] as LinkKind),
    ...(options.start_ms === undefined ? {} : { start: options.start_ms }), ...(options.end_ms === undefined ? {} : { end: options.end_ms }), ...(options.wait_ms === undefined ? {} : { wait: options.wait_ms }),
  })
  return {
    method: `Paths of at most 6 contacts (${kinds.map((kind) => LINK_KINDS[kind].label).join(', ')}) that follow each other in time; the ${ways} that arrive first. A thing with one known user stands for him.${options.least === undefined ? '' : ` Payments below ${(options.least / 100).toLocaleString('en-IN')} are left out.`}${options.one_way === true ? ' A call passes from who called alone.' : ''}${options.place === undefined ? '' : ` Only contacts whose row was recorded at {${options.place}}.`}`,
    drafts: paths.map((path) => pathDraft(path, steps, open.file.timezone)),
    cautions: [...(paths.length === 0 ? ['No such path is in the records; that is no proof that there was none.'] : []), 'A path says that something could have been passed on, not that it was.'],
  }
}

function pathDraft(path: TimedPath, steps: Steps, zone: string): DraftFinding {
  const { contacts } = steps
  const [first, last] = [path.contacts[0], path.contacts.at(-1)] as [number, number]
  return {
    subjects: path.nodes, text: path.nodes.map((node) => `{${node}}`).join(' to '), value: path.contacts.length, unit: 'contacts', sureness: { kind: 'exact', value: null },
    first_ms: contacts.at[first] as number, last_ms: contacts.at[last] as number, rows: path.contacts.map(steps.place),
    because: path.contacts.map((i) => {
      const [a, b] = steps.thing(i)
      return { code: 'step', text: `{${a}} ${LINK_KINDS[LINK_KIND_NAMES[steps.kind[i] as number] as LinkKind].label} {${b}}, ${momentText(contacts.at[i] as number, zone)}`, entities: [a, b] }
    }),
  }
}

async function stepsOf(open: OpenCase, kinds: readonly LinkKind[], options: Pick<PathStepOptions, 'least' | 'place'>): Promise<Steps> {
  const { database } = open
  const wanted = [
    ...(options.least === undefined ? [] : [sql`(e.amount IS NULL OR e.amount >= ${options.least})`]),
    ...(options.place === undefined ? [] : [sql`EXISTS (SELECT 1 FROM (${happened(SEEN)}) s WHERE s.target = ${options.place} AND s.file = e.file AND s.row = e.row)`]),
  ]
  const all = wanted.length === 0 ? happened(kinds) : sql`SELECT * FROM (${happened(kinds)}) e WHERE ${joined(wanted, ' AND ')}`
  const nodes = await countRows(open, sql`SELECT * FROM entity`)
  const count = await countRows(open, all)
  const [source, target, own, other, at, kind, file, row] = await database.columns(
    sql`SELECT coalesce(a.user, h.source), coalesce(b.user, h.target), h.source, h.target, CAST(h.at_ms AS DOUBLE), h.kind, h.file, CAST(h.row AS INTEGER) FROM (${all}) h
      LEFT JOIN (${ONLY_USER}) a ON a.thing = h.source LEFT JOIN (${ONLY_USER}) b ON b.thing = h.target ORDER BY h.at_ms, h.source, h.target, h.kind, h.file, h.row`,
    ['u32', 'u32', 'u32', 'u32', 'f64', 'u8', 'u32', 'u32'] as const, count,
  )
  return {
    contacts: { nodes, source, target, at }, kind,
    place: (i) => ({ source: file[i] as number, row: row[i] as number }), thing: (i) => [own[i] as number, other[i] as number],
  }
}

/** Things with one known user, and him. */
export const ONLY_USER: Sql = sql`SELECT l.target AS thing, min(l.source) AS user FROM link l JOIN entity p ON p.entity = l.source WHERE CAST(l.kind AS VARCHAR) IN ${kindList(['uses', 'owns'])} AND p.kind IN ('Person', 'Organisation') GROUP BY l.target HAVING count(DISTINCT l.source) = 1`

async function holderOf(open: OpenCase): Promise<Map<number, number>> {
  const rows = await open.database.rows<{ thing: number; user: number }>(ONLY_USER)
  return new Map(rows.map(({ thing, user }) => [thing, user]))
}

/** What joins given entities: the smallest network of links over which they hang together. */
export async function findJoins(open: OpenCase, given: readonly number[]): Promise<DraftFindings> {
  const { database } = open
  const links = sql`SELECT link, source, target FROM link WHERE source <> target AND kind <> ${LINK_KIND_NAMES.indexOf('same_as_possible')}`
  const [, source, target] = await database.columns(sql`SELECT CAST(link AS INTEGER), source, target FROM (${links}) ORDER BY link`, ['u32', 'u32', 'u32'] as const, await countRows(open, links))
  const csr = csrFromEdges(await countRows(open, sql`SELECT * FROM entity`), source, target)
  const found = joiningNetwork(csr, given)
  const { low, high } = endsOfTies(csr)
  const pairs = [...found.ties].map((tie) => [low[tie] as number, high[tie] as number] as const)
  const joiners = [...found.nodes].slice(given.length)
  const drafts: DraftFinding[] = pairs.length === 0 ? [] : [{
    subjects: [...given, ...joiners], value: pairs.length, unit: 'links', sureness: { kind: 'exact', value: null }, first_ms: null, last_ms: null,
    text: `${listed(given.map((one) => `{${one}}`))} ${joiners.length === 0 ? 'hang together directly' : `are joined through ${plural(joiners.length, 'other')}: ${listed(joiners.map((one) => `{${one}}`))}`}`,
    because: pairs.map(([a, b]) => ({ code: 'tie', text: `{${a}} and {${b}}`, entities: [a, b] })), rows: between(pairs),
  }]
  return {
    method: 'The network of links that joins them at the least cost, at most twice the least possible; whoever has more contacts costs more to go through.', drafts,
    cautions: found.apart.length === 0 ? [] : [`Not joined to the first by any link in the records: ${listed([...found.apart].map((one) => `{${one}}`))}.`],
  }
}

function between(pairs: readonly (readonly [number, number])[]): Sql {
  const ends = entityList(new Set(pairs.flat()))
  const keys = pairs.map(([a, b]) => `${a} ${b}`)
  return sql`SELECT DISTINCT o.source, o.row FROM observation o JOIN entity_record f ON f.record = o.from_record JOIN entity_record t ON t.record = o.to_record
    WHERE CAST(f.entity AS VARCHAR) IN ${ends} AND CAST(t.entity AS VARCHAR) IN ${ends} AND least(f.entity, t.entity) || ' ' || greatest(f.entity, t.entity) IN ${keys}`
}
