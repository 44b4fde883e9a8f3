/** The find step: communities, rings and organisers of a case, kept as findings; skipped when nothing before it changed. */
import type { Exclusion, Findings, OrganiserFinding, Ring } from '@ringmap/model/finding'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { PROTECTED_ROLES, type Role } from '@ringmap/model/schema'
import { communities } from '@ringmap/graph/communities'
import type { NetworkExclusion, PersonNetwork } from '@ringmap/graph/person-network'
import { findRings, type FoundRing } from '@ringmap/graph/rings'
import { induced } from '@ringmap/graph/subgraph'
import { freshTables } from '@ringmap/store/tables'
import { sql } from '@ringmap/store/sql'
import { loadNetwork, namesOf, SERVICES, unrankedRoles, type CaseColumns, type EntityName } from './case-network.ts'
import { fingerprintOf } from './import-step.ts'
import { stepFingerprint } from './link-step.ts'
import type { OpenCase } from './open-case.ts'
import { rankOrganisers, type NamedNetwork } from './organisers.ts'

/** Raised when the method changes. */
const FIND_VERSION = 1
/** Persons described in the overall order; every one is ranked, and `of` says how many. */
const LISTED_OVERALL = 200
const LISTED_IN_RING = 60
/** Above this the exact main measure would take minutes; then only the best connected part is ranked and the findings say so. */
const EXACT_NODES = 4000

export interface FindStepOptions extends WorkOptions {
  readonly force?: boolean | undefined
}

type Loaded = CaseColumns & { readonly network: PersonNetwork }

/** Findings as kept in the case: identities unmasked, `{id}` standing for a label inside texts. */
export async function runFind(open: OpenCase, options: FindStepOptions = {}): Promise<Findings> {
  const { database, file } = open
  const fingerprint = fingerprintOf({ before: await stepFingerprint(open, 'link'), find: file.find, network: file.network, version: FIND_VERSION })
  const before = await database.one<{ fingerprint: string }>(sql`SELECT fingerprint FROM step WHERE name = 'find'`)
  if (options.force !== true && before?.fingerprint === fingerprint) return await loadFindings(open)
  const findings = await find(open, options)
  await database.transaction(async () => {
    for (const statement of freshTables('find')) await database.run(statement)
    await database.append('finding', [['findings', JSON.stringify(findings)]])
    await database.run(sql`INSERT INTO step VALUES ('find', ${fingerprint})`)
  })
  return findings
}

/** @throws RingmapError step_missing */
export async function loadFindings(open: OpenCase): Promise<Findings> {
  await stepFingerprint(open, 'find')
  const row = await open.database.one<{ json: string }>(sql`SELECT json FROM finding WHERE name = 'findings'`)
  if (row === null) throw new Error('broken promise: a finished find step has findings')
  return JSON.parse(row.json) as Findings
}

async function find(open: OpenCase, options: FindStepOptions): Promise<Findings> {
  const settings = open.file.find
  const step = (what: string, done: number): void => {
    options.progress?.(what, done, 4)
    stopIfAsked(options.signal)
  }
  step('person network', 0)
  const loaded = await loadNetwork(open)
  const { network } = loaded
  step('communities', 1)
  const found = communities(network.csr, { seed: settings.seed, resolution: settings.resolution })
  const rings = findRings(network, found.community, settings)
  const scope = settings.scope === 'all' || (settings.scope === 'auto' && rings.length === 0) ? 'all' : 'rings'
  step('organisers', 2)
  const names = await namesOf(open.database, [...network.actors, ...network.exclusions.map(({ entity }) => entity)])
  const unranked = await unrankedRoles(open.database)
  const ringOf = new Map<number, number>()
  rings.forEach((ring, r) => ring.members.forEach((actor) => ringOf.set(actor, r)))
  const people: People = { names, unranked, ring_of: ringOf, link_id: await linkIds(open) }
  const cautions: string[] = []
  const whole = overallActors(network, rings, scope, cautions)
  const organisers = rankOrganisers(named(loaded, people, whole, 'the network'), { ...settings, limit: LISTED_OVERALL, signal: options.signal })
  const described = rings.map((ring, r) => describeRing(loaded, people, ring, r, settings, options))
  step('writing', 3)
  const unattributed = [...network.actors].filter((entity) => !['Person', 'Organisation'].includes(names.get(entity)?.kind ?? '')).length
  return {
    seed: settings.seed, scope,
    network: { persons: network.actors.length - unattributed, unattributed, ties: network.csr.tie_count, communities: found.count, modularity: found.modularity },
    rings: described, organisers, unranked: countUnranked(network, unranked),
    exclusions: [...network.exclusions.map((exclusion) => explained(exclusion, names)), ...(await services(open))],
    cautions: [...cautions, ...standingCautions(scope)],
  }
}

