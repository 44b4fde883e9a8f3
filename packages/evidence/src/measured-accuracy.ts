/** What the method's own errors were measured to be, as every method sheet prints it: numbers from a stored run, never typed. */

/** Shares of 0 to 1. */
export interface MeasuredAccuracy {
  /** Makes these numbers again. */
  readonly command: string
  /** Of the engine that was measured. */
  readonly engine_sources_sha256: string
  /** The order of positions over labelled networks of real cases: mean of the cases. */
  readonly order: {
    readonly networks: number
    readonly people: number
    readonly average_precision: number
    readonly lowest: number
    /** What an order drawn by lot has: the share of leaders. */
    readonly chance: number
    readonly recall_at_ten: number
    readonly average_precision_ties_lost: number
    readonly first_ten_kept: number
  }
  /** Over invented cases with a planted organiser. */
  readonly planted: { readonly cases: number; readonly first_in_ring: number; readonly among_first_three: number; readonly ties_lost_first_in_ring: number; readonly ties_lost_among_first_three: number }
  /** Records joined as one person, over invented persons: pairs. */
  readonly joining: { readonly records: number; readonly true_pairs: number; readonly usual: Joined; readonly court: Joined }
}

interface Joined {
  /** Pairs that were joined, and those of them that are one person. */
  readonly joined: number
  readonly right: number
  /** Of the pairs joined, those that are one person. */
  readonly precision: number
  /** Of the pairs that are one person, those joined. */
  readonly recall: number
}

/** @param engine_sources_sha256 of the engine that made the exhibit. */
export function accuracyWords({ command, engine_sources_sha256: then, order, planted, joining }: MeasuredAccuracy, engine_sources_sha256: string): string[] {
  const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`
  return [
    `Order: over ${order.networks} real networks whose leaders are known (${order.people} people), the order by position had a mean average precision of ${order.average_precision} (the lowest of a network ${order.lowest}; an order drawn by lot ${order.chance}); ${percent(order.recall_at_ten)} of the leaders were among the first ten. With a fifth of the ties missing the average precision was ${order.average_precision_ties_lost}, and ${percent(order.first_ten_kept)} of the first ten stayed there.`,
    `In ${planted.cases} invented cases the planted organiser was first in his ring in ${percent(planted.first_in_ring)} and among the first three of all in ${percent(planted.among_first_three)}; with a fifth of the ties missing in ${percent(planted.ties_lost_first_in_ring)} and ${percent(planted.ties_lost_among_first_three)}. So the order errs: it must not be read as naming an organiser.`,
    `Joining: over ${joining.records} records of invented persons under other spellings (${joining.true_pairs} pairs of records that are one person), ${joining.usual.right} of the ${joining.usual.joined} pairs that the machine joined are one person, and ${percent(joining.usual.recall)} of those that are one person were joined; at the threshold for court ${joining.court.right} of ${joining.court.joined}, and ${percent(joining.court.recall)}. Pairs that are left for a person to decide count as not joined.`,
    `Measured by "${command}" with ${then === engine_sources_sha256 ? 'the engine that made this exhibit' : `an engine whose sources had the SHA-256 ${then}; the one that made this exhibit is named below`}. Other cases can be harder; these are no promise for this one.`,
  ]
}
