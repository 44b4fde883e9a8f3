/** The catalogue of words: every message in three languages with the same slots, no word on the screen that is not in it, and the engine's sentences known. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { IntlMessageFormat } from 'intl-messageformat'
import { parseSync } from 'vite'
import { ERRORS } from '@ringmap/model/errors'
import { ISSUE_CODES } from '@ringmap/model/issue'
import { isKnownSentence, KNOWN, told } from '../src/words/engine-sentences.ts'
import { languageFor, LANGUAGES, setLanguage } from '../src/words/language.ts'
import { MESSAGES, type MessageKey } from '../src/words/messages/catalogue.ts'
import { say } from '../src/words/say.ts'

const SOURCES = fileURLToPath(new URL('../src', import.meta.url))
const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file) && !/words[\\/]messages/.test(file))
const keys = Object.keys(MESSAGES) as MessageKey[]
const SCRIPTS = { hi: /\p{Script=Devanagari}/u, ur: /\p{Script=Arabic}/u } as const
const WORD = /\p{L}{2,}/u

afterEach(() => setLanguage('en'))

describe('the catalogue', () => {
  it('has every message in its own script, with the same slots in each language', () => {
    const wrong = keys.flatMap((key) => {
      const [english, hindi, urdu] = MESSAGES[key]
      const slots = MESSAGES[key].map((text) => [...slotsOf(text)].sort().join(' '))
      const bare = english.replaceAll(/\{[^{}]*\}/g, '')
      const needs = WORD.test(bare)
      return [
        ...(new Set(slots).size === 1 ? [] : [`${key}: slots ${slots.join(' | ')}`]),
        ...(needs && !SCRIPTS.hi.test(hindi) ? [`${key}: no Hindi`] : []), ...(needs && !SCRIPTS.ur.test(urdu) ? [`${key}: no Urdu`] : []),
        ...(SCRIPTS.ur.test(hindi) || SCRIPTS.hi.test(urdu) ? [`${key}: the scripts are mixed up`] : []),
      ]
    })
    expect(wrong).toEqual([])
  })

  it('says counts and plurals as the language does', () => {
    expect(LANGUAGES.map((language) => say('count.links', { n: 125000 }, language))).toEqual(['1,25,000 links', '1,25,000 संबंध', '1,25,000 روابط'])
    expect(LANGUAGES.map((language) => say('count.links', { n: 1 }, language))).toEqual(['1 link', '1 संबंध', '1 ربط'])
  })

  it('keeps a name that runs the other way apart', () => {
    expect(say('step.pin', { name: 'اسلم' }, 'en')).toBe('Pin \u2068اسلم\u2069')
    expect(say('step.pin', { name: 'Aslam' }, 'en')).toBe('Pin Aslam')
    expect(say('step.pin', { name: 'Aslam (2)' }, 'ur')).toBe('جمایا: \u2068Aslam (2)\u2069')
  })

  it('follows what was kept, then the browser, then English', () => {
    expect(languageFor('ur', ['hi-IN'])).toBe('ur')
    expect(languageFor(null, ['ks-IN', 'hi-IN', 'en'])).toBe('hi')
    expect(languageFor('xx', ['fr'])).toBe('en')
  })
})

describe('the screen', () => {
  it('shows no word that is not from the catalogue', () => expect(files.flatMap((file) => literalWords(file))).toEqual([]))

  it('fills every slot of what it says', () => expect(files.flatMap((file) => slotsLeftOpen(file))).toEqual([]))

  it('uses every message', () => {
    const text = files.map((file) => readFileSync(join(SOURCES, file), 'utf8')).join('\n')
    const made = [...text.matchAll(/`([a-z.-]+\.)\$\{[^}]+\}((?:\.[a-z]+)?)`/g)].map(([, head, tail]) => [head ?? '', tail ?? ''] as const)
    const idle = keys.filter((key) => !text.includes(`'${key}'`) && !made.some(([head, tail]) => key.startsWith(head) && key.endsWith(tail)))
    expect(idle).toEqual([])
  })

  it('names only issues and refusals that the model has', () => {
    const codes = keys.filter((key) => key.startsWith('refused.')).map((key) => key.split('.')[1] ?? '')
    const own = ['server_away', 'token', 'unexpected', 'failed']
    expect(codes.filter((code) => !own.includes(code) && !(code in ERRORS))).toEqual([])
    expect(Object.keys(ISSUE_CODES).filter((code) => !(`issue.${code}` in MESSAGES))).toEqual([])
    for (const code of codes) expect(MESSAGES).toHaveProperty([`refused.${code}.hint`])
  })
})

describe('sentences of the engine', () => {
  it('have the same slots in each language', () => {
    for (const sentence of KNOWN) expect(new Set(sentence.map((text) => [...text.matchAll(/\{\d\}/g)].map(String).sort().join(' '))).size, sentence[0]).toBe(1)
  })

  it('are said with what stood in their slots', () => {
    setLanguage('hi', false)
    expect(told('12 contacts, 3 of them among the 10 busiest')).toBe('12 संपर्क, जिनमें 3 सबसे व्यस्त 10 में से')
    expect(told('joins Ring 1 and Ring 2')).toBe('गिरोह 1 और गिरोह 2 को जोड़ता है')
    expect(told('All 6 members of the ring, and all 12 phones, accounts, vehicles, events and other things that join them or carry a criminal link. A chart holds at most 80 entities; a thing left with a single link is not drawn.')).toMatch(/^गिरोह के सभी 6 सदस्य, और .* वह नहीं बनाई जाती।$/)
    expect(told('A sentence of tomorrow.')).toBe('A sentence of tomorrow.')
    expect([isKnownSentence('one single contact'), isKnownSentence('A sentence of tomorrow.')]).toEqual([true, false])
  })
})

/** Plain text and the `#` of a plural are no slots. */
const FIXED = new Set<number>([0, 7])

