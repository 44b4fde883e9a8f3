/** E-mail addresses. */
import { failed, passed, type Canonical } from './canonical.ts'
import { saysNothing, tidyLower } from './written.ts'

/** Letters fold; dots and tags in the local part stay, since only some services ignore them. */
export function canonicalEmail(written: string): Canonical {
  const text = tidyLower(written)
  if (saysNothing(text)) return failed(text, 'no address')
  const address = (/<([^<>]+)>$/.exec(text)?.[1] ?? text).replace(/^mailto:\s*/, '').replaceAll(/\s*@\s*/g, '@').trim()
  if (/^[^\s@<>,;:"()[\]]{1,64}@(?:[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}][\p{L}\p{M}\p{N}-]*$/u.test(address)) return passed(address)
  return failed(text, 'not an e-mail address')
}
