/** GraphML into a network: ours back as it was, and files of yEd, Gephi or networkx where their kinds are known words. */
import type { ExportEntity, ExportLink } from '@ringmap/model/exchange-graph'
import { LINK_KINDS } from '@ringmap/model/schema'
import { entityKindOf, linkKindOf, linkValues, momentOf, numberOf, rolesOf, strengthOf, withEnds, type ExchangeFile, type ExchangeTrouble, type ExchangeWords } from './exchange-file.ts'
import { childOf, childrenOf, unreadable, xmlRoot, type XmlElement } from './xml-elements.ts'

/** @throws RingmapError exchange_unreadable */
export function readGraphml(text: string, file: string, words: ExchangeWords = {}): ExchangeFile {
  const root = xmlRoot(text, file)
  if (root.name !== 'graphml') throw unreadable(file, `its root is <${root.name}>, not <graphml>`)
  const keys = new Map(childrenOf(root, 'key').map((key) => [key.attributes['id'] ?? '', { name: key.attributes['attr.name'] ?? key.attributes['id'] ?? '', standard: childOf(key, 'default')?.text, side: key.attributes['for'] ?? 'all' }]))
  const valuesOf = (element: XmlElement, side: string): Map<string, string> => {
    const values = new Map<string, string>()
    for (const key of keys.values()) if (key.standard !== undefined && (key.side === side || key.side === 'all')) values.set(key.name, key.standard)
    for (const data of childrenOf(element, 'data')) values.set(keys.get(data.attributes['key'] ?? '')?.name ?? data.attributes['key'] ?? '', data.text)
    return values
  }
  const troubles: ExchangeTrouble[] = []
  const entities: ExportEntity[] = []
  const links: ExportLink[] = []
  for (const graph of childrenOf(root, 'graph')) {
    const directed = graph.attributes['edgedefault'] !== 'undirected'
    for (const node of childrenOf(graph, 'node')) {
      const values = valuesOf(node, 'node')
      const kind = entityKindOf(values.get('kind') ?? values.get('type') ?? '', words)
      const id = node.attributes['id'] ?? ''
      if (kind === null) {
        troubles.push({ what: 'kind_unknown', at: node.line, value: values.get('kind') ?? values.get('type') ?? id })
        continue
      }
      const [x, y] = [numberOf(values.get('x')), numberOf(values.get('y'))]
      entities.push({
        id, kind, label: values.get('label') ?? values.get('name') ?? id, roles: rolesOf((values.get('roles') ?? '').split(' ')), masked: values.get('masked') === 'true', rank: numberOf(values.get('rank')), ring: values.get('ring') ?? null,
        ...(x === null || y === null ? {} : { x, y }),
      })
    }
    for (const edge of childrenOf(graph, 'edge')) {
      const values = valuesOf(edge, 'edge')
      const word = values.get('kind') ?? values.get('type') ?? values.get('label') ?? ''
      const kind = linkKindOf(word, words)
      if (kind === null) {
        troubles.push({ what: 'kind_unknown', at: edge.line, value: word })
        continue
      }
      for (const name of ['first', 'last'] as const) if ((values.get(name) ?? '') !== '' && momentOf(values.get(name)) === null) troubles.push({ what: 'value_unreadable', at: edge.line, value: values.get(name) ?? '' })
      const way = values.get('directed') ?? edge.attributes['directed']
      links.push({
        id: edge.attributes['id'] ?? `line ${edge.line}`, kind, label: values.get('label') ?? LINK_KINDS[kind].label, source: edge.attributes['source'] ?? '', target: edge.attributes['target'] ?? '',
        directed: way === undefined ? directed : way === 'true', count: numberOf(values.get('count') ?? values.get('weight')) ?? 1, first_ms: momentOf(values.get('first')), last_ms: momentOf(values.get('last')),
        ...linkValues(values, kind), strength: strengthOf(values.get('strength')),
      })
    }
  }
  return withEnds(childOf(root, 'desc')?.text ?? '', entities, links, troubles)
}
