/** `ringmap find swaps` and its kin: patterns among calls, money and movement. */
import { Command, Option } from 'commander'
import type { PatternFindings } from '@ringmap/model/pattern'
import { viewCase, type CaseView } from '@ringmap/case/case-view'
import { moneyOf, swapsOf, typologiesOf, type PatternOptions } from '@ringmap/case/patterns'
import { patternLines } from '../pattern-report.ts'
import { caseOptions, withCase, type CommonOptions } from '../with-case.ts'

interface PatternFlags extends CommonOptions {
  readonly top: string
  readonly least?: string
}

/** The subcommands of `find` that look for patterns. */
export function patternCommands(): Command[] {
  return [swapsCommand(), moneyCommand(), typologiesCommand()]
}

function swapsCommand(): Command {
  return plain('swaps')
    .description('Numbers that took over from other numbers: SIM swaps and burner phones, with a probability, the shared contacts, and what speaks against each.')
    .option('--least <probability>', 'list those at least this probable', '0.9')
    .addHelpText('after', '\nExamples:\n  ringmap find swaps cases/tawi\n  ringmap find swaps cases/tawi --least 0.5 --json')
    .action(async (path: string, flags: PatternFlags) => await run(path, flags, (view, options) => swapsOf(view, { ...options, least: Number(flags.least) })))
}

interface MoneyFlags extends PatternFlags {
  readonly account?: string
  readonly row?: string
  readonly rule: 'fifo' | 'proportional' | 'libr'
}

function moneyCommand(): Command {
  return plain('money')
    .description('Follow one payment through accounts: where the sum is at the end, and each hop with its row. Without --account or --row: the largest payment.')
    .option('--account <account>', 'follow the largest payment into this account')
    .option('--row <source:row>', 'follow the payment in this row')
    .addOption(new Option('--rule <rule>', 'which money leaves an account first').choices(['fifo', 'proportional', 'libr']).default('fifo'))
    .addHelpText('after', '\nExamples:\n  ringmap find money cases/tawi --account 501000012345\n  ringmap find money cases/tawi --row transactions:118 --rule libr --top 50')
    .action(async (path: string, flags: MoneyFlags) => await run(path, flags, (view, options) => moneyOf(view, { ...options, rule: flags.rule, account: flags.account, row: flags.row })))
}

function typologiesCommand(): Command {
  return plain('typologies')
    .description('Payments in the shapes of laundering: structuring, fan-in, fan-out, cycles, pass-through, layering, accounts woken, cash to UPI; each with its false discovery rate.')
    .option('--rate <share>', 'highest false discovery rate listed', '0.1')
    .addHelpText('after', '\nExamples:\n  ringmap find typologies cases/tawi\n  ringmap find typologies cases/tawi --rate 0.01 --json')
    .action(async (path: string, flags: PatternFlags & { rate: string }) => await run(path, flags, (view, options) => typologiesOf(view, { ...options, rate: Number(flags.rate) })))
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
