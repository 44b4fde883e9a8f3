/** `ringmap export exhibit`: a chart as a signed bundle for court, disclosure, another force, a support organisation or the public. */
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { RingmapError } from '@ringmap/model/errors'
import { firstSubject } from '@ringmap/case/case-chart'
import { viewCase } from '@ringmap/case/case-view'
import { EXHIBIT_MODES, EXHIBIT_PROFILES, type ExhibitMode, type ExhibitProfile } from '@ringmap/case/exhibit-request'
import { lastChange, writeExhibit } from '@ringmap/case/exhibit-step'
import { wholeNumber } from '../engine-flags.ts'
import { passphrase } from '../passphrase.ts'
import { number } from '../terminal.ts'
import { caseOptions, withCase, type CommonOptions } from '../with-case.ts'

interface ExhibitFlags extends CommonOptions {
  readonly profile: ExhibitProfile
  readonly mode: ExhibitMode
  readonly asOf?: string
  readonly user: string
  readonly reviewer?: string
  readonly remarks: string
  readonly output?: string
  readonly recipient?: string
  readonly copy: string
  readonly annexe?: boolean
  readonly authority?: string
}

export function exportExhibitCommand(): Command {
  return caseOptions(new Command('exhibit'))
    .description('Write a chart as an exhibit: PDF, tables, the rows under every line, method, what speaks against, certificate, all hashed and signed, as a folder and a zip. Protected persons stand under codes.')
    .argument('<case>', 'case folder')
    .argument('[subject]', 'ring such as ring-1, or an entity id; default: the first ring')
    .requiredOption('--user <id>', 'the analyst who makes and signs it; the passphrase is asked for')
    .option('--reviewer <id>', 'the second person who checked and signs it; needed for court')
    .option('--remarks <text>', 'remarks of the reviewer, printed on the cover', '')
    .addOption(new Option('--profile <profile>', 'for whom').choices([...EXHIBIT_PROFILES]).default('court-open'))
    .addOption(new Option('--mode <mode>', 'what it is').choices([...EXHIBIT_MODES]).default('summary'))
    .option('--as-of <time>', 'the case as it stood then: rows dated later, sources received later and decisions made later are left out and counted, and the findings are made anew (default: the last import, link or find)')
    .option('--recipient <name>', 'who receives this copy; printed in ISSUE.txt, outside the payload')
    .option('--copy <n>', 'number of this copy', '1')
    .option('--annexe', 'also write who stands behind each code, sealed under a passphrase of its own, as a file beside the bundle; needs --authority')
    .option('--authority <reference>', 'order or rule under which the annexe is made')
    .option('-o, --output <folder>', 'folder to make; the zip is made beside it (default: exports/exhibit-… in the case)')
    .addHelpText('after', `
What only people know is written in case.yaml under exhibit: case_number, exhibit_number, agency, handling, where each source came from, custody, what speaks against. docs/evidence.md has an example.

Examples:
  ringmap export exhibit cases/tawi ring-1 --user asha --reviewer bano --profile court-open --as-of 2026-11-24T10:00+05:30
  ringmap verify cases/tawi/exports/exhibit-ring-1-court-open.zip
  ringmap reproduce cases/tawi/exports/exhibit-ring-1-court-open --sources cases/tawi`)
    .action(async (path: string, subject: string | undefined, flags: ExhibitFlags) => {
      await withCase(path, flags, 'read', async ({ open, out }) => {
        if (flags.recipient?.trim() === '') throw new RingmapError('usage', { what: '--recipient takes the name of whoever receives this copy.' })
        const view = await viewCase(open)
        const wanted = subject ?? (await firstSubject(view))
        const at = flags.asOf === undefined ? lastChange(view) : Date.parse(flags.asOf)
        if (Number.isNaN(at)) throw new RingmapError('usage', { what: `"${flags.asOf ?? ''}" is not a time; write it as 2026-11-24T10:00+05:30` })
        const written = await writeExhibit(
          view, { subject: wanted, profile: flags.profile, mode: flags.mode, as_of_ms: at, analyst: flags.user, reviewer: flags.reviewer ?? null, review_remarks: flags.remarks, ...(flags.recipient === undefined ? {} : { issue: { recipient: flags.recipient, copy: wholeNumber('--copy', flags.copy) } }), ...(flags.annexe === true ? { annexe_authority: flags.authority ?? '' } : {}) },
          { folder: flags.output ?? join(open.work, 'exports', `exhibit-${wanted.toLowerCase()}-${flags.profile}`), passphrase: async (who) => await passphrase(who === 'annexe' ? 'Passphrase for the sealed annexe, to be handed over apart from it' : `Passphrase of ${who}`), now_ms: Date.now() },
        )
        out.data(written)
        out.say(`Wrote ${number(written.files)} files to ${written.folder} and ${written.zip}`)
        out.say(`The certificate states: SHA-256 ${written.manifest_sha256}`)
        out.say(`Zip: SHA-256 ${written.zip_sha256}`)
        if (written.annexe !== null) out.say(`Sealed annexe: ${written.annexe.file}, SHA-256 ${written.annexe.sha256} (also in the hash report). Keep it apart from the bundle.`)
        out.say('Open data/exhibit.pdf, read it whole, and complete the certificate by hand. VERIFY.txt tells others how to check it.')
      })
    })
}
