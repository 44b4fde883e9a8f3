/** `ringmap audit`: who did what in a case, and whether that record is whole. */
import { Command } from 'commander'
import { EXIT } from '@ringmap/model/errors'
import { auditLines, checkAudit } from '@ringmap/case/audit'
import { caseOptions, withCase, type CommonOptions } from '../with-case.ts'
import { dim, table } from '../terminal.ts'

interface AuditFlags extends CommonOptions {
  readonly last: string
}

export function auditCommand(): Command {
  return caseOptions(new Command('audit'))
    .description('Show the audit trail and check it: each line carries the hash of the one before, a signed head says where it ends. Exit code 1 when it does not hold.')
    .argument('<case>', 'case folder, or its YAML file')
    .option('--last <n>', 'lines to show', '40')
    .addHelpText('after', '\nExamples:\n  ringmap audit cases/tawi\n  ringmap audit cases/tawi --json > audit.json')
    .action(async (path: string, flags: AuditFlags) => {
      await withCase(path, flags, 'read', async ({ open, out }) => {
        const check = checkAudit(open)
        const lines = auditLines(open)
        out.data({ ...check, entries: lines })
        const shown = lines.slice(-Math.max(0, Number(flags.last) || 40))
        for (const line of table(shown.map((one) => [String(one.n), one.at, one.who, one.act, one.what, one.why ?? '']))) out.say(line)
        if (shown.length < lines.length) out.say(dim(`  ${shown.length} of ${lines.length} lines shown; --last ${lines.length} shows all.`))
        out.say()
        out.say(check.faults.length === 0 ? `The trail holds: ${check.lines} lines, head ${check.head.sha256}` : 'The trail does NOT hold:')
        for (const fault of check.faults) out.say(`  ${fault}`)
        if (check.faults.length > 0) process.exitCode = EXIT.failed
        await Promise.resolve()
      })
    })
}
