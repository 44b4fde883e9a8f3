/** A network as GEXF 1.3, for Gephi and networkx. */
import { ENTITY_KINDS } from '@ringmap/model/schema'
import { byId, ENTITY_FIELDS, isPlaced, LINK_FIELDS, type ExportGraph, type Field } from './export-graph.ts'
import type { XmlReport } from './graphml.ts'
import { forbiddenInXml, xmlText } from './xml-text.ts'

export interface GexfOptions {
  /** ISO date written into the file; by default none, so that the same network gives the same bytes on any day. */
  readonly lastModified?: string | null
}

/** Chunks of the file; returns how many characters were replaced. All links stand as directed; the `directed` field says which are. */
export function* gexf(graph: ExportGraph, options: GexfOptions = {}): Generator<string, XmlReport> {
  let replaced = 0
  const text = (value: string): string => {
    replaced += forbiddenInXml(value)
    return xmlText(value)
  }
  const modified = options.lastModified ?? null
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
  yield `  <meta${modified === null ? '' : ` lastmodifieddate="${text(modified)}"`}>\n    <creator>ringmap</creator>\n    <description>${text(graph.name)}</description>\n  </meta>\n`
  yield '  <graph defaultedgetype="directed" mode="static">\n'
  yield declared('node', ENTITY_FIELDS)
  yield declared('edge', LINK_FIELDS)
  const values = <T>(list: readonly Field<T>[], item: T): string =>
    list.map(({ name, value }) => {
      const written = value(item)
      return written === null ? '' : `<attvalue for="${name}" value="${text(written)}"/>`
    }).join('')
  yield '    <nodes>\n'
  for (const entity of byId(graph.entities)) {
    const place = !isPlaced(entity) ? '' : `<viz:position x="${entity.x}" y="${entity.y}" z="0"/>`
    yield `      <node id="${text(entity.id)}" label="${text(entity.label)}"><attvalues>${values(ENTITY_FIELDS, entity)}</attvalues>${colour(ENTITY_KINDS[entity.kind].colour)}${place}</node>\n`
  }
  yield '    </nodes>\n    <edges>\n'
  for (const link of byId(graph.links)) {
    yield `      <edge id="${text(link.id)}" source="${text(link.source)}" target="${text(link.target)}" label="${text(link.label)}" weight="${link.count}"><attvalues>${values(LINK_FIELDS, link)}</attvalues></edge>\n`
  }
  yield '    </edges>\n  </graph>\n</gexf>\n'
  return { replaced }
}

function declared(side: 'node' | 'edge', fields: readonly { readonly name: string; readonly type: string }[]): string {
  return `    <attributes class="${side}">\n${fields.map(({ name, type }) => `      <attribute id="${name}" title="${name}" type="${type}"/>\n`).join('')}    </attributes>\n`
}

function colour(hex: string): string {
  const part = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16)
  return `<viz:color r="${part(1)}" g="${part(3)}" b="${part(5)}"/>`
}
