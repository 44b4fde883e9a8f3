/** The find step: communities, rings and organisers of a case, kept as findings; skipped when nothing before it changed. */
import type { ContactOnly, EngineNote, Exclusion, Findings, Ring } from '@ringmap/model/finding'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { PROTECTED_ROLES, type Role } from '@ringmap/model/schema'
import type { NetworkExclusion } from '@ringmap/graph/person-network'
import type { FoundRing } from '@ringmap/graph/rings'
import { induced } from '@ringmap/graph/subgraph'
import { freshTables } from '@ringmap/store/tables'
import { sql } from '@ringmap/store/sql'
import { SERVICES, type EntityName } from './case-network.ts'
import { evidenceCopies } from './evidence-copies.ts'
import { DOUBT_TIES, foundNetwork, namedNode, namedPart, type FoundNetwork } from './found-network.ts'
import { fingerprintOf } from './import-step.ts'
import { INSULATED_WARNING, insulated } from './insulated.ts'
import { engineMark } from './engine-mark.ts'
import { communitiesToKeep, type KeptCommunities } from './kept-communities.ts'
import { layerOrders } from './layer-orders.ts'
import { linkageDoubts } from './linkage-doubts.ts'
import { mergedDoubts } from './merged-doubts.ts'
import { stepFingerprint } from './link-step.ts'
import { chooseEngine, type EngineAnswer, type EngineOptions } from './network-engine.ts'
import type { OpenCase } from './open-case.ts'
import type { NamedNetwork } from './named-network.ts'
import { rankOrganisers, type RankedOrganisers } from './organisers.ts'
import { ringDoubts } from './ring-doubt.ts'
import { timedLinks } from './timed-links.ts'
import type { WorkerOptions } from './workers.ts'

/** Raised when the method changes. */
const FIND_VERSION = 8
/** Persons described in the overall order; every one is ranked, and `of` says how many. */
const LISTED_OVERALL = 200
const LISTED_IN_RING = 60

export interface FindStepOptions extends WorkOptions, WorkerOptions {
  readonly force?: boolean | undefined
  /** Default: findings are taken as they are, whoever made them, and made here where there are none. */
  readonly engine?: EngineOptions | undefined
}

/** Findings as kept in the case: identities unmasked, `{id}` standing for a label inside texts. */
export async function runFind(open: OpenCase, options: FindStepOptions = {}): Promise<Findings> {
  const { database, file } = open
  const fingerprint = fingerprintOf({ before: await stepFingerprint(open, 'link'), find: file.find, network: file.network, version: FIND_VERSION })
  const before = await database.one<{ fingerprint: string }>(sql`SELECT fingerprint FROM step WHERE name = 'find'`)
  const [mark = '', by] = (before?.fingerprint ?? '').split(' ')
  if (options.force !== true && mark === fingerprint) {
    const there = await loadFindings(open)
    if (options.engine === undefined || markOf(open, options.engine, there.network.ties) === by) return there
  }
  const { findings, kept } = await find(open, { ...options, engine: options.engine ?? { engine: 'local', password: () => Promise.resolve(null) } })
  const made = options.engine === undefined ? undefined : markOf(open, options.engine, findings.network.ties)
  await database.transaction(async () => {
    for (const statement of freshTables('find')) await database.run(statement)
    await database.append('finding', [['findings', JSON.stringify(findings)], ...(kept === null ? [] : [communitiesToKeep(kept)])])
    await database.run(sql`INSERT INTO step VALUES ('find', ${kept === null ? fingerprint : `${fingerprint} ${made ?? ''}`})`)
  })
  return findings
}

/** Findings of another engine, or another way of using it, are other findings. */
function markOf(open: OpenCase, options: EngineOptions, ties: number): string | undefined {
  const { use } = options.engine === 'auto' ? chooseEngine(open, ties, options) : { use: options.engine }
  return use === 'local' ? undefined : engineMark(options)
}

/** @throws RingmapError step_missing */
export async function loadFindings(open: OpenCase): Promise<Findings> {
  await stepFingerprint(open, 'find')
  const row = await open.database.one<{ json: string }>(sql`SELECT json FROM finding WHERE name = 'findings'`)
  if (row === null) throw new Error('broken promise: a finished find step has findings')
  return JSON.parse(row.json) as Findings
}

