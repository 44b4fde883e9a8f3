/** Measures of what the network consists of, and of a person as seen from another: parts, communities, roles, ways. */
import type { Csr } from '@ringmap/graph/csr'
import { invariant } from '@ringmap/model/errors'
import { throughCutPoints } from './betweenness.ts'
import { blocksOf } from './blocks.ts'
import { connectedComponents } from './components.ts'
import { cutPoints } from './cut-points.ts'
import { dominators } from './dominators.ts'
import { cartography, type Cartography } from './guimera-amaral.ts'
import { agreementNote, leidenAgreement, leidenAgreementOnPool, type LeidenRunsOptions } from './leiden-runs.ts'
import { leiden } from './leiden.ts'
import { louvain } from './louvain.ts'
import type { MeasureEntry } from './measure-entry.ts'
import type { MeasureOptions } from './measure-options.ts'
import { bytesByNode, passes } from './measure-size.ts'
import { roleSimilarity, structuralEquivalence } from './role-similarity.ts'
import { lengthsOfWeights, shortestPaths } from './shortest-paths.ts'
import { strongComponents } from './strong-components.ts'
import { undirected } from './undirected.ts'

export type MeasureOfParts =
  | 'cut-points' | 'fragmentation' | 'participation' | 'cartography' | 'distance' | 'dominated' | 'structural-equivalence' | 'role-similarity'
  | 'louvain' | 'leiden' | 'membership' | 'components' | 'strong-components'

export const MEASURES_OF_PARTS: Readonly<Record<MeasureOfParts, MeasureEntry>> = {
  'cut-points': {
    label: 'Parts without', direction: 'high', steps: passes(3), bytes: bytesByNode(40),
    run: (csr) => Float64Array.from(cutPoints(undirected(csr)).partsWithout),
    meaning: 'Into how many parts the rest of the network around this person falls without him or her; 1 where it holds together.',
    formula: 'connected parts of the component of v less v', reference: 'Hopcroft & Tarjan 1973, Communications of the ACM 16',
  },
  fragmentation: {
    label: 'Fragmentation', direction: 'high', steps: passes(4), bytes: bytesByNode(80),
    run: (csr) => fragmentationByOne(csr),
    meaning: 'What share of the pairs of others could not reach each other any more without this person.',
    formula: 'pairs of others that v alone connects, divided by (n-1)(n-2)/2', reference: 'Borgatti 2006, Computational & Mathematical Organization Theory 12',
  },
  participation: {
    label: 'Participation', direction: 'high', drawn: true, steps: passes(80), bytes: ({ nodes, ties }) => 230 * nodes + 48 * ties,
    run: (csr, options) => mapped(csr, options).participation,
    meaning: 'How evenly the ties of this person spread over communities: 0 inside one.',
    formula: '1 - sum over Leiden communities of (share of ties into it)^2', reference: 'Guimera & Amaral 2005, Nature 433',
  },
  cartography: {
    label: 'Role among communities', direction: 'low', groups: true, steps: passes(80), bytes: ({ nodes, ties }) => 230 * nodes + 48 * ties,
    run: (csr, options) => Float64Array.from(mapped(csr, options).role),
    meaning: 'Which of seven roles: 0 ultra-peripheral, 1 peripheral, 2 connector, 3 kinless, 4 provincial hub, 5 connector hub, 6 kinless hub. A number to tell them apart, not an order.',
    formula: 'from the standardised ties inside the own Leiden community and participation', reference: 'Guimera & Amaral 2005, Nature 433',
  },
  distance: {
    label: 'Steps away', direction: 'low', needs_from: true, steps: passes(2), bytes: bytesByNode(32),
    run: (csr, options) => distanceFrom(csr, options),
    meaning: 'How far this person is from those named with --from, by the shortest way; with weights a tie is 1 / weight long.',
    formula: 'shortest way from the nearest of the people named', reference: 'Dijkstra 1959, Numerische Mathematik 1',
  },
  dominated: {
    label: 'Reached only through', direction: 'high', needs_from: true, steps: passes(8), bytes: bytesByNode(60),
    run: (csr, options) => Float64Array.from(dominators(csr, firstOf(options)).dominated),
    meaning: 'How many people can be reached from the one named with --from only through this person: of money, whom it reaches by no other way.',
    formula: 'number of v such that every way from the start to v passes here', reference: 'Lengauer & Tarjan 1979; Cooper, Harvey & Kennedy 2001',
  },
  'structural-equivalence': {
    label: 'Same contacts', direction: 'high', needs_from: true, steps: passes(2), bytes: bytesByNode(12),
    run: (csr, options) => structuralEquivalence(csr, firstOf(options)),
    meaning: 'How far this person has the same contacts as the one named with --from: who could stand in for him or her, or the same person under another number.',
    formula: 'contacts in common over contacts of either, the two themselves left out', reference: 'Lorrain & White 1971, Journal of Mathematical Sociology 1',
  },
  'role-similarity': {
    label: 'Same role', direction: 'high', needs_from: true, steps: ({ nodes, ties }) => 10 * ties * ties + 100 * nodes * nodes, bytes: ({ nodes }) => 16 * nodes * nodes,
    run: (csr, options) => roleSimilarity(csr, options).subarray(firstOf(options) * csr.nodes, (firstOf(options) + 1) * csr.nodes),
    meaning: 'How far the contacts of this person play the same roles as those of the one named with --from, though they may know nobody in common.',
    formula: 'RoleSim: 0.85 * (best matching of contacts) / (larger number of contacts) + 0.15', reference: 'Jin, Lee & Hong 2011, KDD',
  },
  louvain: {
    label: 'Community (Louvain)', direction: 'low', groups: true, steps: passes(30), bytes: ({ nodes, ties }) => 120 * nodes + 40 * ties,
    run: (csr, options) => Float64Array.from(louvain(csr, { seed: options?.seed ?? 1, weighted: options?.weighted ?? false, progress: options?.progress, signal: options?.signal }).community),
    meaning: 'Which community this person is in, the largest first. A number to tell them apart, not an order.',
    formula: 'modularity at resolution 1 by local moves and aggregation', reference: 'Blondel et al. 2008, Journal of Statistical Mechanics',
  },
  leiden: {
    label: 'Community (Leiden)', direction: 'low', groups: true, steps: passes(60), bytes: ({ nodes, ties }) => 200 * nodes + 48 * ties,
    run: (csr, options) => Float64Array.from(leiden(csr, { seed: options?.seed ?? 1, weighted: options?.weighted ?? false, progress: options?.progress, signal: options?.signal }).community),
    meaning: 'Which community this person is in, the largest first; every community holds together. A number to tell them apart, not an order.',
    formula: 'modularity at resolution 1 by local moves, refinement and aggregation', reference: 'Traag, Waltman & van Eck 2019, Scientific Reports 9',
  },
  membership: {
    label: 'Sure of the community', direction: 'high', drawn: true, steps: passes(1200), bytes: ({ nodes, ties }) => 900 * nodes + 200 * ties,
    run: (csr, options) => leidenAgreement(csr, runsFor(options)).share,
    noted: (csr, options) => {
      const found = leidenAgreement(csr, runsFor(options))
      return { value: found.share, note: agreementNote(found) }
    },
    pooled: async (csr, pool, options) => {
      const found = await leidenAgreementOnPool(csr, pool, runsFor(options))
      return { value: found.share, note: agreementNote(found) }
    },
    meaning: 'In how many of 20 runs with other seeds this person is with most of his or her Leiden community; under 0.8 he or she stands at its edge.',
    formula: 'share of the runs in which v is in the part that holds most of the community of v', reference: 'Lancichinetti & Fortunato 2012, Scientific Reports 2 (agreement of runs); Traag, Waltman & van Eck 2019',
  },
  components: {
    label: 'Connected part', direction: 'low', groups: true, steps: passes(1), bytes: bytesByNode(12),
    run: (csr) => Float64Array.from(connectedComponents(csr).component),
    meaning: 'Which connected part of the network this person is in; a number to tell parts apart, not an order.',
    formula: 'parts are numbered from 0 by their first node', reference: 'Tarjan & van Leeuwen 1984, Journal of the ACM 31',
  },
  'strong-components': {
    label: 'Strongly connected part', direction: 'low', groups: true, steps: passes(3), bytes: bytesByNode(40),
    run: (csr) => Float64Array.from(strongComponents(csr).component),
    meaning: 'Which part, where everyone reaches everyone along directions, this person is in: of money, where it can come back. A number to tell parts apart, not an order.',
    formula: 'parts are numbered from 0 by their first node', reference: 'Tarjan 1972, SIAM Journal on Computing 1',
  },
}

