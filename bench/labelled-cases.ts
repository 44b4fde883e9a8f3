/** Labelled networks in the folder that RINGMAP_DATA names: every folder with a list of people (`id`, `leader`) and files of ties (`source`, `target`), whoever put it there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { csrFromEdges, type Csr } from '@ringmap/graph/csr'

export interface LabelledLayer {
  readonly name: string
  readonly csr: Csr
  readonly leaders: Uint8Array
  /** 1 for people with a tie whose part is known; the others stay in the network. */
  readonly scored: Uint8Array
  /** The ties of each phase, where the file has a column `phase`. */
  readonly phases: readonly Csr[]
  /** The ties of all layers of the case together, and the node there of each person here; null where there is one layer. */
  readonly whole: { readonly csr: Csr; readonly node_of: Uint32Array } | null
}

export interface LabelledCase {
  readonly name: string
  readonly synthetic: boolean
  readonly layers: readonly LabelledLayer[]
}

type Row = Readonly<Record<string, string>>

/** A folder is one case; files of ties beside one list of people are its layers. `netN_nodes.csv` with `netN_edges.csv` are cases of their own. */
export function labelledCases(folder: string): LabelledCase[] {
  if (!existsSync(folder)) return []
  const cases: LabelledCase[] = []
  for (const name of readdirSync(folder).sort()) {
    const inside = join(folder, name)
    const files = safeList(inside).filter((file) => file.endsWith('.csv')).sort()
    for (const nodes of files.filter((file) => file.endsWith('nodes.csv'))) {
      const people = rows(join(inside, nodes))
      if (people[0]?.['leader'] === undefined || people[0]['id'] === undefined) continue
      const own = nodes.slice(0, -'nodes.csv'.length)
      const ties = files.filter((file) => file !== nodes && file.startsWith(own) && !file.endsWith('nodes.csv')).map((file) => ({ file, list: rows(join(inside, file)) })).filter(({ list }) => list[0]?.['source'] !== undefined && list[0]['target'] !== undefined)
      if (ties.length === 0) continue
      const label = own === '' ? name : `${name} ${own.replace(/_$/, '')}`
      cases.push({ name: label, synthetic: /synthetic/.test(name), layers: ties.map(({ file, list }) => layer(ties.length === 1 ? label : `${label} ${file.replace(/\.csv$/, '')}`, people, list, ties.length === 1 ? null : ties.flatMap((one) => one.list))) })
    }
  }
  return cases
}

function safeList(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function layer(name: string, people: readonly Row[], list: readonly Row[], all: readonly Row[] | null): LabelledLayer {
  const events = new Set(people.filter((row) => row['type'] === 'Event').map((row) => row['id'] ?? ''))
  const pairs = projected(list, events)
  const number = numbered(pairs)
  const ids = [...number.keys()]
  const csr = drawn(number, pairs)
  const everywhere = all === null ? null : projected(all, events)
  const numberThere = numbered(everywhere ?? [])
  const stated = new Map(people.map((row) => [row['id'] ?? '', row['leader'] ?? '']))
  const phases = [...new Set(pairs.map(({ phase }) => phase))]
  return {
    name, csr, leaders: Uint8Array.from(ids, (id) => (stated.get(id) === '1' ? 1 : 0)),
    scored: Uint8Array.from(ids, (id, v) => ((csr.offsets[v + 1] as number) > (csr.offsets[v] as number) && stated.get(id) !== '' ? 1 : 0)),
    whole: everywhere === null ? null : { csr: drawn(numberThere, everywhere), node_of: Uint32Array.from(ids, (id) => numberThere.get(id) as number) },
    phases: phases.length < 2 ? [] : phases.map((phase) => drawn(number, pairs.filter((pair) => pair.phase === phase))),
  }
}

type Pairs = ReturnType<typeof projected>

/** Whoever has a tie, in order of their ids. */
function numbered(pairs: Pairs): ReadonlyMap<string, number> {
  return new Map([...new Set(pairs.flatMap(({ a, b }) => [a, b]))].sort().map((id, v) => [id, v]))
}

function drawn(number: ReadonlyMap<string, number>, pairs: Pairs): Csr {
  return csrFromEdges(number.size, Uint32Array.from(pairs, ({ a }) => number.get(a) as number), Uint32Array.from(pairs, ({ b }) => number.get(b) as number), { weights: Float64Array.from(pairs, ({ weight }) => weight) })
}

/** People at one event are tied to each other, once for each event; other ties stay. */
function projected(list: readonly Row[], events: ReadonlySet<string>): { a: string; b: string; weight: number; phase: string }[] {
  const pairs: { a: string; b: string; weight: number; phase: string }[] = []
  const at = new Map<string, Set<string>>()
  for (const row of list) {
    const [a, b] = [row['source'] ?? '', row['target'] ?? '']
    const event = events.has(a) ? a : events.has(b) ? b : null
    const weight = Number(row['weight'] ?? row['calls'] ?? row['meetings'] ?? row['tie_level'] ?? 1)
    if (event === null) pairs.push({ a, b, weight: weight > 0 ? weight : 1, phase: row['phase'] ?? '' })
    else at.set(event, (at.get(event) ?? new Set()).add(event === a ? b : a))
  }
  for (const together of at.values()) {
    const once = [...together]
    once.forEach((a, i) => once.slice(i + 1).forEach((b) => pairs.push({ a, b, weight: 1, phase: '' })))
  }
  return pairs
}

function rows(file: string): Row[] {
  const [header = '', ...lines] = readFileSync(file, 'utf8').replace('\uFEFF', '').split(/\r?\n/).filter((line) => line !== '')
  const names = cells(header)
  return lines.map((line) => {
    const values = cells(line)
    return Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']))
  })
}

function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((found) => found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
}

/** Of the layers or cases that say something: NaN stands where nobody can be found. */
export function mean(values: readonly number[]): number {
  const said = values.filter((value) => !Number.isNaN(value))
  return said.length === 0 ? Number.NaN : said.reduce((a, b) => a + b, 0) / said.length
}
