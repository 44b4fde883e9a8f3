/** Set-up that many tests begin with: a case that is imported, linked and found, and the two persons who sign exhibits. */
import { runFind } from '../src/find-step.ts'
import { runImport } from '../src/import-step.ts'
import { runLink } from '../src/link-step.ts'
import { openCase, type OpenCase, type OpenOptions } from '../src/open-case.ts'
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
