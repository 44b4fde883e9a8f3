/** Moments in the case's zone, with the zone stated. */
import { describe, expect, it } from 'vitest'
import { clockAt, formatDay, formatMoment, formatSpan, momentOf, zoneAt } from '../src/words/moment.ts'

const evening = Date.UTC(2024, 0, 2, 20, 35, 11)

describe('moments', () => {
  it('fall on the day of the zone, not of UTC', () => {
    expect(formatMoment(evening)).toBe('3 Jan 2024, 02:05:11')
    expect(formatMoment(evening, 'UTC')).toBe('2 Jan 2024, 20:35:11')
    expect(formatDay(evening)).toBe('3 Jan 2024')
  })

  it('leave out seconds that are none', () => expect(formatMoment(Date.UTC(2024, 5, 30, 18, 30))).toBe('1 Jul 2024, 00:00'))

  it('state the offset, with the half hour and with summer time', () => {
    expect(zoneAt(evening)).toBe('Asia/Kolkata (UTC+05:30)')
    expect(zoneAt(evening, 'UTC')).toBe('UTC (UTC+00:00)')
    expect(zoneAt(Date.UTC(2024, 6, 1), 'Europe/London')).toBe('Europe/London (UTC+01:00)')
  })

  it('spans name one day once, and say when nothing is known', () => {
    expect(formatSpan(evening, evening + 1000)).toBe('3 Jan 2024')
    expect(formatSpan(evening, evening + 86_400_000 * 60)).toBe('3 Jan 2024 – 3 Mar 2024')
    expect(formatSpan(null, evening)).toBe('3 Jan 2024')
    expect(formatSpan(null, null)).toBeNull()
  })

  it('are typed on the clocks of the zone, whatever those of this machine say', () => {
    expect(clockAt(evening)).toBe('2024-01-03T02:05')
    expect(momentOf('2024-01-03T02:05')).toBe(Date.UTC(2024, 0, 2, 20, 35))
    expect(clockAt(Date.UTC(2024, 0, 2, 18, 30))).toBe('2024-01-03T00:00')
    for (const zone of ['Asia/Kolkata', 'America/St_Johns', 'Pacific/Auckland', 'UTC']) for (let hour = 0; hour < 24 * 366; hour += 7) {
      const at = Date.UTC(2024, 0, 1, hour, 20)
      expect(clockAt(momentOf(clockAt(at, zone), zone) ?? 0, zone)).toBe(clockAt(at, zone))
    }
    expect(momentOf('')).toBeNull()
  })

  it('of an hour that clocks show twice are the earlier, of one that they leave out the hour after it', () => {
    expect(momentOf('2024-10-27T01:30', 'Europe/London')).toBe(Date.UTC(2024, 9, 27, 0, 30))
    expect(clockAt(momentOf('2024-03-31T01:30', 'Europe/London') ?? 0, 'Europe/London')).toBe('2024-03-31T02:30')
  })
})
