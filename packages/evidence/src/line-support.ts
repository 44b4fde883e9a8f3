/** What each drawn line stands on: rows, sources, the hands they came from, their certificates; and which lines one source carries alone. */
import type { ExhibitInput } from './exhibit-model.ts'

/** How many of the order are spoken of one by one. */
const FIRST = 10

export interface LineSupport {
  readonly link: string
  readonly rows: number
  /** By name. */
  readonly sources: readonly string[]
  /** Who handed these over; a source of which that is not written down counts as a hand of its own. */
  readonly hands: number
  /** None of its sources has the certificate that it needs. */
  readonly unproved: boolean
  /** One hand gave all of its rows, and no grade confirms them. */
  readonly alone: boolean
}

/** In the order of the links. */
export function lineSupport({ chart, trace, sources }: Pick<ExhibitInput, 'chart' | 'trace' | 'sources'>): LineSupport[] {
  const known = new Map(sources.map((one) => [one.name, one]))
  const under = new Map<string, { rows: number; sources: Set<string> }>()
  for (const { link, source } of trace) {
    const found = under.get(link) ?? { rows: 0, sources: new Set<string>() }
    found.rows++
    found.sources.add(source)
    under.set(link, found)
  }
  return chart.links.map(({ id, strength }) => {
    const own = under.get(id) ?? { rows: 0, sources: new Set<string>() }
    const names = [...own.sources].sort()
    const hands = new Set(names.map((name) => known.get(name)?.from || `source ${name}`)).size
    return { link: id, rows: own.rows, sources: names, hands, unproved: names.every((name) => known.get(name)?.certificate === 'missing'), alone: hands < 2 && strength !== 'confirmed' }
  })
}

/** Of those in the order who stand on this chart, how much of each is carried by one hand alone. */
export function carriedAlone(input: Pick<ExhibitInput, 'chart' | 'trace' | 'sources' | 'order'>): string[] {
  const support = lineSupport(input)
  const alone = support.filter((one) => one.alone).length
  if (support.length === 0) return []
  const about = (id: string): { readonly at: number; readonly alone: number } => {
    const at = support.filter((_, i) => input.chart.links[i]?.source === id || input.chart.links[i]?.target === id)
    return { at: at.length, alone: at.filter((one) => one.alone).length }
  }
  return [
    `${alone} of ${support.length} lines rest on what one hand gave and no grade confirms; tables/support.csv says which.`,
    ...input.order.slice(0, FIRST).map(({ subject, label, rank }) => {
      const lines = about(subject)
      return `${label} (place ${rank}): ${lines.alone} of ${lines.at} own lines.`
    }),
  ]
}
