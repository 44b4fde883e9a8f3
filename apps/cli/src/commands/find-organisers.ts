/** `ringmap find organisers` and its kin: the order of persons, on one layer or over time, what it stands on, the insulated, the rings, arrests. */
import { Command } from 'commander'
import { RingmapError } from '@ringmap/model/errors'
import type { Findings } from '@ringmap/model/finding'
import { findingsOf, viewCase, type CaseView } from '@ringmap/case/case-view'
import { runFind } from '@ringmap/case/find-step'
import { findOnLayer, findOverTime } from '@ringmap/case/find-topics'
import { standingOf } from '@ringmap/case/standing'
import { positionsOf } from '@ringmap/case/positions'
import { ringsOverTime } from '@ringmap/case/rings-over-time'
import { whatIf } from '@ringmap/case/what-if'
import { engineAsked, engineLines, engineOptions, wholeNumber, type EngineFlags } from '../engine-flags.ts'
import { insulatedLines, layerLines, overTimeLines, positionLines, ringChangeLines, standingLines, whatIfLines } from '../find-report.ts'
import { organiserLines, ringLines } from '../report.ts'
import { caseOptions, withCase, type CommonOptions, type Opened } from '../with-case.ts'

interface TopicFlags extends CommonOptions, EngineFlags {
  readonly top: string
}

/** The subcommands of `find` that order persons. */
export function organiserCommands(): Command[] {
  return [ringsCommand(), organisersCommand(), insulatedCommand(), positionsCommand('brokers'), positionsCommand('roles'), whatIfCommand()]
}

function ringsCommand(): Command {
  return engineOptions(windowed(plain('rings')))
    .description('Rings: communities with links to offences, how surely they are found, who stands at their edge; or over time: born, ended, split, merged, and who moved.')
    .addHelpText('after', '\nExamples:\n  ringmap find rings cases/tawi\n  ringmap find rings cases/tawi --window 30d\n  ringmap find rings cases/tawi --json')
    .action(async (path: string, flags: OrderFlags) => await run(path, flags, async (view, { out, open, signal }) => {
      if (flags.window !== undefined || flags.step !== undefined) {
        const over = await ringsOverTime(view, { progress: out.progress, signal, span_days: days(flags.window), step_days: days(flags.step) })
        out.data(over)
        return ringChangeLines(over, open.file.timezone)
      }
      const findings = await findingsOf(view)
      out.data({ network: findings.network, rings: findings.rings, engine: findings.engine })
      return [...engineLines(open, findings, engineAsked(open, flags)), ...ringLines(findings)]
    }))
}

interface OrderFlags extends TopicFlags {
  readonly layer?: string
  readonly window?: string | true
  readonly step?: string
  readonly person?: string
  readonly first?: string
}

function organisersCommand(): Command {
  return engineOptions(layered(windowed(plain('organisers'))))
    .description('Possible organisers in order: overall, on one layer alone, or over time with seizures and accusations on the axis.')
    .option('--person <name or id>', 'one person: what the place stands on, the fewest rows without which it is lost, and the order without each source')
    .option('--first <k>', 'with --person: lost means no longer among the first k', '10')
    .addHelpText('after', '\nExamples:\n  ringmap find organisers cases/tawi --top 25\n  ringmap find organisers cases/tawi --person "Rafiq Ahmad Lone"\n  ringmap find organisers cases/tawi --layer money\n  ringmap find organisers cases/tawi --window 30d --step 10d\n  ringmap find organisers cases/tawi --layer calls --window')
    .action(async (path: string, flags: OrderFlags) => await run(path, flags, async (view, opened, top) => {
      const work = { progress: opened.out.progress, signal: opened.signal }
      if (flags.person !== undefined) {
        if (flags.layer !== undefined || flags.window !== undefined || flags.step !== undefined) throw new RingmapError('usage', { what: '--person goes with the merged order alone; leave out --layer, --window and --step.' })
        const standing = await standingOf(view, flags.person, { ...work, first: wholeNumber('--first', flags.first ?? '10') })
        opened.out.data(standing)
        return standingLines(standing)
      }
      if (flags.window !== undefined || flags.step !== undefined) {
        const over = await findOverTime(view, { ...work, layer: flags.layer, span_days: days(flags.window), step_days: days(flags.step) })
        opened.out.data(over)
        return overTimeLines(over, Math.min(top, 5), opened.open.file.timezone)
      }
      const findings = await findingsOf(view)
      if (flags.layer === undefined) {
        opened.out.data(orderOf(findings))
        return [...engineLines(opened.open, findings, engineAsked(opened.open, flags)), ...organiserLines(findings, top)]
      }
      const order = await findOnLayer(view, flags.layer, work)
      opened.out.data(order)
      return layerLines(order, top, new Map(findings.organisers.map((one) => [one.subject, one.label])))
    }))
}

