/** Who is protected, and the code that stands for a protected person or thing wherever something leaves the case. */
import { createHmac } from 'node:crypto'
import { LINK_KINDS, PROTECTED_ROLES, type EntityKind, type LinkKind, type Role } from '@ringmap/model/schema'
import { invariant } from '@ringmap/model/errors'

/** Why an entity is masked: a protected role, or `linked`: a thing through which a protected person can be found. */
export type MaskClass = 'victim' | 'witness' | 'minor' | 'informant' | 'linked'

const LETTERS: Readonly<Record<MaskClass, string>> = { victim: 'V', witness: 'W', minor: 'M', informant: 'I', linked: 'X' }

/** Things that lead to the person behind them. Events, places and consignments are shared scenes, not addresses of one person. */
const LEADING_KINDS: ReadonlySet<EntityKind> = new Set<EntityKind>(['Phone', 'Sim', 'Handset', 'Vehicle', 'BankAccount', 'Address', 'Document', 'OnlineAccount'])

export interface MaskableEntity {
  readonly id: string
  readonly kind: EntityKind
  readonly roles: readonly Role[]
  /** A child by age or by a flag in the sources, whatever the role. */
  readonly minor?: boolean
}

export interface ProtectedEntity {
  readonly id: string
  readonly class: MaskClass
}

/**
 * Protected: whoever holds a protected role or is a minor, whatever else they are; everything named in `also`; and the things attributed to
 * a protected person (uses, owns, lives at, seized from), with the things those use in turn (a phone's SIM and handset) and the phone or SIM
 * that was used in a handset of theirs. Sorted by id; the same for any order of input.
 */
export function protectedEntities(
  entities: Iterable<MaskableEntity>,
  links: Iterable<{ readonly kind: LinkKind; readonly source: string; readonly target: string }>,
  also: ReadonlySet<string> = new Set(),
): ProtectedEntity[] {
  const kinds = new Map<string, EntityKind>()
  const classes = new Map<string, MaskClass>()
  const persons = new Set<string>()
  for (const entity of entities) {
    kinds.set(entity.id, entity.kind)
    const own = classOfRoles(entity.roles, entity.minor ?? false)
    if (own !== null) classes.set(entity.id, own)
    else if (also.has(entity.id)) classes.set(entity.id, 'linked')
    else continue
    persons.add(entity.id)
  }
  const attributions: { readonly source: string; readonly target: string }[] = []
  for (const link of links) if (LINK_KINDS[link.kind].projection === 'attribution') attributions.push(link)
  const leads = (id: string): boolean => LEADING_KINDS.has(kinds.get(id) as EntityKind)
  const next: string[] = []
  const reach = (id: string): void => {
    if (classes.has(id) || !leads(id)) return
    classes.set(id, 'linked')
    next.push(id)
  }
  const uses = grouped(attributions, 'source', 'target')
  const usedBy = grouped(attributions, 'target', 'source')
  for (const person of persons) for (const thing of [...(uses.get(person) ?? []), ...(usedBy.get(person) ?? [])]) reach(thing)
  for (const thing of [...next, ...[...persons].filter(leads)]) for (const user of usedBy.get(thing) ?? []) reach(user)
  // Onwards only in the direction of use: a SIM leads to its handset, but a shared handset must not mask every other SIM that was ever in it.
  for (const id of persons) if (leads(id)) next.push(id)
  for (let at = next.pop(); at !== undefined; at = next.pop()) for (const thing of uses.get(at) ?? []) reach(thing)
  return [...classes].map(([id, cls]) => ({ id, class: cls })).sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The class of a person by the most protected role, or null when none protects. */
export function classOfRoles(roles: readonly Role[], minor = false): MaskClass | null {
  const held = PROTECTED_ROLES.find((role) => roles.includes(role) || (minor && role === 'minor'))
  return (held as MaskClass | undefined) ?? null
}

type End = 'source' | 'target'

function grouped(links: readonly Readonly<Record<End, string>>[], by: End, value: End): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const link of links) {
    const group = groups.get(link[by])
    if (group === undefined) groups.set(link[by], [link[value]])
    else group.push(link[value])
  }
  return groups
}

/** Without the letters that read as digits (Crockford). */
const BASE_32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SHORTEST = 6
/** 32 bytes of HMAC hold 51 whole characters; nothing collides at that length. */
const LONGEST = 51

/** `V-7K2Q9M`: the class's letter and base-32 characters of HMAC-SHA256(case key, class + internal id). Another case key gives other codes. */
export function maskCode(caseKey: Uint8Array, cls: MaskClass, entityId: string, length: number = SHORTEST): string {
  invariant(caseKey.length >= 16, 'a case key has at least 128 bits')
  invariant(length >= 1 && length <= LONGEST, 'a code has 1 to 51 characters')
  const digest = createHmac('sha256', caseKey).update(cls).update(entityId).digest()
  let bits = 0
  let held = 0
  let code = ''
  for (const byte of digest) {
    held = ((held << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5 && code.length < length) {
      bits -= 5
      code += BASE_32.charAt((held >>> bits) & 31)
    }
  }
  return `${LETTERS[cls]}-${code}`
}

/** Codes of all, by entity id. Those whose codes would be equal all get longer ones, so no code depends on the order of the list. */
export function maskCodes(caseKey: Uint8Array, list: readonly ProtectedEntity[], length: number = SHORTEST): ReadonlyMap<string, string> {
  const codes = new Map<string, string>()
  let open = [...list].sort((a, b) => (a.id < b.id ? -1 : 1))
  for (let size = length; open.length > 0; size++) {
    const byCode = new Map<string, ProtectedEntity[]>()
    for (const entity of open) {
      const code = maskCode(caseKey, entity.class, entity.id, size)
      const same = byCode.get(code)
      if (same === undefined) byCode.set(code, [entity])
      else if (!same.some(({ id }) => id === entity.id)) same.push(entity)
    }
    open = []
    for (const [code, same] of byCode) {
      if (same.length === 1) codes.set((same[0] as ProtectedEntity).id, code)
      else open.push(...same)
    }
  }
  return codes
}
