/** What analysis has to say: a measured statement about a subject, how sure it is, and the links it stands on. */
import type { Role } from './schema.ts'

/** The measures a finding or `ringmap measure` can name. */
export const MEASURES = [
  'current-flow', 'betweenness', 'constraint', 'effective-size', 'degree', 'weighted-degree', 'pagerank', 'eigenvector', 'katz', 'hub', 'authority', 'closeness', 'harmonic', 'k-core',
  'k-truss', 'hub-share', 'collective-influence', 'reach', 'cut-points', 'fragmentation', 'participation', 'cartography', 'distance', 'dominated', 'structural-equivalence',
  'role-similarity', 'louvain', 'leiden', 'membership', 'components', 'strong-components',
] as const
export type Measure = (typeof MEASURES)[number]

/** A reason in words, with the links that carry it so that the rows can be shown. */
export interface Reason {
  /** Which kind of reason: `contacts`, `joins`, `falls-apart`, `busiest`, `reached-through`, `stable`. */
  readonly code: string
  readonly text: string
  /** Entity ids and link ids that it stands on. */
  readonly entities: readonly string[]
  readonly links: readonly string[]
}

/** A community of persons with enough evidence of offences among them. */
export interface Ring {
  /** `ring-1`, in order of criminal density then size. */
  readonly id: string
  /** `Ring 1`. */
  readonly label: string
  /** Entity ids, best connected first. */
  readonly members: readonly string[]
  /** Ties among members over possible ties, 0 to 1. */
  readonly density: number
  /** Members with at least one criminal link, 0 to 1. */
  readonly criminal_share: number
  /** Distinct criminal links at members. */
  readonly criminal_links: number
  /** Members of protected roles, counted but not named. */
  readonly protected_members: number
  /** Order of the ring's organisers by current-flow betweenness inside it. */
  readonly organisers: readonly OrganiserFinding[]
  readonly stability?: Stability
  /** Mean overlap (Jaccard) with what other runs of the same method find in its place. */
  readonly agreement?: { readonly overlap: number; readonly runs: number }
  /** Members who are with it in fewer than four of five runs. */
  readonly edge?: readonly RingEdge[]
}

/** Somebody at the edge of a ring. */
export interface RingEdge {
  readonly subject: string
  readonly label: string
  /** Share of the runs in which he or she is with the ring. */
  readonly share: number
  /** The other ring where he or she is most often, if any, and how often. */
  readonly also: string | null
  readonly also_share: number
}

/** One person's place in an order. Never a statement of guilt: it says where he stands in what was recorded. */
export interface OrganiserFinding {
  readonly measure: Measure
  /** Entity id. */
  readonly subject: string
  readonly label: string
  readonly roles: readonly Role[]
  readonly value: number
  /** 1 is first; ties share the better rank. */
  readonly rank: number
  /** How many were ranked. */
  readonly of: number
  /**
   * Holds the true rank at least nine times in ten: the middle 95 % of the rank over copies of the evidence, half of them with evidence left out, half with some added; `first_ten`: share of
   * the copies in which he or she is among the first ten.
   */
  readonly interval: { readonly low: number; readonly high: number; readonly copies: number; readonly thinned: number; readonly first_ten?: number }
  /** The ring he is in, if any. */
  readonly ring: string | null
  /** The other measures beside, each with its value and rank. */
  readonly beside: Readonly<Partial<Record<Measure, { readonly value: number; readonly rank: number }>>>
  readonly because: readonly Reason[]
}

/** A place in an order, without its reasons. */
export interface Place {
  /** Entity id. */
  readonly subject: string
  readonly label: string
  readonly value: number
  readonly rank: number
  readonly of: number
  /** Place in the merged order; null where he or she is not ranked there. */
  readonly overall: number | null
}

