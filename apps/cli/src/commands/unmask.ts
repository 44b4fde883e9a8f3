/** `ringmap unmask`: who stands behind one code; asked for by name, with a reason and an authority, and written down first. */
import { Command, Option } from 'commander'
import { RingmapError } from '@ringmap/model/errors'
import { viewCase } from '@ringmap/case/case-view'
import { APPROVED_REASONS, UNMASK_REASONS, unmaskIdentity, type UnmaskReason } from '@ringmap/case/unmask-identity'
import { passphrase } from '../passphrase.ts'
import { caseOptions, withCase, type CommonOptions } from '../with-case.ts'
import { bold, table } from '../terminal.ts'

interface UnmaskFlags extends CommonOptions {
  readonly user: string
  readonly reason: UnmaskReason
  readonly note: string
  readonly authority: string
  readonly until: string
  readonly approver?: string
}

export function unmaskCommand(): Command {
  return caseOptions(new Command('unmask'))
    .description('Show the identity behind one code, on screen only. The act is written to the audit trail before anything is shown.')
    .argument('<case>', 'case folder, or its YAML file')
    .argument('<code>', 'code as printed, such as V-7K2Q9M')
    .requiredOption('--user <id>', 'who asks; the passphrase of that person is asked for')
    .addOption(new Option('--reason <reason>', 'why').choices([...UNMASK_REASONS]).makeOptionMandatory())
    .requiredOption('--note <text>', 'the reason in words')
    .requiredOption('--authority <reference>', 'written order, court or board, or consent')
    .requiredOption('--until <time>', 'when the permission ends, at most 24 hours from now, such as 2026-11-24T18:00+05:30')
    .option('--approver <id>', `the reviewer who approves, whose passphrase is asked for too; needed for ${APPROVED_REASONS.join(' and ')}`)
    .addHelpText('after', '\nExample:\n  ringmap unmask cases/tawi V-7K2Q9M --user asha --reason court-order --note "identity for the sealed annexe" --authority "CJM 114/2026" --until 2026-11-24T18:00+05:30 --approver bano')
    .action(async (path: string, code: string, flags: UnmaskFlags) => {
      await withCase(path, flags, 'read', async ({ open, out }) => {
        const until = Date.parse(flags.until)
        if (Number.isNaN(until)) throw new RingmapError('usage', { what: `"${flags.until}" is not a time; write it as 2026-11-24T18:00+05:30` })
        const view = await viewCase(open)
        const own = await passphrase(`Passphrase of ${flags.user}`)
        const approver = flags.approver === undefined ? null : { id: flags.approver, passphrase: await passphrase(`Passphrase of ${flags.approver}, who approves`) }
        const shown = await unmaskIdentity(view, { code, user: flags.user, passphrase: own, approver, reason: flags.reason, note: flags.note, authority: flags.authority, until_ms: until, now_ms: Date.now() })
        out.data(shown)
        out.say(`${bold(shown.code)} is ${bold(shown.label)} (${shown.kind})`)
        for (const line of table(shown.identifiers.map((one) => [one.scheme, one.value]))) out.say(line)
        out.say(`${shown.watermark}. This is in the audit trail.`)
      })
    })
}
