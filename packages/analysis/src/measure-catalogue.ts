/** Every measure that can be named: how to run it, which end is first, what it means, its formula and where it comes from. */
import type { Csr } from '@ringmap/graph/csr'
import type { Measure } from '@ringmap/model/finding'
import type { WorkOptions } from '@ringmap/model/progress'
import { betweenness } from './betweenness.ts'
import { constraint, effectiveSize } from './burt.ts'
import { closeness, harmonic } from './closeness.ts'
import { connectedComponents } from './components.ts'
import { currentFlow, currentFlowNote } from './current-flow.ts'
import { cutPoints } from './cut-points.ts'
import { degree, weightedDegree } from './degree.ts'
import { hubShare } from './hub-share.ts'
import { coreness } from './k-core.ts'
import { leiden } from './leiden.ts'
import { pagerank } from './pagerank.ts'
import { bytesByNode, currentFlowBytes, currentFlowSteps, fromEveryNode, passes, type NetworkSize } from './measure-size.ts'
import type { Direction } from './ranking.ts'
import { undirected } from './undirected.ts'

export interface MeasureOptions extends WorkOptions {
  /** Ties count by weight where the measure knows weights; default false. */
  readonly weighted?: boolean
  /** Of measures that draw at random; default 1. */
  readonly seed?: number
}

export interface MeasureEntry {
  readonly label: string
  /** Which end is first. */
  readonly direction: Direction
  /** Values number groups (0 is the first) and are no order; default false. */
  readonly groups?: boolean
  /** Rough work in steps of about 10 ns, from sizes alone. */
  readonly steps: (size: NetworkSize) => number
  /** Memory beside the network at most, in bytes. */
  readonly bytes: (size: NetworkSize) => number
  /** One value a node; NaN where the measure says nothing. */
  readonly run: (csr: Csr, options?: MeasureOptions) => Float64Array
  /** Where large networks are estimated: the same values, and in words how sure they are (null where exact). */
  readonly noted?: (csr: Csr, options?: MeasureOptions) => NotedValues
  /** One sentence for a person who is no mathematician. */
  readonly meaning: string
  readonly formula: string
  readonly reference: string
}

export interface NotedValues {
  readonly value: Float64Array
  readonly note: string | null
}

/** Louvain's communities are made beside the charts, in graph. */
export type CataloguedMeasure = Exclude<Measure, 'louvain'>

