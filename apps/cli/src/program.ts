/** The commands, their options, examples and exit codes. */
import { Command, CommanderError } from 'commander'
import { EXIT } from '@ringmap/model/errors'
import { annexeCommand } from './commands/annexe.ts'
import { auditCommand } from './commands/audit.ts'
import { dedupeCommand } from './commands/dedupe.ts'
import { compareCommand } from './commands/compare.ts'
import { demoCommand } from './commands/demo.ts'
import { drawCommand } from './commands/draw.ts'
import { exploreCommand } from './commands/explore.ts'
import { exportCommand } from './commands/export.ts'
import { findCommand } from './commands/find.ts'
import { importCommand } from './commands/import.ts'
import { initCommand } from './commands/init.ts'
import { linkCommand } from './commands/link.ts'
import { measureCommand } from './commands/measure.ts'
import { rotateKeyCommand } from './commands/rotate-key.ts'
import { statusCommand } from './commands/status.ts'
import { unmaskCommand } from './commands/unmask.ts'
import { usersCommand } from './commands/users.ts'
import { reproduceCommand, verifyCommand } from './commands/verify.ts'
import { failure, terminal } from './terminal.ts'

const EXIT_CODES = `
Exit codes:
  0    done
  1    failed
  2    wrong usage
  3    input rejected beyond the tolerance --max-bad
  5    locked by another run
  130  interrupted

Data goes to stdout, words and progress to stderr. --json gives one object, described in docs/json.md.
NO_COLOR is respected. A case is a folder with case.yaml; docs/sources.md lists its keys.`

/** Runs what was asked for and returns the exit code. */
export async function runProgram(given: readonly string[]): Promise<number> {
  const program = new Command('ringmap')
    .description('Maps trafficking and smuggling rings: from files of calls, subscribers, vehicles and money to ranked organisers on a chart, with the rows behind every line.')
    .version('0.1.0')
    .showHelpAfterError('(run with --help for examples)')
    .showSuggestionAfterError()
    .exitOverride()
    // Options after the name of a command belong to it, down to the subcommands of find.
    .enablePositionalOptions()
    .addHelpText('after', EXIT_CODES)
  for (const add of [initCommand, importCommand, linkCommand, findCommand, drawCommand, exportCommand, exploreCommand, verifyCommand, reproduceCommand, annexeCommand, auditCommand, unmaskCommand, usersCommand, rotateKeyCommand, statusCommand, measureCommand, compareCommand, dedupeCommand, demoCommand]) {
    const command = add()
    command.exitOverride().showHelpAfterError('(run with --help for examples)')
    for (const part of command.commands) part.exitOverride().showHelpAfterError('(run with --help for examples)')
    program.addCommand(command)
  }
  try {
    await program.parseAsync(given, { from: 'user' })
    return Number(process.exitCode ?? EXIT.done)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    return failure(error, terminal({ json: given.includes('--json'), quiet: given.includes('--quiet') }))
  }
}
