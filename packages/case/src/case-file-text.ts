/** Reads case.yaml: YAML to a checked CaseFile, with file, line and path in every complaint. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { isMap, isPair, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml'
import { caseFile, type CaseFile } from '@ringmap/model/case-file'
import { RingmapError } from '@ringmap/model/errors'
import { misfit } from '@ringmap/sources/map-sources'

/** @throws RingmapError case_missing, case_file_invalid */
export function readCaseFile(path: string): CaseFile {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new RingmapError('case_missing', { path }, { cause: error })
  }
  return parseCaseFile(text, basename(path))
}

/** @param file the name that stands in complaints. */
export function parseCaseFile(text: string, file: string): CaseFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const broken = document.errors[0]
  if (broken !== undefined) throw invalid(file, lines.linePos(broken.pos[0]).line, '(yaml)', broken.message)
  const parsed = caseFile.safeParse(document.toJS())
  const lineOf = (path: readonly PropertyKey[]): number => lineAt(document, lines, path)
  if (!parsed.success) {
    const first = parsed.error.issues[0]
    if (first === undefined) throw invalid(file, 1, '(file)', 'is not a case file')
    throw invalid(file, lineOf(first.path), first.path.join('.') || '(file)', explained(first))
  }
  checkLinks(parsed.data, file, lineOf)
  return parsed.data
}

/** What the schema alone cannot say: names that must be unique, ends that must exist and fit. */
function checkLinks(given: CaseFile, file: string, lineOf: (path: readonly PropertyKey[]) => number): void {
  const names = new Set<string>()
  given.sources.forEach((source, s) => {
    if (names.has(source.name)) throw invalid(file, lineOf(['sources', s, 'name']), `sources.${s}.name`, `"${source.name}" names two sources`)
    names.add(source.name)
    for (const [alias, entity] of Object.entries(source.entities)) {
      const needsId = !['Person', 'Organisation', 'Event', 'Consignment'].includes(entity.kind)
      if (needsId && entity.id === undefined) throw invalid(file, lineOf(['sources', s, 'entities', alias]), `sources.${s}.entities.${alias}`, `a ${entity.kind} needs an id column`)
    }
    source.links.forEach((link, l) => {
      const path = ['sources', s, 'links', l]
      const from = source.entities[link.from]
      const to = source.entities[link.to]
      const known = Object.keys(source.entities).join(', ') || 'none'
      if (from === undefined) throw invalid(file, lineOf([...path, 'from']), `${path.join('.')}.from`, `there is no entity "${link.from}" in this source; it has ${known}`)
      if (to === undefined) throw invalid(file, lineOf([...path, 'to']), `${path.join('.')}.to`, `there is no entity "${link.to}" in this source; it has ${known}`)
      const trouble = misfit(link.kind, from.kind, to.kind)
      if (trouble !== null) throw invalid(file, lineOf([...path, 'kind']), `${path.join('.')}.kind`, trouble)
      for (const time of [link.at, link.until]) checkZone(time !== undefined && typeof time !== 'string' ? time.timezone : undefined, file, () => lineOf(path), path.join('.'))
    })
    checkZone(source.timezone, file, () => lineOf(['sources', s, 'timezone']), `sources.${s}.timezone`)
  })
  checkZone(given.timezone, file, () => lineOf(['timezone']), 'timezone')
}

function checkZone(zone: string | undefined, file: string, line: () => number, path: string): void {
  if (zone === undefined) return
  try {
    Intl.DateTimeFormat('en', { timeZone: zone })
  } catch (error) {
    throw new RingmapError('case_file_invalid', { file, line: line(), path, what: `"${zone}" is not a time zone; write one such as Asia/Kolkata` }, { cause: error })
  }
}

interface SchemaIssue {
  readonly code?: string | undefined
  readonly message: string
  readonly path: readonly PropertyKey[]
  readonly errors?: readonly (readonly SchemaIssue[])[]
}

/** A union fails with every branch's complaint; the branch that got furthest is what the writer meant. */
function explained(issue: SchemaIssue): string {
  if (issue.code !== 'invalid_union' || issue.errors === undefined) return issue.message
  const deepest = issue.errors.flat().toSorted((a, b) => b.path.length - a.path.length)[0]
  return deepest === undefined ? issue.message : `${deepest.path.join('.')}${deepest.path.length > 0 ? ': ' : ''}${explained(deepest)}`
}

/** Line of the deepest part of the path that is written down. */
function lineAt(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  let node: Node | null = document.contents
  let offset = node?.range?.[0] ?? 0
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String((item.key as { value?: unknown } | null)?.value ?? item.key) === String(part))
      if (pair === undefined) break
      offset = (pair.key as Node).range?.[0] ?? offset
      node = pair.value as Node | null
    } else if (isSeq(node)) {
      const item = node.items[Number(part)] as Node | undefined
      if (item === undefined) break
      node = item
      offset = item.range?.[0] ?? offset
    } else break
  }
  return lines.linePos(offset).line
}

function invalid(file: string, line: number, path: string, what: string): RingmapError {
  return new RingmapError('case_file_invalid', { file, line, path, what })
}
