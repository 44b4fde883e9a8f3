/** Networks in formats with a name of their own, read whole: GML, GraphML and GEXF, Pajek's .net, node-link JSON. */
import { RingmapError } from '@ringmap/model/errors'

export interface FormattedNetwork {
  /** Ends by name, and the weight as it is written; null where there is none. */
  readonly ties: readonly (readonly [string, string, string | null])[]
  readonly directed: boolean
  /** Nodes that no tie names. */
  readonly alone: number
}

type Named = Map<string, string | null>

/** Names instead of ids where every node has one and no two are the same. */
function finished(nodes: Named, ties: readonly (readonly [string, string, string | null])[], directed: boolean): FormattedNetwork {
  const names = [...nodes.values()]
  const usable = names.every((one) => one !== null && one !== '') && new Set(names).size === nodes.size
  const named = (id: string): string => (usable ? nodes.get(id) ?? id : id)
  const tied = new Set(ties.flatMap(([a, b]) => [a, b]))
  let alone = 0
  for (const id of nodes.keys()) if (!tied.has(id)) alone++
  return { ties: ties.map(([a, b, weight]) => [named(a), named(b), weight]), directed, alone }
}

/** Himsolt 1997. */
export function fromGml(text: string, shown: string): FormattedNetwork {
  const nodes: Named = new Map()
  const ties: [string, string, string | null][] = []
  const words = text.replaceAll(/^\s*#.*$/gm, '').match(/"[^"]*"|\[|\]|[^\s[\]]+/g) ?? []
  let directed = false
  let open: Record<string, string> | null = null
  let kind = ''
  let depth = 0
  for (let i = 0; i < words.length; i++) {
    const key = (words[i] as string).toLowerCase()
    const value = words[i + 1]
    if (key === ']') {
      depth--
      if (depth !== 1 || open === null) continue
      if (kind === 'node') nodes.set(needed(open, 'id', shown), open['label'] ?? open['name'] ?? null)
      else ties.push([needed(open, 'source', shown), needed(open, 'target', shown), open['weight'] ?? open['value'] ?? null])
      open = null
    } else if (value === '[') {
      depth++
      i++
      if (depth !== 2 || (key !== 'node' && key !== 'edge')) continue
      kind = key
      open = {}
    } else if (key === '[') depth++
    else if (value !== undefined && value !== ']') {
      i++
      const plain = value.startsWith('"') ? decoded(value.slice(1, -1)) : value
      if (depth === 1 && key === 'directed') directed = plain === '1'
      if (depth === 2 && open !== null) open[key] = plain
    }
  }
  return finished(nodes, ties, directed)
}

/** GraphML (Brandes et al. 2002) and GEXF: nodes and edges by their tags, labels and weights by attribute or by the key that declares them. */
export function fromXml(given: string, shown: string): FormattedNetwork {
  const text = given.replaceAll(/<!--[\s\S]*?-->/g, '')
  if (!/<(?:\w+:)?(graphml|gexf)\b/i.test(text)) throw new RingmapError('edge_list_invalid', { file: shown, what: 'it is XML, but neither GraphML nor GEXF' })
  const keys = new Map<string, string>()
  for (const [, head] of text.matchAll(/<(?:\w+:)?key\b([^>]*)>/g)) {
    const at = attributes(head as string)
    keys.set(at['id'] ?? '', (at['attr.name'] ?? at['id'] ?? '').toLowerCase())
  }
  const nodes: Named = new Map()
  const ties: [string, string, string | null][] = []
  let directed = /\b(edgedefault|defaultedgetype)\s*=\s*["']directed/i.test(text)
  for (const [, tag, head, body] of text.matchAll(/<(?:\w+:)?(node|edge)\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?\1\s*>)/g)) {
    const at = attributes(head as string)
    for (const [, key, value] of (body ?? '').matchAll(/<(?:\w+:)?data\b[^>]*key\s*=\s*["']([^"']*)["'][^>]*>([\s\S]*?)<\//g)) at[keys.get(key as string) ?? ''] ??= decoded((value as string).trim())
    if (tag === 'node') nodes.set(needed(at, 'id', shown), at['label'] ?? at['name'] ?? null)
    else {
      ties.push([needed(at, 'source', shown), needed(at, 'target', shown), at['weight'] ?? null])
      if (at['directed'] === 'true' || at['type'] === 'directed') directed = true
    }
  }
  return finished(nodes, ties, directed)
}

function attributes(head: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, key, double, single] of head.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) found[(key as string).toLowerCase()] = decoded(double ?? single ?? '')
  return found
}

function decoded(text: string): string {
  const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'' }
  return text.replaceAll(/&(#x[\da-f]+|#\d+|\w+);/gi, (all, one: string) => {
    if (!one.startsWith('#')) return signs[one] ?? all
    const code = one[1] === 'x' || one[1] === 'X' ? Number.parseInt(one.slice(2), 16) : Number(one.slice(1))
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}

/** Vertices with numbers and names; *Arcs and *Edges with a weight, *Arcslist and *Edgeslist with many ends a line. */
export function fromPajek(text: string, shown: string): FormattedNetwork {
  const nodes: Named = new Map()
  const ties: [string, string, string | null][] = []
  let part = ''
  let directed = false
  text.split(/\r\n|\n|\r/).forEach((line, i) => {
    const clean = line.trim()
    if (clean === '' || clean.startsWith('%')) return
    if (clean.startsWith('*')) {
      part = (/^\*\s*(\w+)/.exec(clean)?.[1] ?? '').toLowerCase()
      if (part === 'matrix') throw new RingmapError('edge_list_invalid', { file: shown, what: `row ${i + 1}: *Matrix is not read; save the network with *Arcs or *Edges` })
      if (/^\*\s*vertices\s+\d+\s+\d+/i.test(clean)) throw new RingmapError('edge_list_invalid', { file: shown, what: `row ${i + 1}: a two-mode network; ties of people with people are needed` })
      return
    }
    const words = Array.from(clean.matchAll(/"([^"]*)"|(\S+)/g), (word) => word[1] ?? word[2] ?? '')
    const [first, second] = words as [string, string | undefined]
    if (part === 'vertices') nodes.set(first, second ?? null)
    else if (part.startsWith('arcs') || part.startsWith('edges')) {
      if (second === undefined) throw new RingmapError('edge_list_invalid', { file: shown, what: `row ${i + 1}: "${clean}" names one end where two are needed` })
      if (part.startsWith('arcs')) directed = true
      if (part.endsWith('list')) for (const other of words.slice(1)) ties.push([first, other, null])
      else ties.push([first, second, words[2] ?? null])
    }
  })
  return finished(nodes, ties, directed)
}

/** Node-link JSON, as networkx and D3 write it. */
export function fromJson(text: string, shown: string): FormattedNetwork {
  let held: unknown
  try {
    held = JSON.parse(text)
  } catch (cause) {
    throw new RingmapError('edge_list_invalid', { file: shown, what: 'it begins like JSON, but is none' }, { cause })
  }
  const graph = held as { readonly directed?: unknown; readonly nodes?: unknown; readonly links?: unknown; readonly edges?: unknown }
  const list = graph.links ?? graph.edges ?? held
  if (!Array.isArray(list)) throw new RingmapError('edge_list_invalid', { file: shown, what: 'it is JSON without links or edges' })
  const word = (one: unknown): string | null => (typeof one === 'string' || typeof one === 'number' ? String(one) : null)
  const nodes: Named = new Map()
  for (const one of Array.isArray(graph.nodes) ? graph.nodes as Record<string, unknown>[] : []) {
    const id = word(one['id']) ?? word(one['key'])
    if (id !== null) nodes.set(id, word(one['label']) ?? word(one['name']))
  }
  const ties = (list as unknown[]).map((one, i): [string, string, string | null] => {
    const [a, b, w] = Array.isArray(one) ? one as unknown[] : [(one as Record<string, unknown> | null)?.['source'], (one as Record<string, unknown> | null)?.['target'], (one as Record<string, unknown> | null)?.['weight']]
    const [source, target] = [word(a), word(b)]
    if (source === null || target === null) throw new RingmapError('edge_list_invalid', { file: shown, what: `link ${i + 1} has no source or no target` })
    return [source, target, word(w)]
  })
  return finished(nodes, ties, graph.directed === true)
}

function needed(held: Readonly<Record<string, string>>, key: string, shown: string): string {
  const value = held[key]
  if (value === undefined) throw new RingmapError('edge_list_invalid', { file: shown, what: `a node or a tie in it has no ${key}` })
  return value
}
