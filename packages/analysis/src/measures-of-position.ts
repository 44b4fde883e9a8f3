/** Measures of where a person stands: between others, near them, deep among them. */
import type { Csr } from '@ringmap/graph/csr'
import { betweenness } from './betweenness.ts'
import { betweennessOnPool, betweennessSampledOnPool } from './betweenness-on-pool.ts'
import { betweennessSampled, type SampledBetweenness, type SampledBetweennessOptions } from './betweenness-sampled.ts'
import { constraint, effectiveSize } from './burt.ts'
import { closeness, harmonic } from './closeness.ts'
import { closenessOnPool, harmonicOnPool } from './closeness-on-pool.ts'
import { collectiveInfluence } from './collective-influence.ts'
import { currentFlow, currentFlowNote } from './current-flow.ts'
import { currentFlowOnPool } from './current-flow-on-pool.ts'
import { degree, weightedDegree } from './degree.ts'
import { eigenvector } from './eigenvector.ts'
import { hits } from './hits.ts'
import { hubShare } from './hub-share.ts'
import { coreness } from './k-core.ts'
import { trussNumbers } from './k-truss.ts'
import { katz } from './katz.ts'
import type { MeasureEntry, NotedValues } from './measure-entry.ts'
import type { MeasureOptions } from './measure-options.ts'
import { betweennessSteps, bytesByNode, currentFlowBytes, currentFlowSteps, distanceSteps, EXACT_BETWEENNESS, nearSteps, passes, trianglesSteps } from './measure-size.ts'
import { pagerank } from './pagerank.ts'
import { reachWithin } from './reach-within.ts'

export type MeasureOfPosition =
  | 'current-flow' | 'betweenness' | 'constraint' | 'effective-size' | 'degree' | 'weighted-degree' | 'pagerank' | 'eigenvector' | 'katz' | 'hub'
  | 'authority' | 'closeness' | 'harmonic' | 'k-core' | 'k-truss' | 'hub-share' | 'collective-influence' | 'reach'

