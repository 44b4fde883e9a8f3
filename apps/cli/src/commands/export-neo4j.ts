/** `ringmap export neo4j`: network and findings into a Neo4j database, and a run out of it again. */
import { Command } from 'commander'
import { exportNeo4j, removeNeo4jRun } from '@ringmap/case/neo4j-export'
import { RingmapError } from '@ringmap/model/errors'
import { databasePassword } from '../password.ts'
import { leavingOptions, viewToLeave, type LeavingFlags } from '../unmask.ts'
import { caseOptions, withCase, type CommonOptions } from '../with-case.ts'
import { number } from '../terminal.ts'

interface Neo4jFlags extends CommonOptions, LeavingFlags {
  readonly uri?: string
  readonly user?: string
  readonly database?: string
  readonly run?: string
  readonly removeRun?: string
}

export function exportNeo4jCommand(): Command {
  return leavingOptions(caseOptions(new Command('neo4j')))
    .description('Write entities, links, findings and judgements into Neo4j under labels of their own (RingmapPerson, RINGMAP_CALLED), merged on their ids under a run id: writing again changes nothing, and no other data is touched. Protected persons stand under codes. The password comes from NEO4J_PASSWORD, or is asked for.')
    .argument('<case>', 'case folder, or its YAML file')
    .option('--uri <address>', 'bolt://127.0.0.1:7687, neo4j+s://...; default: NEO4J_URI')
    .option('--user <name>', 'default: NEO4J_USER, else neo4j')
    .option('--database <name>', 'database; default: the server\'s own')
    .option('--run <id>', 'name of the run; default: made from the findings')
    .option('--remove-run <id>', 'take a run out again, and what no other run holds')
    .addHelpText('after', '\nExamples:\n  ringmap export neo4j cases/tawi --uri bolt://127.0.0.1:7687\n  ringmap export neo4j cases/tawi --remove-run run-0123456789ab')
    .action(async (path: string, flags: Neo4jFlags) => {
      await withCase(path, flags, 'read', async ({ open, out, signal }) => {
        const uri = flags.uri ?? process.env['NEO4J_URI']
        if (uri === undefined || uri === '') throw new RingmapError('usage', { what: 'No address of Neo4j is known: give --uri, or set NEO4J_URI.' })
        const options = { uri, user: flags.user ?? process.env['NEO4J_USER'] ?? 'neo4j', database: flags.database, run: flags.run, password: databasePassword, progress: out.progress, signal }
        if (flags.removeRun !== undefined) {
          const removed = await removeNeo4jRun(flags.removeRun, options)
          out.data({ removed: flags.removeRun, ...removed })
          out.say(`Run ${flags.removeRun} is taken out: ${number(removed.nodes)} entities, ${number(removed.relationships)} links, ${number(removed.findings)} findings and ${number(removed.judgements)} judgements were in it.${removed.kept === 0 ? '' : ` ${number(removed.kept)} entities stay, because something else is tied to them.`}`)
          return
        }
        const view = await viewToLeave(open, 'export', 'neo4j', flags)
        const written = await exportNeo4j(view, options)
        out.data(written)
        out.say(`Run ${written.run}: ${number(written.nodes)} entities, ${number(written.relationships)} links, ${number(written.findings)} findings, ${number(written.judgements)} judgements are in the database.`)
      })
    })
}
