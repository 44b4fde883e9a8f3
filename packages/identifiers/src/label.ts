/** A number with its label or a remark in one cell (`Mob: 94190 12345 (Airtel)`, `IMEI 1: 35...`, `PAN No. ...`): the number alone. */
import type { IdentifierScheme } from '@ringmap/model/schema'
import { tidy } from './written.ts'

/** What offices write before a number of each kind. */
const LABELS: Partial<Record<IdentifierScheme, string>> = {
  phone: 'telephone|tel|mobile|mob|phone|ph|cell|contact|call|whats ?app|wa|fax|sim|m|t|p', imei: String.raw`imei(?: ?[12](?=[\s:.#-]))?|handset`, imsi: 'imsi', plate: 'vehicle|veh|registration|regn|regd|reg|plate|car|truck|bike|motor ?cycle|scooter|taxi|auto',
  account: String.raw`(?:bank |sb |saving |savings |current )?(?:a ?\/ ?c|acct?|account)`, ifsc: 'ifs ?c(?: code)?|ifs', upi: 'upi(?: ?id)?|vpa', email: 'e-?mail(?: ?id)?|mail', pan: 'e-?pan(?: card)?|pan(?: card)?', aadhaar: 'aadhaar(?: card)?|aadhar(?: card)?|adhar(?: card)?|uid(?:ai)?',
  voter_id: 'voter(?:[ -]?id)?(?: card)?|epic', passport: 'passport|ppt|pp', driving_licence: 'driving licen[cs]e|licen[cs]e|d ?[./]? ?l',
}
const PATTERNS = new Map(Object.entries(LABELS).map(([scheme, labels]) => [scheme, new RegExp(String.raw`^(?:${labels})(?![a-z])\.?(?:\s*(?:number|num|nos?|id)(?![a-z])\.?)?\s*[:#=.-]*\s*(?=\S)`, 'i')]))

/** Without the label before and the remark behind; the same text where there is neither. A remark with digits in it is left. */
export function unlabelled(scheme: IdentifierScheme, written: string): string {
  const text = tidy(written)
  const label = PATTERNS.get(scheme)
  if (label === undefined) return text
  const bare = text.replace(label, '').replace(/\s*[([{][^()[\]{}\d]*[)\]}]\s*$/, '').replace(/(?<=\d)[\s,;:-]+(?!or\b|and\b)[a-z]{3,}(?: [a-z]+)*\.?$/i, '').replace(/[\s,;.]+$/, '').trim()
  // A software version behind a stroke is no part of the handset's number.
  return scheme === 'imei' ? bare.replace(/\s*\/\s*\d{2}$/, '') : bare
}
