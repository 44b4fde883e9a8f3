/** A network as an i2 Analyst's Notebook exchange file (ANX): strengths, grades, cards with source references, chart positions. */
import { ENTITY_KINDS, LINK_KINDS, type EntityKind } from '@ringmap/model/schema'
import { gradeParts, parseGrade, STRENGTHS, type Strength } from '@ringmap/model/grade'
import { SCHEMES, type GradingScheme, type GradingSchemeName } from '@ringmap/model/grading-schemes'
import { byId, ENTITY_FIELDS, isPlaced, LINK_FIELDS, sourceReference, type ExportEntity, type ExportGraph, type ExportLink, type Field, type Statement } from './export-graph.ts'
import type { XmlReport } from './graphml.ts'
import { isoTime } from './iso-time.ts'
import { forbiddenInXml, xmlText } from './xml-text.ts'

export interface AnxOptions {
  /** Moves a moment to the clock of the case, milliseconds in and out: the format has no zone of its own on an item. Default: UTC. */
  readonly local?: (at_ms: number) => number
}

/** Names as they stand in the file; an entity or link without a grade is drawn as unconfirmed, never as confirmed. */
const STYLES: Readonly<Record<Strength, { readonly name: string; readonly dots: string }>> = {
  confirmed: { name: 'Confirmed', dots: 'DotStyleSolid' },
  unconfirmed: { name: 'Unconfirmed', dots: 'DotStyleDashed' },
  tentative: { name: 'Tentative', dots: 'DotStyleDotted' },
}
/** A grade is named by its place in these lists; the first says that none was given. Schemes stand side by side and are never mixed. */
const GRADED_IN: readonly GradingSchemeName[] = ['6x6', '3x5x2', '4x4', '5x5x5']
const GRADE_ONE = gradeWords(({ source }) => source, '6x6')
const GRADE_TWO = gradeWords(({ information }) => information, '6x6')
const GRADE_THREE = gradeWords(({ handling }) => handling, '3x5x2')
/** Between neighbours where the network brings no places; chart units of the format are hundredths of an inch. */
const SPACING = 150

