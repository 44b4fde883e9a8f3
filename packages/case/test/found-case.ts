/** Set-up that many tests begin with: a case that is imported, linked and found, the two persons who sign exhibits, and what they ask of one. */
import { findingsOf, type CaseView } from '../src/case-view.ts'
import type { ExhibitRequest } from '../src/exhibit-request.ts'
import { runFind } from '../src/find-step.ts'
import { runImport } from '../src/import-step.ts'
import { runLink } from '../src/link-step.ts'
import { closeCase, openCase, type OpenCase, type OpenOptions } from '../src/open-case.ts'
import { addUser } from '../src/users.ts'

export const PASSPHRASES = { asha: 'correct horse battery', bano: 'staple staple staple' } as const

/** As an exhibit asks for them; empty for anybody else. */
export async function passphraseOf(who: string): Promise<string> {
  return await Promise.resolve((PASSPHRASES as Readonly<Record<string, string>>)[who] ?? '')
}

/** @returns the case, open; the caller closes it. */
export async function foundCase(folder: string, options: OpenOptions = {}): Promise<OpenCase> {
  const open = await openCase(folder, options)
  await runImport(open)
  await runLink(open)
  await runFind(open)
  return open
}

/** An analyst and a reviewer. */
export function addSigners(open: OpenCase): void {
  addUser(open, { id: 'asha', name: 'Asha Verma', role: 'analyst', post: 'SI', training: '' }, PASSPHRASES.asha)
  addUser(open, { id: 'bano', name: 'Bano Qureshi', role: 'reviewer', post: 'DySP', training: '' }, PASSPHRASES.bano)
}

/** A found case with both of them in its case.yaml. @param options for opening it at the end. */
export async function signedCase(folder: string, options: OpenOptions = {}): Promise<OpenCase> {
  const found = await foundCase(folder)
  addSigners(found)
  closeCase(found)
  return await openCase(folder, options)
}

/** An exhibit of the first ring for an open court, signed by both. */
export async function ringRequest(view: CaseView, as_of_ms: number): Promise<ExhibitRequest> {
  return { subject: (await findingsOf(view)).rings[0]?.id ?? '', profile: 'court-open', mode: 'summary', as_of_ms, analyst: 'asha', reviewer: 'bano', review_remarks: '' }
}
