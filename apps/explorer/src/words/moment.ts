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

function fieldsOf(ms: number, zone: string): Fields {
  const at: Record<string, string> = {}
  for (const part of format(zone, 'en-GB').formatToParts(new Date(ms))) at[part.type] = part.value
  return {
    date: format(zone, DATE_LOCALES[currentLanguage()], true).format(new Date(ms)),
    time: `${at['hour']}:${at['minute']}${at['second'] === '00' ? '' : `:${at['second']}`}`,
  }
}

function format(zone: string, locale = 'en-GB', day = false): Intl.DateTimeFormat {
  const key = `${zone} ${locale} ${day}`
  let known = formats.get(key)
  if (known === undefined) {
    known = new Intl.DateTimeFormat(locale, day ? { timeZone: zone, day: 'numeric', month: 'short', year: 'numeric' } : {
      timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'longOffset',
    })
    formats.set(key, known)
  }
  return known
}
