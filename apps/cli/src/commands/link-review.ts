/** `ringmap link review`: the pairs that wait for a person, one after the other; or one answer from a script. */
import { userInfo } from 'node:os'
import { createInterface } from 'node:readline/promises'
import { Command, Option } from 'commander'
import { RingmapError } from '@ringmap/model/errors'
import { ANSWERS, type Answer, type ReviewPair } from '@ringmap/model/judgement'
import { runLink } from '@ringmap/case/link-step'
import { entityRecords, giveAnswers, reviewQueue } from '@ringmap/case/review-queue'
import { explanationLines, sideBySide } from '../pair-report.ts'
import { unmaskOptions, unmaskReason, type UnmaskFlags } from '../unmask.ts'
import { caseOptions, withCase, type CommonOptions, type Opened } from '../with-case.ts'
import { bold, many, number } from '../terminal.ts'

interface ReviewFlags extends CommonOptions, UnmaskFlags {
  readonly answer?: Answer
  readonly pair?: readonly string[]
  readonly why?: string
  readonly by?: string
  readonly entity?: string
  readonly top: string
  readonly all?: boolean
}

const HELP = `
Keys: s same, d different, u unsure, Enter later, q stop. A reason is asked for after s, d and u. Every answer is kept for ever in judgements.jsonl with who, when and why;
--answer withdraw takes back what was said of a pair, and the entities are what they would be if nobody had said it.

Examples:
  ringmap link review cases/tawi
  ringmap link review cases/tawi --json > queue.json
  ringmap link review cases/tawi --answer same --pair P-1A2B3C4D5E6F7788 P-99AA00BB11CC22DD --why "same photograph in both files"
  ringmap link review cases/tawi --answer withdraw --pair P-1A2B3C4D5E6F7788 P-99AA00BB11CC22DD --why "photograph was of his brother"
  ringmap link review cases/tawi --entity P-1A2B3C4D5E6F7788`

export function linkReviewCommand(): Command {
  return unmaskOptions(caseOptions(new Command('review')))
    .description('Decide which pairs of records are the same: side by side, with what speaks for and against each.')
    .argument('<case>', 'case folder, or its YAML file')
    .addOption(new Option('--answer <answer>', 'give one answer without asking').choices([...ANSWERS]))
    .option('--pair <ids...>', 'the two records or entities that --answer is about')
    .option('--why <text>', 'the reason of --answer')
    .option('--by <name>', 'who decides (default: the user of this machine)')
    .option('--entity <id>', 'list the records of an entity and why they are together; name two of them to part it')
    .option('--top <n>', 'how many pairs', '50')
    .option('--all', 'also pairs that contradict each other, are disputed, or of which somebody was unsure')
    .addHelpText('after', HELP)
    .action(async (path: string, flags: ReviewFlags) => {
      await withCase(path, flags, 'write', async (opened) => {
        if (flags.answer !== undefined) return await oneAnswer(opened, flags)
        const unmask = unmaskReason(opened.open, 'review', 'pairs of persons', flags)
        if (flags.entity !== undefined) return await showEntity(opened, flags.entity, unmask)
        const queue = await reviewQueue(opened.open, { most: Number(flags.top), unmask, states: flags.all === true ? ['waiting', 'held', 'contradicted', 'unsure', 'disputed'] : undefined })
        opened.out.data(queue)
        if (opened.out.json) return
        opened.out.say(`${number(queue.pairs.length)} of ${number(queue.of)} pairs, the strongest first.`)
        if (queue.pairs.length > 0) await ask(opened, queue.pairs, flags)
      })
    })
}

async function oneAnswer({ open, out, signal, record }: Opened, flags: ReviewFlags): Promise<void> {
  const [left, right] = flags.pair ?? []
  if (left === undefined || right === undefined || flags.pair?.length !== 2) throw new RingmapError('usage', { what: '--answer needs --pair with two ids.' })
  await giveAnswers(open, [{ left, right, answer: flags.answer as Answer, by: flags.by ?? userInfo().username, at_ms: Date.now(), why: flags.why ?? '' }])
  record('judge', `${left} and ${right}: ${flags.answer ?? ''}`, flags.why)
  const counts = await runLink(open, { progress: out.progress, signal, as_before: true })
  out.data({ answered: 1, counts })
  out.say(counts === null ? 'Kept; it changes nothing.' : `Kept. ${number(counts.records)} records are now ${number(counts.entities)} entities.`)
}

async function ask({ open, out, signal, record }: Opened, pairs: readonly ReviewPair[], flags: ReviewFlags): Promise<void> {
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: process.stdin.isTTY })
  const answers: Readonly<Record<string, Answer>> = { s: 'same', d: 'different', u: 'unsure' }
  let given = 0
  // Lines that come faster than they are asked for (a script) wait in the iterator.
  const typed = lines[Symbol.asyncIterator]()
  const next = async (prompt: string): Promise<string | null> => {
    process.stdout.write(prompt)
    const line = await typed.next()
    return line.done === true ? null : line.value.trim()
  }
  for (const [i, pair] of pairs.entries()) {
    out.say()
    out.say(bold(`${i + 1} of ${pairs.length}  ${pair.state === 'held' ? 'held back: it would chain groups together' : pair.state}`))
    for (const line of sideBySide(pair.left, pair.right)) out.say(line)
    for (const line of explanationLines(pair.explanation, pair.why)) out.say(line)
    const key = await next('same, different, unsure, later, quit? [s/d/u/Enter/q] ')
    if (key === null || key === 'q' || signal.aborted) break
    const answer = answers[key.toLowerCase()]
    if (answer === undefined) continue
    const why = await next('why? ')
    if (why === null || why === '') {
      out.note('Not kept: a judgement needs a reason.')
      continue
    }
    await giveAnswers(open, [{ left: pair.left.id, right: pair.right.id, answer, by: flags.by ?? userInfo().username, at_ms: Date.now(), why }])
    record('judge', `${pair.left.id} and ${pair.right.id}: ${answer}`, why)
    given++
  }
  lines.close()
  if (given === 0) return
  const counts = await runLink(open, { progress: out.progress, signal, as_before: true })
  out.say(`\n${many(given, 'answer')} kept.${counts === null ? '' : ` ${number(counts.records)} records are now ${number(counts.entities)} entities.`}`)
}

async function showEntity({ open, out }: Opened, id: string, unmask: string | null): Promise<void> {
  const found = await entityRecords(open, id, unmask)
  out.data(found)
  for (const record of found.records) out.say(`${record.id}  ${record.facts.map((fact) => `${fact.name}: ${fact.value}`).join('; ')}  (${record.rows.map(({ source, row }) => `${source} ${row}`).join(', ')})`)
  for (const one of found.judgements) out.say(`${one.left} ${one.verdict} ${one.right}: ${one.by}, ${one.why}`)
}
