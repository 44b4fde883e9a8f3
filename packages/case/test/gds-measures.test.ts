import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { neo4jForTests, neo4jSkipped } from '@ringmap/fixtures/neo4j-door'
import { betweenness } from '@ringmap/analysis/betweenness'
import { connectedComponents } from '@ringmap/analysis/components'
import { coreness } from '@ringmap/analysis/k-core'
import { orderOf } from '@ringmap/analysis/ranking'
import { pagerank } from '@ringmap/analysis/pagerank'
import { modularity } from '@ringmap/graph/communities'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { RingmapError } from '@ringmap/model/errors'
import { seeded } from '@ringmap/model/random'
import { gdsColumn, gdsCommunities, gdsComponents, gdsFirst, STAYED } from '@ringmap/sources/gds-measures'
import { withProjection, type GdsProjection, type PairsToProject } from '@ringmap/sources/gds-projection'
import { Neo4j } from '@ringmap/sources/neo4j-connection'
import { cypher } from '@ringmap/sources/neo4j-cypher'
import { withThoseWhoStayed } from '../src/communities-kept-back.ts'
import { pairsOf } from '../src/network-engine.ts'

const missing = neo4jSkipped()

/** Four loose groups of sixty with some bridges, a far pair, and nodes without ties. */
function network(): Csr {
  const random = seeded(7)
  const source: number[] = []
  const target: number[] = []
  for (let i = 0; i < 900; i++) {
    const group = Math.floor(random() * 4) * 60
    source.push(group + Math.floor(random() ** 2 * 60))
    target.push(random() < 0.03 ? Math.floor(random() * 240) : group + Math.floor(random() * 60))
  }
  source.push(250)
  target.push(251)
  return csrFromEdges(260, Uint32Array.from(source), Uint32Array.from(target), { weights: Float64Array.from(source, () => 1 + Math.floor(random() * 5)) })
}

