/** `ringmap init`: looks at files and drafts a case.yaml for a person to correct. */
import { Command } from 'commander'
import { initCase } from '@ringmap/case/init-case'
import { commonOptions, type CommonOptions } from '../with-case.ts'
import { bold, terminal } from '../terminal.ts'

interface InitFlags extends CommonOptions {
  readonly from: string[]
  readonly name?: string
  readonly region: string
  readonly timezone: string
}

export function initCommand(): Command {
  return commonOptions(new Command('init'))
    .description('Look at headers and first rows of files, guess what each is, and write a case.yaml draft. Files outside the folder are copied into it.')
    .argument('<folder>', 'case folder to make')
    .requiredOption('--from <files...>', 'files or patterns: "*.csv" "*.xlsx"')
    .option('--name <name>', 'name of the case; default: the folder')
    .option('--region <country>', 'country whose phone numbers come without a country code', 'IN')
    .option('--timezone <zone>', 'zone of times written without one', 'Asia/Kolkata')
    .addHelpText('after', '\nExamples:\n  ringmap init cases/tawi --from "downloads/*.csv"\n  ringmap init cases/tawi --from subscribers.csv calls.xlsx --region NP --timezone Asia/Kathmandu')
    .action(async (folder: string, flags: InitFlags) => {
      const out = terminal(flags)
      const made = await initCase(folder, flags.from, { name: flags.name, region: flags.region, timezone: flags.timezone })
      out.data(made)
      out.say(`${bold('Wrote')} ${made.case_file}`)
      for (const note of made.notes) out.say(`  ${note}`)
      out.say(`Read it and correct what was guessed wrong; then: ringmap import ${folder}`)
    })
}
