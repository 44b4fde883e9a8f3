/**
 * A file with a network, of whatever kind people keep them in, as a table with a head of which the reader of tables can be asked for two columns:
 * ordinary tables as they are, everything else written anew with the columns source, target, weight.
 */
import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { isUtf8 } from 'node:buffer'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { RingmapError } from '@ringmap/model/errors'
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'
import { csvCell } from '@ringmap/model/csv-cell'
import { fileKind } from './file-kind.ts'
import { lookAt } from './file-to-read.ts'
import { fromGml, fromJson, fromPajek, fromXml, type FormattedNetwork } from './network-formats.ts'
import { cellsOf, isComment, networkShape, type AskedColumns, type NetworkShape } from './network-shape.ts'
import { headShape, recoded } from './head-shape.ts'
import { statedEncoding, utf8Stream, type Encoding } from './text-encoding.ts'

export interface NetworkFile {
  readonly path: string
  readonly source: string
  readonly target: string
  /** How it was read, in words. */
  readonly remarks: readonly string[]
}

/** Formats that are read whole. */
const MOST_BYTES = 256 * 2 ** 20
const HEAD_BYTES = 65_536

/** @param folder where a table written anew is put. @throws RingmapError edge_list_invalid, source_* */
export async function networkFile(path: string, shown: string, folder: string, asked: AskedColumns, work: WorkOptions = {}): Promise<NetworkFile> {
  if (statSync(path, { throwIfNoEntry: false })?.size === 0) throw new RingmapError('edge_list_invalid', { file: shown, what: 'it is empty (0 bytes)' })
  const { head, size } = await lookAt({ source: 'edges', shown, path })
  const plain = { path, source: asked.source ?? 'source', target: asked.target ?? 'target', remarks: [] }
  // Workbooks, and what is refused, are the reader's; so is a table in which it finds the head that was asked for.
  const encoding = encodingOf(head)
  const marked = /^\ufeff?\s*(<(\?xml|graphml|gexf|!--)|[{[])/i.test(recoded(head.subarray(0, 4096), encoding).toString())
  if (!marked && (fileKind(head, false).kind !== 'text' || hasHead(shown, head, size, plain))) return plain
  const cut = head.subarray(0, HEAD_BYTES)
  const shape = networkShape(recoded(cut, encoding).toString().replace(/^\ufeff/, ''), cut.length === size, shown, asked)
  if (shape.kind === 'table') return { path, source: shape.source, target: shape.target, remarks: shape.remark === null ? [] : [shape.remark] }
  const into = join(folder, 'network.csv')
  if (shape.kind === 'lines') {
    await pipeline(Readable.from(lineTable(path, encoding, shape, shown, work)), createWriteStream(into, { mode: 0o600 }))
    return { path: into, source: nameOf(shape, shape.source, asked.source), target: nameOf(shape, shape.target, asked.target), remarks: shape.remark === null ? [] : [shape.remark] }
  }
  if (size > MOST_BYTES) throw new RingmapError('edge_list_invalid', { file: shown, what: `it has ${Math.ceil(size / 2 ** 20)} MiB, and this format is read up to ${MOST_BYTES / 2 ** 20}: save it as CSV` })
  const text = recoded(await readFile(path), encoding).toString().replace(/^\ufeff/, '')
  const { network, remark } = shape.kind === 'matrix' ? { network: fromMatrix(text, shape, shown), remark: 'Read as an adjacency matrix: a cell above 0 is a tie from its row to its column.' } : { network: formatted(text, shape.kind, shown), remark: null }
  await pipeline(Readable.from(written(network)), createWriteStream(into, { mode: 0o600 }))
  const remarks = remark === null ? [] : [remark]
  if (network.directed) remarks.push('The file calls its ties directed; they count in both directions unless --directed is given.')
  if (network.alone > 0) remarks.push(`${network.alone} nodes without a tie were left out.`)
  return { path: into, source: 'source', target: 'target', remarks }
}

function hasHead(shown: string, head: Buffer, size: number, { source, target }: { readonly source: string; readonly target: string }): boolean {
  if (isComment(head.toString('latin1', 0, 256).replace(/^\xef\xbb\xbf/, ''))) return false
  const { header, delimiter } = headShape({ source: 'edges', shown, delimiter: 'auto' }, { head, size }, statedEncoding(head, 'auto'))
  const heads = header.map((cell) => cell.trim().toLowerCase())
  return delimiter.length === 1 && heads.includes(source.toLowerCase()) && heads.includes(target.toLowerCase())
}

function encodingOf(head: Buffer): Encoding {
  const stated = statedEncoding(head, 'auto')
  if (stated !== null) return stated
  // A character that the end of the head cuts is no fault.
  for (let less = 0; less < 4; less++) if (isUtf8(head.subarray(0, head.length - less))) return 'utf-8'
  return 'windows-1252'
}

function formatted(text: string, kind: 'gml' | 'xml' | 'pajek' | 'json', shown: string): FormattedNetwork {
  return { gml: fromGml, xml: fromXml, pajek: fromPajek, json: fromJson }[kind](text, shown)
}

/** Of an undirected matrix each pair stands twice: the upper half is read where both halves say the same. */
function fromMatrix(text: string, { delimiter, labelled }: NetworkShape & { readonly kind: 'matrix' }, shown: string): FormattedNetwork {
  const rows = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '' && !isComment(line)).map((line) => cellsOf(line, delimiter))
  const body = labelled ? rows.slice(1) : rows
  const names = labelled ? body.map((row) => row[0] as string) : body.map((_, i) => String(i + 1))
  const cells = body.map((row) => (labelled ? row.slice(1) : row))
  if (new Set(names).size < names.length) throw new RingmapError('edge_list_invalid', { file: shown, what: 'two rows of its matrix have the same name' })
  const at = (i: number, j: number): number => {
    const value = Number(cells[i]?.[j] ?? '')
    if (Number.isNaN(value) || value < 0) throw new RingmapError('edge_list_invalid', { file: shown, what: `row ${i + (labelled ? 2 : 1)}: "${cells[i]?.[j] ?? ''}" is no weight of a tie` })
    return value
  }
  for (const [i, row] of cells.entries()) if (row.length !== names.length) throw new RingmapError('edge_list_invalid', { file: shown, what: `row ${i + (labelled ? 2 : 1)} of its matrix has ${row.length} cells where there are ${names.length} rows` })
  const even = names.every((_, i) => names.every((__, j) => at(i, j) === at(j, i)))
  const ties: [string, string, string | null][] = []
  const tied = new Set<string>()
  for (const [i, from] of names.entries()) {
    for (const [j, to] of names.entries()) {
      if (at(i, j) === 0 || i === j) continue
      tied.add(from).add(to)
      if (!even || j > i) ties.push([from, to, String(at(i, j))])
    }
  }
  return { ties, directed: !even, alone: names.length - tied.size }
}

/** Lines with a head of their own, quoted where needed; comments and blank lines are left out. */
async function* lineTable(path: string, encoding: Encoding, shape: NetworkShape & { readonly kind: 'lines' }, shown: string, work: WorkOptions): AsyncGenerator<string> {
  let columns = shape.head?.length ?? 0
  let out = shape.head === null ? '' : `${shape.head.map(csvCell).join(',')}\n`
  let skipped = shape.head === null
  let matrixMarket = false
  let row = 0
  for await (const line of linesOf(path, encoding)) {
    row++
    if (row === 1 && /^%%MatrixMarket/i.test(line)) matrixMarket = true
    if (line.trim() === '' || isComment(line)) continue
    if (!skipped || matrixMarket) {
      skipped = true
      matrixMarket = false
      continue
    }
    const cells = cellsOf(line, shape.delimiter)
    if (cells.length < 2) throw new RingmapError('edge_list_invalid', { file: shown, what: `row ${row}: "${line.trim().slice(0, 60)}" names one end where two are needed` })
    if (columns === 0) {
      columns = cells.length
      out = `${columnsOf(columns).join(',')}\n`
    }
    if (cells.length > columns) throw new RingmapError('edge_list_invalid', { file: shown, what: `row ${row} has ${cells.length} words where the first has ${columns}: put quotes round names with blanks` })
    while (cells.length < columns) cells.push('')
    out += `${cells.map(csvCell).join(',')}\n`
    if (out.length < HEAD_BYTES) continue
    stopIfAsked(work.signal)
    yield out
    out = ''
  }
  yield out
}

function columnsOf(count: number): string[] {
  return Array.from({ length: count }, (_, i) => ['source', 'target', 'weight'][i] ?? `column_${i + 1}`)
}

function nameOf(shape: NetworkShape & { readonly kind: 'lines' }, place: number, asked: string | null): string {
  return (place === -1 ? asked : shape.head?.[place] ?? columnsOf(place + 1)[place]) ?? ''
}

async function* linesOf(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = utf8Stream(encoding)
  let rest = ''
  let first = true
  for await (const chunk of createReadStream(path)) {
    const text = rest + decoder.push(chunk as Buffer).toString()
    const lines = (first ? text.replace(/^\ufeff/, '') : text).split(/\r\n|\n|\r(?!$)/)
    first = false
    rest = lines.pop() ?? ''
    yield* lines
  }
  rest += decoder.end().toString()
  if (rest !== '') yield rest.replace(/\r$/, '')
}

function* written(network: FormattedNetwork): Generator<string> {
  let out = 'source,target,weight\n'
  for (const tie of network.ties) {
    out += `${csvCell(tie[0])},${csvCell(tie[1])},${tie[2] ?? ''}\n`
    if (out.length < HEAD_BYTES) continue
    yield out
    out = ''
  }
  yield out
}
