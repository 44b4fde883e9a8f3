/** Sets links between the same two entities apart, so that each can be seen and picked. */

interface Ends {
  readonly id: string
  readonly source: string
  readonly target: string
}

/** Pixels between neighbouring lines, measured at their middle. */
const STEP = 12

/** Bend of each link, by id: 0 for a lone link; signs agree for links that run in opposite directions. Of a link to itself: how many of the same entity come before it. */
export function bendsOf(links: readonly Ends[]): ReadonlyMap<string, number> {
  const pairs = new Map<string, Ends[]>()
  const bends = new Map<string, number>()
  const loops = new Map<string, number>()
  for (const link of links) {
    if (link.source === link.target) {
      const before = loops.get(link.source) ?? 0
      loops.set(link.source, before + 1)
      bends.set(link.id, before)
      continue
    }
    const key = link.source < link.target ? `${link.source}\n${link.target}` : `${link.target}\n${link.source}`
    const known = pairs.get(key)
    if (known === undefined) pairs.set(key, [link])
    else known.push(link)
  }
  for (const pair of pairs.values()) {
    pair.sort((a, b) => (a.id < b.id ? -1 : 1))
    // Many links share the room that eight would take.
    const step = pair.length > 8 ? STEP * 8 / pair.length : STEP
    pair.forEach((link, i) => {
      const bend = (i - (pair.length - 1) / 2) * step
      bends.set(link.id, (link.source < link.target ? bend : -bend) + 0)
    })
  }
  return bends
}
