/** Ages and dates of birth: an age is an interval of birth years seen from the record's year, a date may have day and month exchanged. */
import { tidyLower } from '@ringmap/identifiers/written'
import { wholeVerdict, type PairVerdict, type Verdict } from './pair-verdict.ts'

/** What a cell says of when somebody was born. */
export interface BirthStated {
  readonly year: number | null
  /** 1-12 and 1-31; null where only a year is known. */
  readonly month: number | null
  readonly day: number | null
  readonly age: number | null
  /** Year in which the age was written down. */
  readonly at: number | null
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** Two-digit years up to this one are of this century. */
const PIVOT = 26

/** `34 (FIR 2019)`, `aged 34`, `DOB 12/03/1985`, `12-Mar-85`, `1985-03-12`, `born 1985`; null where nothing can be read. Day before month unless that cannot be. */
export function birthStated(written: string): BirthStated | null {
  const text = tidyLower(written).replaceAll(/(?<=\d)(?:st|nd|rd|th)\b/g, '').replace(/\b((?:18|19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\b/, '$1-$2-$3').replace(/(?<=\d)t\d\d:\d\d\S*/, '')
  const iso = /\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b/.exec(text)
  if (iso !== null) return dated(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const numeric = /\b(\d{1,2})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{4}|\d{2})\b/.exec(text)
  if (numeric !== null) return dated(century(numeric[3] ?? ''), Number(numeric[2]), Number(numeric[1]))
  const named = /\b(\d{1,2})[\s.,-]*([a-z]{3,9})[\s.,-]*(\d{4}|\d{2})\b/.exec(text) ?? swapped(/\b([a-z]{3,9})[\s.,-]*(\d{1,2})[\s.,-]+(\d{4})\b/.exec(text))
  const month = MONTHS.indexOf((named?.[2] ?? '').slice(0, 3)) + 1
  if (named !== null && month > 0) return dated(century(named[3] ?? ''), month, Number(named[1]))
  const monthly = /^(?:dob|d\.o\.b\.?|born|birth)?[\s:.-]*(?:in\s*)?(?:(0?[1-9]|1[0-2])\s*[-/.]|([a-z]{3,9})[\s.,-]+)\s*((?:18|19|20)\d\d)$/.exec(text)
  const inMonth = monthly === null ? 0 : monthly[1] === undefined ? MONTHS.indexOf((monthly[2] ?? '').slice(0, 3)) + 1 : Number(monthly[1])
  if (monthly !== null && inMonth > 0) return { year: Number(monthly[3]), month: inMonth, day: null, age: null, at: null }
  const bornIn = /^(?:dob|d\.o\.b\.?|yob|born|b\.|birth(?: year)?|year of birth)?[\s:.-]*(?:in\s*|c\.\s*|ca\.?\s*|circa\s*)?((?:18|19|20)\d\d)$/.exec(text)
  if (bornIn !== null) return { year: Number(bornIn[1]), month: null, day: null, age: null, at: null }
  const age = /(?<!\d)(\d{1,3})(?!\d)/.exec(text)
  if (age === null || Number(age[1]) > 120) return null
  const at = /(?<!\d)((?:19|20)\d\d)(?!\d)/.exec(text)
  return { year: null, month: null, day: null, age: Number(age[1]), at: at === null ? null : Number(at[1]) }
}

function dated(year: number, month: number, day: number): BirthStated | null {
  const [m, d] = month > 12 && day <= 12 ? [day, month] : [month, day]
  if (m < 1 || m > 12 || d < 1 || d > 31 || year < 1850) return null
  return { year, month: m, day: d, age: null, at: null }
}

function swapped(found: RegExpExecArray | null): readonly (string | undefined)[] | null {
  return found === null ? null : [found[0], found[2], found[1], found[3]]
}

function century(year: string): number {
  const value = Number(year)
  return year.length === 4 ? value : value <= PIVOT ? 2000 + value : 1900 + value
}

export function compareAges(left: string, right: string): PairVerdict {
  const [a, b] = [birthStated(left), birthStated(right)]
  const answer = (verdict: Verdict, weight: number, reason: string): PairVerdict => wholeVerdict(verdict, weight, reason, { on: 'born', left, right })
  if (a === null || b === null) return answer('review', 0, 'no age or date of birth on one side: never evidence')
  if (a.day !== null && b.day !== null) return datesAgainst(a, b, answer)
  if (a.year !== null && b.year !== null) return yearsAgainst(a.year - b.year, 0, answer, 'the years of birth')
  const [one, other] = a.age === null ? [b, a] : [a, b]
  const guessed = [one, other].some((stated) => stated.age !== null && stated.age % 5 === 0) ? 1 : 0
  if (one.age !== null && other.age !== null) {
    if (one.at === null || other.at === null) {
      const loose = yearsAgainst(one.age - other.age, guessed, answer, 'the ages')
      return (one.at === null) === (other.at === null) ? loose : answer(loose.verdict === 'match' ? 'review' : loose.verdict, Math.min(loose.weight, 0), `${loose.reason}; the year of one is not stated`)
    }
    return yearsAgainst(one.at - one.age - (other.at - other.age), guessed, answer, 'the years of birth')
  }
  if (one.at === null) return answer('review', 0, 'an age without the year of its record says nothing against a date of birth')
  // Before the birthday of the record's year the age is one less.
  const gap = one.at - (one.age ?? 0) - (other.year ?? 0)
  return yearsAgainst(gap === 1 ? 0 : gap, guessed, answer, 'the age and the date of birth')
}

/** Two years are within what people and clerks round; an age that is a multiple of five is often a guess. */
function yearsAgainst(gap: number, guessed: number, answer: (verdict: Verdict, weight: number, reason: string) => PairVerdict, what: string): PairVerdict {
  const years = Math.abs(gap)
  if (years <= 2 + guessed) return answer('match', years === 0 ? 4 : 2.5, years === 0 ? `${what} agree` : `${what} agree within ${years} ${years === 1 ? 'year' : 'years'}`)
  if (years <= 5 + guessed) return answer('review', -2, `${what} are ${years} years apart`)
  return answer('nonmatch', -8, `${what} are ${years} years apart`)
}

function datesAgainst(a: BirthStated, b: BirthStated, answer: (verdict: Verdict, weight: number, reason: string) => PairVerdict): PairVerdict {
  const same = { year: a.year === b.year, month: a.month === b.month, day: a.day === b.day }
  const unknownDay = [a, b].some((date) => date.day === 1 && (date.month === 1 || date.month === 7))
  if (same.year && same.month && same.day) return unknownDay ? answer('match', 4, 'the same date, though the first of January or July often stands for an unknown day') : answer('match', 11, 'the same date of birth')
  if (same.year && a.day === b.month && a.month === b.day) return answer('review', 5, 'day and month are exchanged')
  if (unknownDay && same.year) return answer('review', 2, 'the same year; the first of January or July often stands for an unknown day')
  const agree = [same.year, same.month, same.day].filter(Boolean).length
  if (agree === 2) {
    const years = Math.abs((a.year ?? 0) - (b.year ?? 0))
    if (!same.year && years > 1 && !oneSlip(String(a.year), String(b.year), years)) return answer('nonmatch', -6, `the same day, ${years} years apart`)
    return answer('review', 1, 'one part of the date differs: a slip, or another person')
  }
  return answer('nonmatch', -8, 'two dates of birth')
}

/** Two digits exchanged, or one digit misread by not more than a decade. */
function oneSlip(a: string, b: string, years: number): boolean {
  const differing = Array.from(a).filter((digit, i) => digit !== b.charAt(i)).length
  return (differing === 2 && Array.from(a).sort().join('') === Array.from(b).sort().join('')) || (differing === 1 && years === 10)
}
