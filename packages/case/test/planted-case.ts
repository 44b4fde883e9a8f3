/** A case folder made of given tables, imported and linked, for tests of patterns. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { viewCase, type CaseView } from '../src/case-view.ts'
import { runImport } from '../src/import-step.ts'
import { runLink } from '../src/link-step.ts'
import { KEY_FILE, openCase } from '../src/open-case.ts'

export async function plantedCase(files: Readonly<Record<string, string>>, sources: string): Promise<{ readonly folder: string; readonly view: CaseView }> {
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-planted-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  writeFileSync(join(folder, 'case.yaml'), `version: 1\nname: Planted\nsources:\n${sources}`)
  writeFileSync(join(folder, KEY_FILE), `${'5a'.repeat(32)}\n`, { mode: 0o600 })
  const open = await openCase(folder)
  await runImport(open)
  await runLink(open)
  return { folder, view: await viewCase(open) }
}

/** `2026-01-05T13:07:09+05:30` for days after 1 January 2026. */
export function moment(days: number): string {
  return new Date(Date.UTC(2025, 11, 31, 18, 30) + Math.round(days * 86_400) * 1000 + 19_800_000).toISOString().replace(/\.\d+Z$/, '+05:30')
}

export function csv(header: string, rows: readonly (readonly (string | number)[])[]): string {
  return `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`
}
