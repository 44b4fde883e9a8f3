/** What kind of network a file holds, told from its first lines: a table of ties with or without a head, words between blanks, a matrix, or a format with its own name. */
import { RingmapError } from '@ringmap/model/errors'

export type NetworkShape =
  /** A table with a head that the reader of tables takes as it is. */
  | { readonly kind: 'table'; readonly source: string; readonly target: string; readonly remark: string | null }
  /** Lines that have to be written anew: no head, comments before it, or blanks between the words. */
  | { readonly kind: 'lines'; readonly delimiter: Delimiter; readonly head: readonly string[] | null; readonly source: number; readonly target: number; readonly remark: string | null }
  | { readonly kind: 'matrix'; readonly delimiter: Delimiter; readonly labelled: boolean }
  | { readonly kind: 'gml' | 'xml' | 'pajek' | 'json' }

export type Delimiter = ',' | ';' | '\t' | '|' | ' '

export interface AskedColumns {
  /** Null: not named by the user. */
  readonly source: string | null
  readonly target: string | null
}

/** Pairs of heads that people give the two ends. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['source', 'target'], ['from', 'to'], ['src', 'dst'], ['src', 'dest'], ['source_id', 'target_id'], ['sourceid', 'targetid'], ['from_id', 'to_id'], ['fromnodeid', 'tonodeid'], ['node1', 'node2'], ['node_1', 'node_2'],
  ['node_a', 'node_b'], ['actor1', 'actor2'], ['actor_1', 'actor_2'], ['actor_a', 'actor_b'], ['person1', 'person2'], ['person_1', 'person_2'], ['person_a', 'person_b'], ['name1', 'name2'], ['id1', 'id2'], ['id_1', 'id_2'],
  ['ego', 'alter'], ['caller', 'callee'], ['caller', 'called'], ['sender', 'receiver'], ['sender', 'recipient'], ['payer', 'payee'], ['start', 'end'], ['a', 'b'], ['u', 'v'], ['i', 'j'], ['v1', 'v2'], ['x', 'y'], ['tail', 'head'],
]

/** @param text the first lines; `whole` where that is all. @throws RingmapError edge_list_invalid */
export function networkShape(text: string, whole: boolean, shown: string, asked: AskedColumns): NetworkShape {
  const start = text.trimStart()
  if (start === '') throw new RingmapError('edge_list_invalid', { file: shown, what: 'it holds no ties: nothing stands in it' })
  if (/^<(\?xml|graphml|gexf|!--)/i.test(start)) return { kind: 'xml' }
  if (/^[[{]\s*["{[\]}]/.test(start)) return { kind: 'json' }
  const all = text.split(/\r\n|\n|\r/)
  if (!whole) all.pop()
  const kept = all.filter((line) => line.trim() !== '' && !isComment(line))
  // MatrixMarket's first line of numbers says how large the matrix is.
  const lines = /^%%MatrixMarket/i.test(start) ? kept.slice(1) : kept
  const first = lines[0]
  if (first === undefined) throw new RingmapError('edge_list_invalid', { file: shown, what: 'it holds no ties: there are only comments' })
  if (/^\s*\*\s*(vertices|network|arcs|edges)/i.test(first)) return { kind: 'pajek' }
  if (/^\s*(creator|version|comment|graph)\b/i.test(first) && /\bgraph\s*\[/i.test(text)) return { kind: 'gml' }
  if (/^\s*dl[\s,]/i.test(first)) throw new RingmapError('edge_list_invalid', { file: shown, what: 'it is in UCINET\'s DL format: save it as an edge list or a matrix in CSV' })
  const delimiter = delimiterOf(lines)
  const cells = lines.map((line) => cellsOf(line, delimiter))
  const matrix = matrixOf(cells, whole, delimiter)
  if (matrix !== null && asked.source === null && asked.target === null) return matrix
  return tableOf(cells, delimiter, all.some((line, i) => isComment(line) && i < all.indexOf(first)), shown, asked)
}

export function isComment(line: string): boolean {
  return /^\s*(#|%|\/\/)/.test(line)
}

/** The sign that parts every line into the same number of cells, two at least; blanks where none does. */
function delimiterOf(lines: readonly string[]): Delimiter {
  let best: Delimiter = ' '
  let most = 0
  for (const sign of ['\t', ',', ';', '|'] as const) {
    const counts = lines.slice(0, 50).map((line) => cellsOf(line, sign).length)
    const least = Math.min(...counts)
    if (least > 1 && counts.filter((count) => count === counts[0]).length > most) {
      best = sign
      most = counts.filter((count) => count === counts[0]).length
    }
  }
  return best
}

/** Cells of one line; a quoted one may hold the sign. */
export function cellsOf(line: string, delimiter: Delimiter): string[] {
  if (delimiter === ' ') return Array.from(line.matchAll(/"((?:[^"]|"")*)"|'([^']*)'|(\S+)/g), (word) => word[1]?.replaceAll('""', '"') ?? word[2] ?? word[3] ?? '')
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim())
  const cells: string[] = []
  let cell = ''
  let inside = false
  for (const sign of line) {
    if (sign === '"') inside = !inside
    if (sign === delimiter && !inside) {
      cells.push(cell)
      cell = ''
    } else cell += sign
  }
  return [...cells, cell].map((one) => one.trim().replace(/^"([\s\S]*)"$/, '$1').replaceAll('""', '"'))
}

const isNumber = (cell: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(cell)

/** Heads that are the names of the rows, too; or numbers alone, as many rows as columns. */
function matrixOf(rows: readonly string[][], whole: boolean, delimiter: Delimiter): NetworkShape | null {
  const head = rows[0] as string[]
  const body = rows.slice(1)
  const second = body[0]
  if (second !== undefined && second.length >= 3) {
    const names = head.length === second.length ? head.slice(1) : head.length === second.length - 1 ? head : null
    if (names !== null && new Set(names).size === names.length && body.length <= names.length + (whole ? 0 : 1e9) && body.every((row, i) => row[0] === names[i]) && (!whole || body.length === names.length) && body.every((row) => row.slice(1).every((cell) => cell === '' || isNumber(cell)))) {
      return { kind: 'matrix', delimiter, labelled: true }
    }
  }
  if (head.length >= 4 && whole && rows.length === head.length && rows.every((row) => row.length === head.length && row.every(isNumber))) return { kind: 'matrix', delimiter, labelled: false }
  return null
}

function tableOf(rows: readonly string[][], delimiter: Delimiter, comments: boolean, shown: string, asked: AskedColumns): NetworkShape {
  const head = rows[0] as string[]
  if (head.length < 2) throw new RingmapError('edge_list_invalid', { file: shown, what: `its first row has one column ("${head[0] ?? ''}"), where two ends are needed` })
  const lower = head.map((cell) => cell.toLowerCase())
  const named = asked.source !== null || asked.target !== null ? [asked.source ?? 'source', asked.target ?? 'target'] as const : null
  const guessed = PAIRS.find(([a, b]) => lower.filter((cell) => cell === a).length === 1 && lower.includes(b))
  // People may be called A and B, too.
  const pair = named ?? (guessed?.[0] === 'source' || isHead(rows) ? guessed : undefined)
  const converted = comments || delimiter === ' '
  if (pair !== undefined) {
    const remark = named !== null || pair[0] === 'source' ? null : `The columns ${pair[0]} and ${pair[1]} were taken as the ends; --source and --target name others.`
    if (!converted) return { kind: 'table', source: named?.[0] ?? head[lower.indexOf(pair[0])] as string, target: named?.[1] ?? head[lower.indexOf(pair[1])] as string, remark }
    // Columns may be named by their number, which needs no head.
    const numbered = named !== null && named.every((one) => /^\d+$/.test(one) && !head.includes(one)) && !isHead(rows)
    return { kind: 'lines', delimiter, head: numbered ? null : head, source: placeOf(head, pair[0]), target: placeOf(head, pair[1]), remark }
  }
  if (!isHead(rows)) return { kind: 'lines', delimiter, head: null, source: 0, target: 1, remark: `The first row (${head.slice(0, 3).join(', ')}) was taken as a tie and not as a head.` }
  refuseOther(rows, shown)
  const remark = `The first row was taken as the head and the columns ${head[0]} and ${head[1]} as the ends; --source and --target name others.`
  if (!converted) return { kind: 'table', source: head[0] as string, target: head[1] as string, remark }
  return { kind: 'lines', delimiter, head, source: 0, target: 1, remark }
}

function placeOf(head: readonly string[], name: string): number {
  const at = head.findIndex((cell) => cell.toLowerCase() === name.toLowerCase())
  return at !== -1 ? at : /^\d+$/.test(name) && Number(name) >= 1 && Number(name) <= head.length ? Number(name) - 1 : -1
}

/** A first row whose ends are numbers, or come again as ends below, is no head. */
function isHead(rows: readonly string[][]): boolean {
  const [first, ...body] = rows
  const [a, b] = first as string[] as [string, string]
  if (isNumber(a) && isNumber(b)) return false
  return !body.some((row) => row[0] === a || row[1] === a || row[0] === b || row[1] === b)
}

function refuseOther(rows: readonly string[][], shown: string): void {
  const [head, ...body] = rows as [string[], ...string[][]]
  if (head.length >= 4 && body.every((row) => row.slice(1).every((cell) => cell === '' || isNumber(cell)))) {
    throw new RingmapError('edge_list_invalid', { file: shown, what: `it looks like a matrix of ${head.length - 1} columns whose rows are others than its columns (people by events?): ties of people with people are needed` })
  }
  if (head.length > 3) throw new RingmapError('edge_list_invalid', { file: shown, what: `there is no column source; there are ${head.join(', ')} (name one with --source)` })
}
