/** What goes under seal beside an exhibit: the identity behind each code that it shows, and the plain hashes of its keyed rows. */
import type { ExhibitInput } from '@ringmap/evidence/exhibit-model'
import { openedAnnexe, type Annexe } from '@ringmap/evidence/sealed-annexe'
import { sql } from '@ringmap/store/sql'
import type { CaseView } from './case-view.ts'
import { plainRowHashes } from './exhibit-trace.ts'

export type UnderSeal = Pick<Annexe, 'identities' | 'rows'>

/** Only of protected persons and things that are on the chart; in the order of codes. @param view of the case that the exhibit was made of, which has other codes than the case of today where persons are joined otherwise. */
export async function underSeal(view: CaseView, input: Pick<ExhibitInput, 'chart' | 'trace'>): Promise<UnderSeal> {
  const { database } = view.open
  const identities: Annexe['identities'][number][] = []
  for (const { id: code } of input.chart.entities.filter(({ masked }) => masked).sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const id = view.mask.ids.get(code)
    const entity = id === undefined ? null : await database.one<{ label: string; kind: string }>(sql`SELECT label, kind FROM entity WHERE id = ${id}`)
    if (id === undefined || entity === null) continue
    const identifiers = await database.rows<{ scheme: string; value: string }>(sql`SELECT DISTINCT i.scheme, i.as_written AS value FROM identifier i JOIN entity_record USING (record) JOIN entity e USING (entity) WHERE e.id = ${id} ORDER BY ALL`)
    identities.push({ code, ...entity, identifiers: identifiers.map(({ scheme, value }) => `${scheme}: ${value}`) })
  }
  const keyed = input.trace.flatMap(({ source, row, row_hmac: hmac }) => (row === null || hmac === null ? [] : [{ source, row, row_hmac: hmac }]))
  const plain = await plainRowHashes(view, keyed)
  const rows = new Map(keyed.map(({ source, row, row_hmac: hmac }) => [`${source}:${row}`, { source, row, row_hmac: hmac, row_sha256: plain.get(`${source}:${row}`) ?? '' }]))
  return { identities, rows: [...rows.values()] }
}

/** @throws RingmapError passphrase_wrong */
export function openAnnexe(bytes: Uint8Array, passphrase: string): Annexe {
  return openedAnnexe(bytes, passphrase)
}
