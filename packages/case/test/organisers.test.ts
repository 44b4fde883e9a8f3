import { csrFromEdges } from '@ringmap/graph/csr'
import { below, seeded } from '@ringmap/model/random'
import { describe, expect, it } from 'vitest'
import type { NamedNetwork } from '../src/named-network.ts'
import { organiserMeasure } from '../src/organiser-measure.ts'
import { rankOrganisers } from '../src/organisers.ts'

/** One large block, so that every copy costs something. */
function manyPersons(nodes: number): NamedNetwork {
  const random = seeded(5)
  const ends = Array.from({ length: 4 * nodes }, () => [below(random, nodes), below(random, nodes)] as const)
  return {
    csr: csrFromEdges(nodes, Uint32Array.from(ends, ([a]) => a), Uint32Array.from(ends, ([, b]) => b)),
    actors: Uint32Array.from({ length: nodes }, (_, v) => v),
    nodes: Array.from({ length: nodes }, (_, v) => ({ id: `p${v}`, label: `Person ${v}`, roles: [], eligible: v % 5 !== 0, ring: null, ring_id: null })),
    links_of_tie: (tie) => [`l${tie}`], called: 'the network',
  }
}

describe('organisers of a large network', () => {
  it('are the same with one worker, two and four, and say where they are', async () => {
    const network = manyPersons(1000)
    const settings = { seed: 3, copies: 12, thinned: 0.2, limit: 30 }
    const { steps_of_copy } = organiserMeasure(network.csr, settings)
    // Enough for workers to be woken.
    expect(steps_of_copy * settings.copies).toBeGreaterThan(1e8)
    const alone = await rankOrganisers(network, { ...settings, threads: 1 })
    expect(alone.organisers).toHaveLength(30)
    expect(alone.organisers.some(({ interval }) => interval.high > interval.low)).toBe(true)
    for (const threads of [2, 4]) {
      const steps: number[] = []
      expect(await rankOrganisers(network, { ...settings, threads, progress: (_, done) => steps.push(done) })).toEqual(alone)
      expect(steps.length).toBeGreaterThan(1)
    }
  })
})