interface People {
  readonly names: ReadonlyMap<number, EntityName>
  readonly unranked: ReadonlyMap<number, Role>
  /** Ring of each actor. */
  readonly ring_of: ReadonlyMap<number, number>
  /** Id of each link by number. */
  readonly link_id: (link: number) => string
}

async function linkIds(open: OpenCase): Promise<(link: number) => string> {
  const [ids] = await open.database.texts(sql`SELECT id FROM link ORDER BY link`)
  return (link) => ids?.[link] ?? ''
}

/** Actors whose order is asked: all members of rings, or everybody who has a tie. */
function overallActors(network: PersonNetwork, rings: readonly FoundRing[], scope: 'rings' | 'all', cautions: string[]): number[] {
  if (scope === 'rings') return [...new Set(rings.flatMap((ring) => [...ring.members]))]
  const { csr } = network
  const tied = Array.from({ length: csr.nodes }, (_, v) => v).filter((v) => (csr.offsets[v + 1] as number) > (csr.offsets[v] as number))
  if (tied.length <= EXACT_NODES) return tied
  cautions.push(`Only the ${EXACT_NODES} best connected of ${tied.length} are ranked: no links to offences are recorded that would say where to look, and the exact measure does not reach further.`)
  const degree = (v: number): number => (csr.offsets[v + 1] as number) - (csr.offsets[v] as number)
  return tied.sort((a, b) => degree(b) - degree(a) || a - b).slice(0, EXACT_NODES)
}

function named(loaded: Loaded, people: People, actors: readonly number[], called: string): NamedNetwork {
  const { network, link_numbers: numbers } = loaded
  const part = induced(network.csr, actors)
  return {
    csr: part.csr, called,
    nodes: [...part.node_of].map((actor) => {
      const entity = network.actors[actor] as number
      const name = people.names.get(entity) as EntityName
      const ring = people.ring_of.get(actor)
      const person = name.kind === 'Person'
      return {
        id: name.id, label: person || name.kind === 'Organisation' ? name.label : `unknown user of ${name.label}`, roles: name.roles,
        eligible: name.kind !== 'Organisation' && !people.unranked.has(entity),
        ring: ring === undefined ? null : `Ring ${ring + 1}`, ring_id: ring === undefined ? null : `ring-${ring + 1}`,
      }
    }),
    links_of_tie: (tie) => {
      const whole = part.tie_of[tie] as number
      return [...network.support_links.subarray(network.support_offsets[whole], network.support_offsets[whole + 1])].map((row) => people.link_id(numbers[row] as number))
    },
  }
}

function describeRing(loaded: Loaded, people: People, ring: FoundRing, place: number, settings: OpenCase['file']['find'], options: FindStepOptions): Ring {
  const label = `Ring ${place + 1}`
  const entityOf = (actor: number): number => loaded.network.actors[actor] as number
  const organisers: OrganiserFinding[] = rankOrganisers(named(loaded, people, [...ring.members], label), { ...settings, limit: LISTED_IN_RING, signal: options.signal })
  return {
    id: `ring-${place + 1}`, label, members: [...ring.members].map((actor) => people.names.get(entityOf(actor))?.id ?? ''),
    density: ring.density, criminal_share: ring.criminal_share, criminal_links: ring.criminal_links,
    protected_members: [...ring.members].filter((actor) => PROTECTED_ROLES.includes(people.unranked.get(entityOf(actor)) as Role)).length,
    organisers,
  }
}

function countUnranked(network: PersonNetwork, unranked: ReadonlyMap<number, Role>): Partial<Record<Role, number>> {
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
