/** An i2 Analyst's Notebook exchange file (ANX) into a network, with grades and what its cards say of the sources. */
import type { ExportEntity, ExportLink, Statement } from '@ringmap/model/exchange-graph'
import { LINK_KINDS } from '@ringmap/model/schema'
import { entityKindOf, linkKindOf, linkValues, momentOf, numberOf, rolesOf, strengthOf, withEnds, type ExchangeFile, type ExchangeTrouble, type ExchangeWords } from './exchange-file.ts'
import { childOf, childrenOf, unreadable, xmlRoot, type XmlElement } from './xml-elements.ts'

export interface AnxReading extends ExchangeWords {
  /** From the clock of the case to UTC, milliseconds in and out: items of the format know no zone. Default: UTC. */
  readonly utc?: (local_ms: number) => number
}

/** @param text decoded: the format is UTF-16. @throws RingmapError exchange_unreadable */
export function readAnx(text: string, file: string, reading: AnxReading = {}): ExchangeFile {
  const root = xmlRoot(text.replace(/^\uFEFF/, ''), file)
  if (root.name !== 'Chart') throw unreadable(file, `its root is <${root.name}>, not <Chart>`)
  const lists = (['GradeOne', 'GradeTwo', 'GradeThree'] as const).map((name) => childrenOf(childOf(childOf(root, name), 'StringCollection'), 'String').map(({ attributes }) => attributes['Text'] ?? ''))
  const types = new Map([...childrenOf(childOf(root, 'EntityTypeCollection'), 'EntityType'), ...childrenOf(childOf(root, 'LinkTypeCollection'), 'LinkType')].map(({ attributes }) => [attributes['Id'] ?? '', attributes['Name'] ?? '']))
  const troubles: ExchangeTrouble[] = []
  const entities: ExportEntity[] = []
  const links: ExportLink[] = []
  const byNumber = new Map<string, string>()
  const items = childrenOf(childOf(root, 'ChartItemCollection'), 'ChartItem')
  for (const item of items) {
    const end = childOf(item, 'End')
    const entity = childOf(end, 'Entity')
    if (entity === undefined) continue
    const style = entity.children.flatMap(({ children }) => children).find(({ name }) => name.endsWith('Style'))
    const word = style?.attributes['Type'] ?? types.get(style?.attributes['EntityTypeReference'] ?? '') ?? ''
    const kind = entityKindOf(word, reading)
    if (kind === null) {
      troubles.push({ what: 'kind_unknown', at: item.line, value: word })
      continue
    }
    const values = valuesOf(item)
    const id = entity.attributes['Identity'] ?? item.attributes['Id'] ?? ''
    byNumber.set(entity.attributes['EntityId'] ?? id, id)
    const [x, y] = [numberOf(end?.attributes['X']), numberOf(end?.attributes['Y'])]
    entities.push({
      id, kind, label: item.attributes['Label'] ?? id, roles: rolesOf((values.get('roles') ?? '').split(' ')), masked: values.get('masked') === 'true', rank: numberOf(values.get('rank')), ring: values.get('ring') ?? null,
      ...(x === null || y === null ? {} : { x, y: -y }), ...statementsIn(entity, lists, reading),
    })
  }
  for (const item of items) {
    const link = childOf(item, 'Link')
    if (link === undefined) continue
    const style = childOf(link, 'LinkStyle')
    const values = valuesOf(item)
    const word = values.get('kind') ?? style?.attributes['Type'] ?? types.get(style?.attributes['LinkTypeReference'] ?? '') ?? ''
    const kind = linkKindOf(word, reading)
    if (kind === null) {
      troubles.push({ what: 'kind_unknown', at: item.line, value: word })
      continue
    }
    const end = (name: string): string => byNumber.get(link.attributes[name] ?? '') ?? link.attributes[name] ?? ''
    const count = numberOf(values.get('count')) ?? 1
    const label = item.attributes['Label'] ?? LINK_KINDS[kind].label
    const shown = momentOf(item.attributes['DateTime'])
    links.push({
      id: (item.attributes['Id'] ?? `line ${item.line}`).replace(/^I-/, ''), kind, label: label.endsWith(` ×${count}`) ? label.slice(0, -` ×${count}`.length) : label, source: end('End1Id'), target: end('End2Id'),
      directed: values.has('directed') ? values.get('directed') === 'true' : /ArrowOn/.test(style?.attributes['ArrowStyle'] ?? ''), count,
      first_ms: values.has('first') ? momentOf(values.get('first')) : shown === null ? null : (reading.utc ?? plain)(shown), last_ms: momentOf(values.get('last')),
      ...linkValues(values, kind), strength: strengthOf(style?.attributes['Strength']?.toLowerCase()), ...statementsIn(link, lists, reading),
    })
  }
  return withEnds('', entities, links, troubles)
}

function plain(local_ms: number): number {
  return local_ms
}

function valuesOf(item: XmlElement): Map<string, string> {
  return new Map(childrenOf(childOf(item, 'AttributeCollection'), 'Attribute').map(({ attributes }) => [attributes['AttributeClass'] ?? '', attributes['Value'] ?? '']))
}

/** Cards that our export wrote, read back; cards of others say their text alone and are left where they are. */
function statementsIn(element: XmlElement, lists: readonly (readonly string[])[], reading: AnxReading): { readonly statements?: Statement[] } {
  const statements = childrenOf(childOf(element, 'CardCollection'), 'Card').flatMap(({ attributes }): Statement[] => {
    const said = /^(\d+) statements? of (.*)$/s.exec(attributes['Summary'] ?? '')
    const from = /^(.*) SHA-256 ([0-9a-f]{64})$/s.exec(attributes['Text'] ?? '')
    if (said === null || from === null) return []
    const at = momentOf(attributes['DateTime'])
    return [{ source: said[2] as string, count: Number(said[1]), file: from[1] as string, sha256: from[2] as string, grade: gradeOf(attributes, lists), first_ms: at === null ? null : (reading.utc ?? plain)(at), last_ms: null, ...rowsOf(attributes['SourceReference'] ?? '') }]
  })
  return statements.length === 0 ? {} : { statements }
}

/** `calls.csv rows 3, 9 and 4 more` */
export function rowsOf(reference: string): { readonly rows: number[]; readonly rows_of: number } {
  const found = /rows? ([\d, ]+?)(?: and (\d+) more)?$/.exec(reference)
  const rows = (found?.[1] ?? '').split(', ').filter((row) => row !== '').map(Number)
  return { rows, rows_of: rows.length + Number(found?.[2] ?? 0) }
}

function gradeOf(attributes: Readonly<Record<string, string>>, lists: readonly (readonly string[])[]): string | null {
  const words = (['GradeOneIndex', 'GradeTwoIndex', 'GradeThreeIndex'] as const).map((name, i) => lists[i]?.[Number(attributes[name] ?? 0)] ?? '-')
  if (words[0] === '-' || words[1] === '-') return null
  const scheme = /^(\S+): /.exec(words[0] ?? '')?.[1]
  const letters = words.map((word) => (word === '-' ? '' : word.replace(/^\S+: /, ''))).join('')
  return scheme === undefined || scheme === '3x5x2' ? letters : `${scheme} ${letters}`
}
