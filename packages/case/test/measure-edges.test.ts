import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { MEASURES } from '@ringmap/model/finding'
import { MEASURE_CATALOGUE } from '@ringmap/analysis/measure-catalogue'
import type { NetworkSize } from '@ringmap/analysis/measure-size'
import { copiesFor, measureEdges, type MeasureEdgesOptions } from '../src/measure-edges.ts'

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
    await expect(measureEdges('dominated', rings, { ...plain, from: ['Z'] })).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('no node Z') })
  })

  it('takes capitals in column names as they come', async () => {
    const { names } = await measureEdges('degree', file('capitals.csv', ['Source,Target', 'a,b']), plain)
    expect(names).toEqual(['a', 'b'])
  })

  it.each([
    ['no such weight', ['source,target', 'a,b'], { ...plain, weight: 'calls' }, /no column calls; there are source, target .*--weight/],
    ['a negative weight', ['source,target,w', 'a,b,1', 'a,c,-0.5'], { ...plain, weight: 'w' }, /row 3: the weight "-0.5"/],
    ['no number', ['source,target,w', 'a,b,nan'], { ...plain, weight: 'w' }, /row 2: the weight "nan"/],
    ['people by events', ['who,E1,E2,E3,E4', 'a,1,0,1,0', 'b,1,1,0,0'], plain, /matrix of 4 columns whose rows are others/],
    ['one end', ['# words', 'a b', 'c'], plain, /row 3: "c" names one end/],
    ['a name with a blank', ['a b', 'b c', 'c d e'], plain, /row 3 has 3 words where the first has 2/],
    ['strange columns', ['when,who,whom,why', '1,a,b,x'], plain, /no column source; there are when, who, whom, why/],
    ['one column', ['a', 'b'], plain, /one column \("a"\)/],
    ['comments', ['# nobody'], plain, /only comments/],
    ['a two-mode network', ['*Vertices 3 2', '1 "a"', '*Edges', '1 3'], plain, /two-mode/],
    ['no graph', ['<?xml version="1.0"?>', '<html/>'], plain, /neither GraphML nor GEXF/],
  ] as const)('%s is told with its place', async (name, lines, options, expected) => {
    await expect(measureEdges('degree', file(`${name}.csv`, lines), options)).rejects.toMatchObject({ code: 'edge_list_invalid', message: expect.stringMatching(expected) })
  })

  // The path a - b - c - d in every way people write it, with weights 2, 3, 4 where there are any.
  const A = 'a b'
  it.each([
    ['tabs with a byte order mark', '\ufeffsource\ttarget\tw\r\na b\tb\t2\r\nb\tc\t3\r\nc\td\t4\r\n', 'w'],
    ['semicolons', `source;target;w\n"a b";b;2\nb;c;3\nc;d;4\n`, 'W'],
    ['other names', 'id,From,To,w\n1,a b,b,2\n2,b,c,3\n3,c,d,4\n', 'w'],
    ['no head', 'a b,b,2\nb,c,3\nc,d,4\n', 'weight'],
    ['no head, columns by number', 'a b,b,2\nb,c,3\nc,d,4\n', '3'],
    ['blanks and quotes', '# from a book\n\n"a b" b 2\nb   c 3\n% more\nc d 4', '3'],
    ['comments over a head', '# words\nsource,target,w\na b,b,2\nb,c,3\nc,d,4\n', 'w'],
    ['a matrix', ',a b,b,c,d\na b,0,2,0,0\nb,2,0,3,0\nc,0,3,0,4\nd,0,0,4,0\n', 'weight'],
    ['a matrix without a corner', '"a b" b c d\n"a b" 0 2 0 0\nb 0 0 3 0\nc 0 0 0 4\nd 0 0 0 0\n', 'weight'],
    ['GML', 'Creator "x"\ngraph\n[\n  directed 0\n  node [ id 7 label "a b" graphics [ x 1 ] ]\n  node [ id 8 label "b" ]\n  node [ id 9 label "c" ]\n  node [ id 10 label "d" ]\n  edge [ source 7 target 8 value 2 ]\n  edge [ source 8 target 9 value 3 ]\n  edge [ source 9 target 10 value 4 ]\n]\n', 'weight'],
    ['GraphML', '<?xml version="1.0"?>\n<!-- <node id="no"/> --><graphml><key id="k1" for="node" attr.name="label"/><key id="k2" for="edge" attr.name="weight"/><graph edgedefault="undirected">'
      + ['a b', 'b', 'c', 'd'].map((label, i) => `<node id="n${i}"><data key="k1">${label}</data></node>`).join('') + [2, 3, 4].map((w, i) => `<edge source="n${i}" target='n${i + 1}'><data key="k2">${w}</data></edge>`).join('\n') + '</graph></graphml>', 'weight'],
    ['GEXF', '<gexf><graph defaultedgetype="undirected"><nodes>' + ['a b', 'b', 'c', 'd'].map((label, i) => `<node id="${i}" label="${label}"/>`).join('') + '</nodes><edges>' + [2, 3, 4].map((w, i) => `<edge id="${i}" source="${i}" target="${i + 1}" weight="${w}"/>`).join('') + '</edges></graph></gexf>', 'weight'],
    ['Pajek', '*Vertices 4\r\n1 "a b" 0.1 0.2\r\n2 b\r\n3 "c"\r\n4 "d"\r\n*Arcs\r\n*Edges\r\n1 2 2\r\n2 3 3\r\n3 4 4\r\n', 'weight'],
    ['node-link JSON', JSON.stringify({ nodes: ['a b', 'b', 'c', 'd'].map((id) => ({ id })), links: [['a b', 'b', 2], ['b', 'c', 3], ['c', 'd', 4]].map(([source, target, weight]) => ({ source, target, weight })) }), 'weight'],
  ])('reads %s', async (name, text, weight) => {
    const path = join(folder, `${name}.any`)
    writeFileSync(path, text)
    const { names, score } = await measureEdges('weighted-degree', path, { ...plain, weight, copies: 0 })
    expect(Object.fromEntries(names.map((one, v) => [one, score[v]]))).toEqual({ [A]: 2, b: 5, c: 7, d: 4 })
    const steps = await measureEdges('distance', path, { ...plain, from: [A], copies: 0 })
    expect(Object.fromEntries(steps.names.map((one, v) => [one, steps.score[v]]))).toEqual({ [A]: 0, b: 1, c: 2, d: 3 })
  })

  it('reads UTF-16 and Windows-1252 without a head', async () => {
    writeFileSync(join(folder, 'wide.txt'), Buffer.from('\ufeff"René" b\nb c\n', 'utf16le'))
    expect((await measureEdges('degree', join(folder, 'wide.txt'), plain)).names).toEqual(['René', 'b', 'c'])
    writeFileSync(join(folder, 'latin.txt'), Buffer.from('# é\nRen\xe9 b\nb c\n', 'latin1'))
    expect((await measureEdges('degree', join(folder, 'latin.txt'), plain)).names).toEqual(['René', 'b', 'c'])
  })

  it('takes costs as 1 / weight, and rows of weight 0 as no tie', async () => {
    const costs = file('costs.csv', ['source,target,km', 'a,b,2', 'b,c,4', 'a,c,10'])
    const { names, score } = await measureEdges('distance', costs, { ...plain, weight: 'km', costs: true, from: ['a'], copies: 0 })
    expect(score[names.indexOf('c')]).toBeCloseTo(6, 12)
    const zero = await measureEdges('degree', file('zero.csv', ['source,target,w', 'a,b,1', 'b,c,0']), { ...plain, weight: 'w' })
    expect(zero.names).toEqual(['a', 'b'])
    expect(zero.remarks.join(' ')).toContain('1 rows of weight 0')
  })

  it('says which way it guessed', async () => {
    expect((await measureEdges('degree', file('guess.csv', ['1,2', '2,3']), plain)).remarks.join(' ')).toContain('The first row (1, 2) was taken as a tie')
    expect((await measureEdges('degree', file('guess-head.csv', ['ego,alter', 'x,y']), plain)).remarks.join(' ')).toContain('The columns ego and alter')
    expect((await measureEdges('degree', file('letters.csv', ['A,B', 'B,C']), plain)).names).toEqual(['A', 'B', 'C'])
  })

  it('a file that is not there, or a folder, is told as one', async () => {
    await expect(measureEdges('degree', join(folder, 'nowhere.csv'), plain)).rejects.toMatchObject({ code: 'input_missing' })
    await expect(measureEdges('degree', folder, plain)).rejects.toMatchObject({ code: 'edge_list_invalid', message: expect.stringContaining('folder') })
  })

  it('refuses an empty file', async () => {
    writeFileSync(join(folder, 'nothing'), '')
    await expect(measureEdges('degree', join(folder, 'nothing'), plain)).rejects.toMatchObject({ code: 'edge_list_invalid', message: expect.stringContaining('0 bytes') })
  })

  it('says what it left out', async () => {
    const { names, remarks } = await measureEdges('degree', file('odd.csv', ['source,target', 'a,b', 'b,b', 'c,']), plain)
    expect(names).toEqual(['a', 'b'])
    expect(remarks.join(' ')).toMatch(/1 rows without one of their ends.*1 rows lead from a node to itself/)
  })

  it('refuses with the number what does not fit', async () => {
    await expect(measureEdges('degree', rings, { ...plain, memory: 1000 })).rejects.toMatchObject({ code: 'too_large', message: expect.stringMatching(/17 nodes from \d+ rows.*KiB/) })
    const cycle = file('cycle.csv', ['source,target', ...Array.from({ length: 200 }, (_, i) => `${i},${(i + 1) % 200}`)])
    await expect(measureEdges('current-flow', cycle, { ...plain, memory: 100_000 })).rejects.toMatchObject({ code: 'too_large', message: expect.stringContaining('Current-flow') })
  })

  it('makes copies unasked only where they take some seconds', () => {
    const entry = MEASURE_CATALOGUE.degree
    const size = (nodes: number, ties: number): NetworkSize => ({ nodes, ties, largest_block: 2 })
    expect([size(10_000, 50_000), size(50_000, 100_000), size(1_000_000, 1_000_000)].map((one) => copiesFor(entry, [one]))).toEqual([40, 20, 0])
    expect(copiesFor(entry, Array.from({ length: 20 }, () => size(10_000, 50_000)))).toBe(0)
    expect(copiesFor(MEASURE_CATALOGUE.leiden, [size(10, 10)])).toBe(0)
  })

  it('foresees what ten million people need', () => {
    const size = { nodes: 10_000_000, ties: 50_000_000, largest_block: 9_000_000 }
    expect(MEASURE_CATALOGUE['current-flow'].bytes(size)).toBeGreaterThan(2 ** 30)
    expect(MEASURE_CATALOGUE.betweenness.bytes(size)).toBeGreaterThan(2 ** 30)
    expect(MEASURE_CATALOGUE.degree.bytes(size)).toBeLessThan(2 ** 30)
  })
})
