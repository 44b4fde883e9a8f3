/** Text brought down to what a reader would call the same: letters, marks and digits without case, accents, separators or invisible signs. */

/** The folded symbols of a text, each with where it stood and whether a separator stood before it. */
export interface FoldedText {
  /** Code points. */
  readonly symbols: Uint32Array
  /** Offset in the text (UTF-16) at which each symbol's character begins and ends. */
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  /** 1 where a word or a number begins: after a separator, at the start, or between a letter and a digit. */
  readonly opens: Uint8Array
}

const KEPT = /[\p{L}\p{M}\p{N}]/u
const INVISIBLE = /[\p{Cf}\u034F\u180B-\u180F\uFE00-\uFE0F]/u
/** Latin accents, Arabic vowel signs and Indic nukta: often left out in writing. The other marks carry vowels and stay. */
const DROPPED_MARK = /[\u0300-\u036F]|[\u064B-\u065F]|\u0670|[\u06D6-\u06ED]|\u0640|\u093C|\u09BC|\u0A3C|\u0ABC/u
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66]
/** Letters that keyboards of Arabic, Persian and Urdu write differently, and the two nasal signs of Devanagari. */
const SAME: ReadonlyMap<string, string> = new Map([
  ['\u064A', '\u06CC'], ['\u0649', '\u06CC'], ['\u0643', '\u06A9'], ['\u0647', '\u06C1'], ['\u0629', '\u06C1'], ['\u06C3', '\u06C1'], ['\u06D5', '\u06C1'], ['\u0901', '\u0902'],
])

/** Linear in the text; folding one character never looks at its neighbours, so that equal words fold alike wherever they stand. */
export function foldText(text: string): FoldedText {
  const symbols: number[] = []
  const starts: number[] = []
  const ends: number[] = []
  const opens: number[] = []
  let open = true
  let at = 0
  for (const character of text) {
    const end = at + character.length
    const folded = foldCharacter(character)
    if (folded === null) open = true
    else {
      for (const symbol of folded) {
        const point = symbol.codePointAt(0) as number
        const before = symbols.at(-1)
        symbols.push(point)
        starts.push(at)
        ends.push(end)
        opens.push(open || before === undefined || isDigit(before) !== isDigit(point) ? 1 : 0)
        open = false
      }
      // A dropped accent belongs to the letter before it, so that a replaced word takes its accents along.
      if (folded === '' && ends.length > 0 && !open && /\p{M}/u.test(character)) ends[ends.length - 1] = end
    }
    at = end
  }
  return { symbols: Uint32Array.from(symbols), starts: Uint32Array.from(starts), ends: Uint32Array.from(ends), opens: Uint8Array.from(opens) }
}

/** The symbols alone, as a string: faster where their places do not matter. */
export function foldedText(text: string): string {
  let folded = ''
  // Nearly everything that is searched is ASCII, where folding is a change of case.
  for (const [, plain, other] of text.matchAll(ASCII_OR_NOT)) {
    if (plain !== undefined) folded += plain.toLowerCase().replaceAll(/[^a-z0-9]+/g, '')
    else for (const character of other as string) folded += foldCharacter(character) ?? ''
  }
  return folded
}

// oxlint-disable-next-line no-control-regex
const ASCII_OR_NOT = /([\u0000-\u007F]+)|([^\u0000-\u007F]+)/gu

export function isDigit(point: number): boolean {
  return point >= 0x30 && point <= 0x39
}

const memory = new Map<string, string | null>()

/** What a character folds to; empty when it vanishes, null when it separates. */
function foldCharacter(character: string): string | null {
  let folded = memory.get(character)
  if (folded === undefined) {
    folded = foldNew(character)
    memory.set(character, folded)
  }
  return folded
}

function foldNew(character: string): string | null {
  if (INVISIBLE.test(character)) return ''
  let folded = ''
  let kept = false
  for (const part of character.normalize('NFKD').toUpperCase().toLowerCase().normalize('NFKD')) {
    if (DROPPED_MARK.test(part)) kept = true
    else if (KEPT.test(part)) {
      kept = true
      folded += SAME.get(part) ?? digit(part)
    }
  }
  return kept ? folded : null
}

function digit(part: string): string {
  const point = part.codePointAt(0) as number
  const zero = ZEROS.find((zero) => point >= zero && point < zero + 10)
  return zero === undefined ? part : String(point - zero)
}