describe.skipIf(missing !== null)(`the same numbers in Graph Data Science and here${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let server: Neo4j
  const csr = network()
  beforeAll(async () => { server = await Neo4j.open(await neo4jForTests()) }, 300_000)
  afterAll(async () => { await server?.close() })
  const projected = async <T>(work: (projection: GdsProjection) => Promise<T>, concurrency = 1): Promise<T> => await withProjection(server, pairsOf(csr), { concurrency }, work)
  const alone = Array.from({ length: csr.nodes }, (_, v) => v).filter((v) => csr.offsets[v] === csr.offsets[v + 1])
  const everybody = (group: Uint32Array): Uint32Array => withThoseWhoStayed(csr, group, { least: 2, seed: 1, resolution: 1 }).community
  // Other test files use the same server: theirs go away, a leak would stay.
  const left = async (): Promise<unknown[]> => await server.rows(cypher`CALL gds.graph.list() YIELD graphName WHERE graphName STARTS WITH 'ringmap-' RETURN graphName`)

  test('components, coreness, betweenness, PageRank', async () => {
    const wholly = connectedComponents(csr)
    await projected(async (projection) => {
      expect(projection.version).toMatch(/^\d+\.\d+/)
      expect(projection.ties).toBe(csr.tie_count)
      expect(await gdsComponents(projection)).toBe(wholly.count)
      expect([...(await gdsColumn(projection, 'k-core'))]).toEqual([...coreness(csr)])
      const exact = betweenness(csr, { normalised: false })
      const there = await gdsColumn(projection, 'betweenness')
      exact.forEach((value, v) => expect(there[v]).toBeCloseTo(value, 6))
      const rank = pagerank(csr)
      const rankThere = await gdsColumn(projection, 'pagerank')
      rank.forEach((value, v) => expect(rankThere[v]).toBeCloseTo(value, 9))
      const eligible = Uint8Array.from({ length: csr.nodes }, (_, v) => (v % 3 === 0 ? 0 : 1))
      const first = await gdsFirst(projection, 'pagerank', eligible, 12)
      expect(first.map(({ node }) => node)).toEqual([...orderOf(rank, eligible, 'high').subarray(0, 12)])
      first.forEach(({ node, value }) => expect(value).toBeCloseTo(rank[node] as number, 9))
    })
    await expect.poll(left, { timeout: 20_000 }).toEqual([])
  })

  test('a sample of sources repeats itself and comes near; all sources are the exact values', async () => {
    await projected(async (projection) => {
      const exact = betweenness(csr, { normalised: false })
      const once = await gdsColumn(projection, 'betweenness', { sample: 120, seed: 5 })
      expect(await gdsColumn(projection, 'betweenness', { sample: 120, seed: 5 })).toEqual(once)
      expect(await gdsColumn(projection, 'betweenness', { sample: 120, seed: 6 })).not.toEqual(once)
      const everybody = new Uint8Array(csr.nodes).fill(1)
      const best = new Set(orderOf(exact, everybody, 'high').subarray(0, 20))
      const found = await gdsFirst(projection, 'betweenness', everybody, 20, { sample: 120, seed: 5 })
      expect(found.filter(({ node }) => best.has(node)).length).toBeGreaterThan(12)
    })
  })

  test('communities at one thread are the same twice, and their modularity is the one of our formula', async () => {
    for (const method of ['leiden', 'louvain'] as const) {
      const options = { method, seed: 3, resolution: 1, least: 1 }
      const one = await projected(async (projection) => await gdsCommunities(projection, options))
      const two = await projected(async (projection) => await gdsCommunities(projection, options))
      expect(two).toEqual(one)
      expect(one.returned).toBe(csr.nodes - alone.length)
      expect(alone.every((v) => one.group[v] === STAYED)).toBe(true)
      expect(modularity(csr, everybody(one.group))).toBeGreaterThan(0.3)
    }
    await projected(async (projection) => {
      const { group } = await gdsCommunities(projection, { method: 'leiden', seed: 3, resolution: 1, least: 1 })
      const [theirs] = await server.rows<{ modularity: number }>(cypher`CALL gds.leiden.stats($name, {concurrency: 1, randomSeed: 3, gamma: 1.0, relationshipWeightProperty: 'weight'}) YIELD modularity RETURN modularity`, { name: projection.name })
      expect(modularity(csr, everybody(group))).toBeCloseTo(theirs?.modularity ?? 0, 9)
    })
  })

  test('a community of fewer than asked for does not leave the server; the others come back as they are', async () => {
    await projected(async (projection) => {
      for (const method of ['leiden', 'louvain'] as const) {
        const whole = await gdsCommunities(projection, { method, seed: 3, resolution: 8, least: 1 })
        const sizes = new Map<number, number>()
        for (const one of whole.group) if (one !== STAYED) sizes.set(one, (sizes.get(one) ?? 0) + 1)
        // Some are smaller than that.
        const least = 1 + Math.min(...sizes.values())
        const large = Array.from(whole.group.keys()).filter((v) => whole.group[v] !== STAYED && (sizes.get(whole.group[v] as number) as number) >= least)
        expect(large.length).toBeGreaterThan(0)
        expect(large.length).toBeLessThan(whole.returned)
        const back = await gdsCommunities(projection, { method, seed: 3, resolution: 8, least })
        expect(back.returned).toBe(large.length)
        expect(Array.from(back.group.keys()).filter((v) => back.group[v] !== STAYED)).toEqual(large)
        // The same persons together, under whatever numbers.
        const pairs = new Set(large.map((v) => `${whole.group[v]} ${back.group[v]}`))
        expect(pairs.size).toBe(back.count)
        expect(new Set(large.map((v) => whole.group[v])).size).toBe(back.count)
      }
    })
  })

  test('the projection is dropped after a failure, a stop and a refusal too', async () => {
    await expect(projected(() => Promise.reject(new Error('in the middle')))).rejects.toThrow('in the middle')
    const code = async (work: Promise<unknown>): Promise<string> => await work.then(() => 'none', (error: unknown) => (error instanceof RingmapError ? error.code : String(error)))
    expect(await code(projected(async (projection) => await gdsComponents(projection), 99))).toBe('neo4j_query')
    const signal = { aborted: false }
    expect(await code(withProjection(server, pairsOf(csr), { signal }, async (projection) => {
      signal.aborted = true
      return await gdsColumn(projection, 'betweenness')
    }))).toBe('interrupted')
    await expect.poll(left, { timeout: 20_000 }).toEqual([])
  })

  test('a network without ties needs no projection', async () => {
    const none: PairsToProject = { nodes: 3, source: new Uint32Array(), target: new Uint32Array(), weight: new Float64Array() }
    await withProjection(server, none, {}, async (projection) => {
      expect(await gdsComponents(projection)).toBe(3)
      expect((await gdsCommunities(projection, { method: 'leiden', seed: 1, resolution: 1, least: 3 })).returned).toBe(0)
      expect(await gdsFirst(projection, 'pagerank', new Uint8Array(3).fill(1), 5)).toEqual([])
      expect([...(await gdsColumn(projection, 'pagerank'))]).toEqual([1 / 3, 1 / 3, 1 / 3])
    })
  })
})
