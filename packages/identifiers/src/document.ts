/** Numbers of documents with no scheme of their own: capitals, no spaces, separators kept since they may tell 1/23 from 12/3. */
import { failed, passed, type Canonical } from './canonical.ts'
import { fromSpreadsheet, oneDigitRepeated, saysNothing, tidy, tidyUpper } from './written.ts'

export function canonicalDocument(written: string): Canonical {
  const { text, lost } = fromSpreadsheet(tidy(tidyUpper(written).replaceAll(/[\u2010-\u2015\u2212]/g, '-').replaceAll(/\s/g, '')))
  if (lost) return failed(text, 'a spreadsheet rounded this number to scientific notation; its last digits are lost')
  if (saysNothing(text)) return failed(text, 'no number')
  if (oneDigitRepeated(text)) return failed(text, 'one digit repeated: a placeholder')
  return /[\p{L}\p{N}]/u.test(text) ? passed(text) : failed(text, 'no letter or digit in it')
}
