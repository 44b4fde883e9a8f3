/** Replaces every protected value in free text and cells by the code that stands for it, however it was written. */
import { foldedText, foldText, isDigit, type FoldedText } from './fold-text.ts'

/** A protected value as stored, in any script: `phone` is also found without its country code; the rest is found as written. */
export interface Secret {
  readonly code: string
  readonly value: string
  readonly scheme: 'phone' | 'name' | 'identifier'
}

/** What is masked: the codes by entity id, and one matcher over all protected values. */
export interface Masker {
  readonly codes: ReadonlyMap<string, string>
  readonly matcher: Matcher
}

export interface Matcher {
  readonly nodes: readonly MatchNode[]
  /** Values too short to look for inside a text: they are masked only where they are the whole of it. */
  readonly whole: ReadonlyMap<string, string>
}

/** A state of the Aho-Corasick automaton. */
interface MatchNode {
  readonly next: Map<number, number>
  fallback: number
  /** Nearest state on the way back that ends a value. */
  ending: number
  /** Codes that end here, joined where several protected entities share a value. */
  code: string | null
  length: number
  /** Found inside longer words and numbers too. */
  anywhere: boolean
}

/** Digits that no other number contains by chance: such a value is masked even inside a longer run of digits. */
const TELLING_DIGITS = 9
const SHORTEST_WORD = 2
const SHORTEST_NUMBER = 6

export function maskerOf(codes: ReadonlyMap<string, string>, secrets: Iterable<Secret>): Masker {
  return { codes, matcher: matcherOf(secrets) }
}

/** Memory and time linear in the values' total length. */
export function matcherOf(secrets: Iterable<Secret>): Matcher {
  const codesOf = new Map<string, Set<string>>()
  for (const secret of secrets) {
    for (const form of formsOf(secret)) {
      const codes = codesOf.get(form)
      if (codes === undefined) codesOf.set(form, new Set([secret.code]))
      else codes.add(secret.code)
    }
  }
  const nodes: MatchNode[] = [emptyNode()]
  const whole = new Map<string, string>()
  for (const [form, codes] of codesOf) {
    const points = Array.from(form, (symbol) => symbol.codePointAt(0) as number)
    const code = [...codes].sort().join('/')
    if (points.length === 0) continue
    if (points.length < SHORTEST_WORD || (points.every(isDigit) && points.length < SHORTEST_NUMBER)) whole.set(form, code)
    else insert(nodes, points, code)
  }
  linkBack(nodes)
  return { nodes, whole }
}

/** The forms a value is looked for in, folded. A phone number loses its country code or has a trunk 0 before it. */
function formsOf(secret: Secret): string[] {
  const folded = foldedText(secret.value)
  if (secret.scheme !== 'phone') return [folded]
  const digits = folded.replace(/^00/, '')
  if (!/^\d{10,}$/.test(digits)) return [folded]
  const local = digits.slice(-10)
  return [...new Set([folded, digits, `00${digits}`, local, `0${local}`])]
}

function emptyNode(): MatchNode {
  return { next: new Map(), fallback: 0, ending: 0, code: null, length: 0, anywhere: false }
}

function insert(nodes: MatchNode[], points: readonly number[], code: string): void {
  let at = 0
  for (const point of points) {
    const node = nodes[at] as MatchNode
    const known = node.next.get(point)
    at = known ?? nodes.length
    if (known === undefined) {
      node.next.set(point, at)
      nodes.push(emptyNode())
    }
  }
  const node = nodes[at] as MatchNode
  node.code = code
  node.length = points.length
  node.anywhere = points.filter(isDigit).length >= TELLING_DIGITS
}

function linkBack(nodes: readonly MatchNode[]): void {
  const queue: number[] = [0]
  for (const at of queue) {
    const node = nodes[at] as MatchNode
    for (const [point, child] of node.next) {
      const target = nodes[child] as MatchNode
      target.fallback = at === 0 ? 0 : step(nodes, node.fallback, point)
      const back = nodes[target.fallback] as MatchNode
      target.ending = back.code === null ? back.ending : target.fallback
      queue.push(child)
    }
  }
}

function step(nodes: readonly MatchNode[], from: number, point: number): number {
  let at = from
  for (;;) {
    const node = nodes[at] as MatchNode
    const next = node.next.get(point)
    if (next !== undefined) return next
    if (at === 0) return 0
    at = node.fallback
  }
}

/** The text with each protected value replaced by its code. Names count as whole words; overlapping values go together. */
export function maskText(text: string, masker: Masker): string {
  return maskedText(text, masker).text
}

/** As `maskText`, with how many places were replaced. */
export function maskedText(text: string, masker: Masker): { readonly text: string; readonly replaced: number } {
  const { matcher } = masker
  const folded = foldText(text)
  const whole = folded.symbols.length <= SHORTEST_NUMBER ? matcher.whole.get(String.fromCodePoint(...folded.symbols)) : undefined
  if (whole !== undefined) return { text: whole, replaced: 1 }
  const spans = merged(matches(folded, matcher.nodes))
  let out = ''
  let at = 0
  for (const span of spans) {
    const from = withSigns(text, folded.starts[span.from] as number, at)
    out += text.slice(at, from) + span.codes.join(' ')
    at = folded.ends[span.to - 1] as number
  }
  return { text: out + text.slice(at), replaced: spans.length }
}

interface Span {
  readonly from: number
  to: number
  readonly codes: string[]
}

function matches({ symbols, opens }: FoldedText, nodes: readonly MatchNode[]): Span[] {
  const found: Span[] = []
  let at = 0
  for (let i = 0; i < symbols.length; i++) {
    at = step(nodes, at, symbols[i] as number)
    let hit = (nodes[at] as MatchNode).code === null ? (nodes[at] as MatchNode).ending : at
    // At most as many steps as there are values of different length that end in one another: few, whatever the text.
    while (hit !== 0) {
      const node = nodes[hit] as MatchNode
      const from = i + 1 - node.length
      const bounded = opens[from] === 1 && (i + 1 === symbols.length || opens[i + 1] === 1)
      if (bounded || node.anywhere) found.push({ from, to: i + 1, codes: [node.code as string] })
      hit = node.ending
    }
  }
  return found
}

/** Drops what lies inside a longer match and joins what overlaps: no part of either value may stay. */
function merged(found: Span[]): Span[] {
  found.sort((a, b) => a.from - b.from || b.to - a.to)
  const spans: Span[] = []
  for (const span of found) {
    const last = spans.at(-1)
    if (last === undefined || span.from >= last.to) spans.push(span)
    else if (span.to > last.to) {
      last.to = span.to
      for (const code of span.codes) if (!last.codes.includes(code)) last.codes.push(code)
    }
  }
  return spans
}

/** A `+` before a number, with its bracket, belongs to it. */
function withSigns(text: string, from: number, floor: number): number {
  let at = from
  while (at > floor && (text[at - 1] === '+' || (text[at - 1] === '(' && text[at] === '+'))) at--
  return at
}
