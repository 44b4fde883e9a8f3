/** Words in Indian and Urdu scripts as Latin letters, so that one key serves all; what the script does not write is guessed and marked. */

export interface ScriptTables {
  readonly brahmic: { readonly consonants: Letters; readonly vowels: Letters; readonly signs: Letters }
  readonly perso_arabic: Letters
  readonly urdu_words: Letters
  readonly brahmic_words: Letters
}
type Letters = Readonly<Record<string, string>>

export type Script = 'latin' | 'brahmic' | 'perso-arabic' | 'other'

/** Script of the first letter. */
export function scriptOf(word: string): Script {
  const letter = /\p{L}/u.exec(word)?.[0] ?? ''
  if (/\p{Script=Latin}/u.test(letter) || letter === '') return 'latin'
  const code = letter.codePointAt(0) as number
  if (code >= 0x900 && code <= 0xd7f) return 'brahmic'
  return /\p{Script=Arabic}/u.test(letter) ? 'perso-arabic' : 'other'
}

const NUKTA = '\u093c'
const VIRAMA = '\u094d'
/** Letters outside the common places of the Indian blocks: Gurmukhi tippi and addak, Bengali khanda ta, Malayalam chillus. */
const APART: Readonly<Record<string, string>> = { '\u0a70': 'ं', '\u0a71': '', '\u09ce': 'त्', '\u0d7a': 'न्', '\u0d7b': 'न्', '\u0d7c': 'र्', '\u0d7d': 'ल्', '\u0d7e': 'ल्', '\u0d7f': 'क्', '\u09f0': 'र', '\u09f1': 'व' }

interface Syllable {
  consonant: string
  vowel: string
  /** The vowel `a` that a consonant carries unwritten. */
  unwritten: boolean
}

/** Devanagari and its eight sisters, by sound: अशरफ gives `ashraph`. */
export function brahmicToLatin(word: string, tables: ScriptTables): string {
  const northern = (word.codePointAt(0) ?? 0) < 0xb00
  const syllables = syllablesOf(inDevanagari(word), tables.brahmic)
  if (northern) dropUnspoken(syllables)
  if (/[\u0b80-\u0bff]/.test(word)) voiceTamil(syllables)
  // Telugu and Kannada write Rao as it is spoken.
  return syllables.map((one) => one.consonant + one.vowel).join('').replace(/raavu$/, 'rao')
}

/** The other blocks repeat Devanagari's order at multiples of 128. */
function inDevanagari(word: string): string {
  return Array.from(word.normalize('NFD'), (letter) => {
    const code = letter.codePointAt(0) as number
    return APART[letter] ?? (code >= 0x980 && code <= 0xd7f ? String.fromCodePoint(0x900 + ((code - 0x900) % 0x80)) : letter)
  }).join('')
}

function syllablesOf(word: string, table: ScriptTables['brahmic']): Syllable[] {
  const found: Syllable[] = []
  const letters = Array.from(word)
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] as string
    const dotted = letters[i + 1] === NUKTA
    const consonant = (dotted ? table.consonants[letter + NUKTA] : undefined) ?? table.consonants[letter]
    const last = found.at(-1)
    if (consonant !== undefined) found.push({ consonant, vowel: 'a', unwritten: true })
    else if (table.vowels[letter] !== undefined) found.push({ consonant: '', vowel: table.vowels[letter], unwritten: false })
    else if (letter === VIRAMA && last !== undefined) Object.assign(last, { vowel: '', unwritten: false, consonant: last.consonant === 'ng' ? 'n' : last.consonant })
    else if (table.signs[letter] !== undefined && last !== undefined) {
      const sign = table.signs[letter]
      if (/^[aeiou]|^ri/.test(sign)) Object.assign(last, { vowel: sign, unwritten: false })
      else found.push({ consonant: sign, vowel: '', unwritten: false })
    }
  }
  return found
}

