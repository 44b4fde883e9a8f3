/** Says a message of the catalogue in the chosen language; numbers and plurals by its rules, names kept apart where they run the other way. */
import { IntlMessageFormat } from 'intl-messageformat'
import { isolated } from './isolated.ts'
import { currentLanguage, LANGUAGES, NUMBER_LOCALES, type Language } from './language.ts'
import { MESSAGES, type MessageKey } from './messages/catalogue.ts'

export type Values = Readonly<Record<string, string | number>>

const compiled = new Map<string, IntlMessageFormat>()
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Devanagari}\d]/u

/** @param language default the chosen one. */
export function say(key: MessageKey, values: Values = {}, language: Language = currentLanguage()): string {
  const id = `${language} ${key}`
  let message = compiled.get(id)
  if (message === undefined) {
    message = new IntlMessageFormat(MESSAGES[key][LANGUAGES.indexOf(language)] as string, NUMBER_LOCALES[language])
    compiled.set(id, message)
  }
  const apart = language === 'ur' ? LEFT_TO_RIGHT : RIGHT_TO_LEFT
  const kept = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' && apart.test(value) ? isolated(value) : value]))
  return String(message.format(kept))
}

/** Whether the catalogue has it: for keys made from what the server sends. */
export function isKey(key: string): key is MessageKey {
  return Object.hasOwn(MESSAGES, key)
}

/** The message of a key made from what the server sent, or what was sent where the catalogue does not know it. */
export function sayIfKnown(key: string, otherwise: string, values: Values = {}): string {
  return isKey(key) ? say(key, values) : otherwise
}
