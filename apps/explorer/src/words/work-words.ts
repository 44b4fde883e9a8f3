/** What running work and faulty data say, in the language of the screen. */
import { ISSUE_CODES, type Issue } from '@ringmap/model/issue'
import { currentLanguage } from './language.ts'
import { isKey, say } from './say.ts'
import { patternsOf, saidBy, type Pattern, type Told } from './sentence-patterns.ts'
import { ACTS, PROGRESS, REASONS, TROUBLES, WATERMARKS, WHOLE } from './work-sentences.ts'

/** Where sentences follow each other, none reaches over into the one before. */
const OWN_SLOT = '([^;]+?)'
const KINDS = { progress: patternsOf(PROGRESS), act: patternsOf(ACTS, OWN_SLOT), watermark: patternsOf(WATERMARKS) } as const
const [TROUBLE, REASON, OWN] = [patternsOf(TROUBLES, OWN_SLOT), patternsOf(REASONS, OWN_SLOT), patternsOf(WHOLE)]

/** Null: its words are not known, so that it stays English and is marked as that. */
export function workTold(kind: keyof typeof KINDS, text: string): string | null {
  const language = currentLanguage()
  return language === 'en' ? text : listed(KINDS[kind], text, language)
}

/** What is wrong with data; null as above. */
export function issueTold({ code, message }: Pick<Issue, 'code' | 'message'>): string | null {
  const language = currentLanguage()
  if (language === 'en') return message
  const plain = ISSUE_CODES[code]
  if (message === plain) return say(`issue.${code}`)
  if (!message.endsWith(`: ${plain}`)) return saidBy(OWN, message, language, (slot) => listed(REASON, slot, language) ?? slot)
  const words = listed(TROUBLE, message.slice(0, -plain.length - 2), language)
  return words === null ? null : `${words}: ${say(`issue.${code}`)}`
}

/** Several after each other; one of them may have a semicolon or comma of its own. */
function listed(patterns: readonly Pattern[], text: string, language: Told): string | null {
  const parts = text.split(/(; |, )/)
  const said: string[] = []
  for (let at = 0; at < parts.length;) {
    let end = parts.length
    let found: string | null = null
    for (; end > at && found === null; end -= 2) found = saidBy(patterns, parts.slice(at, end).join(''), language, inSlot)
    if (found === null) return null
    said.push(found)
    at = end + 3
  }
  return said.join(language === 'ur' ? '؛ ' : '; ')
}

/** A scheme or kind of link has its name in the catalogue; names of columns and sources are the analyst's. */
function inSlot(text: string): string {
  const keys = [`field.${text.replaceAll(' ', '_')}`, `link.${text}`]
  for (const key of keys) if (isKey(key)) return say(key)
  return text
}
