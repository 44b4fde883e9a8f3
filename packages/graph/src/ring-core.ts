/**
 * The part of a person network in which rings are looked for: those with links to offences, and those tied to them more than chance would have it.
 *
 * In a whole population communities are villages and families, and a ring drowns in them. So the network is narrowed first, by connectivity
 * significance (Ghiassian, Menche & Barabasi 2015, the DIAMOnD method, here in rounds instead of one node at a time): a person with n contacts,
 * k of them in the core of K among N persons, joins it when P(X >= k) under the hypergeometric distribution is at most the stated level.
 */
import type { PersonNetwork } from './person-network.ts'

export interface RingCoreOptions {
  /** Highest probability of so many contacts in the core by chance. */
  readonly significance: number
  /** Each round starts from the core of the one before: 2 reach someone who deals through others alone. */
  readonly rounds: number
}

/** Contacts in the core that are needed at least: one acquaintance proves nothing. */
const FEWEST = 2

/** 1 for each actor in the core; nobody where no criminal links are recorded. */
export function ringCore(network: PersonNetwork, options: RingCoreOptions): Uint8Array {
  const { csr } = network
  let core = network.criminal_links.some((links) => links > 0) ? Uint8Array.from(network.criminal_links, (links) => (links > 0 ? 1 : 0)) : new Uint8Array(csr.nodes)
  const logs = logFactorials(csr.nodes)
  for (let round = 0; round < options.rounds; round++) {
    const size = core.reduce((sum, one) => sum + one, 0)
    if (size === 0) break
    const next = core.slice()
    for (let v = 0; v < csr.nodes; v++) {
      if (core[v] === 1) continue
      const contacts = csr.offsets[v + 1] - csr.offsets[v]
      let inside = 0
      for (let a = csr.offsets[v]; a < csr.offsets[v + 1]; a++) inside += core[csr.targets[a]]
      if (inside >= FEWEST && atLeast(inside, contacts, size, csr.nodes - 1, logs) <= options.significance) next[v] = 1
    }
    if (next.every((one, v) => one === core[v])) break
    core = next
  }
  return core
}

/** P(X >= k) for n draws without replacement from a population of `all` of which `marked` are marked. */
export function atLeast(k: number, n: number, marked: number, all: number, logs: Float64Array): number {
  const choose = (a: number, b: number): number => logs[a] - logs[b] - logs[a - b]
  let sum = 0
  for (let x = k; x <= Math.min(n, marked); x++) {
    if (n - x > all - marked) continue
    sum += Math.exp(choose(marked, x) + choose(all - marked, n - x) - choose(all, n))
  }
  return Math.min(1, sum)
}

/** ln(i!) for i up to n. */
export function logFactorials(n: number): Float64Array {
  const logs = new Float64Array(n + 1)
  for (let i = 2; i <= n; i++) logs[i] = logs[i - 1] + Math.log(i)
  return logs
}