/** Chunks of the file as text, for `anxBytes`; returns how many characters were replaced. */
export function* anx(graph: ExportGraph, options: AnxOptions = {}): Generator<string, XmlReport> {
  let replaced = 0
  const text = (value: string): string => {
    replaced += forbiddenInXml(value)
    return xmlText(value)
  }
  const attributes = (values: Readonly<Record<string, string | null | undefined>>): string =>
    Object.entries(values).map(([name, value]) => (value === null || value === undefined ? '' : ` ${name}="${text(value)}"`)).join('')
  const entities = byId(graph.entities)
  const links = byId(graph.links)
  const moment = (at_ms: number | null): Readonly<Record<string, string>> =>
    at_ms === null ? {} : { DateSet: 'true', TimeSet: 'true', DateTime: `${isoTime((options.local ?? ((at) => at))(at_ms)).slice(0, 19)}.000` }
  const cards = (statements: readonly Statement[] | undefined): string => {
    if (statements === undefined || statements.length === 0) return ''
    const one = (statement: Statement): string => `<Card${attributes({
      Summary: `${statement.count} ${statement.count === 1 ? 'statement' : 'statements'} of ${statement.source}`, ...moment(statement.first_ms), ...graded(statement.grade),
      SourceReference: sourceReference(statement), SourceType: statement.source, Text: `${statement.file} SHA-256 ${statement.sha256}`,
    })}/>`
    return `<CardCollection>${statements.map(one).join('')}</CardCollection>`
  }
  const values = <T>(fields: readonly Field<T>[], item: T): string => {
    const given = fields.flatMap(({ name, value }) => {
      const written = value(item)
      return written === null ? [] : [`<Attribute${attributes({ AttributeClass: name, AttributeClassReference: attributeId(name), Value: written })}/>`]
    })
    return given.length === 0 ? '' : `<AttributeCollection>${given.join('')}</AttributeCollection>`
  }

  yield '<?xml version="1.0" encoding="utf-16"?>\n<Chart>\n<ApplicationVersion Major="9" Minor="0" Point="0" Build="0"/>\n'
  yield collection('StrengthCollection', STRENGTHS.map((strength) => `<Strength${attributes({ Id: `S-${strength}`, Name: STYLES[strength].name, DotStyle: STYLES[strength].dots })}/>`))
  for (const [tag, list] of [['GradeOne', GRADE_ONE], ['GradeTwo', GRADE_TWO], ['GradeThree', GRADE_THREE], ['SourceHints', sourceNames(graph)]] as const) {
    if (list.length > 0) yield `<${tag}>${collection('StringCollection', list.map((word, i) => `<String${attributes({ Id: `${tag}-${i}`, Text: word })}/>`))}</${tag}>\n`
  }
  yield collection('AttributeClassCollection', attributeFields().map(({ name, type }) => `<AttributeClass${attributes({ Id: attributeId(name), Name: name, Type: type === 'long' || type === 'double' ? 'AttNumber' : 'AttText', IsUser: 'true', UserCanAdd: 'true', UserCanRemove: 'true', ShowValue: 'true' })}/>`))
  const kinds = [...new Set(entities.map(({ kind }) => kind))].sort()
  const linkKinds = [...new Set(links.map(({ kind }) => kind))].sort()
  yield collection('EntityTypeCollection', kinds.map((kind) => `<EntityType${attributes({ Id: `E-${kind}`, Name: typeName(kind), Colour: String(bgr(ENTITY_KINDS[kind].colour)) })}/>`))
  yield collection('LinkTypeCollection', linkKinds.map((kind) => `<LinkType${attributes({ Id: `L-${kind}`, Name: LINK_KINDS[kind].label })}/>`))
  yield '<ChartItemCollection>\n'
  const number = new Map(entities.map(({ id }, i) => [id, i + 1]))
  for (const [i, entity] of entities.entries()) yield entityItem(entity, i)
  for (const link of links) yield linkItem(link)
  yield '</ChartItemCollection>\n</Chart>\n'
  return { replaced }

  function entityItem(entity: ExportEntity, i: number): string {
    const { x, y } = place(entity, i, entities.length)
    return `<ChartItem${attributes({ Id: `I-${entity.id}`, Label: entity.label, ...graded(singleGrade(entity.statements)), ...reference(entity.statements), XPosition: String(x) })}><End X="${x}" Y="${y}" Z="0"><Entity${attributes({ EntityId: String(i + 1), Identity: entity.id, LabelIsIdentity: 'false' })}>`
      + `${cards(entity.statements)}<Icon><IconStyle${attributes({ Type: typeName(entity.kind), EntityTypeReference: `E-${entity.kind}` })}/></Icon></Entity></End>${values(ENTITY_FIELDS, entity)}</ChartItem>\n`
  }

  function linkItem(link: ExportLink): string {
    return `<ChartItem${attributes({ Id: `I-${link.id}`, Label: link.count > 1 ? `${link.label} ×${link.count}` : link.label, ...moment(link.first_ms), ...graded(singleGrade(link.statements)), ...reference(link.statements) })}>`
      + `<Link${attributes({ End1Id: String(number.get(link.source) ?? ''), End2Id: String(number.get(link.target) ?? '') })}>${cards(link.statements)}`
      + `<LinkStyle${attributes({ Strength: STYLES[link.strength].name, StrengthReference: `S-${link.strength}`, ArrowStyle: link.directed ? 'ArrowOnHead' : 'ArrowNone', Type: LINK_KINDS[link.kind].label, LinkTypeReference: `L-${link.kind}` })}/></Link>${values(LINK_FIELDS, link)}</ChartItem>\n`
  }
}

