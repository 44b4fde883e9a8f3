/** `ringmap measure`: one measure over somebody's edge list, without a case. */
import { Argument, Command } from 'commander'
import { MEASURES, type Measure } from '@ringmap/model/finding'
import { measureEdges } from '@ringmap/case/measure-edges'
import { fired, stopSignal } from '../stop-signal.ts'
import { terminal } from '../terminal.ts'

interface MeasureFlags {
  readonly source: string
  readonly target: string
  readonly weight?: string
  readonly directed?: boolean
  readonly seed: string
  readonly json?: boolean
  readonly quiet?: boolean
}

export function measureCommand(): Command {
  return new Command('measure')
    .description('Compute one measure for every node of an edge list and print node,score,rank as CSV. Undirected and unweighted unless told otherwise; parallel rows collapse.')
    .addArgument(new Argument('<name>', 'the measure').choices([...MEASURES]))
    .argument('<file>', 'CSV with a header, or - for stdin')
    .option('--source <column>', 'column of the one end', 'source')
    .option('--target <column>', 'column of the other end', 'target')
    .option('--weight <column>', 'column of weights; without it every tie counts 1')
    .option('--directed', 'rows lead from source to target')
    .option('--seed <n>', 'seed of louvain', '1')
    .option('--json', 'one JSON object on stdout')
    .option('-q, --quiet', 'no progress and no remarks')
    .addHelpText('after', '\nExamples:\n  ringmap measure current-flow edges.csv > scores.csv\n  ringmap measure pagerank calls.csv --source a --target b --weight calls --directed\n  cat edges.csv | ringmap measure louvain - --seed 7')
    .action(async (name: Measure, file: string, flags: MeasureFlags) => {
      const out = terminal(flags)
      const signal = stopSignal()
      const result = await Promise.race([
        measureEdges(name, file, { source: flags.source, target: flags.target, weight: flags.weight, directed: flags.directed ?? false, seed: Number(flags.seed), progress: out.progress, signal }),
        fired(signal).then(() => { throw new DOMException('stopped', 'AbortError') }),
      ])
      for (const remark of result.remarks) out.note(remark)
      out.data({ measure: name, nodes: result.rows })
      if (!out.json) process.stdout.write(['node,score,rank', ...result.rows.map((row) => `${quoted(row.node)},${row.score},${row.rank}`), ''].join('\n'))
    })
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
