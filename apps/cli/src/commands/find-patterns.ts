/** `ringmap find swaps` and its kin: patterns among calls, money and movement. */
import { Command, Option } from 'commander'
import { LINK_KIND_NAMES, type LinkKind } from '@ringmap/model/schema'
import type { PatternFindings } from '@ringmap/model/pattern'
import { viewCase, type CaseView } from '@ringmap/case/case-view'
import { coLocationOf, commonContactsOf, gapsOf, joinsOf, moneyOf, motifsOf, pathsOf, rolesOf, routesOf, swapsOf, travellersOf, typologiesOf, type PatternOptions, type RateOptions } from '@ringmap/case/patterns'
import { patternLines } from '../pattern-report.ts'
import { caseOptions, withCase, type CommonOptions } from '../with-case.ts'

interface PatternFlags extends CommonOptions {
  readonly top: string
  readonly least?: string
}

/** The subcommands of `find` that look for patterns. */
export function patternCommands(): Command[] {
  return [swapsCommand(), moneyCommand(), typologiesCommand(), pathsCommand(), joinsCommand(), ...RATED.map(ratedCommand), rolesCommand(), routesCommand(), gapsCommand()]
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

/** Patterns that are listed up to a false discovery rate and ask for nothing else. */
const RATED: readonly { readonly name: string; readonly what: string; readonly rate: string; readonly find: (view: CaseView, options: RateOptions) => Promise<PatternFindings> }[] = [
  { name: 'common-contacts', what: 'Pairs of numbers who share more contacts than chance gives; those never in contact themselves come first.', rate: '0.01', find: commonContactsOf },
  { name: 'co-location', what: 'Pairs who are at one place at one time more often than chance gives: a bus-station tower is not a meeting.', rate: '0.05', find: coLocationOf },
  { name: 'travelling-together', what: 'Pairs who make the same ways at the same times more often than chance gives.', rate: '0.05', find: travellersOf },
  { name: 'motifs', what: 'A call, then a payment, then a movement among the same two or three people, more often than chance gives.', rate: '0.05', find: motifsOf },
]

function ratedCommand({ name, what, rate, find }: (typeof RATED)[number]): Command {
  return plain(name)
    .description(what)
    .option('--rate <share>', 'highest false discovery rate listed', rate)
    .addHelpText('after', `\nExamples:\n  ringmap find ${name} cases/tawi\n  ringmap find ${name} cases/tawi --rate 0.001 --json`)
    .action(async (path: string, flags: PatternFlags & { rate: string }) => await run(path, flags, (view, options) => find(view, { ...options, rate: Number(flags.rate) })))
}

function rolesCommand(): Command {
  return plain('behaviour')
    .description('What persons do, by readable rules: transporter, harbourer, collector, financier, controller, recruiter, document supplier; and who may be a victim, for protection.')
    .option('--rules <file>', 'rules in place of those that come with ringmap (packages/case/rules/roles.yaml)')
    .addHelpText('after', '\nExamples:\n  ringmap find behaviour cases/tawi --top 30\n  ringmap find behaviour cases/tawi --rules our-roles.yaml --json')
    .action(async (path: string, flags: PatternFlags & { rules?: string }) => await run(path, flags, (view, options) => rolesOf(view, { ...options, rules: flags.rules })))
}

function routesCommand(): Command {
  return plain('routes')
    .description('Flows between districts by month and commodity. Fewer than 11 people or vehicles, names and rows are held back unless --inside is given.')
    .option('--inside', 'small numbers, shared couriers, names and rows too: for use in the office alone')
    .addHelpText('after', '\nExamples:\n  ringmap find routes cases/tawi\n  ringmap find routes cases/tawi --inside --top 40')
    .action(async (path: string, flags: PatternFlags & { inside?: boolean }) => await run(path, flags, (view, options) => routesOf(view, { ...options, inside: flags.inside })))
}

function gapsCommand(): Command {
  return plain('gaps')
    .description('Silent days, numbers and accounts without records of their own, and which requisition would change the order of organisers most.')
    .addHelpText('after', '\nExamples:\n  ringmap find gaps cases/tawi\n  ringmap find gaps cases/tawi --json')
    .action(async (path: string, flags: PatternFlags) => await run(path, flags, gapsOf))
}

interface PathFlags extends PatternFlags {
  readonly from: string
  readonly to: string
  readonly start?: string
  readonly end?: string
  readonly wait?: string
  readonly ways: string
  readonly kinds?: LinkKind[]
  readonly least?: string
  readonly oneWay?: boolean
  readonly place?: string
}

function pathsCommand(): Command {
  return plain('paths')
    .description('Who could have passed word, money or a person to whom: contacts that follow each other in time, earliest arrival first.')
    .requiredOption('--from <who>', 'number, account, name or id that it starts from')
    .requiredOption('--to <who>', 'where it arrives')
    .option('--start <day>', 'not before this day (2024-03-31)')
    .option('--end <day>', 'not after this day')
    .option('--wait <hours>', 'longest time that anybody keeps it')
    .option('--ways <n>', 'how many different ways', '3')
    .option('--least <sum>', 'leave out payments below this sum (rupees)')
    .option('--one-way', 'a call passes from who called to who was called alone')
    .option('--place <place>', 'only contacts whose row was recorded at this tower or place')
    .addOption(new Option('--kinds <kinds...>', 'links that can carry it; default: called messaged paid met').choices([...LINK_KIND_NAMES]))
    .addHelpText('after', '\nExamples:\n  ringmap find paths cases/tawi --from 9419012345 --to 9906054321\n  ringmap find paths cases/tawi --from P-4F7K2M9QRT --to 501000012345 --kinds paid --least 10000 --wait 48 --start 2024-03-01')
    .action(async (path: string, flags: PathFlags) => await run(path, flags, (view, options) => pathsOf(view, {
      ...options, from: flags.from, to: flags.to, start: flags.start, end: flags.end, ways: Number(flags.ways), kinds: flags.kinds, place: flags.place, one_way: flags.oneWay, least_amount: flags.least === undefined ? undefined : Number(flags.least), wait_h: flags.wait === undefined ? undefined : Number(flags.wait),
    })))
}

function joinsCommand(): Command {
  return plain('joins')
    .description('What joins these persons or things: the smallest network of links over which they hang together.')
    .argument('<who...>', 'two or more numbers, accounts, plates, names or ids')
    .addHelpText('after', '\nExamples:\n  ringmap find joins cases/tawi 9419012345 9906054321 JK02AB1234\n  ringmap find joins cases/tawi P-4F7K2M9QRT P-8WK3M1QZ7B --json')
    .action(async (path: string, who: string[], flags: PatternFlags) => await run(path, flags, (view, options) => joinsOf(view, who, options)))
}

function plain(name: string): Command {
  return caseOptions(new Command(name)).argument('<case>', 'case folder, or its YAML file').option('--top <n>', 'how many to print; --json gives more', '10')
}

async function run(path: string, flags: PatternFlags, find: (view: CaseView, options: PatternOptions) => Promise<PatternFindings>): Promise<void> {
  await withCase(path, flags, 'read', async ({ open, out, signal, record }) => {
    const found = await find(await viewCase(open), { progress: out.progress, signal })
    record('ask', `${found.pattern}: ${found.findings.length} of ${found.of} findings`)
    out.data(found)
    for (const line of patternLines(found, Number(flags.top))) out.say(line)
  })
}
