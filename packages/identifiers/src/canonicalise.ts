/** Any identifier by the name of its scheme. */
import type { IdentifierScheme } from '@ringmap/model/schema'
import { canonicalAadhaar } from './aadhaar.ts'
import { canonicalAccount } from './account.ts'
import { canonicalAddress } from './address.ts'
import type { Canonical } from './canonical.ts'
import { canonicalDocument } from './document.ts'
import { canonicalDrivingLicence } from './driving-licence.ts'
import { canonicalEmail } from './email.ts'
import { canonicalHandle } from './handle.ts'
import { canonicalIfsc } from './ifsc.ts'
import { canonicalImei } from './imei.ts'
import { canonicalImsi } from './imsi.ts'
import { unlabelled } from './label.ts'
import { canonicalPan } from './pan.ts'
import { canonicalPassport } from './passport.ts'
import { canonicalPhone } from './phone.ts'
import { canonicalText } from './plain-text.ts'
import { canonicalPlate } from './plate.ts'
import { canonicalUpi } from './upi.ts'
import { canonicalVoterId } from './voter-id.ts'

export interface CanonicaliseContext {
  /** ISO 3166 country in capitals, from case.yaml: phones without a country code, the series of plates, the form of passports. */
  readonly region: string
}

const FORMS: Readonly<Record<IdentifierScheme, (written: string, region: string) => Canonical>> = {
  phone: canonicalPhone,
  imsi: canonicalImsi,
  imei: canonicalImei,
  plate: canonicalPlate,
  account: (written) => canonicalAccount(written),
  ifsc: canonicalIfsc,
  upi: canonicalUpi,
  email: canonicalEmail,
  handle: canonicalHandle,
  pan: canonicalPan,
  aadhaar: canonicalAadhaar,
  voter_id: canonicalVoterId,
  passport: canonicalPassport,
  driving_licence: canonicalDrivingLicence,
  document: canonicalDocument,
  address: canonicalAddress,
  text: canonicalText,
}

/** Never throws. A cell with nothing visible in it gives an empty, invalid value; every other value has at least one character. */
export function canonicalise(scheme: IdentifierScheme, written: string, context: CanonicaliseContext): Canonical {
  const form = FORMS[scheme]
  const found = form(written, context.region)
  if (found.valid) return found
  const bare = unlabelled(scheme, written)
  const alone = bare === written ? found : form(bare, context.region)
  if (alone.valid) return { ...alone, note: alone.note ?? 'a label or a remark left out' }
  return settled(found, (value) => form(value, context.region).value)
}

/** What fails a check can look like something else once it is tidied (`0 E0`); its form is the one that no longer changes. */
function settled(found: Canonical, again: (value: string) => string): Canonical {
  let value = found.value
  for (let round = 0; round < 4; round++) {
    const next = again(value)
    if (next === value) break
    value = next
  }
  return value === found.value ? found : { ...found, value }
}
