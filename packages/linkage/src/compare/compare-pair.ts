/** Any two values of a kind, as a person would name the kind: name, phone, plate, age, village. */
import { RingmapError } from '@ringmap/model/errors'
import { IDENTIFIER_SCHEMES, type IdentifierScheme } from '@ringmap/model/schema'
import { compareNames } from '../names/compare-names.ts'
import { nameLexicon, type NameAdditions } from '../names/name-lexicon.ts'
import { nameReader, type ParsedName } from '../names/parsed-name.ts'
import { compareAges } from './compare-ages.ts'
import { compareIdentifiers } from './compare-identifiers.ts'
import { compareAddresses, compareVillages, placeLexicon } from './compare-places.ts'
import type { PairVerdict } from './pair-verdict.ts'

export interface CompareContext {
  /** ISO 3166 country of numbers written without one. */
  readonly region: string
  readonly names?: NameAdditions | undefined
  /** Lists of names of one place. */
  readonly places?: readonly (readonly string[])[] | undefined
}

/** Other words for a kind. */
const SYNONYMS: Readonly<Record<string, string>> = {
  person: 'name', father: 'parent', mother: 'parent', husband: 'parent', alias: 'name', vpa: 'upi', mobile: 'phone', msisdn: 'phone', vehicle: 'plate', registration: 'plate', handset: 'imei', sim: 'imsi',
  dob: 'age', born: 'age', birth: 'age', date_of_birth: 'age', place: 'village', district: 'village', tehsil: 'village', town: 'village', epic: 'voter_id', voter: 'voter_id', dl: 'driving_licence', licence: 'driving_licence', license: 'driving_licence', uid: 'aadhaar', bank_account: 'account', bank: 'account', iccid: 'document',
}

export const COMPARE_KINDS: readonly string[] = ['name', 'parent', 'age', 'village', ...IDENTIFIER_SCHEMES]

/** A comparer with its data read once; about 5,000 names a second. @throws RingmapError usage when it is asked for a kind that is not known. */
export function pairComparer(context: CompareContext): (kind: string, left: string, right: string) => PairVerdict {
  const names = nameLexicon(context.names)
  const places = placeLexicon(context.places)
  const read = nameReader(names)
  return (kind, left, right) => {
    const known = kindOf(kind)
    if (known === 'name') return compareNames(read(left), read(right), names)
    if (known === 'parent') return compareNames(asParent(read(left), read(right)), asParent(read(right), read(left)), names)
    if (known === 'age') return compareAges(left, right)
    if (known === 'village') return compareVillages(left, right, places)
    if (known === 'address') return compareAddresses(left, right, places)
    return compareIdentifiers(known as IdentifierScheme, left, right, context.region)
  }
}

/** In a column of fathers, "s/o Abdul Gani" and "Abdul Gani" are written for each other; "w/o Abdul Gani" is a husband. */
function asParent(name: ParsedName, other: ParsedName): ParsedName {
  const relative = name.relatives[0]
  const bare = name.words.length === 0 && relative !== undefined && ['son', 'daughter', 'child', 'father'].includes(relative.relation)
  return bare && other.relatives.length === 0 && other.words.length > 0 ? relative.name : name
}

export function kindOf(kind: string): string {
  const plain = kind.trim().toLowerCase().replaceAll(/[\s-]+/g, '_')
  const known = SYNONYMS[plain] ?? plain
  if (!COMPARE_KINDS.includes(known)) throw new RingmapError('usage', { what: `"${kind}" is no kind that can be compared; known are ${COMPARE_KINDS.join(', ')}.` })
  return known
}
