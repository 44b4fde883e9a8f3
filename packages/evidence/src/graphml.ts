/** A network as GraphML, for Gephi, yEd, networkx, igraph. */
import { byId, ENTITY_FIELDS, isPlaced, LINK_FIELDS, type ExportGraph, type Field } from './export-graph.ts'
import { forbiddenInXml, xmlText } from './xml-text.ts'

/** What had to be changed on the way out. */
export interface XmlReport {
  /** Characters that XML cannot hold, each replaced by U+FFFD. */
  readonly replaced: number
}

/** Chunks of the file, one or a few lines each; returns how many characters were replaced. All links stand as directed; the `directed` field says which are. */
export function* graphml(graph: ExportGraph): Generator<string, XmlReport> {
  let replaced = 0
  const text = (value: string): string => {
    replaced += forbiddenInXml(value)
    return xmlText(value)
  }
  const key = (side: 'node' | 'edge', name: string, type: string): string => `  <key id="${side}_${name}" for="${side}" attr.name="${name}" attr.type="${type}"/>\n`
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
  yield `  <desc>${text(graph.name)}</desc>\n`
  yield key('node', 'label', 'string')
  for (const { name, type } of ENTITY_FIELDS) yield key('node', name, type)
  yield key('node', 'x', 'double') + key('node', 'y', 'double')
  yield key('edge', 'label', 'string') + key('edge', 'weight', 'double')
  for (const { name, type } of LINK_FIELDS) yield key('edge', name, type)
  yield '  <graph id="G" edgedefault="directed">\n'
  const data = (name: string, value: string): string => `<data key="${name}">${text(value)}</data>`
  const fields = <T>(side: string, list: readonly Field<T>[], item: T): string =>
    list.map(({ name, value }) => {
      const written = value(item)
      return written === null ? '' : data(`${side}_${name}`, written)
    }).join('')
  for (const entity of byId(graph.entities)) {
    const place = !isPlaced(entity) ? '' : data('node_x', String(entity.x)) + data('node_y', String(entity.y))
    yield `    <node id="${text(entity.id)}">${data('node_label', entity.label)}${fields('node', ENTITY_FIELDS, entity)}${place}</node>\n`
  }
  for (const link of byId(graph.links)) {
    yield `    <edge id="${text(link.id)}" source="${text(link.source)}" target="${text(link.target)}">${data('edge_label', link.label)}${data('edge_weight', String(link.count))}${fields('edge', LINK_FIELDS, link)}</edge>\n`
  }
  yield '  </graph>\n</graphml>\n'
  return { replaced }
}
