/** The father, mother or husband behind two names: agreement supports, another father parts, another kind of relation is a question. */
import type { Part, PairVerdict, Verdict } from '../compare/pair-verdict.ts'
import type { Relation } from './name-lexicon.ts'
import type { ParsedName } from './parsed-name.ts'

export interface RelativesFound {
  readonly verdict: Verdict
  readonly reason: string
  readonly part: Part
}

const WORDS: Readonly<Record<Relation, string>> = { son: 'son of', daughter: 'daughter of', wife: 'wife of', widow: 'widow of', husband: 'husband of', father: 'father of', mother: 'mother of', brother: 'brother of', child: 'child of', care: 'care of' }
const PARENTAGE: ReadonlySet<Relation> = new Set(['son', 'daughter', 'child'])
const MARRIAGE: ReadonlySet<Relation> = new Set(['wife', 'widow'])

/** Null when one side names no relative. */
export function compareRelatives(left: ParsedName, right: ParsedName, compare: (a: ParsedName, b: ParsedName) => PairVerdict): RelativesFound | null {
  const [a, b] = bestPair(left, right)
  if (a === undefined || b === undefined || a.name.nothing || b.name.nothing) return null
  const names = compare(a.name, b.name)
  const part = (level: string, weight: number): Part => ({ on: 'relative', left: `${WORDS[a.relation]} ${a.name.written}`, right: `${WORDS[b.relation]} ${b.name.written}`, level, weight })
  const kin = a.relation === b.relation || (MARRIAGE.has(a.relation) && MARRIAGE.has(b.relation)) || (PARENTAGE.has(a.relation) && PARENTAGE.has(b.relation) && (a.relation === 'child' || b.relation === 'child'))
  if (a.relation === 'care' || b.relation === 'care') return { verdict: 'review', reason: 'care of somebody is no parentage', part: part('no parentage', 0) }
  if (!kin) return { verdict: 'review', reason: `${WORDS[a.relation]} and ${WORDS[b.relation]}: not the same relation`, part: part('other relation', -2) }
  const relative = MARRIAGE.has(a.relation) ? 'husband' : PARENTAGE.has(a.relation) ? 'father' : 'relative'
  if (names.verdict === 'match') return { verdict: 'match', reason: `same ${relative}`, part: part('same', 6) }
  if (names.verdict === 'review') return { verdict: 'review', reason: `${relative}: ${names.reason}`, part: part('near', 1) }
  // A woman may marry again; a father does not change.
  return { verdict: relative === 'husband' ? 'review' : 'nonmatch', reason: `another ${relative}: ${names.reason}`, part: part('different', relative === 'husband' ? -4 : -10) }
}

type Relative = ParsedName['relatives'][number]

/** Relatives of the same relation where both sides have one. */
function bestPair(left: ParsedName, right: ParsedName): readonly [Relative | undefined, Relative | undefined] {
  for (const a of left.relatives) {
    const b = right.relatives.find((one) => one.relation === a.relation)
    if (b !== undefined) return [a, b]
  }
  return [left.relatives[0], right.relatives[0]]
}