/** The unwritten vowel is silent at the end, and between a vowel and a consonant with a vowel (Ohala 1983), looked at from the right. */
function dropUnspoken(syllables: Syllable[]): void {
  const last = syllables.at(-1)
  if (last?.unwritten === true && syllables.length > 1) last.vowel = ''
  for (let i = syllables.length - 2; i > 0; i--) {
    const [before, here, after] = [syllables[i - 1] as Syllable, syllables[i] as Syllable, syllables[i + 1] as Syllable]
    if (here.unwritten && before.vowel !== '' && after.vowel !== '' && after.consonant !== '') here.vowel = ''
  }
}

/** Tamil has one letter for k and g, t and d, p and b: voiced between vowels. What stands for ch is s at the start, and with t before it the sh of Lakshmi. */
function voiceTamil(syllables: Syllable[]): void {
  if (syllables[0]?.consonant === 'ch') syllables[0].consonant = 's'
  for (let i = 1; i < syllables.length; i++) {
    const [before, here] = [syllables[i - 1] as Syllable, syllables[i] as Syllable]
    if (here.consonant === 'ch' && before.consonant === 't' && before.vowel === '') { before.consonant = 'k'; here.consonant = 'sh' }
  }
  const voiced: Readonly<Record<string, string>> = { k: 'g', t: 'd', p: 'b', ch: 's' }
  for (let i = 1; i < syllables.length; i++) {
    const here = syllables[i] as Syllable
    if (syllables[i - 1]?.vowel !== '' && here.vowel !== '') syllables[i] = { ...here, consonant: voiced[here.consonant] ?? here.consonant }
  }
}

/** Key of a word by the sounds that Tamil tells apart: one for k and g, t and d, p and b, s and ch; a short vowel between consonants may be there or not. */
export function tamilSounds(key: string): string {
  return key.replaceAll(/sh|ch|j/g, 's').replaceAll('g', 'k').replaceAll('d', 't').replaceAll('b', 'p').replaceAll(/(?<=[a-z])o(?=m)/g, '').replaceAll(/m(?=p)/g, 'n').replaceAll(/[yv](?=[aeio])/g, '').replaceAll(/(.)\1+/g, '$1')
}

export function isTamil(written: string): boolean {
  return /[\u0b80-\u0bff]/.test(written)
}

/** Urdu letters in one form: Arabic ye, kaf and he as Urdu's, no vowel marks, no tatweel. */
export function plainUrdu(word: string): string {
  return word.normalize('NFKC').replaceAll(/[\u064b-\u065f\u0670\u0640\u200c\u200d]/g, '').replaceAll(/[يى]/g, 'ی').replaceAll('ك', 'ک').replaceAll('ه', 'ہ').replaceAll(/[أإ]/g, 'ا')
}

/** Sounds of an Urdu word: consonants in small letters, A W Y E I where a letter may be a long vowel. */
export function urduSounds(word: string, tables: ScriptTables): string {
  return Array.from(plainUrdu(word), (letter) => tables.perso_arabic[letter] ?? '').join('')
}

/** A reading of those sounds, an `a` for each vowel that is not written: good for a key to group by, not to compare by. */
export function urduReading(sounds: string): string {
  const spoken = sounds.replace(/^[WY]/, (first) => (first === 'W' ? 'v' : 'y')).replace(/^[AI]Y/, 'e').replace(/^[AI]W/, 'o').replace(/^I/, 'A')
    .replaceAll('I', '').replaceAll(/A(?=[WY])/g, 'a').replaceAll(/(?<=a)W(?=$|[^AWYE])/g, 'o').replaceAll('W', 'o').replaceAll('Y', 'i').replaceAll('E', 'e').replaceAll('A', 'a')
  return spoken.replaceAll(/(sh|ch|kh|[b-df-hj-np-tv-z])(?=[b-df-hj-np-tv-z])/g, (all, sound: string, at: number) => (spoken.charAt(at + sound.length) === 'h' && sound.length === 1 && 'sck'.includes(sound) ? all : `${sound}a`))
}
