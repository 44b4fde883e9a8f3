/** `ringmap find swaps` and its kin: patterns among calls, money and movement. */
import { Command } from 'commander'
import type { PatternFindings } from '@ringmap/model/pattern'
import { viewCase, type CaseView } from '@ringmap/case/case-view'
import { swapsOf, type PatternOptions } from '@ringmap/case/patterns'
import { patternLines } from '../pattern-report.ts'
import { caseOptions, withCase, type CommonOptions } from '../with-case.ts'

interface PatternFlags extends CommonOptions {
  readonly top: string
  readonly least?: string
}

/** The subcommands of `find` that look for patterns. */
export function patternCommands(): Command[] {
  return [swapsCommand()]
}

function swapsCommand(): Command {
  return plain('swaps')
    .description('Numbers that took over from other numbers: SIM swaps and burner phones, with a probability, the shared contacts, and what speaks against each.')
    .option('--least <probability>', 'list those at least this probable', '0.9')
    .addHelpText('after', '\nExamples:\n  ringmap find swaps cases/tawi\n  ringmap find swaps cases/tawi --least 0.5 --json')
    .action(async (path: string, flags: PatternFlags) => await run(path, flags, (view, options) => swapsOf(view, { ...options, least: Number(flags.least) })))
}

function plain(name: string): Command {
  return caseOptions(new Command(name)).argument('<case>', 'case folder, or its YAML file').option('--top <n>', 'how many to print; --json gives more', '10')
}

async function run(path: string, flags: PatternFlags, find: (view: CaseView, options: PatternOptions) => Promise<PatternFindings>): Promise<void> {
  await withCase(path, flags, 'read', async ({ open, out, signal }) => {
    const found = await find(await viewCase(open), { progress: out.progress, signal })
    out.data(found)
    for (const line of patternLines(found, Number(flags.top))) out.say(line)
  })
}
