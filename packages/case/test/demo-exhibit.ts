/** The exhibit of the demo case, made as a person would make it: imported, linked, searched, signed by two. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeDemoCase } from '@ringmap/fixtures/write-demo-case'
import { writeAudit } from '../src/audit.ts'
import { viewCase } from '../src/case-view.ts'
import { writeExhibit, type ExhibitWritten } from '../src/exhibit-step.ts'
import { closeCase, openCase } from '../src/open-case.ts'
import { addUser } from '../src/users.ts'
import { foundCase, PASSPHRASES, passphraseOf } from './found-case.ts'

export const AS_OF: number = Date.UTC(2026, 10, 24, 4, 30)

export interface DemoExhibit extends ExhibitWritten {
  /** The case with its sources. */
  readonly case_folder: string
  readonly remove: () => void
}

export async function demoExhibit(subject = 'ring-1'): Promise<DemoExhibit> {
  const work = mkdtempSync(join(tmpdir(), 'ringmap-demo-exhibit-'))
  const folder = join(work, 'demo')
  await writeDemoCase(folder)
  let open = await foundCase(folder)
  writeAudit(open, { at_ms: AS_OF - 1000, who: 'asha', act: 'find', what: 'demo case', why: null })
  addUser(open, { id: 'asha', name: 'Asha Verma', role: 'analyst', post: 'SI, analysis cell', training: 'Course in link analysis, 2022' }, PASSPHRASES.asha)
  addUser(open, { id: 'bano', name: 'Bano Qureshi', role: 'reviewer', post: 'DySP', training: '' }, PASSPHRASES.bano)
  closeCase(open)
  open = await openCase(folder)
  const written = await writeExhibit(
    await viewCase(open), { subject, profile: 'court-open', mode: 'summary', as_of_ms: AS_OF, analyst: 'asha', reviewer: 'bano', review_remarks: 'Rows under ten lines compared with the sources.' },
    { folder: join(work, 'exhibit'), passphrase: passphraseOf, now_ms: AS_OF },
  )
  closeCase(open)
  return { ...written, case_folder: folder, remove: () => rmSync(work, { recursive: true, force: true }) }
}
