import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { seeded } from '@ringmap/model/random'
import { accumulateBatch, batchScratch, LANES } from '../src/betweenness-batch.ts'
import { accumulatorOf } from '../src/betweenness-chunks.ts'
import { betweennessOnPool, betweennessSampledOnPool } from '../src/betweenness-on-pool.ts'
import { betweennessSampled } from '../src/betweenness-sampled.ts'
import { betweenness } from '../src/betweenness.ts'
import { wasmAccumulator } from '../src/betweenness-wasm.ts'
import { currentFlow } from '../src/current-flow.ts'
import { currentFlowOnPool } from '../src/current-flow-on-pool.ts'
import { flowIntervalsOnPool, intervalsOnPool } from '../src/intervals-on-pool.ts'
import { MEASURE_CATALOGUE } from '../src/measure-catalogue.ts'
import { rankIntervals } from '../src/stability.ts'
import { thinned } from '../src/thinned.ts'
import { WorkerPool } from '../src/worker-pool.ts'
import { csrOfPlain, plainNetwork } from './plain-network.ts'
import { attachment } from './random-network.ts'

const POOLS = [1, 2, 4].map((threads) => new WorkerPool(threads))
afterAll(async () => { await Promise.all(POOLS.map((pool) => pool.close())) })

describe('WebAssembly', () => {
  it('gives the bits that its plain twin gives', () => {
    fc.assert(fc.property(plainNetwork, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 24, maxLength: 24 }), (plain, people) => {
      const csr = csrOfPlain(plain)
      const net = { ...csr, behind: Float64Array.from(people.slice(0, csr.nodes)) }
      const fast = wasmAccumulator(net)
      const [sum, plainly] = [new Float64Array(csr.nodes), new Float64Array(csr.nodes)]
      const scratch = batchScratch(csr.nodes)
      for (let s = 0; s < csr.nodes; s += LANES) accumulateBatch(net, s, Math.min(s + LANES, csr.nodes), scratch, plainly)
      fast?.add(0, csr.nodes, sum)
      expect(fast).not.toBeNull()
      expect(sum).toEqual(plainly)
    }))
  })

  it('is used where it is there, and on a large network gives the same bits, too', () => {
    const csr = attachment(2000, 4, 3)
    const net = { ...csr, behind: new Float64Array(2000).fill(1), lengths: null }
    const [sum, plainly] = [new Float64Array(2000), new Float64Array(2000)]
    accumulatorOf(net).add(0, 2000, sum)
    accumulatorOf(net, { plain: true }).add(0, 2000, plainly)
    expect(sum).toEqual(plainly)
  })

  it('leaves alone what it has no memory for', () => {
    const csr = attachment(100, 2, 1)
    expect(wasmAccumulator({ ...csr, nodes: 4_000_000, behind: new Float64Array(0) })).toBeNull()
  })
})

