/** The clock of the case: moments as they read in its time zone, for formats that know no zone. */

/** Milliseconds of the local reading, as if it were UTC. The offset is that of the moment, so clock changes are right. */
export function localClock(timezone: string): (at_ms: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, timeZoneName: 'longOffset' })
  const offsets = new Map<number, number>()
  return (at_ms) => {
    // Offsets change on whole quarters of an hour, so one look-up serves each of them.
    const quarter = Math.floor(at_ms / 900_000)
    let offset = offsets.get(quarter)
    if (offset === undefined) {
      const written = format.formatToParts(quarter * 900_000).find(({ type }) => type === 'timeZoneName')?.value ?? ''
      const [, sign = '+', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(written) ?? []
      offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
      offsets.set(quarter, offset)
    }
    return at_ms + offset
  }
}

/** The moment of a local reading; of two that read alike at a clock change the earlier. */
export function utcClock(timezone: string): (local_ms: number) => number {
  const local = localClock(timezone)
  return (local_ms) => {
    const near = local_ms - (local(local_ms) - local_ms)
    const again = local_ms - (local(near) - near)
    return local(again) === local_ms ? again : near
  }
}