async function find(open: OpenCase, options: FindStepOptions): Promise<{ readonly findings: Findings; readonly kept: KeptCommunities | null }> {
  const settings = open.file.find
  const step = (what: string, done: number): void => {
    options.progress?.(what, done, 5)
    stopIfAsked(options.signal)
  }
  step('person network', 0)
  const found = await foundNetwork(open, options)
  step('organisers', 2)
  const orders = await foundOrders(found, options)
  const { network, names } = found
  step('layers', 3)
  const layers = layerOrders(found, await timedLinks(open, found, { each: 'layer' }), orders.whole, orders.overall.organisers, { signal: options.signal })
  step('rings', 4)
  const doubts = ringDoubts(found, options)
  const rings = orders.rings.map((ring, r) => ({ ...ring, ...doubts?.[r] }))
  const unattributed = [...network.actors].filter((entity) => !['Person', 'Organisation'].includes(names.get(entity)?.kind ?? '')).length
  const stability = orders.overall.stability
  const engine = found.engine === null ? null : engineNote(found, found.engine, new Map(orders.overall.organisers.map((one) => [one.subject, one.rank])))
  const findings: Findings = {
    seed: settings.seed, scope: found.scope,
    network: { persons: network.actors.length - unattributed, unattributed, ties: network.csr.tie_count, communities: found.found.count, modularity: found.found.modularity },
    rings, organisers: orders.overall.organisers, ...(stability === null ? {} : { stability }), layers,
    insulated: insulated(found, orders.whole), insulated_warning: INSULATED_WARNING, contact_only: contactsOnly(found),
    unranked: countUnranked(found), exclusions: [...network.exclusions.map((exclusion) => explained(exclusion, names)), ...(await services(open))],
    ...(engine === null ? {} : { engine }),
    cautions: [
      ...(engine?.differs ?? []), ...found.cautions, ...(orders.overall.note === null ? [] : [orders.overall.note]), ...(doubts === null ? [unsaid(found)] : []), ...standingCautions(found.scope),
      ...(stability === null || stability.stable ? [] : [`Not stable: of the first ${stability.top}, ${Math.round(stability.top_overlap * 100)} % stay among them when evidence is missing or wrong. Read the order as a list of questions.`]),
    ],
  }
  return { findings, kept: found.engine === null ? null : { communities: found.found, asked: [...found.asked] } }
}

function engineNote(found: FoundNetwork, { note, first }: EngineAnswer, overall: ReadonlyMap<string, number>): EngineNote {
  const of = found.network.actors.reduce((sum, _, actor) => sum + (namedNode(found, actor).eligible ? 1 : 0), 0)
  return {
    ...note,
    first: first.map(({ measure, places }) => ({
      measure, places: places.map(({ node, value }) => {
        const { id, label } = namedNode(found, node)
        // Equal values share the better place.
        return { subject: id, label, value, rank: 1 + places.filter((other) => other.value > value).length, of, overall: overall.get(id) ?? null }
      }),
    })),
  }
}

function unsaid({ network, engine }: FoundNetwork): string {
  return network.csr.tie_count > DOUBT_TIES ? 'The network is too large to find its communities twenty times over: how sure the rings are is not said.'
    : `${engine?.note.communities === 'louvain' ? 'Louvain in Graph Data Science' : 'The method'} takes no seed to be tried again with: how sure the rings are is not said.`
}

export interface FoundOrders {
  readonly whole: NamedNetwork
  readonly overall: RankedOrganisers
  readonly rings: readonly Ring[]
}

