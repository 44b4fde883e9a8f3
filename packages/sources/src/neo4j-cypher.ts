/** Cypher put together safely: names become quoted names, values only ever parameters, and nothing else gets in. */

/** A piece of Cypher that came from here and not from data. */
export class Cypher {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Template tag: only pieces that are Cypher already can stand in it; everything from data is a parameter. */
export function cypher(strings: TemplateStringsArray, ...parts: readonly Cypher[]): Cypher {
  let text = strings[0] ?? ''
  parts.forEach((part, i) => {
    text += part.text + (strings[i + 1] ?? '')
  })
  return new Cypher(text)
}

/** A label, relationship type, property or column name, quoted. */
export function cypherName(name: string): Cypher {
  // The server decodes \uXXXX everywhere before it parses, so a backslash could smuggle in a backtick: it is written as its own escape.
  return new Cypher(`\`${name.replaceAll('\0', '').replaceAll('`', '``').replaceAll('\\', String.raw`\u005c`)}\``)
}

/** `:A:B`; nothing for no labels. */
export function cypherLabels(labels: readonly string[]): Cypher {
  return new Cypher(labels.map((label) => `:${cypherName(label).text}`).join(''))
}

export function cypherList(pieces: readonly Cypher[], separator = ', '): Cypher {
  return new Cypher(pieces.map((piece) => piece.text).join(separator))
}

/** The query that a person wrote in case.yaml: it runs in a session that can only read, with its parameters beside it. */
export function statedQuery(text: string): Cypher {
  return new Cypher(text)
}