function orderOf({ organisers, stability, unranked, contact_only: contactOnly, engine, cautions }: Findings): unknown {
  return { organisers, stability, unranked, contact_only: contactOnly, engine, cautions }
}

function insulatedCommand(): Command {
  return plain('insulated')
    .description('Who is in contact with the busiest and few besides: a list of its own with its warning, never part of the order.')
    .addHelpText('after', '\nExamples:\n  ringmap find insulated cases/tawi\n  ringmap find insulated cases/tawi --json')
    .action(async (path: string, flags: TopicFlags) => await run(path, flags, async (view, { out }, top) => {
      const findings = await findingsOf(view)
      out.data({ insulated: findings.insulated, insulated_warning: findings.insulated_warning })
      return insulatedLines(findings, top)
    }))
}

function positionsCommand(name: 'brokers' | 'roles'): Command {
  const what = {
    brokers: 'Brokers: whose contacts do not know each other (Burt\'s constraint, lowest first), and how many communities they join.',
    roles: 'Roles by how ties spread over communities (Guimera and Amaral): connectors and hubs first.',
  }[name]
  return engineOptions(layered(plain(name)))
    .description(what)
    .addHelpText('after', `\nExamples:\n  ringmap find ${name} cases/tawi\n  ringmap find ${name} cases/tawi --layer calls\n  ringmap find ${name} cases/tawi --top 25 --json`)
    .action(async (path: string, flags: OrderFlags) => await run(path, flags, async (view, { open, out, signal }, top) => {
      const found = await positionsOf(view, name === 'brokers' ? 'constraint' : 'role', { progress: out.progress, signal, layer: flags.layer })
      const findings = await findingsOf(view)
      out.data({ ...found, engine: findings.engine })
      return [...engineLines(open, findings, engineAsked(open, flags)), ...positionLines(found, top)]
    }))
}

interface WhatIfFlags extends TopicFlags {
  readonly arrest?: string[]
  readonly size: string
  readonly ring?: string
}

function whatIfCommand(): Command {
  return plain('what-if')
    .description('What falls apart if these persons are arrested, what stays so once each is replaced, and which victims would be left exposed.')
    .option('--arrest <name or id...>', 'who is arrested; without it the best sets are searched')
    .option('--size <n>', 'persons in a set that is searched, 1 to 4', '2')
    .option('--ring <id>', 'only inside one ring, such as ring-1')
    .addHelpText('after', '\nExamples:\n  ringmap find what-if cases/tawi --size 3\n  ringmap find what-if cases/tawi --ring ring-2\n  ringmap find what-if cases/tawi --arrest "Rafiq Ahmad Lone" "Omar Dar" --json')
    .action(async (path: string, flags: WhatIfFlags) => await run(path, flags, async (view, { out, signal }, top) => {
      const answer = await whatIf(view, { progress: out.progress, signal, arrest: flags.arrest, size: Number(flags.size), ring: flags.ring, count: Math.min(top, 50) })
      out.data(answer)
      return whatIfLines(answer)
    }))
}

function plain(name: string): Command {
  return caseOptions(new Command(name)).argument('<case>', 'case folder, or its YAML file').option('--top <n>', 'how many to print; --json gives all that are kept', '10')
}

function layered(command: Command): Command {
  return command.option('--layer <name>', 'only ties of one layer: calls, meetings, money, travel, co-accused, kin, membership, things, or one that case.yaml names')
}

function windowed(command: Command): Command {
  return command
    .option('--window [days]', 'over time, in windows of so many days, such as 30d; default: a quarter of the time covered')
    .option('--step <days>', 'from one window to the next; default: half a window')
}

/** Brings the findings up to date first: they cost nothing where nothing changed. */
async function run(path: string, flags: TopicFlags, find: (view: CaseView, opened: Opened, top: number) => Promise<string[]>): Promise<void> {
  const top = wholeNumber('--top', flags.top)
  await withCase(path, flags, 'write', async (opened) => {
    await runFind(opened.open, { progress: opened.out.progress, signal: opened.signal, engine: engineAsked(opened.open, flags) })
    const lines = await find(await viewCase(opened.open), opened, top)
    opened.record('ask', topicAsked())
    for (const line of lines) opened.out.say(line)
  })
}

/** The question as it was put, without the folder of the case. */
function topicAsked(): string {
  return process.argv.slice(process.argv.indexOf('find')).filter((_, i) => i !== 2).join(' ')
}

/** `30d` or `30`; nothing where a default is asked for. */
function days(text: string | true | undefined): number | undefined {
  if (text === undefined || text === true) return undefined
  const found = /^(\d+)\s*(?:d|days?)?$/i.exec(text.trim())
  if (found === null) throw new RingmapError('usage', { what: `"${text}" is not a number of days, such as 30d.` })
  return Number(found[1])
}
