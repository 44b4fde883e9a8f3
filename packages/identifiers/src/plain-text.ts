/** Ids that are only names in their own list: letters keep their case, spaces and Unicode forms are made one. */
import { failed, passed, type Canonical } from './canonical.ts'
import { tidy } from './written.ts'

export function canonicalText(written: string): Canonical {
  const text = tidy(written)
  return text === '' ? failed(text, 'blank') : passed(text)
}
