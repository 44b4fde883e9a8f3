/** The rule by which the renderer leaves links out without being given them anew: window of time, range of amounts, grades. */
import type { ChartLink } from '@ringmap/model/chart'
import { STRENGTHS } from '@ringmap/model/grade'
import type { Filters } from './filters.ts'
import type { Window } from './link-times.ts'

/** What the renderer knows of a link besides its look. */
export interface LinkFacts {
  /** Place in STRENGTHS. */
  readonly grade: number
  /** Days since the origin; a link without a time reaches over every window. */
  readonly first: number
  readonly last: number
  /** Smallest unit of the currency; -1: the link has no amount, and no range rules it out. */
  readonly amount: number
}

export interface LinkRule {
  /** Days since the origin, both included. */
  readonly window: readonly [number, number]
  readonly amounts: readonly [number, number]
  /** 1 where the grade is shown, in the order of STRENGTHS. */
  readonly grades: readonly [number, number, number]
}

const DAY_ms = 86_400_000
/** Beyond every time and amount, and still a number on any graphics card. */
const FAR = 1e30

export const NO_RULE: LinkRule = { window: [-FAR, FAR], amounts: [-FAR, FAR], grades: [1, 1, 1] }

/** Times are carried as 32-bit numbers, so they are counted from the first moment of the chart: within ten years they are good to a minute. */
export function originOf(links: readonly Pick<ChartLink, 'first_ms'>[]): number {
  let origin = Infinity
  for (const { first_ms: at } of links) if (at !== null && at < origin) origin = at
  return origin === Infinity ? 0 : origin
}

export function factsOf(link: Pick<ChartLink, 'first_ms' | 'last_ms' | 'amount' | 'strength'>, origin_ms: number): LinkFacts {
  const first = link.first_ms ?? link.last_ms
  const last = link.last_ms ?? link.first_ms
  return {
    grade: STRENGTHS.indexOf(link.strength),
    first: first === null ? -FAR : (first - origin_ms) / DAY_ms,
    last: last === null ? FAR : (last - origin_ms) / DAY_ms,
    amount: link.amount === null ? -1 : Number(link.amount),
  }
}

export function ruleOf({ least, most, strengths }: Pick<Filters, 'least' | 'most' | 'strengths'>, window: Window | null, origin_ms: number): LinkRule {
  // Half a minute wider: what lies on the edge is left to the exact count, and never lost to rounding.
  const slack = 30_000 / DAY_ms
  return {
    window: window === null ? NO_RULE.window : [(window.from_ms - origin_ms) / DAY_ms - slack, (window.until_ms - origin_ms) / DAY_ms + slack],
    amounts: [least === null ? -FAR : Number(least), most === null ? FAR : Number(most)],
    grades: [strengths.includes('confirmed') ? 0 : 1, strengths.includes('unconfirmed') ? 0 : 1, strengths.includes('tentative') ? 0 : 1],
  }
}
