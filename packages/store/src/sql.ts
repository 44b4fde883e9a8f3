/** SQL put together safely: values become parameters or quoted literals, names become quoted names, and nothing else gets in. */

/** A piece of SQL that came from here and not from data. */
export class Sql {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type SqlPart = Sql | string | number | bigint | boolean | null | readonly string[]

/** Template tag: strings, numbers and null become literals; `Sql` pieces stay as they are; a list of strings becomes ('a', 'b'). */
export function sql(strings: TemplateStringsArray, ...parts: readonly SqlPart[]): Sql {
  let text = strings[0] ?? ''
  parts.forEach((part, i) => {
    text += render(part) + (strings[i + 1] ?? '')
  })
  return new Sql(text)
}

/** A table or column name, quoted. */
export function name(identifier: string): Sql {
  // A NUL cannot stand in an identifier and would end the text early in C.
  return new Sql(`"${identifier.replaceAll('\0', '').replaceAll('"', '""')}"`)
}

/** Pieces joined, by a comma unless told otherwise. */
export function joined(pieces: readonly Sql[], separator = ', '): Sql {
  return new Sql(pieces.map((piece) => piece.text).join(separator))
}

function render(part: SqlPart): string {
  if (part instanceof Sql) return part.text
  if (part === null) return 'NULL'
  if (typeof part === 'string') return literal(part)
  if (typeof part === 'boolean') return part ? 'TRUE' : 'FALSE'
  if (typeof part === 'number' || typeof part === 'bigint') {
    if (typeof part === 'number' && !Number.isFinite(part)) throw new TypeError('only finite numbers can stand in SQL')
    return String(part)
  }
  // An empty list in SQL's own spelling would be NULL, and NOT IN (NULL) is true of nothing.
  if (part.length === 0) return "(SELECT '' WHERE FALSE)"
  // DuckDB takes half a minute over fifty thousand literals, more than ten times as much for ten times as many, and no time over one text that it splits itself.
  if (part.length > LONG && !part.some((one) => one.includes(BETWEEN))) return `(SELECT unnest(string_split(${literal(part.join(BETWEEN))}, ${literal(BETWEEN)})))`
  return `(${part.map(literal).join(', ')})`
}

/** Members from which a list is given as one text. */
const LONG = 500
/** The unit separator, which no value of a case is expected to hold; where one does, the list is written out. */
const BETWEEN = '\x1f'

function literal(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "''")}'`
}
