/** `ringmap status`: what is in a case and which steps have been run. */
import { Command } from 'commander'
import { caseStatus } from '@ringmap/case/case-status'
import { issueLines } from '../report.ts'
import { caseOptions, withCase, type CommonOptions } from '../with-case.ts'
import { bold, table } from '../terminal.ts'

export function statusCommand(): Command {
  return caseOptions(new Command('status'))
    .description('Say what a case holds, which steps are done, and which files changed since.')
    .argument('<case>', 'case folder, or its YAML file')
    .addHelpText('after', '\nExamples:\n  ringmap status cases/tawi\n  ringmap status cases/tawi --json')
    .action(async (path: string, flags: CommonOptions) => {
      await withCase(path, flags, 'read', async ({ open, out }) => {
        const status = await caseStatus(open)
        out.data(status)
        out.say(bold(status.name))
        for (const line of table(status.sources.map((source) => [source.name, source.rows ?? 0, 'rows', source.state, source.file]))) out.say(line)
        out.say(`Steps done: ${status.steps.join(', ') || 'none'}`)
        for (const line of issueLines(status.issues)) out.say(line)
      })
    })
}
