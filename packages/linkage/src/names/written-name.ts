/** A cell with a name taken apart before any word is looked at: the name, its aliases, the parent or husband behind a mark, nothing at all. */
import { saysNothing, tidy } from '@ringmap/identifiers/written'
import type { NameLexicon, Relation } from './name-lexicon.ts'

export interface WrittenName {
  readonly name: string
  readonly aliases: readonly string[]
  readonly relatives: readonly { readonly relation: Relation; readonly name: string }[]
  /** A word for nobody (unknown, NA, dashes) or no letter at all. */
  readonly nothing: boolean
}

/** Latin words; a point behind one of two letters or more, but not behind the wd of wd/o. */
const PLAIN_WORDS = /^(?!.*\bwd\.)[a-z]+(?:(?<=[a-z]{2})\.)?(?: [a-z]+(?:(?<=[a-z]{2})\.)?)+$/i

/** Written apart, Abd Allah is still one name. */
const SERVANT_OF_GOD = /(?<![\p{L}\p{M}])(?:(عبد\s*الل[هہة])|abd(?:ul|el|u|e)?[\s-]+(?:al)?lah)(?![\p{L}\p{M}])/giu

/** Splits as many cells as wanted with one set of patterns. */
export function nameSplitter(lexicon: NameLexicon): (written: string) => WrittenName {
  const marks = new Map(lexicon.parent_marks.map(([mark, relation]) => [markKey(mark), relation]))
  // s/o, s.o., S\O, "s / o :"; words as they are.
  const slashed = lexicon.parent_marks.filter(([mark]) => mark.includes('/')).map(([mark]) => mark.split('/').map(escaped).join(String.raw`\s*[/\\.|]\s*`))
  const worded = lexicon.parent_marks.filter(([mark]) => !mark.includes('/')).map(([mark]) => escaped(mark).replaceAll(' ', String.raw`\s+`))
  const relative = new RegExp(String.raw`(?<![\p{L}\p{M}])(${[...slashed, ...worded].sort((a, b) => b.length - a.length).join('|')})(?![\p{L}\p{M}])[.:\s-]*`, 'iu')
  const aliasWords = lexicon.alias_marks.filter((mark) => mark !== '@').sort((a, b) => b.length - a.length).map((mark) => escaped(mark).replaceAll(' ', String.raw`\s+`))
  const alias = new RegExp(String.raw`\s*@+\s*|[\s,(]+(?:${aliasWords.join('|')})(?![\p{L}\p{M}])[.:\s]*`, 'iu')
  const residence = /(?<![\p{L}\p{M}])(?:r\s*[/\\]\s*[ao]|resident of|aged?\s*(?:about)?\s*:?\s*\d|age\s*[-:]|निवासी|ساکن)(?![\p{L}\p{M}]).*$/iu
  const marked = new Set([...lexicon.parent_marks.map(([mark]) => mark), ...lexicon.alias_marks, 'resident of', 'age', 'aged', 'abd allah', 'abdul lah', 'abdel lah'].flatMap((mark) => mark.toLowerCase().split(' ')))
  const longest = Math.max(...Array.from(lexicon.placeholders, (word) => (word.includes(' ') ? 0 : word.length)))
  /** Most cells are words without any mark: nothing in them is to be split off. */
  const plainName = (small: string): boolean => {
    const words = small.split(' ')
    if (words.some((word) => marked.has(word) || word.endsWith('lah'))) return false
    if (lexicon.placeholders.has(small) || (small.startsWith('n') && saysNothing(small))) return false
    return small.length - words.length >= longest || !lexicon.placeholders.has(words.join(''))
  }
  return (written) => {
    if (PLAIN_WORDS.test(written) && plainName(written.toLowerCase().replaceAll('.', ''))) return { name: written, aliases: [], relatives: [], nothing: false }
    const text = tidy(written).replace(residence, '').replaceAll(SERVANT_OF_GOD, (_all, urdu: string | undefined) => (urdu === undefined ? 'Abdullah' : 'عبداللہ')).trim()
    if (isNothing(text, lexicon)) return { name: '', aliases: [], relatives: [], nothing: true }
    const parts = text.split(relative)
    const relatives: { relation: Relation; name: string }[] = []
    for (let i = 1; i + 1 < parts.length; i += 2) {
      const name = (parts[i + 1] ?? '').trim()
      if (name !== '' && !isNothing(name, lexicon)) relatives.push({ relation: marks.get(markKey(parts[i] ?? '')) ?? 'child', name })
    }
    const { name, nicknames } = withoutNicknames(parts[0] ?? '')
    const [main = '', ...others] = name.split(alias).map((part) => part.replaceAll(/^[\s,;:-]+|[\s,;:-]+$/g, ''))
    return { name: main, aliases: [...others, ...nicknames].filter((one) => one !== '' && !isNothing(one, lexicon)), relatives, nothing: isNothing(main, lexicon) && relatives.length === 0 && others.length === 0 }
  }
}

/** Names in brackets or quotation marks: Tariq "Billa" Lone, Tariq Lone (Billa). */
function withoutNicknames(text: string): { readonly name: string; readonly nicknames: readonly string[] } {
  const nicknames: string[] = []
  const name = text.replaceAll(/\(([^()]*)\)?|["“”«»„]([^"“”«»„]+)["“”«»„]|(?<=\s)['‘]([^'‘’]+)['’](?=\s|$)/g, (_all, a: string | undefined, b: string | undefined, c: string | undefined) => {
    nicknames.push((a ?? b ?? c ?? '').replace(/^(?:@|alias|urf)\s*/i, '').trim())
    return ' '
  })
  return { name, nicknames }
}

function isNothing(text: string, lexicon: NameLexicon): boolean {
  const bare = text.toLowerCase().replaceAll(/[.()[\]"'*?_-]+/g, ' ').replaceAll(/\s+/g, ' ').trim()
  return saysNothing(text) || saysNothing(bare) || lexicon.placeholders.has(bare) || lexicon.placeholders.has(bare.replaceAll(' ', '')) || !/\p{L}/u.test(bare) || /^(.)\1{2,}$/.test(bare)
}

function markKey(mark: string): string {
  return mark.toLowerCase().replaceAll(/[\s.\\/|]+/g, '')
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
