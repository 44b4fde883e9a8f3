/** Vehicle registration plates: the Indian series in one spelling, plates of other countries as capitals and digits. */
import { failed, passed, type Canonical } from './canonical.ts'
import { compact, saysNothing, tidy, tidyUpper } from './written.ts'

export const INDIAN_STATES: ReadonlySet<string> = new Set(
  'AN AP AR AS BR CG CH DD DL DN GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD OR PB PY RJ SK TG TN TR TS UA UK UP WB'.split(' '),
)

/**
 * `JK01AB1234` (office in two digits, number in four), `22BH1234AA`, `T0123JK1234A` (temporary), `JKA1234` (before 1989),
 * `77CD15`, `07B123456X` (defence).
 * @param region ISO 3166 country whose series are checked; only India's are known.
 */
export function canonicalPlate(written: string, region: string): Canonical {
  const text = tidyUpper(written)
  const plate = compact(text)
  if (plate === '' || saysNothing(text)) return failed(text, 'no registration number')
  // A mark for what a camera or a clerk could not read is no separator: without it another vehicle's number would come out.
  if (/[?*#_]/.test(text)) return failed(text, 'part of the registration number was not read')
  if (region !== 'IN') {
    return /\p{N}/u.test(plate) && plate.length >= 2 && plate.length <= 12 ? passed(plate) : failed(plate, 'not a registration number')
  }
  return indian(plate, text) ?? (plate.startsWith('IND') ? indian(plate.slice(3), text) : null) ?? misread(plate)
    ?? failed(plate, 'in none of the Indian series')
}

function indian(plate: string, text: string): Canonical | null {
  return bharat(plate) ?? temporary(plate) ?? parted(text) ?? stateSeries(plate) ?? special(plate)
}

/** State, office, series of up to three letters, number: also Delhi's DL3CAB1234. */
function stateSeries(plate: string): Canonical | null {
  const [, state = '', office = '', letters = '', number = ''] = /^([A-Z]{2})(\d{1,2})([A-Z]{1,3})(\d{1,4})$/.exec(plate) ?? /^([A-Z]{2})(\d{2})()(\d{1,4})$/.exec(plate) ?? []
  return assembled(state, office, letters, number)
}

/** Without series letters only the separators tell office from number: JK-1-1234. */
function parted(text: string): Canonical | null {
  const [, state = '', office = '', number = ''] = /^([A-Z]{2})[^A-Z0-9]*(\d{1,2})[^A-Z0-9]+(\d{1,4})$/.exec(text) ?? []
  return assembled(state, office, '', number)
}

function assembled(state: string, office: string, letters: string, number: string): Canonical | null {
  if (!INDIAN_STATES.has(state) || Number(office) === 0 || Number(number) === 0) return null
  return passed(state + office.padStart(2, '0') + letters + number.padStart(4, '0'))
}

function bharat(plate: string): Canonical | null {
  const [, year, number = '', letters] = /^(2[1-9]|[3-9]\d)BH(\d{1,4})([A-Z]{1,2})$/.exec(plate) ?? []
  return year === undefined || letters === undefined || Number(number) === 0 ? null : passed(`${year}BH${number.padStart(4, '0')}${letters}`, 'Bharat series')
}

/** T, month and year, state, number, letters. */
function temporary(plate: string): Canonical | null {
  const [, month, state, number = '', letters] = /^T((?:0[1-9]|1[0-2])\d\d)([A-Z]{2})(\d{1,4})([A-Z]{0,2})$/.exec(plate) ?? []
  if (month === undefined || state === undefined || letters === undefined || !INDIAN_STATES.has(state)) return null
  return passed(`T${month}${state}${number.padStart(4, '0')}${letters}`, 'temporary')
}

function special(plate: string): Canonical | null {
  const mission = /^0*(\d{1,3})(CD|CC|UN)0*(\d{1,4}[A-Z]?)$/.exec(plate)
  if (mission !== null && Number(mission[1]) > 0) return passed(`${mission[1]}${mission[2]}${mission[3]}`, 'diplomatic')
  // The broad arrow in front of a defence number is lost in most files, so it takes no part.
  if (/^\d{2}[A-Z]\d{5,6}[A-Z]$/.test(plate)) return passed(plate, 'defence')
  const old = /^([A-Z]{2})([A-Z])(\d{1,4})$/.exec(plate)
  if (old !== null && Number(old[3]) > 0) return passed(`${old[1]}${old[2]}${old[3]?.padStart(4, '0')}`, 'series before 1989')
  if (/^[A-Z]{2}\d{2}[A-Z]{1,2}\d{4}TC\d{4}$/.test(plate) && INDIAN_STATES.has(plate.slice(0, 2))) return passed(plate, 'trade certificate')
  if (/^[A-Z]{2}VA[A-Z]{2}\d{4}$/.test(plate) && INDIAN_STATES.has(plate.slice(0, 2))) return passed(plate, 'vintage')
  return null
}

/** Cameras and clerks take O for 0 and I for 1; where a full plate has only digits in those places, it can be put right. */
function misread(plate: string): Canonical | null {
  const [, state = '', office = '', letters = '', number = ''] = /^([A-Z]{2})([0-9OI]{2})([A-Z]{1,3})([0-9OI]{4})$/.exec(plate) ?? []
  const found = assembled(state, asDigits(office), letters, asDigits(number))
  return found === null ? null : passed(found.value, 'O or I read as 0 or 1')
}

function asDigits(text: string): string {
  return tidy(text).replaceAll('O', '0').replaceAll('I', '1')
}
