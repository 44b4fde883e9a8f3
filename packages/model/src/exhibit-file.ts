/** What only a person knows about a case that goes to court: people who sign, the case number, where sources came from, what speaks against. Keys `users` and `exhibit` of case.yaml. */
import { z } from 'zod'
import { ROLES } from './schema.ts'

export const user = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'small letters, digits and hyphens'),
  name: z.string().min(1),
  role: z.enum(['analyst', 'reviewer']),
  post: z.string().default('').describe('Rank and unit'),
  training: z.string().default('').describe('What qualifies this person to make or check a chart'),
  public_key: z.string().regex(/^[A-Za-z0-9+/]{43}=$/).describe('Ed25519, base64; written by: ringmap users add'),
})

const sourceRegister = z.strictObject({
  from: z.string().default('').describe('Who handed it over'),
  by: z.string().default('').describe('Who received it'),
  at: z.string().default('').describe('When, with zone'),
  process: z.string().default('').describe('Legal process: section, order or request number'),
  memo: z.string().default('').describe('Seizure memo, or 16-digit SID of the recording'),
  asked: z.string().default('').describe('Period asked for'),
  received: z.string().default('').describe('Period received'),
  expires: z.string().default('').describe('Last day on which whoever handed it over keeps it: an operator deletes call records after two years'),
  certificate: z.enum(['present', 'missing', 'not_needed']).default('missing').describe('Whether this record has its own certificate'),
  certificate_reference: z.string().default(''),
  intercept: z.boolean().default(false).describe('Intercepted communication: needs an order'),
  order: z.string().default('').describe('Order under which it was intercepted'),
  order_until: z.string().default('').describe('Last day of the order, as 2026-11-24'),
  reliance: z.enum(['relied', 'not_relied', 'withheld']).default('relied'),
  authority: z.string().default('').describe('Authority for withholding it'),
  handling: z.string().default('').describe('Handling code such as H1 or P, with its scheme'),
  conditions: z.string().default('').describe('What may be done with it, where the handling code says that there are conditions: C of 3x5x2, H3 of 4x4; printed on the cover'),
  review: z.string().default('').describe('Date on which keeping it is reviewed'),
  hold: z.string().default('').describe('Why it must not be deleted, such as a pending appeal: an import without it is refused'),
})

const custodyEntry = z.strictObject({ at: z.string(), what: z.string(), item: z.string().default('').describe('Which thing is handed over: the chain of each is followed by itself'), from: z.string().default(''), to: z.string(), seal: z.string().default('') })

const consent = z.strictObject({
  code: z.string().describe('Code of the protected person'),
  by: z.string().default('').describe('Who took the consent'),
  at: z.string().default('').describe('When'),
  for: z.string().default('').describe('To whom and for what service'),
  withdrawn: z.string().default('').describe('Day on which it was withdrawn; from then on no referral shows this person'),
})

export const exhibitSettings = z.strictObject({
  country: z.string().length(2).default('IN').describe('Country pack for the certificate'),
  case_number: z.string().default('').describe('FIR or case number'),
  exhibit_number: z.string().default(''),
  agency: z.string().default(''),
  handling: z.string().default('').describe('Handling code printed on every page'),
  training: z.string().default(''),
  device: z.strictObject({ make: z.string().default(''), colour: z.string().default(''), serial: z.string().default(''), identifiers: z.string().default('') }).default({ make: '', colour: '', serial: '', identifiers: '' }),
  uncategorised: z.enum(ROLES).optional().describe('Category of persons for whom no source states one; without it they stop the export'),
  sources: z.record(z.string(), sourceRegister).default({}).describe('By source name'),
  custody: z.array(custodyEntry).default([]),
  against: z.strictObject({
    facts: z.array(z.string()).default([]).describe('What speaks against the theory'),
    alternatives: z.array(z.string()).default([]).describe('Other explanations'),
    unknowns: z.array(z.string()).default([]).describe('Open questions, enquiries not made, data refused'),
    none_found: z.string().default('').describe('Only where nothing was found: what was looked for, in a sentence'),
  }).default({ facts: [], alternatives: [], unknowns: [], none_found: '' }),
  consents: z.array(consent).default([]).describe('Of protected persons to a referral: profile ngo'),
  revoked_keys: z.array(z.strictObject({ fingerprint: z.string(), at: z.string(), why: z.string().default('') })).default([]).describe('Signing keys that no longer count; printed in every bundle'),
  bias: z.string().default('').describe('Which groups the sources see too much or too little of'),
})

export type User = z.infer<typeof user>
export type ExhibitSettings = z.infer<typeof exhibitSettings>
export type SourceRegister = z.infer<typeof sourceRegister>
/** What stands for a source of which nothing was written down. */
export const NOTHING_RECORDED: SourceRegister = sourceRegister.parse({})
