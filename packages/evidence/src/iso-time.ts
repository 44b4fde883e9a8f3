/** Milliseconds since 1970 as ISO 8601 in UTC, by the calendar's arithmetic alone (Hinnant, "chrono-compatible low-level date algorithms", 2013). */

/** `2024-01-03T14:30:00Z`; milliseconds only where there are any. */
export function isoTime(at_ms: number): string {
  const days = Math.floor(at_ms / 86_400_000)
  const { year, month, day } = civil(days)
  const rest = at_ms - days * 86_400_000
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const milli = rest % 1000
  const date = `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${two(month)}-${two(day)}`
  return `${date}T${two(rest / 3_600_000)}:${two((rest / 60_000) % 60)}:${two((rest / 1000) % 60)}${milli === 0 ? '' : `.${String(milli).padStart(3, '0')}`}Z`
}

function civil(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365)
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 }
}
