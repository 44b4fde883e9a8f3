/** `ringmap export`: the network for other tools, the findings as files. */
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { EXPORT_KINDS, writeExport, type ExportKind } from '@ringmap/case/export-step'
import { exportExhibitCommand } from './export-exhibit.ts'
import { exportNeo4jCommand } from './export-neo4j.ts'
import { leavingOptions, viewToLeave, type LeavingFlags } from '../unmask.ts'
import { caseOptions, withCase, type CommonOptions } from '../with-case.ts'
import { number, table } from '../terminal.ts'

interface ExportFlags extends CommonOptions, LeavingFlags {
  readonly as: ExportKind
  readonly output?: string
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
    .addHelpText('after', '\nExamples:\n  ringmap export cases/tawi --as graphml\n  ringmap export cases/tawi --as csv -o handover\n  ringmap export cases/tawi --as anx\n  ringmap export cases/tawi --as findings --unmask --reason "hearing of 3 May" --authority "order 12/2024" --approver bano')
    .action(async (path: string, flags: ExportFlags) => {
      await withCase(path, flags, 'read', async ({ open, out }) => {
        const view = await viewToLeave(open, 'export', flags.as, flags)
        const written = await writeExport(view, flags.as, flags.output ?? join(open.work, 'exports'))
        out.data({ files: written })
        for (const line of table(written.map((one) => [one.file, `${number(one.size_bytes)} bytes`, `sha256 ${one.sha256}`]))) out.say(line)
      })
    })
}
