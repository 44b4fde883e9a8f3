import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { MEASURES } from '@ringmap/model/finding'
import { MEASURE_CATALOGUE } from '@ringmap/analysis/measure-catalogue'
import { measureEdges, type MeasureEdgesOptions } from '../src/measure-edges.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringmap-measure-'))
afterAll(() => { rmSync(folder, { recursive: true }) })

const plain: MeasureEdgesOptions = { source: 'source', target: 'target', directed: false, seed: 1 }

function file(name: string, lines: readonly string[]): string {
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
  return join(folder, name)
}

/** Two rings of seven who meet in M, each with a courier. */
const rings = file('rings.csv', ['source,target,calls', ...['a', 'b'].flatMap((side) => [
  ...Array.from({ length: 7 }, (_, i) => `${side}${i},${side}${(i + 1) % 7},${i + 1}`), `${side}0,${side}3,2`, `M,${side}0,1`, `M,${side}4,1`, `${side}2,${side}-courier,9`,
])])

describe('measure over an edge list', () => {
  it.each(MEASURES)('%s: one value, a rank inside its interval, for every node', async (measure) => {
    const { names, score, rank, low, high, order } = await measureEdges(measure, rings, { ...plain, weight: 'calls', from: ['M'], copies: 20 })
    expect(names).toEqual([...names].sort())
    expect([...order].sort((a, b) => a - b)).toEqual(names.map((_, v) => v))
    for (const column of [score, rank, low, high]) expect(column).toHaveLength(names.length)
    for (let i = 1; i < order.length; i++) expect(rank[order[i] as number]).toBeGreaterThanOrEqual(rank[order[i - 1] as number] as number)
    for (let v = 0; v < names.length; v++) expect(low[v]).toBeLessThanOrEqual(high[v] as number)
  })

  it('makes forty copies of a small network, and none where none are asked for', async () => {
    const usual = await measureEdges('current-flow', rings, plain)
    expect(usual.copies).toBe(40)
    expect(usual.names[usual.order[0] as number]).toBe('M')
    const none = await measureEdges('current-flow', rings, { ...plain, copies: 0 })
    expect(none.low).toEqual(none.rank)
    expect(none.remarks.join(' ')).toContain('--copies')
    expect(none.score).toEqual(usual.score)
  })

  it('starts from whom it is told to', async () => {
    const { names, score } = await measureEdges('distance', rings, { ...plain, from: ['M'], copies: 0 })
    expect(score[names.indexOf('M')]).toBe(0)
    expect(score[names.indexOf('a-courier')]).toBe(4)
    await expect(measureEdges('dominated', rings, plain)).rejects.toMatchObject({ code: 'usage' })
    await expect(measureEdges('dominated', rings, { ...plain, from: ['Z'] })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('takes capitals in column names as they come', async () => {
    const { names } = await measureEdges('degree', file('capitals.csv', ['Source,Target', 'a,b']), plain)
    expect(names).toEqual(['a', 'b'])
  })

  it.each([
    ['no header', ['a,b', 'b,c'], plain, /no column source; there are a, b/],
    ['other names', ['from,to', 'a,b'], plain, /no column source; there are from, to .*--source/],
    ['no such weight', ['source,target', 'a,b'], { ...plain, weight: 'calls' }, /no column calls; there are source, target .*--weight/],
    ['a negative weight', ['source,target,w', 'a,b,1', 'a,c,-0.5'], { ...plain, weight: 'w' }, /row 3: the weight "-0.5"/],
    ['no number', ['source,target,w', 'a,b,nan'], { ...plain, weight: 'w' }, /row 2: the weight "nan"/],
  ] as const)('%s is told with its place', async (name, lines, options, expected) => {
    await expect(measureEdges('degree', file(`${name}.csv`, lines), options)).rejects.toMatchObject({ code: 'edge_list_invalid', message: expect.stringMatching(expected) })
  })

  it('says what it left out', async () => {
    const { names, remarks } = await measureEdges('degree', file('odd.csv', ['source,target', 'a,b', 'b,b', 'c,']), plain)
    expect(names).toEqual(['a', 'b'])
    expect(remarks.join(' ')).toMatch(/1 rows without one of their ends.*1 rows lead from a node to itself/)
  })

  it('refuses with the number what does not fit', async () => {
    await expect(measureEdges('degree', rings, { ...plain, memory: 1000 })).rejects.toMatchObject({ code: 'too_large', message: expect.stringMatching(/17 nodes from \d+ rows.*MiB/) })
    const cycle = file('cycle.csv', ['source,target', ...Array.from({ length: 200 }, (_, i) => `${i},${(i + 1) % 200}`)])
    await expect(measureEdges('current-flow', cycle, { ...plain, memory: 50_000 })).rejects.toMatchObject({ code: 'too_large', message: expect.stringContaining('Current-flow') })
  })

  it('foresees what ten million people need', () => {
    const size = { nodes: 10_000_000, ties: 50_000_000, largest_block: 9_000_000 }
    expect(MEASURE_CATALOGUE['current-flow'].bytes(size)).toBeGreaterThan(2 ** 30)
    expect(MEASURE_CATALOGUE.betweenness.bytes(size)).toBeGreaterThan(2 ** 30)
    expect(MEASURE_CATALOGUE.degree.bytes(size)).toBeLessThan(2 ** 30)
  })
})
