/**
 * How well the contacts of earlier numbers explain those of a new one: log likelihood against a stranger who draws contacts by popularity.
 * Each contact comes from the old list with probability r, else from the population; r is averaged over a grid, high for the same user, low for one of his circle.
 * The same user also takes up more of the old list again than a newcomer to the circle does.
 */

/** Contacts of every number with the first and last time, ascending by contact; times in days. */
export interface ContactRows {
  readonly numbers: number
  readonly offsets: Uint32Array
  readonly contact: Uint32Array
  readonly first: Float64Array
  readonly last: Float64Array
  /** Contacts over all rows. */
  readonly total: number
}

export interface ContactCandidate {
  readonly a: number
  /** Log likelihood ratios against a stranger. */
  readonly swap: number
  readonly circle: number
  readonly common: readonly number[]
  readonly expected: number
  readonly called: boolean
}

/** Shares of a new number's contacts that come from the old list. */
const SWAP_SHARES = [0.55, 0.65, 0.75, 0.85, 0.95]
const CIRCLE_SHARES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
/** Shares of the old list that turn up again. */
const SWAP_COVERAGE = [0.35, 0.5, 0.65, 0.8, 0.95]
const CIRCLE_COVERAGE = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55]
/** Contacts of more numbers than this tell nobody apart and are not walked. */
const BUSY = 2000
const NONE: readonly number[] = []

/**
 * @param who the number under which each is read (its user's oldest). @param after further numbers of a user, by his oldest.
 * @param day contacts of b count from here on, those of earlier numbers before.
 */
export function contactLikelihoods(rows: ContactRows, who: Uint32Array, after: ReadonlyMap<number, readonly number[]>, b: number, day: number): { readonly contacts: number; readonly candidates: readonly ContactCandidate[] } {
  const { offsets, contact, first, last, total } = rows
  const own = new Set<number>()
  for (let i = offsets[b]; i < offsets[b + 1]; i++) if (last[i] >= day && who[contact[i]] !== who[b]) own.add(who[contact[i]])
  const degree = (c: number): number => {
    let sum = offsets[c + 1] - offsets[c]
    for (const v of after.get(c) ?? NONE) sum += offsets[v + 1] - offsets[v]
    return sum
  }
  const common = new Map<number, number[]>()
  for (const c of own) {
    if (degree(c) > BUSY) continue
    for (let m = -1, further = after.get(c) ?? NONE; m < further.length; m++) {
      const v = m < 0 ? c : further[m]
      for (let i = offsets[v]; i < offsets[v + 1]; i++) {
        const a = contact[i]
        if (a === b || who[a] === c || first[i] >= day) continue
        const shared = common.get(a)
        if (shared === undefined) common.set(a, [c])
        else if (shared[shared.length - 1] !== c) shared.push(c)
      }
    }
  }
  const candidates: ContactCandidate[] = []
  for (const [a, shared] of common) {
    if (shared.length < 2) continue
    const list = new Set<number>()
    let called = false
    for (let i = offsets[a]; i < offsets[a + 1]; i++) {
      if (contact[i] === b) called = true
      if (first[i] < day) list.add(who[contact[i]])
    }
    const sorted = shared.sort((x, y) => x - y)
    const odds = sorted.map((c) => total / (degree(c) * list.size))
    const strangers = own.size - sorted.length
    const expected = [...list].reduce((sum, c) => sum + 1 - (1 - degree(c) / total) ** own.size, 0)
    const covered = coverage(SWAP_COVERAGE, sorted.length, list.size) - coverage(CIRCLE_COVERAGE, sorted.length, list.size)
    candidates.push({ a, swap: averaged(SWAP_SHARES, odds, strangers) + covered, circle: averaged(CIRCLE_SHARES, odds, strangers), common: sorted, expected, called })
  }
  return { contacts: own.size, candidates: candidates.sort((x, y) => x.a - y.a) }
}

function coverage(shares: readonly number[], again: number, of: number): number {
  return logMean(shares.map((g) => again * Math.log(g) + (of - again) * Math.log(1 - g)))
}

function averaged(shares: readonly number[], odds: readonly number[], strangers: number): number {
  return logMean(shares.map((r) => odds.reduce((sum, ratio) => sum + Math.log(r * ratio + 1 - r), strangers * Math.log(1 - r))))
}

function logMean(logs: readonly number[]): number {
  const most = Math.max(...logs)
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0) / logs.length)
}
