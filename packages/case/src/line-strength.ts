/** How a line of an exhibit is drawn: from the grades of the rows under it, and from whether they come from sources that are independent of each other. */
import type { ChartLink } from '@ringmap/model/chart'
import { isDisputed, isSound, parseGrade } from '@ringmap/model/grade'
import type { ExhibitSettings } from '@ringmap/model/exhibit-file'

export interface GradedRow {
  readonly link: string
  readonly source: string
  readonly grade: string | null
}

/** Printed on the method sheet. */
export const LINE_RULE: string = 'Lines: solid is confirmed, dashed is unconfirmed or not graded, dotted is tentative, a cross in a disc says disputed. A line is as strong as the weakest of its rows. It is confirmed where a reliable source gives what others confirm or what is known (6x6: A or B with 1; 4x4 and 5x5x5: A or B with 1; 3x5x2: 1 with A or B), '
  + 'or where every row is sound (6x6: A to C with 1 or 2; 4x4 and 5x5x5: A or B with 1 or 2) and they come from two sources that were not handed over by the same hand; two rows of one source never confirm each other. A grade is never turned into another scheme.'

/** Links with their line styles for an exhibit. A source says in `exhibit.sources.NAME.from` who handed it over; those of one hand are not independent. */
export function withLineStrengths(links: readonly ChartLink[], rows: readonly GradedRow[], settings: ExhibitSettings): ChartLink[] {
  const under = new Map<string, GradedRow[]>()
  for (const row of rows) {
    const known = under.get(row.link)
    if (known === undefined) under.set(row.link, [row])
    else known.push(row)
  }
  return links.map((link) => {
    const own = (under.get(link.id) ?? []).map(({ source, grade }) => ({ source, grade: grade === null ? null : parseGrade(grade) }))
    if (own.some(({ grade }) => isDisputed(grade))) return { ...link, disputed: true }
    if (link.strength !== 'unconfirmed' || !own.every(({ grade }) => isSound(grade))) return link
    const hands = new Set(own.map(({ source }) => settings.sources[source]?.from || `source ${source}`))
    return hands.size > 1 ? { ...link, strength: 'confirmed' } : link
  })
}