export const MEASURE_CATALOGUE: Readonly<Record<CataloguedMeasure, MeasureEntry>> = {
  'current-flow': {
    label: 'Current-flow betweenness', direction: 'high', steps: currentFlowSteps, bytes: currentFlowBytes,
    run: (csr, options) => currentFlow(csr, options).value,
    noted: (csr, options) => {
      const flow = currentFlow(csr, options)
      return { value: flow.value, note: currentFlowNote(flow) }
    },
    meaning: 'How much of everything that could pass between two others would pass through this person, by all ways and not the shortest alone.',
    formula: 'sum over pairs s, t of the unit current from s to t through v, divided by (n-1)(n-2)/2',
    reference: 'Newman 2005, Social Networks 27; Brandes & Fleischer 2005, STACS',
  },
  betweenness: {
    label: 'Betweenness', direction: 'high', steps: fromEveryNode(0.6), bytes: bytesByNode(500),
    run: (csr, options) => betweenness(csr, options),
    meaning: 'How often this person stands on the shortest way between two others.',
    formula: 'sum over pairs s, t of (shortest paths through v) / (shortest paths), divided by the number of pairs',
    reference: 'Freeman 1977, Sociometry 40; Brandes 2001, Journal of Mathematical Sociology 25',
  },
  constraint: {
    label: 'Constraint', direction: 'low', steps: passes(20), bytes: bytesByNode(40),
    run: (csr, options) => constraint(csr, options),
    meaning: 'How far the contacts of this person know each other anyway; a low value is the place of a broker.',
    formula: 'sum over contacts v of (p(u,v) + sum over w of p(u,w) p(w,v))^2, p the share of ties',
    reference: 'Burt 1992, Structural Holes',
  },
  'effective-size': {
    label: 'Effective size', direction: 'high', steps: passes(20), bytes: bytesByNode(48),
    run: (csr, options) => effectiveSize(csr, options),
    meaning: 'How many contacts this person has that do not lead to the same people.',
    formula: 'sum over contacts v of (1 - sum over w of p(u,w) m(v,w)); unweighted: contacts less the mean number of ties among them',
    reference: 'Burt 1992, Structural Holes; Borgatti 1997, Connections 20',
  },
  degree: {
    label: 'Contacts', direction: 'high', steps: passes(1), bytes: bytesByNode(8),
    run: (csr) => degree(csr),
    meaning: 'How many others this person is in direct contact with.',
    formula: 'number of ties', reference: 'Freeman 1978, Social Networks 1',
  },
  'weighted-degree': {
    label: 'Volume', direction: 'high', steps: passes(1), bytes: bytesByNode(8),
    run: (csr) => weightedDegree(csr),
    meaning: 'How much contact this person has in all: calls, meetings, payments counted together.',
    formula: 'sum of the weights of the ties', reference: 'Barrat et al. 2004, PNAS 101',
  },
  pagerank: {
    label: 'PageRank', direction: 'high', steps: passes(60), bytes: bytesByNode(64),
    run: (csr, options) => pagerank(csr, options),
    meaning: 'How often someone comes past this person who goes from contact to contact at random.',
    formula: 'x(v) = d * sum over u of x(u) / deg(u) + (1 - d) / n, d = 0.85', reference: 'Brin & Page 1998, Computer Networks 30',
  },
  closeness: {
    label: 'Closeness', direction: 'high', steps: fromEveryNode(0.03), bytes: bytesByNode(140),
    run: (csr, options) => closeness(csr, options),
    meaning: 'How few steps this person is away from all others.',
    formula: '(r-1) / (sum of distances) * (r-1) / (n-1), r = nodes in reach', reference: 'Wasserman & Faust 1994, Social Network Analysis',
  },
  harmonic: {
    label: 'Harmonic closeness', direction: 'high', steps: fromEveryNode(0.03), bytes: bytesByNode(140),
    run: (csr, options) => harmonic(csr, options),
    meaning: 'How near this person is to all others, near ones counting most; whoever is out of reach counts nothing.',
    formula: 'sum over others u of 1 / d(u,v)', reference: 'Marchiori & Latora 2000, Physica A 285',
  },
  'k-core': {
    label: 'Core number', direction: 'high', steps: passes(3), bytes: bytesByNode(24),
    run: (csr) => Float64Array.from(coreness(csr)),
    meaning: 'How deep this person is in the densest part, where everyone has at least so many contacts.',
    formula: 'largest k such that v is in a part where everyone has at least k ties inside it', reference: 'Seidman 1983, Social Networks 5; Batagelj & Zaversnik 2003',
  },
  'hub-share': {
    label: 'Hub share', direction: 'high', steps: passes(3), bytes: bytesByNode(32),
    run: (csr) => hubShare(csr),
    meaning: 'How far this person reaches the network through its busiest people and few besides: the place of an insulated leader, and of a lawyer or a tapped handset.',
    formula: 'c * c / k with k contacts, at least 4, c of them among the busiest 5 % by volume', reference: 'docs/method.md; VAST 2008 challenge data',
  },
  'cut-points': {
    label: 'Parts without', direction: 'high', steps: passes(3), bytes: bytesByNode(40),
    run: (csr) => Float64Array.from(cutPoints(undirected(csr)).partsWithout),
    meaning: 'Into how many parts the rest of the network around this person falls without him or her; 1 where it holds together.',
    formula: 'connected parts of the component of v less v', reference: 'Hopcroft & Tarjan 1973, Communications of the ACM 16',
  },
  leiden: {
    label: 'Community (Leiden)', direction: 'low', groups: true, steps: passes(60), bytes: ({ nodes, ties }) => 200 * nodes + 48 * ties,
    run: (csr, options) => Float64Array.from(leiden(csr, { seed: options?.seed ?? 1, weighted: options?.weighted ?? false, progress: options?.progress, signal: options?.signal }).community),
    meaning: 'Which community this person is in, the largest first; every community holds together. A number to tell them apart, not an order.',
    formula: 'modularity at resolution 1 by local moves, refinement and aggregation', reference: 'Traag, Waltman & van Eck 2019, Scientific Reports 9',
  },
  components: {
    label: 'Connected part', direction: 'low', groups: true, steps: passes(1), bytes: bytesByNode(12),
    run: (csr) => Float64Array.from(connectedComponents(csr).component),
    meaning: 'Which connected part of the network this person is in; a number to tell parts apart, not an order.',
    formula: 'parts are numbered from 0 by their first node', reference: 'Tarjan & van Leeuwen 1984, Journal of the ACM 31',
  },
}