/** The order on one layer alone, among the same persons as the merged one. */
export interface LayerOrder {
  /** `calls`, `money`..., or the name that a mapping gives. */
  readonly layer: string
  readonly label: string
  /** Persons with a tie on this layer, and the ties. */
  readonly persons: number
  readonly ties: number
  /** Best first. */
  readonly organisers: readonly Place[]
  /** Persons of the first ten of the merged order who have no tie on this layer: entity ids. */
  readonly unseen: readonly string[]
}

/** Someone who reaches the network through its busiest people and few besides. */
export interface InsulatedFinding {
  readonly subject: string
  readonly label: string
  readonly ring: string | null
  /** Hub share: hubs * hubs / contacts. */
  readonly value: number
  readonly rank: number
  readonly contacts: number
  readonly hubs: number
  /** Place by volume of contact among all of the same network. */
  readonly volume_rank: number
  readonly of: number
  readonly because: readonly Reason[]
}

/** How well an order as a whole stands up to missing and wrong evidence. */
export interface Stability {
  /** Mean share of the first `top` that are among the first `top` of a copy. */
  readonly top_overlap: number
  readonly top: number
  /** Under this the order is called not stable. */
  readonly level: number
  readonly stable: boolean
}

/** A person whose place is not asked, because all that is recorded are contacts that anyone may have. */
export interface ContactOnly {
  readonly subject: string
  readonly label: string
  readonly reason: string
}

/** Something left out of the person network, and why: nothing leaves in silence. */
export interface Exclusion {
  readonly entity: string
  readonly label: string
  readonly kind: string
  /** How many share it. */
  readonly shared_by: number
  readonly reason: string
}

/** Which machine computed on the whole network, where it was not this one, and what that changes. */
export interface EngineNote {
  readonly name: 'gds'
  /** As the server calls itself: `Neo4j/5.26.30`. */
  readonly server: string
  /** Of Graph Data Science. */
  readonly version: string
  /** Why this engine. */
  readonly why: string
  /** Threads; at one alone the same communities come twice. */
  readonly concurrency: number
  readonly communities: 'leiden' | 'louvain'
  /** Persons from whom betweenness was estimated; null: all, so it is exact. */
  readonly betweenness_sources: number | null
  /** Parts of the whole network that no tie joins. */
  readonly components: number
  /** Persons whose community came back from the server, of how many; communities of fewer than `least`, too small for a ring, stayed there. */
  readonly returned: { readonly persons: number; readonly of: number; readonly least: number }
  /** In words: what would be otherwise with the local engine. */
  readonly differs: readonly string[]
  /** First persons of the whole network, by measure; never those of protected roles. */
  readonly first: readonly { readonly measure: Measure; readonly places: readonly Place[] }[]
}

/** Everything `ringmap find` writes down. */
export interface Findings {
  readonly seed: number
  /** `rings`: organisers among members of rings; `all`: no criminal links are recorded, so everyone is ranked. */
  readonly scope: 'rings' | 'all'
  readonly network: { readonly persons: number; readonly unattributed: number; readonly ties: number; readonly communities: number; readonly modularity: number }
  readonly rings: readonly Ring[]
  /** Overall order, best first. */
  readonly organisers: readonly OrganiserFinding[]
  /** How many persons were left unranked, by role. */
  readonly unranked: Readonly<Partial<Record<Role, number>>>
  readonly exclusions: readonly Exclusion[]
  readonly stability?: Stability
  /** The same persons ordered on each layer alone. */
  readonly layers?: readonly LayerOrder[]
  /** A list of its own, never mixed with the order; its warning stands in `insulated_warning`. */
  readonly insulated?: readonly InsulatedFinding[]
  readonly insulated_warning?: string
  /** Left unranked: kin, household, a professional's work, one single contact. */
  readonly contact_only?: readonly ContactOnly[]
  /** Only where the engine was another than this machine. */
  readonly engine?: EngineNote
  /** What to know before relying on it. */
  readonly cautions: readonly string[]
}
