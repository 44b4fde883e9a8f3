/** Names of accounts with messengers and social networks. */
import { failed, passed, type Canonical } from './canonical.ts'
import { saysNothing, tidyLower } from './written.ts'

const SERVICES: readonly (readonly [RegExp, string])[] = [
  [/^(?:t|telegram)\.me\/(?:s\/)?/, 'telegram'], [/^wa\.me\//, 'whatsapp'], [/^instagram\.com\//, 'instagram'], [/^(?:m\.|web\.)?(?:facebook|fb)\.com\//, 'facebook'],
  [/^(?:twitter|x)\.com\//, 'x'], [/^snapchat\.com\/add\//, 'snapchat'], [/^youtube\.com\/@?/, 'youtube'], [/^tiktok\.com\/@?/, 'tiktok'],
]

/** `telegram:name` where a link tells the service, the bare name otherwise. */
export function canonicalHandle(written: string): Canonical {
  const text = tidyLower(written)
  if (saysNothing(text)) return failed(text, 'no name')
  const path = text.replace(/^https?:\/\//, '').replace(/^www\./, '')
  for (const [pattern, service] of SERVICES) {
    const found = pattern.exec(path)
    if (found === null) continue
    const name = path.slice(found[0].length).replace(/[?#/].*$/, '')
    if (/^[\p{L}\p{N}._+-]+$/u.test(name)) return passed(`${service}:${name}`)
  }
  const name = text.replace(/^@\s*/, '')
  if (saysNothing(name)) return failed(name === '' ? text : name, 'no name')
  if (/^(?:[a-z]+:)?[\p{L}\p{M}\p{N}._+-]{1,100}$/u.test(name)) return passed(name)
  return failed(text, 'not a name of one word')
}
