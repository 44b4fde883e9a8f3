/**
 * Small groups around marked persons that the communities of a large network swallow (the resolution limit of modularity: Fortunato & Barthelemy 2007): who has more ties to each
 * other than their communities explain.
 *
 * Two explanations are weighed for the ties k that a person v has to a group C. By the communities alone (a degree-corrected block model, Karrer & Newman 2011) there would be
 * lambda = sum over u in C of d(v) d(u) e(b(v), b(u)) / (d(b(v)) d(b(u))) of them, d degrees of persons and of communities, e ties between communities. A member has mu more, mu being what
 * members of C have to each other. He belongs where the evidence is above zero: k ln(1 + mu / lambda) - mu (Poisson), plus what his being marked or not says, less ln of how many of his
 * community there are for each of them who is in C: of many candidates some have two ties by chance. So a group grows and sheds members one by one, from each marked
 * person with marked contacts and from whoever has two, and may take its members from several communities; a household, a neighbourhood or a call shop does not come along.
 */
import type { Csr } from '@ringmap/graph/csr'
import { stopIfAsked, type StopSignal } from '@ringmap/model/progress'

export interface GroupsAroundOptions {
  /** Fewest members; default 5. */
  readonly least?: number
  readonly signal?: StopSignal | undefined
}

export interface GroupAround {
  /** Ascending. Nobody is in two groups. */
  readonly members: Uint32Array
  /** Natural logarithm of the odds that they are a group; above 0. */
  readonly evidence: number
}

/** Ties that members are taken to have to each other before any are seen, and after so many members half of what is seen. */
const FIRST_MU = 3
const FIRST_MEMBERS = 4
/** Of the members of a group, the share taken to be marked. */
const MARKED_INSIDE = 0.4
/** A member has two ties at least: with one he could be anybody's brother. */
const LEAST_TIES = 2
const MOST_MEMBERS = 200

/**
 * @param community community of each node. @param marked 1 for those around whom groups are sought.
 * @returns those with most evidence first. The time is that of marked persons, their contacts' contacts and the size of groups, not of the network.
 */
export function groupsAround(csr: Csr, community: ArrayLike<number>, marked: Uint8Array, options: GroupsAroundOptions = {}): GroupAround[] {
  const least = options.least ?? 5
  const chance = chanceOf(csr, community, marked)
  const scratch: Scratch = { ties: new Uint32Array(csr.nodes), strength: new Float64Array(csr.nodes), inside: new Uint8Array(csr.nodes) }
  const found = new Map<string, GroupAround>()
  for (const start of starts(csr, marked)) {
    stopIfAsked(options.signal)
    const group = grown(csr, chance, scratch, start)
    if (group.members.length >= least && group.evidence > 0) found.set(group.members.join(' '), group)
  }
  const taken = new Uint8Array(csr.nodes)
  const groups: GroupAround[] = []
  for (const group of [...found.values()].sort((a, b) => b.evidence - a.evidence || a.members[0] - b.members[0])) {
    // Another description of a group that is there already, or what it leaves.
    const left = group.members.filter((v) => taken[v] === 0)
    if (left.length < least || left.length * 2 < group.members.length) continue
    for (const v of left) taken[v] = 1
    groups.push({ members: left, evidence: group.evidence })
  }
  return groups
}

/** Each marked person with marked contacts, and whoever has two, together with them. */
function starts(csr: Csr, marked: Uint8Array): number[][] {
  const found: number[][] = []
  for (let v = 0; v < csr.nodes; v++) {
    const start = [v]
    for (let a = csr.offsets[v]; a < csr.offsets[v + 1]; a++) if (marked[csr.targets[a]] === 1) start.push(csr.targets[a])
    if (start.length > 2 || (start.length === 2 && marked[v] === 1)) found.push(start)
  }
  return found
}

interface Chance {
  readonly community: ArrayLike<number>
  /** Persons in each community. */
  readonly size: Float64Array
  /** Sum of tie strengths of each node. */
  readonly degree: Float64Array
  /** Ties between two communities over the product of their degrees. */
  readonly rate: (one: number, other: number) => number
  readonly strength: Float64Array
  /** What it says for membership that somebody is marked, or not. */
  readonly marked: Uint8Array
  readonly said: readonly [number, number]
}

