/** The certificate of a country as a PDF, one page to a part, with the hash report behind it; what a person must state stays blank. */
import type { ExhibitSettings } from '@ringmap/model/exhibit-file'
import { sha256 } from './bag.ts'
import type { CountryPack, FormLine } from './certificate-packs.ts'
import { isoTime } from './iso-time.ts'
import { pdf } from './pdf-pages.ts'

export interface CertificateFacts {
  readonly settings: ExhibitSettings
  readonly version: string
  readonly as_of_ms: number
  /** Of the engine, where it is known. */
  readonly commit?: string | null
  /** Text of manifest-sha256.txt: its hash is the one certified, its lines are the report. */
  readonly manifest: string
  /** As on the cover. */
  readonly bundle: string
  readonly sizes: ReadonlyMap<string, number>
  /** Of the sealed annexe, where there is one. */
  readonly annexe_sha256?: string | null
}

const OPEN = '____________________'

export async function certificatePdf(pack: CountryPack, facts: CertificateFacts): Promise<Uint8Array> {
  const hash = sha256(facts.manifest)
  const { device } = facts.settings
  const prefilled: Readonly<Record<NonNullable<FormLine['blank']>, string>> = {
    make: device.make, colour: device.colour, serial: device.serial, identifiers: device.identifiers,
    other: `ringmap ${facts.version}${facts.commit === null || facts.commit === undefined ? '' : `, commit ${facts.commit.slice(0, 12)}`}; exhibit ${facts.settings.exhibit_number}; bundle ${facts.bundle}`, hash: `${hash},`,
  }
  const out = pdf({ title: pack.title, subject: pack.reference, author: '', at_ms: facts.as_of_ms, foot: `Exhibit ${facts.settings.exhibit_number} · ${facts.settings.case_number} · ${pack.reference}` })
  for (const part of pack.parts) {
    out.page('A4')
    out.heading(pack.title)
    out.subheading(part.title)
    out.text(part.note)
    out.gap(6)
    for (const { text, blank } of part.lines) {
      const value = blank === undefined ? '' : prefilled[blank]
      out.text(blank === undefined ? text : `${text} ${value === '' ? OPEN : value}`, 10)
      out.gap(2)
    }
  }
  out.page('A4')
  out.heading('Hash report')
  out.text(`Hash stated: SHA-256 of the file manifest-sha256.txt: ${hash}`)
  out.text(`Computed by ringmap ${facts.version} as of ${isoTime(facts.as_of_ms)}. The manifest lists every file of the exhibit:`)
  out.table(['file', 'bytes', 'SHA-256'], facts.manifest.split('\n').filter((line) => line !== '').map((line) => {
    const path = line.slice(66)
    return [path, String(facts.sizes.get(path) ?? ''), line.slice(0, 64)]
  }), [1.6, 0.6, 3])
  if (facts.annexe_sha256) out.text(`Under seal, and not part of this bundle: the annexe of identities, SHA-256 ${facts.annexe_sha256}`)
  out.subheading('Before signing')
  for (const advice of pack.advice) out.text(advice)
  return await out.done()
}
