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
  return part.length === 0 ? "(SELECT '' WHERE FALSE)" : `(${part.map(literal).join(', ')})`
}

function literal(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "''")}'`
}
