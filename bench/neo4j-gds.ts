/** What computing on the whole network costs here and in Graph Data Science on the same machine, one thread on both sides: `node bench/neo4j-gds.ts NODES TIES`. */
import { connectedComponents } from '@ringmap/analysis/components'
import { coreness } from '@ringmap/analysis/k-core'
import { pagerank } from '@ringmap/analysis/pagerank'
import { startNeo4j } from '@ringmap/fixtures/neo4j-server'
import { communities, modularity } from '@ringmap/graph/communities'
import { csrFromEdges } from '@ringmap/graph/csr'
import { gdsColumn, gdsCommunities, gdsComponents } from '@ringmap/sources/gds-measures'
import { withProjection } from '@ringmap/sources/gds-projection'
import { Neo4j } from '@ringmap/sources/neo4j-connection'
import { cpuSecondsOf, measured, printMeasured } from './measured.ts'
import { plantedNetwork } from './planted-network.ts'

const SAMPLE = 10
const network = plantedNetwork({ nodes: Number(process.argv[2] ?? 100_000), ties: Number(process.argv[3] ?? 500_000) })
const csr = csrFromEdges(network.nodes, network.source, network.target, { weights: network.weight })
const server = await startNeo4j({ quick: false })
const database = await Neo4j.open(server)

async function timed<T>(label: string, work: () => T | Promise<T>): Promise<T> {
  const there = cpuSecondsOf(server.pid)
  const found = await measured(work)
  printMeasured(label, found, `${(cpuSecondsOf(server.pid) - there).toFixed(2)} s CPU of the server`)
  return found.result
}

try {
  console.log(`${csr.nodes.toLocaleString('en')} persons, ${csr.tie_count.toLocaleString('en')} ties`)
  const local = await timed('here: Louvain', () => communities(csr, { seed: 1 }))
  await timed('here: components', () => connectedComponents(csr))
  await timed('here: coreness', () => coreness(csr))
  await timed('here: PageRank', () => pagerank(csr))
  const most = process.resourceUsage().maxRSS / 1024
  for (const round of ['first', 'again']) {
    await withProjection(database, network, { progress: () => undefined }, async (projection) => {
      const there = await timed(`${round}: Leiden there, communities back`, async () => await gdsCommunities(projection, { method: 'leiden', seed: 1, resolution: 1, least: 5 }))
      await timed(`${round}: components there, their number back`, async () => await gdsComponents(projection))
      await timed(`${round}: coreness there and back`, async () => await gdsColumn(projection, 'k-core'))
      await timed(`${round}: PageRank there and back`, async () => await gdsColumn(projection, 'pagerank'))
      await timed(`${round}: betweenness from ${SAMPLE}`, async () => await gdsColumn(projection, 'betweenness', { sample: SAMPLE, seed: 1 }))
      if (round === 'first') console.log(`modularity ${local.modularity.toFixed(4)} here, ${modularity(csr, there.group).toFixed(4)} there`)
    })
    if (round === 'first') await timed('sending and dropping alone', async () => await withProjection(database, network, {}, () => Promise.resolve(0)))
  }
  console.log(`memory here: ${Math.round(most)} MB before anything was sent, ${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`)
} finally {
  await database.close()
  await server.stop()
}
