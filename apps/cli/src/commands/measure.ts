/** `ringmap measure`: one measure over somebody's edge list, without a case. */
import { Argument, Command, InvalidArgumentError } from 'commander'
import { csvCell } from '@ringmap/model/csv-cell'
import { RingmapError } from '@ringmap/model/errors'
import { MEASURES, type Measure } from '@ringmap/model/finding'
import { measureEdges, type MeasuredNodes } from '@ringmap/case/measure-edges'
import { measureWindows } from '@ringmap/case/measure-windows'
import { fired, stopSignal } from '../stop-signal.ts'
import { terminal } from '../terminal.ts'

interface MeasureFlags {
  readonly source: string
  readonly target: string
  readonly weight?: string
  readonly costs?: boolean
  readonly directed?: boolean
  readonly from?: readonly string[]
  readonly time?: string
  readonly window?: string
  readonly step?: string
  readonly seed: number
  readonly copies?: number
  readonly thinned: number
  readonly memory?: number
  readonly threads?: number
  readonly json?: boolean
  readonly quiet?: boolean
}

const HELP = `
Who directs: current-flow finds the leaders of known criminal networks best of all single measures (docs/method.md). It is the order of "find organisers"; leave weights out, since volume is what couriers have.

Every rank has an interval that holds the true one nine times in ten: the middle 95 % of the rank over copies of the network, half of them without a part of its ties and people, half with ties added.
Large networks get none unless --copies asks for them. Measures, formulas and limits: docs/method.md.

With --time and --window the measure is taken anew in each window of time, among those with a tie in it, and a first column says when the window begins: window,node,score,rank,low,high.
Times are dates (in UTC where they name no zone), seconds or milliseconds since 1970, or plain numbers such as rounds or years.

Examples:
  ringmap measure current-flow edges.csv > scores.csv
  ringmap measure current-flow network.gml
  ringmap measure betweenness roads.txt --weight 3 --costs
  ringmap measure pagerank calls.csv --source a --target b --weight calls --directed
  ringmap measure dominated payments.csv --directed --from ACC-0017
  ringmap measure current-flow calls.csv --source a --target b --time at --window 30d --step 10d
  cat edges.csv | ringmap measure leiden - --seed 7`

export function measureCommand(): Command {
  return new Command('measure')
    .description('Compute one measure for every node of an edge list and print node,score,rank,low,high as CSV. Undirected and unweighted unless told otherwise; parallel rows collapse.')
    .addArgument(new Argument('<name>', 'the measure').choices([...MEASURES]))
    .argument('<file>', 'table of ties (CSV, tabs, semicolons, blanks; with a head or without), matrix, GML, GraphML, GEXF, Pajek, node-link JSON, .xlsx; - for stdin')
    .option('--source <column>', 'column of the one end, by name or number; guessed where there is none of that name', 'source')
    .option('--target <column>', 'column of the other end', 'target')
    .option('--weight <column>', 'column of weights, more being closer; without it every tie counts 1')
    .option('--costs', 'weights are costs or distances: less is closer; each is taken as 1 / weight')
    .option('--directed', 'rows lead from source to target')
    .option('--from <nodes...>', 'nodes that distance, dominated, structural-equivalence and role-similarity start from; where pagerank begins anew')
    .option('--time <column>', 'column of times, for windows')
    .option('--window <length>', 'slide a window of this length over the times: 30d, 2w, 12h, 15min; a number in the unit of plain numbers')
    .option('--step <length>', 'from the beginning of one window to that of the next (default: half a window)')
    .option('--seed <n>', 'seed of whatever is drawn at random', whole, 1)
    .option('--copies <n>', 'thinned copies for the interval of each rank; 0 for none (default: 40 where that is quick)', whole)
    .option('--thinned <share>', 'probability that a tie is missing from a copy', share, 0.2)
    .option('--threads <n>', 'workers for what takes long; the result does not depend on it (default: the processors there are, at most 4)', whole)
    .option('--memory <gigabytes>', 'refuse what needs more (default: what is free)', positive)
    .option('--json', 'one JSON object on stdout')
    .option('-q, --quiet', 'no progress and no remarks')
    .addHelpText('after', HELP)
    .action(async (name: Measure, file: string, flags: MeasureFlags) => {
      const out = terminal(flags)
      const signal = stopSignal()
      const { source, target, weight, from, seed, copies, thinned, threads, costs, time, window, step } = flags
      const options = {
        source, target, weight, from, seed, copies, thinned, threads, costs, directed: flags.directed ?? false, memory: flags.memory === undefined ? undefined : flags.memory * 2 ** 30, progress: out.progress, signal,
      }
      const stopped = fired(signal).then(() => { throw new RingmapError('interrupted') })
      if (time !== undefined && window !== undefined) {
        const { windows, copies: made, remarks } = await Promise.race([measureWindows(name, file, { ...options, time, window, step }), stopped])
        for (const remark of remarks) out.note(remark)
        if (out.json) refuseLong(windows.reduce((sum, one) => sum + one.names.length, 0))
        if (out.json) out.data({ measure: name, copies: made, windows: windows.map((one) => ({ window: one.window, end: one.end, nodes: rows(one) })), remarks })
        else for (const lines of csv('window,', windows.map((one) => [`${one.window},`, one] as const))) process.stdout.write(lines)
        return
      }
      if (time !== undefined || window !== undefined || step !== undefined) throw new RingmapError('usage', { what: 'Windows of time need both --time COLUMN and --window LENGTH.' })
      const result = await Promise.race([measureEdges(name, file, options), stopped])
      for (const remark of result.remarks) out.note(remark)
      if (out.json) refuseLong(result.names.length)
      if (out.json) out.data({ measure: name, copies: result.copies, nodes: rows(result), remarks: result.remarks })
      else for (const lines of csv('', [['', result]])) process.stdout.write(lines)
    })
}

/** One text of JSON cannot be longer than the engine's strings. */
const MOST_IN_JSON = 2_000_000

function refuseLong(nodes: number): void {
  if (nodes > MOST_IN_JSON) throw new RingmapError('usage', { what: `${nodes} lines are too many for one JSON object (${MOST_IN_JSON} at most); leave --json out.` })
}

interface MeasuredNode {
  readonly node: string
  readonly score: number
  readonly rank: number
  readonly low: number
  readonly high: number
}

function row({ names, score, rank, low, high }: MeasuredNodes, v: number): MeasuredNode {
  return { node: names[v] as string, score: score[v] as number, rank: rank[v] as number, low: low[v] as number, high: high[v] as number }
}

function rows(result: MeasuredNodes): MeasuredNode[] {
  return Array.from(result.order, (v) => row(result, v))
}

/** In pieces: ten million lines do not fit into one string. */
function* csv(head: string, tables: Iterable<readonly [prefix: string, MeasuredNodes]>): Generator<string> {
  let lines = `${head}node,score,rank,low,high\n`
  for (const [prefix, result] of tables) {
    for (const v of result.order) {
      const { node, score, rank, low, high } = row(result, v)
      lines += `${prefix}${csvCell(node)},${score},${rank},${low},${high}\n`
      if (lines.length < 65_536) continue
      yield lines
      lines = ''
    }
  }
  yield lines
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is a whole number from 0.')
  return Number(text)
}

function share(text: string): number {
  const value = Number(text)
  if (!(text !== '' && value >= 0 && value < 1)) throw new InvalidArgumentError('It is a share from 0 to below 1.')
  return value
}

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('It is a number above 0.')
  return value
}
