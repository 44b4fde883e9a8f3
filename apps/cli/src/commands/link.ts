/** `ringmap link`: records into entities and links. */
import { Command } from 'commander'
import { runLink } from '@ringmap/case/link-step'
import { linkBenchCommand } from './link-bench.ts'
import { caseOptions, withCase, type CommonOptions } from '../with-case.ts'
import { number } from '../terminal.ts'

export function linkCommand(): Command {
  // Options after the name of a part (bench) are the part's own.
  return caseOptions(new Command('link').enablePositionalOptions())
    .addCommand(linkBenchCommand())
    .description('Join records that are the same person or thing, and observations into links. This version joins on exact identifiers.')
    .argument('<case>', 'case folder, or its YAML file; a folder called bench is written ./bench')
    .option('--force', 'link again even if nothing changed')
    .addHelpText('after', '\nExamples:\n  ringmap link cases/tawi\n  ringmap link cases/tawi --json')
    .action(async (path: string, flags: CommonOptions & { readonly force?: boolean }) => {
      await withCase(path, flags, 'write', async ({ open, out, signal }) => {
        const counts = await runLink(open, { progress: out.progress, signal, force: flags.force })
        out.data({ changed: counts !== null, counts })
        if (counts === null) out.say('Nothing changed since the last link.')
        else out.say(`${number(counts.records)} records became ${number(counts.entities)} entities (${number(counts.joins)} joins); ${number(counts.observations)} observations became ${number(counts.links)} links.`)
      })
    })
}
