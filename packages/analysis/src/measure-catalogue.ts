/** Every measure that can be named: how to run it, which end is first, what it means, its formula and where it comes from. */
import type { Csr } from '@ringmap/graph/csr'
import type { Measure } from '@ringmap/model/finding'
import type { WorkOptions } from '@ringmap/model/progress'
import { betweenness } from './betweenness.ts'
import { constraint, effectiveSize } from './burt.ts'
import { closeness } from './closeness.ts'
import { connectedComponents } from './components.ts'
import { currentFlowBetweenness } from './current-flow-betweenness.ts'
import { degree, weightedDegree } from './degree.ts'
import { coreness } from './k-core.ts'
import { pagerank } from './pagerank.ts'
import type { Direction } from './ranking.ts'

export interface MeasureOptions extends WorkOptions {
  /** Ties count by weight where the measure knows weights; default false. */
  readonly weighted?: boolean
}

export interface MeasureEntry {
  readonly label: string
  /** Which end is first. */
  readonly direction: Direction
  /** One value a node; NaN where the measure says nothing. */
  readonly run: (csr: Csr, options?: MeasureOptions) => Float64Array
  /** One sentence for a person who is no mathematician. */
  readonly meaning: string
  readonly formula: string
  readonly reference: string
}

/** Louvain's communities are made beside the charts, in graph. */
export type CataloguedMeasure = Exclude<Measure, 'louvain'>

export const MEASURE_CATALOGUE: Readonly<Record<CataloguedMeasure, MeasureEntry>> = {
  'current-flow': {
    label: 'Current-flow betweenness', direction: 'high', run: (csr, options) => currentFlowBetweenness(csr, options),
    meaning: 'How much of everything that could pass between two others would pass through this person, by all ways and not the shortest alone.',
    formula: 'sum over pairs s, t of the unit current from s to t through v, divided by (n-1)(n-2)/2',
    reference: 'Newman 2005, Social Networks 27; Brandes & Fleischer 2005, STACS',
  },
  betweenness: {
    label: 'Betweenness', direction: 'high', run: (csr, options) => betweenness(csr, options),
    meaning: 'How often this person stands on the shortest way between two others.',
    formula: 'sum over pairs s, t of (shortest paths through v) / (shortest paths), divided by the number of pairs',
    reference: 'Freeman 1977, Sociometry 40; Brandes 2001, Journal of Mathematical Sociology 25',
  },
  constraint: {
    label: 'Constraint', direction: 'low', run: (csr, options) => constraint(csr, options),
    meaning: 'How far the contacts of this person know each other anyway; a low value is the place of a broker.',
    formula: 'sum over contacts v of (p(u,v) + sum over w of p(u,w) p(w,v))^2, p the share of ties',
    reference: 'Burt 1992, Structural Holes',
  },
  'effective-size': {
    label: 'Effective size', direction: 'high', run: (csr, options) => effectiveSize(csr, options),
    meaning: 'How many contacts this person has that do not lead to the same people.',
    formula: 'sum over contacts v of (1 - sum over w of p(u,w) m(v,w)); unweighted: contacts less the mean number of ties among them',
    reference: 'Burt 1992, Structural Holes; Borgatti 1997, Connections 20',
  },
  degree: {
    label: 'Contacts', direction: 'high', run: (csr) => degree(csr),
    meaning: 'How many others this person is in direct contact with.',
    formula: 'number of ties', reference: 'Freeman 1978, Social Networks 1',
  },
  'weighted-degree': {
    label: 'Volume', direction: 'high', run: (csr) => weightedDegree(csr),
    meaning: 'How much contact this person has in all: calls, meetings, payments counted together.',
    formula: 'sum of the weights of the ties', reference: 'Barrat et al. 2004, PNAS 101',
  },
  pagerank: {
    label: 'PageRank', direction: 'high', run: (csr, options) => pagerank(csr, options),
    meaning: 'How often someone comes past this person who goes from contact to contact at random.',
    formula: 'x(v) = d * sum over u of x(u) / deg(u) + (1 - d) / n, d = 0.85', reference: 'Brin & Page 1998, Computer Networks 30',
  },
  closeness: {
    label: 'Closeness', direction: 'high', run: (csr, options) => closeness(csr, options),
    meaning: 'How few steps this person is away from all others.',
    formula: '(r-1) / (sum of distances) * (r-1) / (n-1), r = nodes in reach', reference: 'Wasserman & Faust 1994, Social Network Analysis',
  },
  'k-core': {
    label: 'Core number', direction: 'high', run: (csr) => Float64Array.from(coreness(csr)),
    meaning: 'How deep this person is in the densest part, where everyone has at least so many contacts.',
    formula: 'largest k such that v is in a part where everyone has at least k ties inside it', reference: 'Seidman 1983, Social Networks 5; Batagelj & Zaversnik 2003',
  },
  components: {
    label: 'Connected part', direction: 'low', run: (csr) => Float64Array.from(connectedComponents(csr).component),
    meaning: 'Which connected part of the network this person is in; a number to tell parts apart, not an order.',
    formula: 'parts are numbered from 0 by their first node', reference: 'Tarjan & van Leeuwen 1984, Journal of the ACM 31',
  },
}
