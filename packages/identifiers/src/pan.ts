/** Permanent account numbers of the Indian income tax: five letters, four digits, a letter; the fourth says what the holder is. */
import { failed, passed, type Canonical } from './canonical.ts'
import { compact, saysNothing, tidyUpper } from './written.ts'

const HOLDERS: Readonly<Record<string, string>> = {
  A: 'association of persons', B: 'body of individuals', C: 'company', E: 'limited liability partnership', F: 'firm', G: 'government',
  H: 'Hindu undivided family', J: 'artificial juridical person', L: 'local authority', P: 'individual', T: 'trust',
}

export function canonicalPan(written: string): Canonical {
  const text = tidyUpper(written)
  const pan = compact(text)
  if (pan === '' || saysNothing(text)) return failed(text, 'no number')
  if (!/^[A-Z]{5}\d{4}[A-Z]$/.test(pan)) return failed(pan, 'a PAN has five letters, four digits and a letter')
  const holder = HOLDERS[pan.charAt(3)]
  return holder === undefined ? failed(pan, `fourth letter ${pan.charAt(3)} stands for no kind of holder`) : passed(pan, holder)
}