function slotsOf(text: string): Set<string> {
  const found = new Set<string>()
  const walk = (parts: ReturnType<IntlMessageFormat['getAst']>): void => {
    for (const part of parts) {
      if (!FIXED.has(part.type) && 'value' in part) found.add(part.value)
      if ('options' in part && part.options !== null && typeof part.options === 'object') for (const option of Object.values(part.options)) walk((option as { value: typeof parts }).value)
    }
  }
  walk(new IntlMessageFormat(text, 'en').getAst())
  return found
}

interface Tree {
  readonly type: string
  readonly start: number
  readonly [name: string]: unknown
}

/** Attributes that a person reads or hears. */
const SPOKEN = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'closeButtonLabel', 'part', 'text', 'note', 'words', 'hint', 'heading', 'aria-roledescription', 'aria-description', 'aria-valuetext'])
/** Marks, units and names of keys that are the same everywhere. */
const SAME_EVERYWHERE = new Set(['ringmap', 'Ctrl K', 'SHA-256'])

function literalWords(file: string): string[] {
  const found: string[] = []
  const say_ = (node: Tree, text: string): void => {
    if (WORD.test(text) && !SAME_EVERYWHERE.has(text.trim())) found.push(`${file}: ${text.trim()}`)
    void node
  }
  const strings = (node: Tree | null | undefined): void => {
    if (node === null || node === undefined) return
    if (node.type === 'Literal' && typeof node['value'] === 'string') say_(node, node['value'])
    else if (node.type === 'TemplateLiteral') for (const quasi of node['quasis'] as { value: { cooked: string } }[]) say_(node, quasi.value.cooked)
    else if (node.type === 'ConditionalExpression') for (const side of ['consequent', 'alternate']) strings(node[side] as Tree)
    else if (node.type === 'JSXExpressionContainer') strings(node['expression'] as Tree)
  }
  each(file, (node) => {
    if (node.type === 'JSXText') say_(node, String(node['value']))
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') for (const child of node['children'] as Tree[]) if (child.type === 'JSXExpressionContainer') strings(child)
    if (node.type === 'JSXAttribute' && SPOKEN.has(String((node['name'] as Tree)['name']))) strings(node['value'] as Tree | null)
    if (node.type === 'Property' && ['said', 'busy'].includes(String((node['key'] as Tree)['name']))) strings(node['value'] as Tree)
    if (node.type === 'CallExpression' && ['attempt', 'filter'].includes(String((node['callee'] as Tree)['name']))) strings((node['arguments'] as Tree[])[0])
  })
  return found
}

function slotsLeftOpen(file: string): string[] {
  const found: string[] = []
  each(file, (node) => {
    if (node.type !== 'CallExpression' || (node['callee'] as Tree)['name'] !== 'say') return
    const [key, values] = node['arguments'] as Tree[]
    const wanted = key?.type === 'Literal' ? [String(key['value'])] : key?.type === 'ConditionalExpression' ? [(key['consequent'] as Tree)['value'], (key['alternate'] as Tree)['value']].filter((one) => typeof one === 'string') : []
    const given = values?.type === 'ObjectExpression' ? (values['properties'] as Tree[]).map((property) => String((property['key'] as Tree | undefined)?.['name'])) : []
    if (values !== undefined && values.type !== 'ObjectExpression') return
    for (const one of wanted) for (const slot of slotsOf(MESSAGES[one as MessageKey][0])) if (!given.includes(slot)) found.push(`${file}: ${one} lacks ${slot}`)
  })
  return found
}

function each(file: string, visit: (node: Tree) => void): void {
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one)
    else if (typeof node === 'object' && node !== null) {
      if ('type' in node) visit(node as Tree)
      for (const inner of Object.values(node)) if (typeof inner === 'object') walk(inner)
    }
  }
  walk(parseSync(file, readFileSync(join(SOURCES, file), 'utf8')).program.body)
}
