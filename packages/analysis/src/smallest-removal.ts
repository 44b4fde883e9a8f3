/** The smallest set of removable units whose removal does something: cheapest sets first, then greedily with proof that no part of the set does it too. */
import { stopIfAsked, type WorkOptions } from '@ringmap/model/progress'

export interface RemovalOptions extends WorkOptions {
  /** Cost of each unit, above 0; sets are tried in the order of their sum. */
  readonly costs: readonly number[]
  /** Whether removing these units (ascending) does it. */
  readonly works: (units: readonly number[]) => boolean
  /** How far removing these units goes; higher is nearer to doing it. */
  readonly progressOf: (units: readonly number[]) => number
  /** Sets tried in the order of cost before going on greedily; default 400. */
  readonly tries?: number
}

export interface Removal {
  /** Ascending. */
  readonly units: readonly number[]
  /** `smallest`: every cheaper set was tried. `irreducible`: no proper subset does it, all were tried. `reduced`: no single unit can be left out. */
  readonly proof: 'smallest' | 'irreducible' | 'reduced'
}

/** Sets of up to so many units have all their proper subsets tried. */
const SUBSETS_UP_TO = 8

/** Null where not even the removal of all does it. */
export function smallestRemoval(options: RemovalOptions): Removal | null {
  const { costs, works } = options
  const all = costs.map((_, unit) => unit)
  if (costs.length === 0 || !works(all)) return null
  const found = cheapestFirst(options)
  if (found !== null) return { units: found, proof: 'smallest' }
  const reduced = withoutSpare(greedily(options), options)
  if (reduced.length > SUBSETS_UP_TO) return { units: reduced, proof: 'reduced' }
  return { units: leastSubset(reduced, works), proof: 'irreducible' }
}

interface Tried {
  readonly cost: number
  /** Places in the order of cost, ascending. */
  readonly places: readonly number[]
}

/** Best first over all subsets: each is reached once, from the one without its last place or with the last place one lower. Null where the tries run out. */
function cheapestFirst({ costs, works, tries = 400, signal, progress }: RemovalOptions): number[] | null {
  const order = costs.map((_, unit) => unit).sort((a, b) => (costs[a]) - (costs[b]) || a - b)
  const cost = (place: number): number => costs[order[place]]
  const waiting: Tried[] = [{ cost: cost(0), places: [0] }]
  for (let tried = 0; tried < tries; tried++) {
    stopIfAsked(signal)
    progress?.('evidence', tried, tries)
    const next = takeCheapest(waiting)
    if (next === null) return null
    const units = next.places.map((place) => order[place]).sort((a, b) => a - b)
    if (works(units)) return units
    const last = next.places.at(-1) as number
    if (last + 1 >= order.length) continue
    waiting.push({ cost: next.cost + cost(last + 1), places: [...next.places, last + 1] })
    waiting.push({ cost: next.cost - cost(last) + cost(last + 1), places: [...next.places.slice(0, -1), last + 1] })
  }
  return null
}

/** Of equally cheap ones the one that came first. */
function takeCheapest(waiting: Tried[]): Tried | null {
  let best = 0
  for (let i = 1; i < waiting.length; i++) if ((waiting[i]).cost < (waiting[best]).cost) best = i
  return waiting.splice(best, 1)[0] ?? null
}

/** Adds the unit that goes farthest, of equal ones the cheapest, until it is done. */
function greedily({ costs, works, progressOf, signal }: RemovalOptions): number[] {
  const chosen: number[] = []
  while (!works([...chosen].sort((a, b) => a - b))) {
    stopIfAsked(signal)
    let best = -1
    let far = Number.NEGATIVE_INFINITY
    costs.forEach((cost, unit) => {
      if (chosen.includes(unit)) return
      const at = progressOf([...chosen, unit].sort((a, b) => a - b))
      if (at > far || (at === far && cost < (costs[best]))) {
        far = at
        best = unit
      }
    })
    chosen.push(best)
  }
  return chosen.sort((a, b) => a - b)
}

/** Leaves out what is not needed, the dearest first, until nothing can be left out. */
function withoutSpare(units: readonly number[], { costs, works }: RemovalOptions): number[] {
  let kept = [...units]
  for (let again = true; again; ) {
    again = false
    for (const unit of [...kept].sort((a, b) => (costs[b]) - (costs[a]) || a - b)) {
      const less = kept.filter((one) => one !== unit)
      if (less.length === 0 || !works(less)) continue
      kept = less
      again = true
    }
  }
  return kept
}

/** The first of the subsets, fewest units first, that does it: the set itself where none of its parts does. */
function leastSubset(units: readonly number[], works: (units: readonly number[]) => boolean): readonly number[] {
  const subsets = Array.from({ length: 2 ** units.length - 2 }, (_, i) => units.filter((_unit, bit) => (((i + 1) >> bit) & 1) === 1))
  return subsets.sort((a, b) => a.length - b.length).find((subset) => works(subset)) ?? units
}
