/** `ringmap init`: looks at files and drafts a case.yaml for a person to correct. */
import { Command } from 'commander'
import { initCase } from '@ringmap/case/init-case'
import { DATABASE_ADDRESS, initFromNeo4j } from '@ringmap/case/init-from-neo4j'
import { databasePassword } from '../password.ts'
import { commonOptions, type CommonOptions } from '../with-case.ts'
import { bold, terminal } from '../terminal.ts'

interface InitFlags extends CommonOptions {
  readonly from: string[]
  readonly name?: string
  readonly region: string
  readonly timezone: string
  readonly user: string
  readonly database?: string
}

export function initCommand(): Command {
  return commonOptions(new Command('init'))
    .description('Look at headers and first rows of files, guess what each is, and write a case.yaml draft. Files outside the folder are copied into it.')
    .argument('<folder>', 'case folder to make')
    .requiredOption('--from <files...>', 'files or patterns: "*.csv" "*.xlsx"; or the address of a Neo4j: bolt://host:7687')
    .option('--name <name>', 'name of the case; default: the folder')
    .option('--region <country>', 'country whose phone numbers come without a country code', 'IN')
    .option('--timezone <zone>', 'zone of times written without one', 'Asia/Kolkata')
    .option('--user <name>', 'of a Neo4j; the password comes from NEO4J_PASSWORD or a prompt', 'neo4j')
    .option('--database <name>', 'of a Neo4j; default: the home database of the user')
    .addHelpText('after', '\nExamples:\n  ringmap init cases/tawi --from "downloads/*.csv"\n  ringmap init cases/tawi --from subscribers.csv calls.xlsx --region NP --timezone Asia/Kathmandu\n  NEO4J_PASSWORD=... ringmap init cases/graph --from bolt://127.0.0.1:7687')
    .action(async (folder: string, flags: InitFlags) => {
      const out = terminal(flags)
      const options = { name: flags.name, region: flags.region, timezone: flags.timezone }
      const [first = ''] = flags.from
      const made = DATABASE_ADDRESS.test(first) && flags.from.length === 1
        ? await initFromNeo4j(folder, { uri: first, user: flags.user, database: flags.database }, options, { password: databasePassword })
        : await initCase(folder, flags.from, options)
      out.data(made)
      out.say(`${bold('Wrote')} ${made.case_file}`)
      for (const note of made.notes) out.say(`  ${note}`)
      out.say(`Read it and correct what was guessed wrong; then: ringmap import ${folder}`)
    })
}
