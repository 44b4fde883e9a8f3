/** `ringmap export`: the network for other tools, the findings as files. */
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { EXPORT_KINDS, writeExport, writeGiven, type ExportKind, type Written } from '@ringmap/case/export-step'
import { givenNetwork } from '@ringmap/case/given-network'
import { exportExhibitCommand } from './export-exhibit.ts'
import { exportNeo4jCommand } from './export-neo4j.ts'
import { leavingOptions, viewToLeave, type LeavingFlags } from '../unmask.ts'
import { caseOptions, withCase, type CommonOptions } from '../with-case.ts'
import { number, table, type Terminal } from '../terminal.ts'

interface ExportFlags extends CommonOptions, LeavingFlags {
  readonly as: ExportKind
  readonly output?: string
  readonly asFound?: boolean
}

export function exportCommand(): Command {
  // Options after the name of a part (exhibit, neo4j) are the part's own.
  return leavingOptions(caseOptions(new Command('export').enablePositionalOptions()))
    .addCommand(exportExhibitCommand())
    .addCommand(exportNeo4jCommand())
    .description("Write the network as GraphML, GEXF, CSV, ANX (i2 Analyst's Notebook) or FollowTheMoney, or the findings as JSON and CSV. Protected persons stand under codes.")
    .argument('<case>', 'case folder, or its YAML file')
    .addOption(new Option('--as <kind>', 'what to write').choices([...EXPORT_KINDS]).default('findings'))
    .option('-o, --output <folder>', 'folder to write into; default: exports in the case')
    .option('--as-found', 'of a case that is one GraphML, ANX or FollowTheMoney file of ringmap and nothing else: what this case finds, and not the file as it was received')
    .addHelpText('after', '\nExamples:\n  ringmap export cases/tawi --as graphml\n  ringmap export cases/tawi --as csv -o handover\n  ringmap export cases/tawi --as anx\n  ringmap export cases/tawi --as findings --unmask --reason "hearing of 3 May" --authority "order 12/2024" --approver bano')
    .action(async (path: string, flags: ExportFlags) => {
      await withCase(path, flags, 'read', async ({ open, out, record }) => {
        const folder = flags.output ?? join(open.work, 'exports')
        const given = flags.unmask === true || flags.asFound === true ? null : await givenNetwork(open, flags.as)
        if (given !== null) {
          record('export', `${flags.as}, as received in ${given.source}`)
          report(out, writeGiven(given, folder), true)
          out.note(`Given back to the byte as it was received: this case is ${given.source} alone, which ringmap wrote, and nobody has decided anything in it. Ids, places in the order and strengths are those of the case that it came from; --as-found writes those of this one.`)
          return
        }
        const view = await viewToLeave(open, 'export', flags.as, flags)
        report(out, await writeExport(view, flags.as, folder), false)
      })
    })
}

function report(out: Terminal, written: readonly Written[], given_back: boolean): void {
  out.data({ files: written, given_back })
  for (const line of table(written.map((one) => [one.file, `${number(one.size_bytes)} bytes`, `sha256 ${one.sha256}`]))) out.say(line)
}
