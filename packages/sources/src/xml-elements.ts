/** An XML text as elements with their attributes and texts; strict, and without document types, so that no entity of the file's own is ever expanded. */
import { SaxesParser } from 'saxes'
import { RingmapError } from '@ringmap/model/errors'

export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
  readonly line: number
}

interface Draft {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: XmlElement[]
  text: string
  readonly line: number
}

/** Names come without their prefix. @throws RingmapError exchange_unreadable */
export function xmlRoot(text: string, file: string): XmlElement {
  const stack: Draft[] = []
  let root: XmlElement | null = null
  const parser = new SaxesParser({ xmlns: false, position: true })
  parser.on('error', (error) => {
    throw unreadable(file, error.message)
  })
  parser.on('doctype', () => {
    throw unreadable(file, 'it declares a document type, which network files have no use for')
  })
  parser.on('opentag', ({ name, attributes }) => {
    stack.push({ name: local(name), attributes: { ...attributes }, children: [], text: '', line: parser.line })
  })
  const add = (piece: string): void => {
    const open = stack.at(-1)
    if (open !== undefined) open.text += piece
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', () => {
    const done = stack.pop() as Draft
    const above = stack.at(-1)
    if (above === undefined) root = done
    else above.children.push(done)
  })
  parser.write(text).close()
  if (root === null) throw unreadable(file, 'it holds no element')
  return root
}

export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? []
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name)
}

export function unreadable(file: string, what: string): RingmapError {
  return new RingmapError('exchange_unreadable', { file, what: what.replace(/^\d+:\d+: /, 'line ') })
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