function chanceOf(csr: Csr, community: ArrayLike<number>, marked: Uint8Array): Chance {
  let count = 0
  for (let v = 0; v < csr.nodes; v++) count = Math.max(count, community[v] + 1)
  const strength = strengths(csr)
  const size = new Float64Array(count)
  const degree = new Float64Array(csr.nodes)
  const degrees = new Float64Array(count)
  const between = new Map<number, number>()
  let marks = 0
  for (let v = 0; v < csr.nodes; v++) {
    size[community[v]]++
    marks += marked[v]
    for (let a = csr.offsets[v]; a < csr.offsets[v + 1]; a++) {
      const key = community[v] * count + community[csr.targets[a]]
      between.set(key, (between.get(key) ?? 0) + strength[a])
      degree[v] += strength[a]
    }
    degrees[community[v]] += degree[v]
  }
  const outside = marks / Math.max(1, csr.nodes)
  return {
    community, size, degree, strength, marked,
    rate: (one, other) => (between.get(one * count + other) ?? 0) / (degrees[one] * degrees[other]),
    said: [Math.log((1 - MARKED_INSIDE) / (1 - outside)), Math.log(MARKED_INSIDE / outside)],
  }
}

/** How many ties an arc counts for: half for being there, half for its weight, a heavy one no more than what the sum of squares allows. */
function strengths(csr: Csr): Float64Array {
  let sum = 0
  let squares = 0
  for (const weight of csr.weights) {
    sum += weight
    squares += weight * weight
  }
  const unit = sum === 0 ? 1 : squares / sum
  return csr.weights.map((weight) => (1 + weight / unit) / 2)
}

/** By node; zero between two groups. */
interface Scratch {
  readonly ties: Uint32Array
  readonly strength: Float64Array
  readonly inside: Uint8Array
}

/** Adds whoever has most evidence and sheds whoever has it against him, until nobody is left to do either for. */
function grown(csr: Csr, chance: Chance, { ties, strength, inside }: Scratch, start: readonly number[]): GroupAround {
  const { community, degree, marked } = chance
  const members: number[] = []
  const touched: number[] = []
  const persons = new Map<number, number>()
  const degrees = new Map<number, number>()
  let within = 0
  const put = (v: number, sign: 1 | -1): void => {
    inside[v] = sign === 1 ? 1 : 0
    if (sign === 1) members.push(v)
    else members.splice(members.indexOf(v), 1)
    const c = community[v]
    persons.set(c, (persons.get(c) ?? 0) + sign)
    degrees.set(c, (degrees.get(c) ?? 0) + sign * degree[v])
    for (let a = csr.offsets[v]; a < csr.offsets[v + 1]; a++) {
      const u = csr.targets[a]
      if (ties[u] === 0 && sign === 1) touched.push(u)
      ties[u] += sign
      strength[u] += sign * chance.strength[a]
      if (inside[u] === 1) within += 2 * sign * chance.strength[a]
    }
  }
  const weighed = (v: number): { tie: number; who: number } => {
    const is = inside[v]
    let lambda = 0
    for (const [c, sum] of degrees) lambda += chance.rate(community[v], c) * (is === 1 && c === community[v] ? sum - degree[v] : sum)
    lambda = Math.max(1e-6, lambda * degree[v])
    const mu = (within - 2 * is * strength[v] + FIRST_MU * FIRST_MEMBERS) / (members.length - is + FIRST_MEMBERS)
    const here = (persons.get(community[v]) ?? 0) - is
    return { tie: strength[v] * Math.log1p(mu / lambda) - mu, who: chance.said[marked[v] as 0 | 1] - Math.log((chance.size[community[v]] + 1) / (here + 0.5)) }
  }
  const evidence = (v: number): number => {
    if (ties[v] < LEAST_TIES) return Number.NEGATIVE_INFINITY
    const { tie, who } = weighed(v)
    return tie + who
  }
  for (const v of start) put(v, 1)
  const rounds = start.length + 2 * MOST_MEMBERS
  for (let round = 0; round < rounds && members.length < MOST_MEMBERS; round++) {
    // Nobody is shed before as many could join as began: a start is a person and contacts who may have nothing but him in common yet.
    const worst = round <= start.length ? -1 : pick(members, (v) => -evidence(v))
    if (worst >= 0 && members.length > 1) {
      put(worst, -1)
      continue
    }
    const best = pick(touched, (v) => (inside[v] === 1 ? 0 : evidence(v)))
    if (best >= 0) put(best, 1)
    else if (round > start.length) break
    else round = start.length
  }
  let sum = 0
  for (const v of members) {
    const { tie, who } = weighed(v)
    // Each tie inside is seen from both ends.
    sum += tie / 2 + who
  }
  const found = Uint32Array.from(members).sort()
  for (const v of touched) ties[v] = strength[v] = 0
  for (const v of members) inside[v] = 0
  return { members: found, evidence: sum }
}

/** The one with the highest value above 0, of equal ones the lowest; -1 where there is none. */
function pick(nodes: readonly number[], value: (v: number) => number): number {
  let best = -1
  let most = 0
  for (const v of nodes) {
    const of = value(v)
    if (of > most || (of === most && best >= 0 && v < best)) {
      most = of
      best = v
    }
  }
  return best
}
