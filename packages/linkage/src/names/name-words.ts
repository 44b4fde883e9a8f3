/** The words of a name, each with what it is: a name of its own, a companion such as Mohd or Kumar, an initial, a title, a little word. */
import anyAscii from 'any-ascii'
import { foldWord, plainLatin, skeletonOf } from './fold.ts'
import type { FillerGroup, NameFamily, NameLexicon, Sex } from './name-lexicon.ts'
import { brahmicToLatin, plainUrdu, scriptOf, urduReading, urduSounds, type Script } from './scripts.ts'

export interface NameWord {
  /** As written, or the part of it that is this word. */
  readonly written: string
  /** a-z. */
  readonly latin: string
  readonly key: string
  readonly skeleton: string
  readonly kind: 'core' | 'filler' | 'initial' | 'honorific' | 'particle'
  readonly filler: FillerGroup | null
  /** The known name that this is a spelling of. */
  readonly family: NameFamily | null
  /** Known as a name made of known parts (Gurpreet), so that a different one is a different name. */
  readonly known: boolean
  readonly sex: Sex | null
  readonly script: Script
  /** Urdu word that is not in the list: its sounds with A W Y E I for possible long vowels. */
  readonly sounds: string | null
}

/** Words of a name without marks, with a memory for words seen before: a million names have few different ones. */
export function wordReader(lexicon: NameLexicon): (name: string) => readonly NameWord[] {
  const seen = new Map<string, readonly NameWord[]>()
  return (name) => {
    const small = name.toLowerCase()
    const parts = /^[a-z]+(?: [a-z]+)*$/.test(small) ? small.split(' ') : small.split(/[^\p{L}\p{M}'’`]+/u).filter((part) => part !== '' && part !== "'")
    const words: NameWord[] = []
    for (let i = 0; i < parts.length; i++) {
      const part = i > 0 ? withoutArticle(parts[i] as string, lexicon) : (parts[i] as string)
      let known = seen.get(part)
      if (known === undefined) seen.set(part, known = readPart(part, lexicon))
      // Khin Khin: the same word twice is two words.
      for (const word of known) words.push(words.includes(word) ? { ...word } : word)
    }
    return inPlace(words, lexicon)
  }
}

/** الزهراء behind another word is Zahra: the article is no letter of the name. */
function withoutArticle(part: string, lexicon: NameLexicon): string {
  return part.charCodeAt(0) === 0x627 && /^ال.{3,}$/u.test(part) && lexicon.scripts.urdu_words[plainUrdu(part)] === undefined ? part.slice(2) : part
}

/** One written part as one or several words: mohdashraf, abdulrashid, mohanlal and ziaulhaq are two or three. */
function readPart(part: string, lexicon: NameLexicon): readonly NameWord[] {
  const script = scriptOf(part)
  if (script === 'perso-arabic') return urduWords(part, lexicon)
  const latin = script === 'latin' ? plainLatin(part) : plainLatin(script === 'brahmic' ? (lexicon.scripts.brahmic_words[part] ?? brahmicToLatin(part, lexicon.scripts)) : anyAscii(part))
  if (latin === '') return []
  if (lexicon.honorifics.has(part)) return [wordOf(part, latin, script, lexicon, 'honorific')]
  if (/^[b-df-hj-np-tv-xz]{2,3}$/.test(latin) && script === 'latin' && !lexicon.fillers.has(latin) && !lexicon.families.has(latin) && !lexicon.honorifics.has(latin) && !lexicon.front_honorifics.has(latin) && !lexicon.particles.has(latin)) {
    return Array.from(latin, (letter) => wordOf(letter, letter, script, lexicon))
  }
  return glued(latin, lexicon)?.map((piece) => wordOf(piece === latin ? part : piece, piece, script, lexicon)) ?? [wordOf(part, latin, script, lexicon)]
}

function glued(latin: string, lexicon: NameLexicon): readonly string[] | null {
  const known = (word: string): boolean => lexicon.families.has(word) || lexicon.family_keys.has(foldWord(word))
  if (latin.length < 7 || lexicon.families.has(latin) || lexicon.fillers.has(latin) || lexicon.filler_keys.has(foldWord(latin))) return null
  // Kunjumoideen is Kunju Moideen and no -ud-din.
  for (let at = 3; at <= latin.length - 6; at++) if (/[^u]dd?(?:ee|i)n$/.test(latin) && lexicon.families.has(latin.slice(at))) return [latin.slice(0, at), latin.slice(at)]
  const ending = /^(.{3,}?)(?:u|oo|i|e)d{1,2}(?:ee|ie|i|ei)n$/.exec(latin)
  if (ending !== null) return [ending[1] as string, 'uddin']
  for (let at = latin.length - 3; at >= 3; at--) {
    const [left, right] = [latin.slice(0, at), latin.slice(at)]
    const filler = lexicon.fillers.get(left)
    if (filler !== undefined && left.length >= 4 && known(right)) return [left, right]
    // Abdurrahman, Abdussalam: the article has taken the next consonant.
    if (/^abd(?:u|oo|e)$/.test(left) && known(right)) return ['abdul', right]
    if (/^abd[ue][a-z]$/.test(left) && known(right)) return ['abdul', right]
    const behind = lexicon.fillers.get(right)?.group
    if ((behind === 'companion' || behind === 'male') && right.length >= 3 && known(left) && !known(latin)) return [left, right]
    // Bhavnaben is Bhavna, and Rajeshbhai Rajesh, written as they are called.
    if ((right === 'ben' && /.{3}[ai]$/.test(left)) || (/^bha+(?:i|ee)$/.test(right) && left.length >= 4)) return [left, right]
    const article = /^u[lrsnd](.+)$/.exec(right)
    if (article !== null && lexicon.article_followers.has(article[1] as string) && at >= 3) return [left, 'ul', article[1] as string]
  }
  return null
}

function urduWords(part: string, lexicon: NameLexicon): readonly NameWord[] {
  const plain = plainUrdu(part)
  const listed = lexicon.scripts.urdu_words[plain] ?? lexicon.scripts.urdu_words[part]
  if (listed !== undefined) return [wordOf(part, plainLatin(listed), 'perso-arabic', lexicon)]
  if (lexicon.honorifics.has(part) || lexicon.honorifics.has(plain)) return [wordOf(part, urduReading(urduSounds(plain, lexicon.scripts)), 'perso-arabic', lexicon, 'honorific')]
  // عبدالرشید, غلام‌نبی, ضیاءالحق: two listed words in one.
  for (let at = 2; at < plain.length - 1; at++) {
    const left = lexicon.scripts.urdu_words[plain.slice(0, at)]
    const right = lexicon.scripts.urdu_words[plain.slice(at)]
    if (left !== undefined && right !== undefined) return [wordOf(plain.slice(0, at), plainLatin(left), 'perso-arabic', lexicon), wordOf(plain.slice(at), plainLatin(right), 'perso-arabic', lexicon)]
  }
  const sounds = urduSounds(plain, lexicon.scripts)
  return sounds === '' ? [] : [{ ...wordOf(part, urduReading(sounds), 'perso-arabic', lexicon), sounds }]
}

function wordOf(written: string, latin: string, script: Script, lexicon: NameLexicon, forced?: 'honorific'): NameWord {
  const folded = foldWord(latin)
  const filler = lexicon.fillers.get(latin) ?? lexicon.filler_keys.get(folded) ?? null
  // A companion is a family name too only in its very spelling: Ali is not the family Alie.
  const family = lexicon.families.get(latin) ?? (filler === null ? lexicon.family_keys.get(folded) : null) ?? null
  const compound = family === null && filler === null ? compoundKey(latin, lexicon) : null
  const kind = forced ?? (lexicon.honorifics.has(latin) ? 'honorific' : filler !== null ? 'filler' : latin.length === 1 ? 'initial' : lexicon.particles.has(latin) ? 'particle' : 'core')
  const key = kind === 'filler' ? (filler?.key ?? folded) : (family?.key ?? compound ?? folded)
  const sex = filler?.group === 'male' || filler?.group === 'female' ? filler.group : filler?.group === 'holy' || filler?.group === 'servant' ? 'male' : (family?.sex ?? titleSex(latin))
  return { written, latin, key, skeleton: skeletonOf(key), kind, filler: filler?.group ?? null, family, known: family !== null || compound !== null, sex, script, sounds: null }
}

function titleSex(latin: string): Sex | null {
  if (/^(?:smt|shrimati|shrimathi|srimati|mrs|miss|ms|km|kum|kumari|mohtarma|begum|tmt|selvi|hajin|mst|mosammat|musammat|sushri|shrimatee|sau)$/.test(latin)) return 'female'
  return /^(?:shri|shree|sri|mr|haji|hajji|thiru|sardar|janab|sir)$/.test(latin) ? 'male' : null
}

/** Gurpreet is gur + prit: the same name as Gurprit, another than Harpreet or Gurdeep. */
function compoundKey(latin: string, lexicon: NameLexicon): string | null {
  for (let at = 2; at <= latin.length - 3; at++) {
    const first = lexicon.compound_first.get(latin.slice(0, at))
    // Indian scripts leave it open whether a vowel is spoken between the two.
    const last = lexicon.compound_last.get(latin.slice(at)) ?? (latin.charAt(at) === 'a' ? lexicon.compound_last.get(latin.slice(at + 1)) : undefined)
    if (first !== undefined && last !== undefined) return first + last
  }
  return null
}

/** Major Singh, Captain Kaur: a rank that is the given name. */
function lastCompanion(words: readonly NameWord[], at: number): boolean {
  return at === words.length - 1 && words[at]?.kind === 'filler'
}

/** What depends on neighbours: a title at the front, -ul- before another name, din after a name, a companion that is the only given name. */
function inPlace(words: readonly NameWord[], lexicon: NameLexicon): readonly NameWord[] {
  let front = true
  const placed = words.map((word, i) => {
    if (front && i + 1 < words.length && lexicon.front_honorifics.has(word.latin) && !(word.latin.length > 4 && lastCompanion(words, i + 1))) return { ...word, kind: 'honorific' as const, sex: titleSex(word.latin) ?? word.sex }
    front &&= word.kind === 'honorific'
    // Ch. before a name is Choudhary, inside one Chandra.
    if (i > 0 && word.latin === 'ch') return { ...wordOf('chandra', 'chandra', word.script, lexicon), written: word.written }
    if (i > 0 && (word.latin === 'din' || word.latin === 'deen' || word.latin === 'dien')) return { ...word, kind: 'filler' as const, filler: 'ending' as const, key: 'odin', sex: null }
    const next = words[i + 1]
    const stem = next !== undefined && lexicon.article_followers.has(next.latin) ? /^(.{3,})u[lrsn]$/.exec(word.latin)?.[1] : undefined
    if (stem !== undefined && !lexicon.families.has(word.latin) && word.filler === null) return { ...wordOf(stem, stem, word.script, lexicon), written: word.written }
    return word
  })
  // A name of titles alone keeps them as names.
  const held = placed.some((word) => word.kind === 'core' || word.kind === 'filler' || word.kind === 'initial') ? placed : placed.map((word) => ({ ...word, kind: 'core' as const }))
  const given = held.filter((word) => word.kind === 'core' && !(word.family?.surname === true && !word.family.given))
  if (given.length > 0) return held
  return held.map((word) => (word.kind === 'filler' && word.filler !== 'ending' ? { ...word, kind: 'core' as const } : word))
}