describe('worker pool', () => {
  it.each([[false], [true]])('one, two and four workers give the same bits as none (directed %s), in any order of rows', async (directed) => {
    const alone = betweenness(attachment(1500, 3, 7, { directed }))
    for (const [i, pool] of POOLS.entries()) expect(await betweennessOnPool(attachment(1500, 3, 7, { directed, order: i + 1 }), pool)).toEqual(alone)
    const options = { seed: 5, epsilon: 0.01, exact_up_to: 100 }
    const sampled = betweennessSampled(attachment(1500, 3, 7, { directed }), options)
    for (const pool of POOLS) expect(await betweennessSampledOnPool(attachment(1500, 3, 7, { directed, order: 9 }), pool, options)).toEqual(sampled)
  })

  it.each(Object.entries(MEASURE_CATALOGUE).filter(([, entry]) => entry.pooled !== undefined))('%s: what a pool gives is what one hand gives, in any order of rows', async (_, entry) => {
    for (const directed of [false, true]) {
      for (const weighted of [false, true]) {
        const csr = attachment(900, 4, 7, { directed, weighted })
        const alone = entry.noted?.(csr, { weighted }) ?? { value: entry.run(csr, { weighted }), note: null }
        for (const [i, pool] of POOLS.entries()) expect(await entry.pooled?.(attachment(900, 4, 7, { directed, weighted, order: i + 1 }), pool, { weighted })).toEqual(alone)
      }
    }
  })

  it('drawn ends of current flow are the same, and what a pool estimates from them', async () => {
    const options = { seed: 3, samples: 40, exact_up_to: 100, weighted: true }
    const alone = currentFlow(attachment(1500, 3, 7), options)
    expect(alone.error).not.toBeNull()
    for (const [i, pool] of POOLS.entries()) expect(await currentFlowOnPool(attachment(1500, 3, 7, { order: i + 1 }), pool, options)).toEqual(alone)
  })

  it.each([['closeness', false, 16_000], ['closeness', true, 4000], ['betweenness', true, 4000], ['current-flow', false, 4000]] as const)('%s (weighted: %s) stops when asked', async (measure, weighted, nodes) => {
    // So large that the work outlasts the first look at the signal: unweighted closeness of 4,000 is over before it.
    const csr = attachment(nodes, 3, 2, { weighted })
    const work = MEASURE_CATALOGUE[measure].pooled?.(csr, POOLS[1], { weighted, signal: { aborted: true } })
    await expect(work).rejects.toMatchObject({ code: 'interrupted' })
    // And in the middle of it.
    const signal = { aborted: false }
    const later = MEASURE_CATALOGUE[measure].pooled?.(csr, POOLS[1], { weighted, signal, progress: () => { signal.aborted = true } })
    await expect(later).rejects.toMatchObject({ code: 'interrupted' })
  })

  it('intervals of ranks are those made alone', async () => {
    const csr = attachment(300, 3, 11)
    for (const measure of ['current-flow', 'constraint'] as const) {
      const entry = MEASURE_CATALOGUE[measure]
      const alone = rankIntervals(csr, (copy) => entry.run(copy), null, { direction: entry.direction, copies: 12, seed: 3 })
      for (const pool of POOLS) expect(await intervalsOnPool(csr, measure, entry.run(csr), null, pool, { copies: 12, seed: 3, run: {} })).toEqual(alone)
    }
  })

  it('intervals from copies that are made beside the workers are those made alone, with doubts about who is who', async () => {
    const csr = attachment(300, 3, 11)
    const eligible = Uint8Array.from({ length: 300 }, (_, v) => (v % 7 === 0 ? 0 : 1))
    const contacts = [...csr.targets.subarray(csr.offsets[5], csr.offsets[6])]
    const options = {
      direction: 'high', copies: 21, seed: 3, thin: (copy: number) => thinned(csr, 0.1, seeded(copy)),
      doubles: { one: Uint32Array.of(20), other: Uint32Array.of(3), probability: Float64Array.of(0.5) },
      merged: [{ node: 5, joins: [{ one: 0, other: 1, probability: 0.5 }], clusters_of: new Map(contacts.map((u, i) => [u, 1 << (i % 2)])) }],
    } as const
    for (const flow of [{ seed: 2 }, { seed: 2, samples: 24, exact_up_to: 50 }]) {
      const value = currentFlow(csr, { seed: 2 }).value
      const alone = rankIntervals(csr, (copy) => (copy === csr ? value : currentFlow(copy, flow).value), eligible, options)
      expect(alone.high.some((high, v) => high > alone.low[v])).toBe(true)
      for (const pool of POOLS) expect(await flowIntervalsOnPool(csr, value, flow, eligible, pool, options)).toEqual(alone)
    }
    const signal = { aborted: false }
    const stopped = flowIntervalsOnPool(csr, currentFlow(csr).value, { seed: 2 }, null, POOLS[1], { ...options, signal, progress: () => { signal.aborted = true } })
    await expect(stopped).rejects.toMatchObject({ code: 'interrupted' })
  })

  it('says where it is, and stops when asked', async () => {
    const pool = POOLS[1]
    const steps: [number, number][] = []
    const signal = { aborted: false }
    const work = betweennessOnPool(attachment(12_000, 6, 2), pool, {
      signal,
      progress: (_, done, total) => {
        steps.push([done, total])
        if (done > 0) signal.aborted = true
      },
    })
    await expect(work).rejects.toMatchObject({ code: 'interrupted' })
    expect(steps.every(([done, total]) => done <= total)).toBe(true)
    // The pool is whole after it.
    expect(await betweennessOnPool(attachment(900, 2, 4), pool)).toEqual(betweenness(attachment(900, 2, 4)))
  })

  it('hands on what a worker throws', async () => {
    const pool = POOLS[0]
    const job = pool.run('betweenness-chunks', { net: { nodes: 1, offsets: new Uint32Array(1), targets: new Uint32Array(0), behind: new Float64Array(0), lengths: null }, sums: null as never }, 1, { step: 'x' })
    await expect(job).rejects.toThrow()
  })
})