/** The merged orders, overall and in each ring, with the intervals of the same copies of the evidence. */
export async function foundOrders(found: FoundNetwork, options: WorkOptions & WorkerOptions & { readonly copies?: number | undefined } = {}): Promise<FoundOrders> {
  const settings = { ...found.open.file.find, copies: options.copies ?? found.open.file.find.copies }
  const whole = namedPart(found, found.asked, 'the network')
  const thin = await evidenceCopies(found, settings)
  const [doubts, merged] = [await linkageDoubts(found), await mergedDoubts(found)]
  const { threads = found.open.threads, signal } = options
  const overall = await rankOrganisers(whole, { ...settings, limit: LISTED_OVERALL, thin, doubts, merged, threads, signal, progress: options.progress })
  const place = new Map([...found.asked].map((actor, i) => [actor, i]))
  const rings: Ring[] = []
  for (const [r, ring] of found.rings.entries()) {
    stopIfAsked(signal)
    const part = namedPart(found, [...ring.members], `Ring ${r + 1}`)
    const nodes = [...part.actors].flatMap((actor) => place.get(actor) ?? [])
    const inRing = nodes.length === part.actors.length ? (copy: number) => induced(thin(copy), nodes).csr : undefined
    rings.push(describeRing(found, ring, r, await rankOrganisers(part, { ...settings, limit: LISTED_IN_RING, thin: inRing, doubts, merged, threads, signal })))
  }
  return { whole, overall, rings }
}

function describeRing(found: FoundNetwork, ring: FoundRing, place: number, { organisers, stability }: RankedOrganisers): Ring {
  const entityOf = (actor: number): number => found.network.actors[actor] as number
  return {
    id: `ring-${place + 1}`, label: `Ring ${place + 1}`, members: [...ring.members].map((actor) => found.names.get(entityOf(actor))?.id ?? ''),
    density: ring.density, criminal_share: ring.criminal_share, criminal_links: ring.criminal_links,
    protected_members: [...ring.members].filter((actor) => PROTECTED_ROLES.includes(found.unranked.get(entityOf(actor)) as Role)).length,
    organisers, ...(stability === null ? {} : { stability }),
  }
}

/** Among those whose place would be asked. */
function contactsOnly(found: FoundNetwork): ContactOnly[] {
  return [...found.asked].flatMap((actor) => {
    const entity = found.network.actors[actor] as number
    const reason = found.contact_only.get(entity)
    const name = found.names.get(entity)
    if (reason === undefined || name === undefined || found.unranked.has(entity) || name.kind === 'Organisation') return []
    return [{ subject: name.id, label: name.kind === 'Person' ? name.label : `unknown user of ${name.label}`, reason }]
  })
}

function countUnranked({ network, unranked }: FoundNetwork): Partial<Record<Role, number>> {
  const counts: Partial<Record<Role, number>> = {}
  for (const entity of network.actors) {
    const role = unranked.get(entity)
    if (role !== undefined) counts[role] = (counts[role] ?? 0) + 1
  }
  return counts
}

function explained(exclusion: NetworkExclusion, names: ReadonlyMap<number, EntityName>): Exclusion {
  const name = names.get(exclusion.entity)
  const reasons = {
    hub: `used by ${exclusion.shared_by} persons, more than hub_limit: ties none of them together`,
    event: `${exclusion.shared_by} participants, more than event_limit: ties none of them together`,
    contacts: `${exclusion.shared_by} distinct contacts and no known user, more than contact_limit: taken for a service`,
  }
  return { entity: name?.id ?? '', label: name?.label ?? '', kind: name?.kind ?? '', shared_by: exclusion.shared_by, reason: reasons[exclusion.code] }
}

async function services(open: OpenCase): Promise<Exclusion[]> {
  const rows = await open.database.rows<{ id: string; label: string; kind: string; contacts: number }>(sql`SELECT e.id, e.label, e.kind,
    (SELECT count(DISTINCT CASE WHEN l.source = e.entity THEN l.target ELSE l.source END) FROM link l WHERE l.source = e.entity OR l.target = e.entity) AS contacts
    FROM entity e JOIN (${SERVICES}) s USING (entity) ORDER BY e.entity`)
  return rows.map(({ id, label, kind, contacts }) => ({ entity: id, label, kind, shared_by: contacts, reason: 'a short code or a sender name: a service, nobody\'s own number' }))
}

function standingCautions(scope: 'rings' | 'all'): string[] {
  return [
    'A high place says where a person stands in what was recorded, not what he or she did; a lawyer, a relative or a tapped number can stand there too.',
    'Who never used a recorded phone, account or vehicle cannot be found here.',
    ...(scope === 'all' ? ['No community holds enough links to offences to count as a ring, so everyone with a tie is ranked.'] : []),
  ]
}
