/** Which date format a column is written in, by trying them all, and whether another would do as well. */

export interface TimeGuess {
  /** As case.yaml names it. */
  readonly format: string
  /** Of the values that are there, how many fit. */
  readonly share: number
  /** A sentence where the values cannot decide; null when they do. */
  readonly doubt: string | null
  /** Whether a time of day is written with the date. */
  readonly clock: boolean
}

const CLOCK = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)? ?(?:[AaPp]\.?[Mm]\.?)?)?`
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*'
const ISO = new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(:\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$`)
const YMD = new RegExp(String.raw`^(\d{4})[-/. ]?(\d{1,2}|${MONTH})[-/. ]?(\d{1,2})${CLOCK}$`, 'i')
const NUMBERS = new RegExp(String.raw`^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})${CLOCK}$`)
const DAY_NAMED = new RegExp(String.raw`^\d{1,2}[-/. ,]+${MONTH}[-/. ,]+(?:\d{4}|\d{2})${CLOCK}$`, 'i')
const NAMED_DAY = new RegExp(String.raw`^${MONTH}[-/. ,]+\d{1,2}[-/. ,]+(?:\d{4}|\d{2})${CLOCK}$`, 'i')
/** Forms that only a pattern can name. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/^20\d{2}[01]\d[0-3]\d[0-2]\d[0-5]\d[0-5]\d$/, '%Y%m%d%H%M%S'],
  [/^[0-3]\d[01]\d20\d{2}[0-2]\d[0-5]\d[0-5]\d$/, '%d%m%Y%H%M%S'],
  [/^[0-3]\d[01]\d(?:19|20)\d{2}$/, '%d%m%Y'],
  [/^\d{1,2}-[a-z]{3}-\d{2} \d{1,2}\.\d{2}\.\d{2} [ap]m$/i, '%d-%b-%y %I.%M.%S %p'],
  [/^\d{1,2}[/]\d{1,2}[/]\d{4} \d{1,2}\.\d{2}\.\d{2}$/, '%d/%m/%Y %H.%M.%S'],
]

/** Null when less than four in five values are dates in any one format. */
export function guessTime(values: readonly string[]): TimeGuess | null {
  const filled = values.filter((value) => value !== '')
  if (filled.length === 0) return null
  const guesses = [isoGuess(filled), numbersGuess(filled), fitting(filled, DAY_NAMED, 'dmy'), fitting(filled, NAMED_DAY, 'mdy'), epochGuess(filled), fitting(filled, YMD, 'ymd'), ...PATTERNS.map(([pattern, format]) => fitting(filled, pattern, format))]
  let best: TimeGuess | null = null
  for (const guess of guesses) if (guess !== null && guess.share >= 0.8 && (best === null || guess.share > best.share)) best = guess
  return best
}

/** True for a column of times of day. */
export function isClock(values: readonly string[]): boolean {
  const filled = values.filter((value) => value !== '')
  return filled.length > 0 && filled.filter((value) => /^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)? ?(?:[ap]\.?m\.?)?$/i.test(value)).length >= filled.length * 0.8
}

function fitting(values: readonly string[], pattern: RegExp, format: string): TimeGuess | null {
  const fit = values.filter((value) => pattern.test(value))
  return fit.length === 0 ? null : { format, share: fit.length / values.length, doubt: null, clock: fit.some((value) => value.includes(':') || format.includes('%H') || format.includes('%I')) }
}

function isoGuess(values: readonly string[]): TimeGuess | null {
  const fit = values.map((value) => ISO.exec(value)).filter((match) => match !== null)
  if (fit.length === 0) return null
  // ISO 8601 as the importer reads it has seconds; without them the order of the parts is stated instead.
  const short = fit.some((match) => match[4] !== undefined && match[6] === undefined)
  return { format: short ? 'ymd' : 'iso', share: fit.length / values.length, doubt: null, clock: fit.some((match) => match[4] !== undefined) }
}

/** Day or month first: a number above 12 decides. */
function numbersGuess(values: readonly string[]): TimeGuess | null {
  const fit = values.map((value) => NUMBERS.exec(value)).filter((match) => match !== null)
  if (fit.length === 0) return null
  const day = fit.filter((match) => Number(match[1]) > 12 && Number(match[1]) <= 31 && Number(match[2]) <= 12).length
  const month = fit.filter((match) => Number(match[2]) > 12 && Number(match[2]) <= 31 && Number(match[1]) <= 12).length
  const impossible = fit.filter((match) => (Number(match[1]) > 12 && Number(match[2]) > 12) || Number(match[1]) > 31 || Number(match[2]) > 31).length
  const format = month > day ? 'mdy' : 'dmy'
  const against = Math.min(day, month)
  const doubt = day + month === 0 ? 'no number above 12 tells day from month; taken as day first'
    : against > 0 ? `${Math.max(day, month)} values are ${format}, ${against} are the other way round` : null
  return { format, share: (fit.length - impossible - against) / values.length, doubt, clock: fit.some((match) => match[4] !== undefined) }
}

function epochGuess(values: readonly string[]): TimeGuess | null {
  return fitting(values, /^1[0-9]{9}(?:\.\d+)?$/, 'epoch_s') ?? fitting(values, /^1[0-9]{12}$/, 'epoch_ms')
}
