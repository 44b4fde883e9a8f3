/** Payment addresses of the Unified Payments Interface. */
import { failed, passed, type Canonical } from './canonical.ts'
import { saysNothing, tidyLower } from './written.ts'

/** `tariq.lone@oksbi`: letters fold, dots count. */
export function canonicalUpi(written: string): Canonical {
  const text = tidyLower(written)
  if (saysNothing(text)) return failed(text, 'no address')
  const address = text.replace(/^upi:(?:\/\/pay\?pa=)?/, '').replaceAll(/\s/g, '')
  if (/^[a-z0-9._-]{2,256}@[a-z][a-z0-9]{1,63}$/.test(address)) return passed(address)
  return failed(text, text.includes('@') ? 'not a payment address: a name, @ and a bank handle without a dot' : 'a payment address has an @')
}
