/** SIM numbers: 15 digits that begin with the code of a country (ITU-T E.212). */
import { failed, passed, type Canonical } from './canonical.ts'
import { compact, fromSpreadsheet, oneDigitRepeated, saysNothing, tidy } from './written.ts'

/** Mobile country codes in use, as ranges and single codes; 001 is for tests, 901 for international networks. */
const COUNTRY_CODES = '1 202 204 206 208 212-214 216 218-222 225 226 228 230-232 234 235 238 240 242 244 246-248 250 255 257 259 260 262 266 268 270 272 274 276 278 280 282-284 286 288-290 292-295 297 '
  + '302 308 310-316 330 332 334 338 340 342 344 346 348 350 352 354 356 358 360 362-366 368 370 372 374 376 '
  + '400-402 404-406 410 412-432 434 436-438 440 441 450 452 454-457 460 461 466 467 470 472 '
  + '502 505 510 514 515 520 525 528 530 536 537 539-555 '
  + '602-655 657-659 702 704 706 708 710 712 714 716 722 724 730 732 734 736 738 740 742 744 746 748 750 901'

const known = new Set(COUNTRY_CODES.split(' ').flatMap((part) => {
  const [from = 0, to = from] = part.split('-').map(Number)
  return Array.from({ length: to - from + 1 }, (_, i) => String(from + i).padStart(3, '0'))
}))

export function canonicalImsi(written: string): Canonical {
  const { text, lost } = fromSpreadsheet(tidy(written))
  if (lost) return failed(text, 'a spreadsheet rounded this number to scientific notation; its last digits are lost')
  if (saysNothing(text)) return failed(text, 'no number')
  const digits = compact(text)
  if (!/^\d+$/.test(digits)) return failed(digits, 'an IMSI has digits only')
  if (oneDigitRepeated(digits)) return failed(digits, 'one digit repeated: a placeholder')
  if (digits.length !== 15) return failed(digits, `${digits.length} digits; an IMSI has 15`)
  return known.has(digits.slice(0, 3)) ? passed(digits) : failed(digits, `${digits.slice(0, 3)} is no country code of mobile networks`)
}
