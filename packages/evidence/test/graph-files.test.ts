import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { MultiDirectedGraph } from 'graphology'
import gexfFormat from 'graphology-gexf'
import graphmlFormat from 'graphology-graphml'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collected, graphOfChart, type ExportGraph, type ExportLink } from '../src/export-graph.ts'
import { gexf } from '../src/gexf.ts'
import { graphml } from '../src/graphml.ts'
import { forbiddenInXml } from '../src/xml-text.ts'
import { HOSTILE_LABELS, HOSTILE_REPLACED, hostileGraph } from './hostile-graph.ts'
import { missingPackage, python } from '@ringmap/fixtures/validators'
import { sampleChart } from '@ringmap/fixtures/sample-chart'

/** Any code point, lone surrogates among them, the first ones more often. */
const anySign = fc.oneof(fc.integer({ min: 0, max: 0x2fff }), fc.integer({ min: 0, max: 0x10ffff })).map((point) => String.fromCodePoint(point))

// oxlint-disable-next-line no-control-regex
const asXmlHolds = (label: string): string => label.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
const graph = hostileGraph()
const formats = [
  { name: 'GraphML', write: (g: ExportGraph) => collected(graphml(g)), read: (xml: string) => graphmlFormat.parse(MultiDirectedGraph, xml) },
  { name: 'GEXF', write: (g: ExportGraph) => collected(gexf(g)), read: (xml: string) => gexfFormat.parse(MultiDirectedGraph, xml, { addMissingNodes: false }) },
]

describe.each(formats)('$name', ({ write, read }) => {
  test("graphology's parser reads back every entity, link and label", () => {
    const back = read(write(graph).text)
    expect(back.order).toBe(graph.entities.length)
    expect(back.size).toBe(graph.links.length)
    for (const { id, label, kind, masked, rank } of graph.entities) {
      // Their reader trims nothing but gives undefined for an empty text.
      expect(back.getNodeAttribute(id, 'label') ?? '').toBe(asXmlHolds(label))
      expect(back.getNodeAttribute(id, 'kind')).toBe(kind)
      expect(back.getNodeAttribute(id, 'masked')).toBe(masked)
      if (rank !== null) expect(back.getNodeAttribute(id, 'rank')).toBe(rank)
    }
    const paid = back.filterEdges((_, attributes) => attributes.kind === 'called' && attributes.currency === 'INR')
    expect(paid.length).toBe(graph.links.length / 2)
    expect(back.getEdgeAttribute(paid[0], 'amount_minor')).toBe(123_456_789_012)
  })

  test('what XML cannot hold is replaced and counted', () => {
    // One more in the graph's own name; the labels stand on the links too, but for the last.
    const onLinks = HOSTILE_LABELS.slice(0, -1).reduce((sum, label) => sum + forbiddenInXml(label), 0)
    expect(write(graph).result.replaced).toBe(HOSTILE_REPLACED + onLinks + 1)
  })

  test('the order of input changes nothing', () => {
    expect(write({ ...graph, entities: [...graph.entities].reverse(), links: [...graph.links].reverse() }).text).toBe(write(graph).text)
  })

  test('any labels come back', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: anySign, maxLength: 12 }), { minLength: 1, maxLength: 5 }), (labels) => {
      const entities = labels.map((label, i) => ({ id: `e${i}`, kind: 'Person' as const, label, roles: [], masked: false, rank: null, ring: null }))
      // A link, because the GEXF reader cannot tell the type of a network that has none.
      const back = read(write({ name: labels.join(''), entities, links: [{ ...(graph.links[0] as ExportLink), source: 'e0', target: 'e0' }] }).text)
      return entities.every(({ id, label }) => (back.getNodeAttribute(id, 'label') ?? '') === asXmlHolds(label))
    }), { numRuns: 25, examples: [[['\u0085', 'a\u2028b']]] })
  })

  test('a chart goes the same way, with its places', () => {
    const chart = sampleChart(20)
    const back = read(write(graphOfChart(chart)).text)
    expect(back.order).toBe(20)
    const first = chart.entities[0]
    expect(back.getNodeAttribute(first?.id, 'x')).toBeCloseTo(first?.x ?? 0, 9)
  })
})

test('a date is written only when it is given', () => {
  expect(collected(gexf(graph)).text).not.toContain('lastmodified')
  expect(collected(gexf(graph, { lastModified: '2024-05-01' })).text).toContain('<meta lastmodifieddate="2024-05-01">')
})

test('a hundred thousand entities are written chunk by chunk', () => {
  const entities = Array.from({ length: 100_000 }, (_, i) => ({ id: `P-${i}`, kind: 'Person' as const, label: `Person ${i}`, roles: [], masked: false, rank: null, ring: null }))
  let longest = 0
  let nodes = 0
  for (const chunk of gexf({ name: 'big', entities, links: [] })) {
    longest = Math.max(longest, chunk.length)
    if (chunk.includes('<node ')) nodes++
  }
  expect(nodes).toBe(100_000)
  expect(longest).toBeLessThan(2000)
})

const missing = missingPackage('networkx')

describe.skipIf(missing !== null)(`networkx${missing === null ? '' : ` (${missing})`}`, () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ringmap-graph-'))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  test.each([['graphml', 'read_graphml'], ['gexf', 'read_gexf']])('reads %s', (extension, reader) => {
    const file = join(folder, `graph.${extension}`)
    writeFileSync(file, collected(extension === 'gexf' ? gexf(graph) : graphml(graph)).text)
    const code = `import json, networkx as nx\ng = nx.${reader}(${JSON.stringify(file)})\nprint(json.dumps({'nodes': g.number_of_nodes(), 'links': g.number_of_edges(), 'labels': {n: d.get('label') or '' for n, d in g.nodes(data=True)}, 'sum': sum(int(d.get('amount_minor', 0)) for _, _, d in g.edges(data=True)), 'masked': sum(1 for _, d in g.nodes(data=True) if d['masked'] is True)}))`
    const back = JSON.parse(python(code)) as { nodes: number; links: number; labels: Record<string, string>; sum: number; masked: number }
    expect(back.nodes).toBe(graph.entities.length)
    expect(back.links).toBe(graph.links.length)
    expect(back.sum).toBe(123_456_789_012 * graph.links.length / 2)
    expect(back.masked).toBe(graph.entities.filter(({ masked }) => masked).length)
    for (const { id, label } of graph.entities) expect(back.labels[id]).toBe(asXmlHolds(label))
  })
})
