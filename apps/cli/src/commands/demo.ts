/** `ringmap demo`, and so `npm start`: the whole path on the bundled case, from files to the explorer. */
import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { writeAudit } from '@ringmap/case/audit'
import { viewCase, summary, findingsOf } from '@ringmap/case/case-view'
import { runFind } from '@ringmap/case/find-step'
import { runImport } from '@ringmap/case/import-step'
import { runLink } from '@ringmap/case/link-step'
import { closeCase, openCase } from '@ringmap/case/open-case'
import { writeDemoCase } from '@ringmap/fixtures/write-demo-case'
import { issueLines, organiserLines, ringLines, summaryLines } from '../report.ts'
import { stopSignal } from '../stop-signal.ts'
import { commonOptions, type CommonOptions } from '../with-case.ts'
import { dim, terminal } from '../terminal.ts'
import { buildExplorer, explore } from './explore.ts'

interface DemoFlags extends CommonOptions {
  readonly serve: boolean
  readonly port: string
  readonly folder: string
}

export function demoCommand(): Command {
  return commonOptions(new Command('demo'))
    .description('Run everything on the bundled case of invented people: import, link, find, report, explorer.')
    .option('--no-serve', 'end after the report')
    .option('--port <n>', 'port of the explorer; default: a free one', '0')
    .option('--folder <folder>', 'where to put the case', 'demo')
    .addHelpText('after', '\nExamples:\n  npm start\n  npm start -- demo --no-serve\n  npm start -- --port 8700')
    .action(async (flags: DemoFlags) => {
      const out = terminal(flags)
      const signal = stopSignal()
      const began = performance.now()
      const folder = resolve(flags.folder)
      if (!existsSync(join(folder, 'case.yaml'))) {
        out.progress('writing the demo case', 0, 1)
        await writeDemoCase(folder)
      }
      const open = await openCase(folder)
      open.database.watch(signal)
      try {
        const work = { progress: out.progress, signal }
        const imported = await runImport(open, work)
        await runLink(open, work)
        await runFind(open, work)
        if (imported.changed) writeAudit(open, { at_ms: Date.now(), who: userInfo().username, act: 'import', what: `demo case: ${imported.rows} rows; linked and searched`, why: null })
        const view = await viewCase(open)
        const facts = await summary(view)
        const findings = await findingsOf(view)
        const took_s = Number(((performance.now() - began) / 1000).toFixed(1))
        out.data({ folder, summary: facts, findings, took_s })
        for (const line of summaryLines(facts, open.file.timezone)) out.say(line)
        out.say()
        for (const line of [...issueLines(facts.issues), '', ...ringLines(findings), '', ...organiserLines(findings, 10)]) out.say(line)
        out.say()
        out.say(dim(`Everybody in this case is invented. It lies in ${folder}${imported.changed ? '' : ', unchanged since the last run'}. Took ${took_s} s.`))
      } finally {
        out.settle()
        closeCase(open)
      }
      await buildExplorer(out)
      if (flags.serve) await explore(folder, { port: flags.port }, terminal({ ...flags, json: false }), signal)
    })
}
