/** Persons whose place is not asked: all that is recorded of them are contacts that anybody may have with anybody. */
import { LAYERS } from '@ringmap/model/layer'
import { LINK_KIND_NAMES } from '@ringmap/model/schema'
import type { PersonNetwork } from '@ringmap/graph/person-network'
import type { LinkColumns } from '@ringmap/graph/case-columns'
import { sql } from '@ringmap/store/sql'
import type { OpenCase } from './open-case.ts'

/** Kinds that say that two live, are kin, or were at one place. */
const EVERYDAY: readonly string[] = [...LAYERS.kin.kinds, 'present_at', 'travelled']

/** Words of an occupation or a note by which somebody is in contact with people of all kinds for his work. */
const PROFESSIONS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:lawyer|advocate|attorney|solicitor|barrister|counsel|vakil|vakeel|abogad[oa]|avocate?)\b|वकील|وکیل/iu, 'a lawyer'],
  [/\b(?:doctor|physician|nurse|medical officer|hakim|m[ée]dic[oa]?)\b|डॉक्टर|ڈاکٹر/iu, 'a doctor or nurse'],
  [/\b(?:ngo|n\.g\.o\.|social worker|shelter home|counsellor|volunteer)\b/iu, 'a worker of an aid organisation'],
  [/\b(?:journalist|reporter|correspondent|periodista|press)\b|पत्रकार|صحافی/iu, 'a journalist'],
]

/** Reason by entity number. Who has a link to an offence of his own is never one of these. */
export async function contactOnly(open: OpenCase, network: PersonNetwork, links: LinkColumns): Promise<Map<number, string>> {
  const { csr, actors } = network
  const reasons = new Map<number, string>()
  const professions = await professionOf(open)
  const everyday = LINK_KIND_NAMES.map((kind) => EVERYDAY.includes(kind))
  const standing = LINK_KIND_NAMES.map((kind) => ['uses', 'owns', 'seized_from'].includes(kind))
  for (let a = 0; a < actors.length; a++) {
    const entity = actors[a] as number
    const contacts = (csr.offsets[a + 1] as number) - (csr.offsets[a] as number)
    if (contacts === 0 || (network.criminal_links[a] as number) > 0) continue
    const profession = professions.get(entity)
    if (profession !== undefined) reasons.set(entity, `${profession}, by the occupation recorded: in contact for the work`)
    else if (onlyEveryday(network, links, a, everyday, standing)) reasons.set(entity, 'only kin, household or presence at one place')
    else if (contacts === 1) reasons.set(entity, 'one single contact')
  }
  return reasons
}

/** Every tie rests on everyday links alone; who uses which thing says how they met and does not count by itself. */
function onlyEveryday(network: PersonNetwork, links: LinkColumns, a: number, everyday: readonly boolean[], standing: readonly boolean[]): boolean {
  const { csr, support_offsets: offsets, support_links: support } = network
  for (let arc = csr.offsets[a] as number; arc < (csr.offsets[a + 1] as number); arc++) {
    const tie = csr.ties[arc] as number
    let daily = 0
    for (let i = offsets[tie] as number; i < (offsets[tie + 1] as number); i++) {
      const kind = links.kind[support[i] as number] as number
      if (everyday[kind] === true) daily++
      else if (standing[kind] !== true) return false
    }
    if (daily === 0) return false
  }
  return true
}

async function professionOf(open: OpenCase): Promise<Map<number, string>> {
  const rows = await open.database.rows<{ entity: number; value: string }>(sql`SELECT DISTINCT er.entity, p.value FROM property p JOIN entity_record er USING (record) WHERE p.name = 'occupation' ORDER BY ALL`)
  const found = new Map<number, string>()
  for (const { entity, value } of rows) {
    const hit = PROFESSIONS.find(([words]) => words.test(value))
    if (hit !== undefined && !found.has(entity)) found.set(entity, hit[1])
  }
  return found
}
