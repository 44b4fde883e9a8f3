/** `ringmap compare`: whether two values are the same name, number, age or place, without a case. */
import { Command } from 'commander'
import { csvCell } from '@ringmap/model/csv-cell'
import { RingmapError } from '@ringmap/model/errors'
import { COMPARE_KINDS, compareContext, comparePairs, kindOf, pairComparer, type ComparedPairs, type PairVerdict } from '@ringmap/case/compare-pairs'
import { stopSignal } from '../stop-signal.ts'
import { bold, dim, table, terminal, type Terminal } from '../terminal.ts'

interface CompareFlags {
  readonly as?: string
  readonly batch?: string
  readonly region?: string
  readonly case?: string
  readonly names?: string
  readonly json?: boolean
  readonly quiet?: boolean
}

const HELP = `
Kinds: ${COMPARE_KINDS.join(', ')}; dob, vpa, mobile, vehicle and the like are understood.
Verdicts: match; review (a person decides); nonmatch. The weight is in bits, the sum of the parts that are listed: what each of them weighs and why is in docs/method.md.
A batch answers every row of the file in its order, keeps its other columns and adds verdict, weight and reason.

Examples:
  ringmap compare "Gh. Nabi Wani" "Ghulam Nabi Wanie" --as name
  ringmap compare "34 (FIR 2019)" "DOB 12/03/1985" --as age
  ringmap compare JK01AB1234 JKO1AB1234 --as plate --json
  ringmap compare --batch pairs.csv > answered.csv
  ringmap compare --batch names.csv --as name --case cases/tawi`

export function compareCommand(): Command {
  return new Command('compare')
    .description('Say whether two values are the same: names in any spelling and script, phones, plates, handsets, accounts, documents, ages, villages, addresses; with the weight and the reason.')
    .argument('[left]', 'one value')
    .argument('[right]', 'the other')
    .option('--as <kind>', 'what the values are')
    .option('--batch <file>', 'CSV or workbook with the columns kind, left, right; - for stdin')
    .option('--region <country>', 'country of numbers written without one (default: IN, or that of the case)')
    .option('--case <case>', 'use the spellings under names in its case.yaml')
    .option('--names <file>', 'YAML file of further spellings: same, different, honorifics, places')
    .option('--json', 'one JSON object on stdout')
    .option('-q, --quiet', 'no progress and no remarks')
    .addHelpText('after', HELP)
    .action(async (left: string | undefined, right: string | undefined, flags: CompareFlags) => {
      const out = terminal(flags)
      const context = compareContext(flags)
      if (flags.batch !== undefined) {
        if (left !== undefined) throw new RingmapError('usage', { what: 'Give two values or --batch, not both.' })
        showBatch(await comparePairs(flags.batch, { ...context, kind: flags.as, progress: out.progress, signal: stopSignal() }), out)
        return
      }
      if (left === undefined || right === undefined) throw new RingmapError('usage', { what: 'Two values are needed, or --batch with a file.' })
      if (flags.as === undefined) throw new RingmapError('usage', { what: `Say what they are with --as: ${COMPARE_KINDS.join(', ')}.` })
      const kind = kindOf(flags.as)
      showOne(kind, pairComparer(context)(kind, left, right), out)
    })
}

function showOne(kind: string, found: PairVerdict, out: Terminal): void {
  out.data({ kind, ...found })
  out.say(`${bold(found.verdict)}  ${signed(found.weight)} bits  ${found.reason}`)
  if (found.parts.length > 1) for (const line of table(found.parts.map((part) => [part.on, part.left === '' ? '-' : part.left, part.right === '' ? '-' : part.right, part.level, signed(part.weight)]))) out.say(dim(line))
}

function showBatch({ columns, rows, remarks }: ComparedPairs, out: Terminal): void {
  for (const remark of remarks) out.note(remark)
  out.data({ rows: rows.map(({ row, cells, ...found }) => ({ row, ...Object.fromEntries(columns.map((column, c) => [column, cells[c] ?? null])), ...found })) })
  if (out.json) return
  out.settle()
  // A file that was answered before keeps its old answers beside the new ones.
  const added = ['verdict', 'weight', 'reason'].map((column) => (columns.includes(column) ? `new_${column}` : column))
  const lines = rows.map(({ cells, verdict, weight, reason }) => [...cells, verdict, weight === null ? null : String(weight), reason].map((cell) => csvCell(cell ?? '')).join(','))
  process.stdout.write([[...columns, ...added].map(csvCell).join(','), ...lines, ''].join('\n'))
}

function signed(bits: number): string {
  return `${bits > 0 ? '+' : bits < 0 ? '−' : ''}${Math.abs(bits).toFixed(1)}`
}
