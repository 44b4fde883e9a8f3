/** `ringmap find`: rings and organisers, with reasons; subcommands look for one thing each. */
import { Command } from 'commander'
import { runFind } from '@ringmap/case/find-step'
import { findingsOf, viewCase } from '@ringmap/case/case-view'
import { findAct } from '@ringmap/case/step-acts'
import { engineAsked, engineLines, engineOptions, type EngineFlags } from '../engine-flags.ts'
import { layersLines } from '../find-report.ts'
import { organiserLines, ringLines } from '../report.ts'
import { organiserCommands } from './find-organisers.ts'
import { patternCommands } from './find-patterns.ts'
import { caseOptions, withCase, type CommonOptions } from '../with-case.ts'

interface FindFlags extends CommonOptions, EngineFlags {
  readonly force?: boolean
  readonly top: string
}

export function findCommand(): Command {
  const find = engineOptions(caseOptions(new Command('find')))
    // Options after the name of a subcommand belong to it.
    .enablePositionalOptions()
    .description('Find communities, rings, and the persons who join them: ranked by current-flow betweenness, with an interval and reasons for each.')
    .argument('<case>', 'case folder, or its YAML file')
    .option('--top <n>', 'how many to print; --json gives all that are kept', '10')
    .option('--force', 'find again even if nothing changed')
    .addHelpText('after', '\nExamples:\n  ringmap find cases/tawi\n  ringmap find cases/tawi --top 25\n  ringmap find cases/tawi --json > findings.json\n  ringmap find cases/tawi --engine auto --uri bolt://127.0.0.1:7687\n  ringmap find organisers cases/tawi --layer money\n\nA first word that names a command is the command; a folder called like one is written ./rings.')
    .action(async (path: string, flags: FindFlags) => {
      await withCase(path, flags, 'write', async ({ open, out, signal, record }) => {
        const engine = engineAsked(open, flags)
        await runFind(open, { progress: out.progress, signal, force: flags.force, engine })
        const findings = await findingsOf(await viewCase(open))
        record('find', findAct(findings))
        out.data(findings)
        for (const line of [...engineLines(open, findings, engine), ...ringLines(findings), '', ...organiserLines(findings, Number(flags.top)), '', ...layersLines(findings)]) out.say(line)
      })
    })
  for (const command of [...organiserCommands(), ...patternCommands()]) find.addCommand(command.exitOverride().showHelpAfterError('(run with --help for examples)'))
  return find
}