/** The program writes and expects UTF-16, little end first, with its mark. */
export function* anxBytes(chunks: Iterable<string>): Generator<Uint8Array> {
  yield Uint8Array.of(0xff, 0xfe)
  for (const chunk of chunks) {
    const bytes = new Uint8Array(chunk.length * 2)
    for (let i = 0; i < chunk.length; i++) {
      const unit = chunk.charCodeAt(i)
      bytes[2 * i] = unit & 0xff
      bytes[2 * i + 1] = unit >> 8
    }
    yield bytes
  }
}

function collection(tag: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `<${tag}>\n${items.join('\n')}\n</${tag}>\n`
}

/** Fields of entities and links; those of one name are one class. */
function attributeFields(): readonly Field<never>[] {
  const seen = new Map<string, Field<never>>()
  for (const field of [...ENTITY_FIELDS, ...LINK_FIELDS] as readonly Field<never>[]) if (!seen.has(field.name)) seen.set(field.name, field)
  return [...seen.values()]
}

function attributeId(name: string): string {
  return `A-${name}`
}

function typeName(kind: EntityKind): string {
  const { label } = ENTITY_KINDS[kind]
  return label.charAt(0).toUpperCase() + label.slice(1)
}

function sourceNames(graph: ExportGraph): string[] {
  return [...new Set([...graph.entities, ...graph.links].flatMap(({ statements }) => (statements ?? []).map(({ source }) => source)))].sort()
}

/** Reference and type of an item: those of its first statement; every statement has a card of its own. */
function reference(statements: readonly Statement[] | undefined): Readonly<Record<string, string>> {
  const first = statements?.[0]
  if (first === undefined) return {}
  const more = (statements?.length ?? 1) - 1
  return { SourceReference: sourceReference(first) + (more > 0 ? `; ${more} more on the cards` : ''), SourceType: first.source }
}

/** The grade that all statements share, or none: grades are never averaged. */
function singleGrade(statements: readonly Statement[] | undefined): string | null {
  const grades = new Set((statements ?? []).map(({ grade }) => grade))
  return grades.size === 1 ? ([...grades][0] ?? null) : null
}

function gradeWords(part: (scheme: GradingScheme) => Readonly<Record<string, string>>, bare: GradingSchemeName): readonly string[] {
  return ['-', ...GRADED_IN.flatMap((scheme) => Object.keys(part(SCHEMES[scheme])).map((letter) => gradeWord(scheme, letter, bare)))]
}

/** Behind the name of its scheme, but for the one that needs none. */
function gradeWord(scheme: GradingSchemeName, letter: string, bare: GradingSchemeName): string {
  return letter === '' ? '-' : scheme === bare ? letter : `${scheme}: ${letter}`
}

function graded(written: string | null): Readonly<Record<string, string>> {
  const grade = written === null ? null : parseGrade(written)
  if (grade === null) return { GradeOneIndex: '0', GradeTwoIndex: '0', GradeThreeIndex: '0' }
  const [one, two, three] = gradeParts(grade)
  const index = (words: readonly string[], letter: string, bare: GradingSchemeName): string => String(words.indexOf(gradeWord(grade.scheme, letter, bare)))
  return { GradeOneIndex: index(GRADE_ONE, one, '6x6'), GradeTwoIndex: index(GRADE_TWO, two, '6x6'), GradeThreeIndex: index(GRADE_THREE, three, '3x5x2') }
}

/** Chart places have y up, the format has it down. Without places: rows of a square, in the order of ids. */
function place(entity: ExportEntity, i: number, of: number): { readonly x: number; readonly y: number } {
  if (isPlaced(entity)) return { x: Math.round(entity.x), y: Math.round(-entity.y) }
  const wide = Math.ceil(Math.sqrt(of))
  return { x: (i % wide) * SPACING, y: Math.floor(i / wide) * SPACING }
}

/** Colours of the format are blue, green, red. */
function bgr(hex: string): number {
  const part = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16)
  return part(5) * 65_536 + part(3) * 256 + part(1)
}
