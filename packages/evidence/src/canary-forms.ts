/** The forms in which a planted value might leak: plain, respelled, reversed, encoded, hashed. */
import { createHash } from 'node:crypto'
import { foldedText } from './fold-text.ts'

export const CANARY_FORMS = ['plain', 'folded', 'without country code', 'reversed', 'base64', 'sha256', 'sha1', 'md5'] as const
export type CanaryForm = (typeof CANARY_FORMS)[number]

/** What to look for, in which kind of text. */
export interface Needle {
  readonly canary: string
  readonly form: CanaryForm
  readonly text: string
  /** `exact`: as written; `lower`: both in lower case; `folded`: letters and digits only (`fold-text`). */
  readonly in: 'exact' | 'lower' | 'folded'
}

/** Below this a folded value would be found by chance. */
const SHORTEST_FOLDED = 5

export function needlesOf(canary: string): Needle[] {
  const needles: Needle[] = []
  const add = (form: CanaryForm, text: string, where: Needle['in']): void => {
    if (text !== '' && !needles.some((needle) => needle.text === text && needle.in === where)) needles.push({ canary, form, text, in: where })
  }
  add('plain', canary.toLowerCase().normalize('NFC'), 'lower')
  const folded = foldedText(canary)
  const digits = folded.replaceAll(/\D/g, '')
  const isNumber = /^\d{7,}$/.test(folded)
  const local = digits.slice(-10)
  if (folded.length >= SHORTEST_FOLDED) add('folded', folded, 'folded')
  if (isNumber && digits.length > 10) add('without country code', local, 'folded')
  const variants = [...new Set([canary, canary.normalize('NFC'), canary.toLowerCase(), canary.toUpperCase(), ...(isNumber ? [digits, local, `+91${local}`, `91${local}`] : [])])]
  for (const variant of variants) {
    add('reversed', reversed(variant).toLowerCase(), 'lower')
    for (const bytes of [Buffer.from(variant, 'utf8'), Buffer.from(variant, 'utf16le')]) {
      if (bytes.length >= 6) for (const text of base64Of(bytes)) add('base64', text, 'exact')
    }
    for (const algorithm of ['sha256', 'sha1', 'md5'] as const) add(algorithm, createHash(algorithm).update(variant, 'utf8').digest('hex'), 'lower')
  }
  const backwards = reversed(folded)
  if (folded.length >= SHORTEST_FOLDED && backwards !== folded) add('reversed', backwards, 'folded')
  return needles
}

function reversed(text: string): string {
  return Array.from(text).reverse().join('')
}

/** Inside a longer encoded text a value starts at one of three places; the characters that also hold its neighbours' bits are left off. */
function base64Of(bytes: Uint8Array): string[] {
  const forms: string[] = []
  for (const before of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(before), bytes])
    const whole = padded.toString('base64').replaceAll('=', '')
    const from = before === 0 ? 0 : before + 1
    const sure = whole.slice(from, Math.floor((padded.length * 8) / 6))
    forms.push(sure, sure.replaceAll('+', '-').replaceAll('/', '_'))
  }
  return forms
}