export const MEASURES_OF_POSITION: Readonly<Record<MeasureOfPosition, MeasureEntry>> = {
  'current-flow': {
    label: 'Current-flow betweenness', direction: 'high', steps: currentFlowSteps, bytes: currentFlowBytes,
    run: (csr, options) => currentFlow(csr, options).value,
    noted: (csr, options) => {
      const flow = currentFlow(csr, options)
      return { value: flow.value, note: currentFlowNote(flow) }
    },
    pooled: async (csr, pool, options) => {
      const flow = await currentFlowOnPool(csr, pool, options)
      return { value: flow.value, note: currentFlowNote(flow) }
    },
    meaning: 'How much of everything that could pass between two others would pass through this person, by all ways and not the shortest alone.',
    formula: 'sum over pairs s, t of the unit current from s to t through v, divided by (n-1)(n-2)/2',
    reference: 'Newman 2005, Social Networks 27; Brandes & Fleischer 2005, STACS',
  },
  betweenness: {
    label: 'Betweenness', direction: 'high', steps: betweennessSteps, bytes: bytesByNode(500),
    run: (csr, options) => (isLarge(csr) ? betweennessSampled(csr, sampling(options)).value : betweenness(csr, options)),
    noted: (csr, options) => (isLarge(csr) ? sampledNote(betweennessSampled(csr, sampling(options)), options) : { value: betweenness(csr, options), note: null }),
    pooled: async (csr, pool, options = {}) => {
      if (isLarge(csr)) return sampledNote(await betweennessSampledOnPool(csr, pool, sampling(options)), options)
      return { value: await betweennessOnPool(csr, pool, options), note: null }
    },
    meaning: 'How often this person stands on the shortest way between two others.',
    formula: 'sum over pairs s, t of (shortest paths through v) / (shortest paths), divided by the number of pairs; with weights a tie is 1 / weight long',
    reference: 'Freeman 1977, Sociometry 40; Brandes 2001, Journal of Mathematical Sociology 25; Newman 2001, Physical Review E 64',
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
    run: (csr, options) => pagerank(csr, { ...options, jump: jumpTo(csr, options?.from) }),
    meaning: 'How often someone comes past this person who goes from contact to contact at random, and begins anew anywhere, or at the people named.',
    formula: 'x(v) = d * sum over u of x(u) / deg(u) + (1 - d) j(v), d = 0.85, j = 1 / n or even over the people named',
    reference: 'Brin & Page 1998, Computer Networks 30; Haveliwala 2002, WWW',
  },
  eigenvector: {
    label: 'Eigenvector centrality', direction: 'high', steps: passes(200), bytes: bytesByNode(40),
    run: (csr, options) => eigenvector(csr, options).value,
    noted: (csr, options) => {
      const { value, settled } = eigenvector(csr, options)
      return { value, note: settled ? null : 'Two parts of the network are so nearly alike that the values between them are not settled; compare inside one part only.' }
    },
    meaning: 'How well tied the contacts of this person are, whose contacts are well tied in turn; it sees the densest part alone.',
    formula: 'x(v) = 1/lambda * sum over u of w(u,v) x(u), lambda the largest eigenvalue; length 1', reference: 'Bonacich 1972, Journal of Mathematical Sociology 2',
  },
  katz: {
    label: 'Katz centrality', direction: 'high', steps: passes(400), bytes: bytesByNode(48),
    run: (csr, options) => katz(csr, options),
    meaning: 'How many ways of any length end at this person, longer ones counting less.',
    formula: 'x = alpha A^T x + 1, alpha = 0.85 / lambda; length 1', reference: 'Katz 1953, Psychometrika 18',
  },
  hub: {
    label: 'Hub', direction: 'high', steps: passes(400), bytes: bytesByNode(48),
    run: (csr, options) => hits(csr, options).hub,
    meaning: 'How far this person sends to those who collect from many: of money, the one who spreads it.',
    formula: 'h = A a, a = A^T h; sum 1', reference: 'Kleinberg 1999, Journal of the ACM 46',
  },
  authority: {
    label: 'Authority', direction: 'high', steps: passes(400), bytes: bytesByNode(48),
    run: (csr, options) => hits(csr, options).authority,
    meaning: 'How far this person receives from those who send to many: of money, the one who collects it.',
    formula: 'a = A^T h, h = A a; sum 1', reference: 'Kleinberg 1999, Journal of the ACM 46',
  },
  closeness: {
    label: 'Closeness', direction: 'high', steps: distanceSteps, bytes: bytesByNode(900),
    run: (csr, options) => closeness(csr, options),
    pooled: async (csr, pool, options) => ({ value: await closenessOnPool(csr, pool, options), note: null }),
    meaning: 'How few steps this person is away from all others.',
    formula: '(r-1) / (sum of distances) * (r-1) / (n-1), r = nodes in reach; with weights a tie is 1 / weight long', reference: 'Wasserman & Faust 1994, Social Network Analysis',
  },
  harmonic: {
    label: 'Harmonic closeness', direction: 'high', steps: distanceSteps, bytes: bytesByNode(900),
    run: (csr, options) => harmonic(csr, options),
    pooled: async (csr, pool, options) => ({ value: await harmonicOnPool(csr, pool, options), note: null }),
    meaning: 'How near this person is to all others, near ones counting most; whoever is out of reach counts nothing.',
    formula: 'sum over others u of 1 / d(u,v); with weights a tie is 1 / weight long', reference: 'Marchiori & Latora 2000, Physica A 285',
  },
  'k-core': {
    label: 'Core number', direction: 'high', steps: passes(3), bytes: bytesByNode(24),
    run: (csr) => Float64Array.from(coreness(csr)),
    meaning: 'How deep this person is in the densest part, where everyone has at least so many contacts.',
    formula: 'largest k such that v is in a part where everyone has at least k ties inside it', reference: 'Seidman 1983, Social Networks 5; Batagelj & Zaversnik 2003',
  },
  'k-truss': {
    label: 'Truss number', direction: 'high', steps: trianglesSteps, bytes: ({ nodes, ties }) => 40 * nodes + 60 * ties,
    run: (csr, options) => Float64Array.from(trussNumbers(csr, options).node),
    meaning: 'How deep this person is where contacts know each other: in a part where every two who are tied have at least k - 2 others in common.',
    formula: 'largest k such that a tie of v is in a part where every tie closes k - 2 triangles inside it', reference: 'Cohen 2008; Wang & Cheng 2012, PVLDB 5',
  },
  'hub-share': {
    label: 'Hub share', direction: 'high', steps: passes(3), bytes: bytesByNode(32),
    run: (csr) => hubShare(csr),
    meaning: 'How far this person reaches the network through its busiest people and few besides: the place of an insulated leader, and of a lawyer or a tapped handset.',
    formula: 'c * c / k with k contacts, at least 4, c of them among the busiest 5 % by volume', reference: 'docs/method.md; VAST 2008 challenge data',
  },
  'collective-influence': {
    label: 'Collective influence', direction: 'high', steps: nearSteps, bytes: bytesByNode(24),
    run: (csr, options) => collectiveInfluence(csr, options),
    meaning: 'How busy the people two steps away are, times how busy this person is: who holds the whole together at a distance.',
    formula: '(k(v) - 1) * sum over u two steps away of (k(u) - 1)', reference: 'Morone & Makse 2015, Nature 524',
  },
  reach: {
    label: 'Reach in two steps', direction: 'high', steps: nearSteps, bytes: bytesByNode(24),
    run: (csr, options) => reachWithin(csr, 2, options),
    meaning: 'What share of all others this person reaches directly or through one contact.',
    formula: 'others within two steps, divided by n - 1', reference: 'Borgatti 2006, Computational & Mathematical Organization Theory 12',
  },
}

/** Error of estimated betweenness. */
const EPSILON = 0.001

function isLarge(csr: Csr): boolean {
  return csr.nodes * (csr.nodes + 2 * csr.tie_count) > EXACT_BETWEENNESS
}

function sampling(options: MeasureOptions | undefined): SampledBetweennessOptions {
  return { seed: options?.seed ?? 1, epsilon: EPSILON, delta: 0.1, progress: options?.progress, signal: options?.signal }
}

function sampledNote({ value, paths }: SampledBetweenness, options: MeasureOptions | undefined): NotedValues {
  const unweighted = options?.weighted === true ? ', without weights' : ''
  return { value, note: `Estimated from ${paths} shortest paths drawn at random${unweighted}: with probability 0.9 no value is off by more than ${EPSILON}.` }
}

/** Even over the people named; null: anywhere. */
function jumpTo(csr: Csr, from: readonly number[] | undefined): Float64Array | null {
  if (from === undefined || from.length === 0) return null
  const jump = new Float64Array(csr.nodes)
  for (const v of from) jump[v] = 1
  return jump
}
