/** Moments in the case's time zone, the zone always stated: a time without one is worth little in court. */
import { currentLanguage, DATE_LOCALES } from './language.ts'

export const USUAL_ZONE = 'Asia/Kolkata'

const formats = new Map<string, Intl.DateTimeFormat>()

interface Fields {
  readonly date: string
  readonly time: string
}

/** `3 Jan 2024, 21:05`. */
export function formatMoment(ms: number, zone: string = USUAL_ZONE): string {
  const { date, time } = fieldsOf(ms, zone)
  return `${date}, ${time}`
}

export function formatDay(ms: number, zone: string = USUAL_ZONE): string {
  return fieldsOf(ms, zone).date
}

/** `3 Jan 2024 – 4 Mar 2024`; one day alone when both fall on it; null when no time is known. */
export function formatSpan(first: number | null, last: number | null, zone: string = USUAL_ZONE): string | null {
  if (first === null && last === null) return null
  const from = formatDay(first ?? last ?? 0, zone)
  const until = formatDay(last ?? first ?? 0, zone)
  return from === until ? from : `${from} – ${until}`
}

/** `Asia/Kolkata (UTC+05:30)` at that moment. */
export function zoneAt(ms: number, zone: string = USUAL_ZONE): string {
  const part = format(zone).formatToParts(new Date(ms)).find((p) => p.type === 'timeZoneName')?.value ?? 'GMT'
  const offset = part.replace('GMT', 'UTC').replace('−', '-')
  return `${zone} (${offset === 'UTC' ? 'UTC+00:00' : offset})`
}

/** `2024-01-03T21:05`: as the browser's field for date and time wants it, on the clocks of the zone and not on this machine's. */
export function clockAt(ms: number, zone: string = USUAL_ZONE): string {
  const at: Record<string, string> = {}
  for (const part of format(zone, 'en-GB', 'all').formatToParts(new Date(ms))) at[part.type] = part.value
  return `${(at['year'] ?? '').padStart(4, '0')}-${at['month']}-${at['day']}T${at['hour']}:${at['minute']}`
}

/** The moment at which the clocks of the zone show it; null when it is none. An hour that clocks leave out is that after it, one that they show twice the earlier. */
export function momentOf(clock: string, zone: string = USUAL_ZONE): number | null {
  const shown = Date.parse(`${clock}Z`)
  if (!Number.isFinite(shown)) return null
  const offset = (at: number): number => Date.parse(`${clockAt(at, zone)}Z`) - Math.floor(at / 60_000) * 60_000
  const [before, after] = [shown - offset(shown - DAY_ms), shown - offset(shown + DAY_ms)]
  const fits = [before, after].filter((at) => clockAt(at, zone) === clockAt(shown, 'UTC')).sort((a, b) => a - b)
  return fits[0] ?? before
}

/** No zone changes its clocks twice so near. */
const DAY_ms = 86_400_000

function fieldsOf(ms: number, zone: string): Fields {
  const at: Record<string, string> = {}
  for (const part of format(zone, 'en-GB').formatToParts(new Date(ms))) at[part.type] = part.value
  return {
    date: format(zone, DATE_LOCALES[currentLanguage()], 'day').format(new Date(ms)),
    time: `${at['hour']}:${at['minute']}${at['second'] === '00' ? '' : `:${at['second']}`}`,
  }
}

function format(zone: string, locale = 'en-GB', fields: 'time' | 'day' | 'all' = 'time'): Intl.DateTimeFormat {
  const key = `${zone} ${locale} ${fields}`
  let known = formats.get(key)
  if (known === undefined) {
    known = new Intl.DateTimeFormat(locale, { timeZone: zone, ...FIELDS[fields] })
    formats.set(key, known)
  }
  return known
}

const FIELDS: Readonly<Record<'time' | 'day' | 'all', Intl.DateTimeFormatOptions>> = {
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'longOffset' },
  all: { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
}
