/** `ringmap link`: records into entities and links. */
import { Command } from 'commander'
import { RingmapError } from '@ringmap/model/errors'
import { forecastLink, runLink } from '@ringmap/case/link-step'
import { linkSummary } from '@ringmap/case/link-summary'
import { explainPair } from '@ringmap/case/review-queue'
import { linkAct } from '@ringmap/case/step-acts'
import { linkBenchCommand } from './link-bench.ts'
import { linkReviewCommand } from './link-review.ts'
import { explanationLines, sideBySide } from '../pair-report.ts'
import { caseOptions, withCase, type CommonOptions } from '../with-case.ts'
import { many, number, table } from '../terminal.ts'

interface LinkFlags extends CommonOptions {
  readonly force?: boolean
  readonly explain?: readonly string[]
  readonly threshold?: string
  readonly court?: boolean
  readonly dryRun?: boolean
  readonly resume?: boolean
}

const HELP = `
Equal documents (PAN, voter card, passport, driving licence) join records. Persons under other spellings are joined where enough speaks for it, kept apart where something contradicts it,
and otherwise laid before a person: ringmap link review CASE. A person's word beats the machine's, and every join can be taken back.

Examples:
  ringmap link cases/tawi
  ringmap link cases/tawi --explain P-4F7K2M9Q11223344 P-8B1D5E6F77889900
  ringmap link cases/tawi --court
  ringmap link review cases/tawi`

export function linkCommand(): Command {
  // Options after the name of a part (bench, review) are the part's own.
  return caseOptions(new Command('link').enablePositionalOptions())
    .addCommand(linkBenchCommand())
    .addCommand(linkReviewCommand())
    .description('Join records that are the same person or thing, and observations into links.')
    .argument('<case>', 'case folder, or its YAML file; a folder called bench or review is written ./bench')
    .option('--dry-run', 'say how many pairs of persons each rule brings together and what would become of them; write nothing')
    .option('--force', 'link again even if nothing changed')
    .option('--resume', 'go on from the pairs that a run which was killed had compared; the result is the same')
    .option('--threshold <bits>', 'join persons from so many bits (default: link.join_at of the case)')
    .option('--court', 'join only what reaches link.court_at or a person confirmed; the rest is drawn as possibly the same')
    .option('--explain <ids...>', 'say what speaks for and against two persons being one, and change nothing')
    .addHelpText('after', HELP)
    .action(async (path: string, flags: LinkFlags) => {
      if (flags.explain !== undefined) return await explain(path, flags.explain, flags)
      const threshold = flags.threshold === undefined ? undefined : Number(flags.threshold)
      if (threshold !== undefined && !Number.isFinite(threshold)) throw new RingmapError('usage', { what: `--threshold takes bits, such as 12; "${flags.threshold ?? ''}" is no number.` })
      if (flags.dryRun === true) return await forecast(path, threshold, flags)
      await withCase(path, flags, 'write', async ({ open, out, signal, record }) => {
        const counts = await runLink(open, { progress: out.progress, signal, force: flags.force, threshold, court: flags.court, resume: flags.resume })
        record('link', linkAct(counts))
        const summary = await linkSummary(open)
        out.data({ changed: counts !== null, counts, ...summary })
        if (counts === null) out.say('Nothing changed since the last link.')
        else out.say(`${number(counts.records)} records became ${number(counts.entities)} entities (${number(counts.joins)} joins by documents, ${number(counts.name_joins)} by names and what goes with them, ${number(counts.person_joins)} by persons); ${number(counts.observations)} observations became ${number(counts.links)} links.`)
        if (counts !== null && counts.resumed_parts > 0) out.note(`Compared before the run was stopped, and not again: ${many(counts.resumed_parts, 'part')} of the pairs of persons.`)
        for (const line of table(summary.kinds.map(({ kind, records, entities }) => [kind, records, 'records', entities, 'entities']))) out.say(line)
        // Ids alone: names of the protected stand in nothing that a terminal keeps.
        if (summary.biggest.length > 0) out.say(`Most records in one: ${summary.biggest.slice(0, 3).map(({ entity, records }) => `${entity} of ${number(records)}`).join(', ')}${summary.biggest.length > 3 ? '; --json lists more' : ''}. Why they are together: ringmap link review ${path} --entity ID`)
        if (counts !== null && counts.weak_joins > 0) out.say(`${many(counts.weak_joins, 'join')} by names ${counts.weak_joins === 1 ? 'weighs' : 'weigh'} less than the ${open.file.link.court_at} bits for court and nobody confirmed ${counts.weak_joins === 1 ? 'it' : 'them'}: exhibits draw these as possibly the same.`)
        if (summary.waiting > 0) out.say(`${many(summary.waiting, 'pair')} may be one and ${summary.waiting === 1 ? 'waits' : 'wait'} for a person: ringmap link review ${path}`)
        if (summary.contradicted > 0) out.say(summary.contradicted === 1 ? '1 pair looks alike and contradicts itself; it stays apart.' : `${number(summary.contradicted)} pairs look alike and contradict each other; they stay apart.`)
        for (const change of summary.changes.slice(0, 10)) out.say(`  ${change.entity} ${change.change === 'joined' ? 'took in' : 'was split; part of it is now'} ${change.other}`)
        if (summary.changes.length > 10) out.say(`  and ${number(summary.changes.length - 10)} more; --json lists all`)
      })
    })
}

async function forecast(path: string, threshold: number | undefined, flags: LinkFlags): Promise<void> {
  await withCase(path, flags, 'read', async ({ open, out, signal }) => {
    const found = await forecastLink(open, { progress: out.progress, signal, threshold, court: flags.court })
    out.data({ dry_run: true, ...found })
    out.say(`${number(found.persons)} records of persons; ${number(found.compared)} pairs would be compared:`)
    for (const line of table([['rule', 'pairs'], ...found.by_rule.map(({ rule, pairs }) => [rule, pairs])])) out.say(line)
    for (const { key, persons } of found.too_common.slice(0, 5)) out.say(`Brings nobody together: ${key}, which ${number(persons)} records share.`)
    out.say(`${number(found.would_join)} pairs would be joined, ${number(found.would_wait)} would wait for a person, ${number(found.contradicted)} contradict each other. Equal documents join besides. Nothing was written.`)
  })
}

async function explain(path: string, ids: readonly string[], flags: LinkFlags): Promise<void> {
  const [left, right] = ids
  if (left === undefined || right === undefined || ids.length !== 2) throw new RingmapError('usage', { what: '--explain takes the ids of two persons.' })
  await withCase(path, flags, 'read', async ({ open, out }) => {
    const found = await explainPair(open, left, right)
    out.data(found)
    for (const line of sideBySide(found.left, found.right)) out.say(line)
    out.say()
    if (found.found === null) out.say('Their names are two, or one has none: nothing is weighed.')
    else for (const line of explanationLines(found.found.explanation, found.found.why)) out.say(line)
    for (const word of found.standing) out.say(`${word.by} said ${word.answer}: ${word.why}`)
  })
}
