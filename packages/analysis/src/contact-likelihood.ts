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

/** Of a number from a day on. */
export type ContactLikelihoods = (b: number, day: number) => { readonly contacts: number; readonly candidates: readonly ContactCandidate[] }

/**
 * What is compared may change between two calls: `who` and `after` are read anew each time.
 *
 * @param who the number under which each is read (its user's oldest). @param after further numbers of a user, by his oldest.
 * @returns for b and a day: contacts of b count from that day on, those of earlier numbers before.
 */
export function contactComparison(rows: ContactRows, who: Uint32Array, after: ReadonlyMap<number, readonly number[]>): ContactLikelihoods {
  const { numbers, offsets, contact, first, last, total } = rows
  // Marks of one call are told from those of earlier ones by its number.
  const [ownAt, listedAt, sharedAt, sharedBy, sharing] = [0, 1, 2, 3, 4].map(() => new Uint32Array(numbers)) as [Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array]
  const touched = new Uint32Array(numbers)
  let call = 0
  let listing = 0
  const degree = (c: number): number => {
    let sum = offsets[c + 1] - offsets[c]
    if (after.size > 0) for (const v of after.get(c) ?? NONE) sum += offsets[v + 1] - offsets[v]
    return sum
  }
  return (b, day) => {
    call++
    const own = ownContacts(b, day)
    const found = inCommon(own, b, day)
    const candidates: ContactCandidate[] = []
    for (let i = 0; i < found; i++) if (sharing[touched[i]] >= 2) candidates.push(compared(touched[i], b, day, own.length))
    return { contacts: own.length, candidates: candidates.sort((x, y) => x.a - y.a) }
  }

  function ownContacts(b: number, day: number): number[] {
    const own: number[] = []
    for (let i = offsets[b]; i < offsets[b + 1]; i++) {
      const c = who[contact[i]]
      if (last[i] < day || c === who[b] || ownAt[c] === call) continue
      ownAt[c] = call
      own.push(c)
    }
    return own
  }

  /** Marks every earlier number with how many of these contacts it shares; says how many numbers were touched. */
  function inCommon(own: readonly number[], b: number, day: number): number {
    let count = 0
    for (const c of own) {
      if (degree(c) > BUSY) continue
      const further = after.size === 0 ? NONE : (after.get(c) ?? NONE)
      for (let m = -1; m < further.length; m++) {
        const v = m < 0 ? c : further[m]
        for (let i = offsets[v]; i < offsets[v + 1]; i++) {
          const a = contact[i]
          if (a === b || who[a] === c || first[i] >= day) continue
          if (sharedAt[a] !== call) {
            sharedAt[a] = call
            sharing[a] = 0
            touched[count++] = a
          } else if (sharedBy[a] === c) continue
          sharedBy[a] = c
          sharing[a]++
        }
      }
    }
    return count
  }

  function compared(a: number, b: number, day: number, ownCount: number): ContactCandidate {
    listing++
    let called = false
    let listed = 0
    let expected = 0
    const common: number[] = []
    for (let i = offsets[a]; i < offsets[a + 1]; i++) {
      if (contact[i] === b) called = true
      const c = who[contact[i]]
      if (first[i] >= day || listedAt[c] === listing) continue
      listedAt[c] = listing
      listed++
      const contacts = degree(c)
      expected += 1 - (1 - contacts / total) ** ownCount
      if (ownAt[c] === call && who[a] !== c && contacts <= BUSY) common.push(c)
    }
    common.sort((x, y) => x - y)
    const odds = common.map((c) => total / (degree(c) * listed))
    const strangers = ownCount - common.length
    const covered = coverage(SWAP_COVERAGE, common.length, listed) - coverage(CIRCLE_COVERAGE, common.length, listed)
    return { a, swap: averaged(SWAP_SHARES, odds, strangers) + covered, circle: averaged(CIRCLE_SHARES, odds, strangers), common, expected, called }
  }
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
