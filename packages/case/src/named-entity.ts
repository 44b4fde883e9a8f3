/** Who or what a person means by the words he types: an id, a code, a label, a number as written. */
import { RingmapError } from '@ringmap/model/errors'
import { entityNumber, search, type CaseView } from './case-view.ts'
import { internalId } from './mask-case.ts'
import { sql } from '@ringmap/store/sql'

/** @throws RingmapError not_found, usage when several fit */
export async function entityNamed(view: CaseView, words: string): Promise<number> {
  const inside = internalId(view.mask, words)
  const known = inside === null ? null : await view.open.database.one<{ entity: number }>(sql`SELECT entity FROM entity WHERE id = ${inside}`)
  if (known !== null) return known.entity
  const { hits, of } = await search(view, words, 5)
  const exact = hits.filter(({ label, matched }) => label.toLowerCase() === words.toLowerCase() || matched?.toLowerCase().endsWith(`: ${words.toLowerCase()}`) === true)
  const [only] = exact.length === 1 ? exact : hits
  if (only === undefined) throw new RingmapError('not_found', { what: `"${words}"` })
  if (exact.length !== 1 && of > 1) throw new RingmapError('usage', { what: `"${words}" fits ${of}: ${hits.map(({ label, id }) => `${label} (${id})`).join(', ')}${of > hits.length ? ', …' : ''}. Name one by its id.` })
  return await entityNumber(view, only.id)
}
