/** `ringmap import`: files of the case into its database. */
import { Command } from 'commander'
import { runImport } from '@ringmap/case/import-step'
import { caseIssues } from '@ringmap/case/case-issues'
import { importAct } from '@ringmap/case/step-acts'
import { databasePassword } from '../password.ts'
import { issueLines } from '../report.ts'
import { caseOptions, withCase, type CommonOptions } from '../with-case.ts'
import { number, table } from '../terminal.ts'

interface ImportFlags extends CommonOptions {
  readonly maxBad?: string
  readonly force?: boolean
  readonly offline?: boolean
}

export function importCommand(): Command {
  return caseOptions(new Command('import'))
    .description('Read the sources that case.yaml names: canonical forms, source rows kept, trouble counted. Unchanged files are not read again.')
    .argument('<case>', 'case folder, or its YAML file')
    .option('--max-bad <n>', 'rows of a file that may be rejected, as a number or a share such as 0.1%; beyond it exit code 3 and nothing is changed')
    .option('--force', 'read everything again')
    .option('--offline', 'ask no database: take what was read from it last')
    .addHelpText('after', '\nExamples:\n  ringmap import cases/tawi\n  ringmap import cases/tawi --max-bad 0.1%\n  NEO4J_PASSWORD=... ringmap import cases/graph\n  ringmap import cases/tawi --json > import.json')
    .action(async (path: string, flags: ImportFlags) => {
      await withCase(path, flags, 'write', async ({ open, out, signal, record }) => {
        const report = await runImport(open, { max_bad: flags.maxBad, force: flags.force, databases: { password: databasePassword, now: Date.now, offline: flags.offline }, progress: out.progress, signal })
        record('import', importAct(report))
        const issues = await caseIssues(open)
        out.data({ ...report, issues })
        if (!report.changed) out.say('Nothing changed since the last import.')
        for (const line of table(report.sources.map((source) => [source.name, source.rows, 'rows', source.rejected === 0 ? '' : `${number(source.rejected)} rejected`, source.file]))) out.say(line)
        if (report.removed.length > 0) out.say(`${number(report.removed.length)} ${report.removed.length === 1 ? 'source is' : 'sources are'} no longer named in case.yaml and left with all ${report.removed.length === 1 ? 'its' : 'their'} rows; the audit trail keeps a keyed hash.`)
        for (const line of issueLines(issues)) out.say(line)
      })
    })
}
