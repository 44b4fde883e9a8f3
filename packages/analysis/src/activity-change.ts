/**
 * When a number fell silent or came to life: likelihood ratio of a change of rate in its active contact-days (Poisson; Csorgo & Horvath 1997, ch. 1).
 * A contact-day is one contact on one day, however many calls: bursts count once.
 */

/** Contact-days of every number, in order of number and day. */
export interface Activity {
  readonly offsets: Uint32Array
  /** Whole days since the first. */
  readonly day: Uint32Array
  /** Distinct contacts on that day. */
  readonly contacts: Float64Array
  /** Days that the records cover. */
  readonly days: number
}

/**
 * Twice the log likelihood ratio is about chi-square with one degree of freedom where nothing changed.
 *
 * @returns log likelihood ratio of another rate from day `at` on; negative where the rate rose, positive where it fell.
 */
export function fallAt(activity: Activity, number: number, at: number): number {
  const { offsets, day, contacts, days } = activity
  let before = 0
  let after = 0
  for (let i = offsets[number]; i < offsets[number + 1]; i++) {
    if (day[i] < at) before += contacts[i]
    else after += contacts[i]
  }
  return signedRatio(before, after, at, days - at)
}

export interface RateChange {
  /** First day of the new rate; 0 where there is no rise. */
  readonly day: Uint32Array
  /** Log likelihood ratio, 0 where there is no rise. */
  readonly ratio: Float64Array
}

/** The sharpest rise of each number, with at least `least` days on either side. */
export function rises(activity: Activity, least = 1): RateChange {
  const { offsets, day, contacts, days } = activity
  const numbers = offsets.length - 1
  const at = new Uint32Array(numbers)
  const ratio = new Float64Array(numbers)
  for (let v = 0; v < numbers; v++) {
    let total = 0
    for (let i = offsets[v]; i < offsets[v + 1]; i++) total += contacts[i]
    let before = 0
    // A rate can rise only where a day with contacts begins.
    for (let i = offsets[v]; i < offsets[v + 1]; i++) {
      const split = day[i]
      if (split >= least && split <= days - least) {
        const rise = -signedRatio(before, total - before, split, days - split)
        if (rise > ratio[v]) {
          ratio[v] = rise
          at[v] = split
        }
      }
      before += contacts[i]
    }
  }
  return { day: at, ratio }
}

/** Positive for a fall from the first part to the second. */
function signedRatio(before: number, after: number, beforeDays: number, afterDays: number): number {
  const total = before + after
  if (total === 0 || beforeDays <= 0 || afterDays <= 0) return 0
  const rate = total / (beforeDays + afterDays)
  const part = (count: number, length: number): number => (count === 0 ? 0 : count * Math.log(count / length / rate))
  const ratio = Math.max(0, part(before, beforeDays) + part(after, afterDays))
  return before / beforeDays >= after / afterDays ? ratio : -ratio
}
