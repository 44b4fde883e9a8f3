/** Where names go: each beside its entity, none over another; the more important one stays where there is room for one only. */

export interface NameRequest {
  readonly id: string
  /** The entity the name may touch, and that no other name may cover; null for a caption on a line. */
  readonly owner: Box | null
  /** Places to try, best first: beside what they name. */
  readonly candidates: readonly Box[]
  /** Places further out, tried when none of those is free and clear: a line leads to them. */
  readonly aside?: () => readonly Box[]
  /** Higher is placed first. */
  readonly importance: number
  /** Placed even over others: what is under the pointer or picked. */
  readonly forced: boolean
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface PlacedName extends Box {
  readonly id: string
  /** It stands away from what it names: a line must say whose it is. */
  readonly leader: boolean
}

const GAP = 3
/** Cells of the grid that keeps the search for overlaps short, pixels. */
const CELL = 64

/** Names that found a place, most important first; equal importance is settled by id. */
export function placeNames(requests: readonly NameRequest[]): PlacedName[] {
  const order = [...requests].sort((a, b) => Number(b.forced) - Number(a.forced) || b.importance - a.importance || (a.id < b.id ? -1 : 1))
  const taken = new Grid()
  for (const request of order) if (request.owner !== null) taken.add(request.owner, request.id)
  const placed: PlacedName[] = []
  for (const request of order) {
    const free = (box: Box): boolean => !taken.hits(box, request.id)
    // What is picked keeps its name beside it, whatever else is near.
    const beside = request.candidates.find((box) => free(box) && !nearerToAnother(box, request, taken)) ?? (request.forced ? request.candidates.find(free) : undefined)
    const aside = beside === undefined ? request.aside?.().find(free) : undefined
    const found = beside ?? aside ?? (request.forced ? leastCovered(request, taken) : undefined)
    if (found === undefined) continue
    taken.add(found, null)
    placed.push({ id: request.id, leader: found === aside, ...found })
  }
  return placed
}

/** A name would be read as that of the symbol it stands nearest to. */
function nearerToAnother(box: Box, { id, owner }: NameRequest, taken: Grid): boolean {
  if (owner === null) return false
  const own = gap(box, owner)
  return taken.owners({ left: box.left - own, top: box.top - own, right: box.right + own, bottom: box.bottom + own }, id).some((other) => gap(box, other) < own)
}

/** Air between a box and another, pixels. */
function gap(a: Box, b: Box): number {
  return Math.hypot(Math.max(0, a.left - b.right, b.left - a.right), Math.max(0, a.top - b.bottom, b.top - a.bottom))
}

function leastCovered({ id, candidates }: NameRequest, taken: Grid): Box | undefined {
  let best: Box | undefined
  let least = Infinity
  for (const box of candidates) {
    const covered = taken.covered(box, id)
    if (covered < least) {
      least = covered
      best = box
    }
  }
  return best
}

/** The part of an entity that no other name may cover. */
export function coreOf(x: number, y: number, radius: number): Box {
  const core = radius * 0.9
  return { left: x - core, top: y - core, right: x + core, bottom: y + core }
}

/** Places for a name of that size about an entity: below, right, left, above, then the corners. */
export function placesAround(x: number, y: number, radius: number, width: number, height: number): readonly Box[] {
  const box = (left: number, top: number): Box => ({ left, top, right: left + width, bottom: top + height })
  const corner = radius * 0.7
  return [
    box(x - width / 2, y + radius + GAP),
    box(x + radius + GAP, y - height / 2),
    box(x - radius - GAP - width, y - height / 2),
    box(x - width / 2, y - radius - GAP - height),
    box(x + corner, y + corner),
    box(x - corner - width, y + corner),
    box(x + corner, y - corner - height),
    box(x - corner - width, y - corner - height),
  ]
}

/** Air for the shortest line that is still seen as one, and the longest that the eye follows, pixels. */
const FAR: readonly number[] = [18, 34, 54]

/** Places further out, the nearest first: above and below, to the sides, in the corners. */
export function placesAside(x: number, y: number, radius: number, width: number, height: number): readonly Box[] {
  return FAR.flatMap((air) => {
    const [across, upward] = [radius + air + width / 2, radius + air + height / 2]
    return ([[0, upward], [0, -upward], [across, 0], [-across, 0], [across * 0.75, upward], [-across * 0.75, upward], [across * 0.75, -upward], [-across * 0.75, -upward]] as const)
      .map(([dx, dy]) => ({ left: x + dx - width / 2, top: y + dy - height / 2, right: x + dx + width / 2, bottom: y + dy + height / 2 }))
  })
}

class Grid {
  private readonly cells = new Map<number, { readonly box: Box; readonly owner: string | null }[]>()

  add(box: Box, owner: string | null): void {
    this.visit(box, (key) => {
      const known = this.cells.get(key)
      if (known === undefined) this.cells.set(key, [{ box, owner }])
      else known.push({ box, owner })
      return false
    })
  }

  hits(box: Box, self: string): boolean {
    return this.visit(box, (key) => this.cells.get(key)?.some((other) => other.owner !== self && overlaps(other.box, box)) ?? false)
  }

  /** Symbols of others that touch the box. */
  owners(box: Box, self: string): readonly Box[] {
    const found = new Set<Box>()
    this.visit(box, (key) => {
      for (const other of this.cells.get(key) ?? []) if (other.owner !== null && other.owner !== self && overlaps(other.box, box)) found.add(other.box)
      return false
    })
    return [...found]
  }

  /** How many things the box would lie over. */
  covered(box: Box, self: string): number {
    const over = new Set<Box>()
    this.visit(box, (key) => {
      for (const other of this.cells.get(key) ?? []) if (other.owner !== self && overlaps(other.box, box)) over.add(other.box)
      return false
    })
    return over.size
  }

  private visit(box: Box, each: (key: number) => boolean): boolean {
    for (let column = Math.floor(box.left / CELL); column <= Math.floor(box.right / CELL); column++) {
      for (let row = Math.floor(box.top / CELL); row <= Math.floor(box.bottom / CELL); row++) {
        if (each(column * 65536 + row)) return true
      }
    }
    return false
  }
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right + 1 && b.left < a.right + 1 && a.top < b.bottom + 1 && b.top < a.bottom + 1
}
