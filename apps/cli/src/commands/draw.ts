/** `ringmap draw`: a chart of a ring or a person as a picture. */
import { Command } from 'commander'
import { join } from 'node:path'
import { chartOf, firstSubject } from '@ringmap/case/case-chart'
import { writeChart } from '@ringmap/case/export-step'
import { leavingOptions, viewToLeave, type LeavingFlags } from '../unmask.ts'
import { caseOptions, withCase, type CommonOptions } from '../with-case.ts'

interface DrawFlags extends CommonOptions, LeavingFlags {
  readonly output?: string
}

export function drawCommand(): Command {
  return leavingOptions(caseOptions(new Command('draw')))
    .description('Draw the chart of a ring or a person as SVG, PNG or ANX: labels, legend, line styles, "N of M shown". Protected persons stand under codes.')
    .argument('<case>', 'case folder, or its YAML file')
    .argument('[subject]', 'ring such as ring-1, or an entity id as find --json prints it; default: the first ring')
    .option('-o, --output <file>', 'file ending in .svg, .png or .anx (i2 Analyst\'s Notebook); default: exports/SUBJECT.svg in the case')
    .addHelpText('after', '\nExamples:\n  ringmap draw cases/tawi\n  ringmap draw cases/tawi ring-2 -o ring-2.png')
    .action(async (path: string, subject: string | undefined, flags: DrawFlags) => {
      await withCase(path, flags, 'read', async ({ open, out }) => {
        const view = await viewToLeave(open, 'draw', subject ?? 'first ring', flags)
        const wanted = subject ?? (await firstSubject(view))
        const chart = await chartOf(view, wanted)
        const written = await writeChart(view, chart, flags.output ?? join(open.work, 'exports', `${wanted}.svg`))
        out.data({ ...written, subject: wanted, shown: chart.shown })
        out.say(`Wrote ${written.file}: ${chart.shown.entities} of ${chart.shown.entities_of} entities, ${chart.shown.links} of ${chart.shown.links_of} links.`)
        out.say(chart.shown.why)
      })
    })
}