/** Ordered pairs that a cut point alone holds together, over all pairs of others. */
function fragmentationByOne(csr: Csr): Float64Array {
  const pairs = (csr.nodes - 1) * (csr.nodes - 2)
  return throughCutPoints(blocksOf(undirected(csr))).map((parted) => (pairs > 0 ? parted / pairs : 0))
}

function runsFor(options: MeasureOptions = {}): LeidenRunsOptions {
  return { seed: options.seed ?? 1, weighted: options.weighted ?? false, progress: options.progress, signal: options.signal }
}

function mapped(csr: Csr, options: MeasureOptions = {}): Cartography {
  const { community } = leiden(csr, { seed: options.seed ?? 1, weighted: options.weighted ?? false, progress: options.progress, signal: options.signal })
  return cartography(csr, community, { weighted: options.weighted ?? false })
}

/** NaN for whoever is out of reach. */
function distanceFrom(csr: Csr, options: MeasureOptions = {}): Float64Array {
  const lengths = (options.weighted ?? false) ? lengthsOfWeights(csr) : null
  const nearest = new Float64Array(csr.nodes).fill(Number.NaN)
  const starts = options.from ?? []
  for (const [i, start] of starts.entries()) {
    options.progress?.('distances', i, starts.length)
    const { distance } = shortestPaths(csr, start, { lengths, signal: options.signal })
    distance.forEach((far, v) => { if (far !== Number.POSITIVE_INFINITY && !(nearest[v] <= far)) nearest[v] = far })
  }
  return nearest
}

function firstOf(options: MeasureOptions = {}): number {
  const first = options.from?.[0]
  invariant(first !== undefined, 'the measure starts from a person')
  return first
}
