/// <reference types="node" />
/** Real labelled networks from RINGMAP_DATA, read as organisers research measured them: undirected ties, events projected to people. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'
import { isRequired } from '@ringmap/fixtures/required'

export const DATA: string = process.env['RINGMAP_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url))

/** Why the data cannot be read, or null. Throws where it is required. */
export function missingData(): string | null {
  if (existsSync(`${DATA}/caviar/nodes.csv`)) return null
  if (isRequired('data')) throw new Error(`RINGMAP_REQUIRE names data, and there is none at ${DATA}`)
  return `no labelled networks at ${DATA} (set RINGMAP_DATA)`
}

export interface LabelledNetwork {
  readonly name: string
  readonly csr: Csr
  /** 1 for people with a tie. */
  readonly eligible: Uint8Array
  readonly leaders: Uint8Array
}

/** The seven real cases; Montagna is two layers. */
export function realCases(): readonly (readonly LabelledNetwork[])[] {
  return [
    [labelled('caviar', edges('caviar/edges_by_phase.csv', 'calls'), 'caviar/nodes.csv')],
    [
      labelled('montagna meetings', edges('montagna/meetings.csv', 'meetings'), 'montagna/nodes.csv'),
      labelled('montagna phone', edges('montagna/phonecalls.csv', 'calls'), 'montagna/nodes.csv'),
    ],
    [labelled('hijackers911', edges('hijackers911/edges.csv', 'weight'), 'hijackers911/nodes.csv')],
    [labelled('bali2002', edges('bali2002/edges.csv', 'weight'), 'bali2002/nodes.csv')],
    [labelled('london_gang', edges('london_gang/edges.csv', 'tie_level'), 'london_gang/nodes.csv')],
    [labelled('mexico_trafficking', edges('mexico_trafficking/edges.csv', null), 'mexico_trafficking/nodes.csv')],
    [labelled('calorcalor', projected(edges('calorcalor/edges.csv', 'weight'), 'calorcalor/nodes.csv'), 'calorcalor/nodes.csv')],
  ]
}

/** Synthetic ones, for comparison only. */
export function syntheticCases(): readonly LabelledNetwork[] {
  return [1, 2, 3, 4, 5].map((i) => labelled(`sextraf ${i}`, edges(`sextraf_synthetic/net${i}_edges.csv`, null), `sextraf_synthetic/net${i}_nodes.csv`))
}

export type Edge = readonly [string, string, number]

export function edges(file: string, weight: string | null, from = 'source', to = 'target'): Edge[] {
  return rows(file).map((row) => [row[from] ?? '', row[to] ?? '', weight === null ? 1 : Number(row[weight])])
}

/** People who share an event are tied, with the number of shared events; direct ties stay. */
function projected(given: readonly Edge[], nodes: string): Edge[] {
  const events = new Set(rows(nodes).filter((row) => row['type'] === 'Event').map((row) => row['id'] ?? ''))
  const at = new Map<string, string[]>()
  const out: Edge[] = []
  for (const [a, b, w] of given) {
    const event = events.has(a) ? a : events.has(b) ? b : null
    if (event === null) out.push([a, b, w])
    else at.set(event, [...(at.get(event) ?? []), event === a ? b : a])
  }
  for (const people of at.values()) {
    const once = [...new Set(people)]
    once.forEach((a, i) => once.slice(i + 1).forEach((b) => out.push([a, b, 1])))
  }
  return out
}

function labelled(name: string, list: readonly Edge[], nodes: string): LabelledNetwork {
  const leaders = new Set(rows(nodes).filter((row) => row['leader'] === '1').map((row) => row['id'] ?? ''))
  const ids = [...new Set(list.flatMap(([a, b]) => [a, b]))].sort()
  const csr = csrOfNames(ids, list)
  return {
    name, csr, eligible: Uint8Array.from(ids, (_, v) => (csr.offsets[v + 1] > csr.offsets[v] ? 1 : 0)), leaders: Uint8Array.from(ids, (id) => (leaders.has(id) ? 1 : 0)),
  }
}

export function csrOfNames(ids: readonly string[], list: readonly Edge[], { directed = false }: { readonly directed?: boolean } = {}): Csr {
  const number = new Map(ids.map((id, v) => [id, v]))
  return csrFromEdges(ids.length, Uint32Array.from(list, (e) => number.get(e[0]) ?? 0), Uint32Array.from(list, (e) => number.get(e[1]) ?? 0), { directed, weights: Float64Array.from(list, (e) => e[2]) })
}

function rows(file: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(`${DATA}/${file}`, 'utf8').replace('\uFEFF', '').split(/\r?\n/).filter((line) => line !== '')
  const names = fields(header ?? '')
  return lines.map((line) => {
    const values = fields(line)
    return Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']))
  })
}

function fields(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? '')
}
