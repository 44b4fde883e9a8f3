/** `ringmap verify` and `ringmap reproduce`: whether an exhibit is whole and signed, and whether the sources give it again. */
import { Command } from 'commander'
import { EXIT, RingmapError } from '@ringmap/model/errors'
import { reproduceBundle, verifyBundle, type Reproduced } from '@ringmap/case/exhibit-check'
import { databasePassword } from '../password.ts'
import { number, table, terminal } from '../terminal.ts'
import { commonOptions, type CommonOptions } from '../with-case.ts'

export function verifyCommand(): Command {
  return commonOptions(new Command('verify'))
    .description('Check an exhibit: every file, list and signature, and that nothing was added. Says what does not hold and exits with 1. Needs no case.')
    .argument('<bundle>', 'folder or zip of an exhibit')
    .option('--key <base64>', 'public key that the analyst must have signed with, as ringmap users list --json prints it')
    .addHelpText('after', '\nExamples:\n  ringmap verify exhibit-ring-1-court-open.zip\n  ringmap verify exhibit-ring-1-court-open --key 3q2+7w…=')
    .action((path: string, flags: CommonOptions & { readonly key?: string }) => {
      const out = terminal(flags)
      const trusted = flags.key === undefined ? null : Buffer.from(flags.key, 'base64')
      if (trusted !== null && trusted.length !== 32) throw new RingmapError('usage', { what: '--key takes the 32 bytes of an Ed25519 key in base64.' })
      const check = verifyBundle(path, trusted)
      out.data(check)
      for (const line of table(check.signed.map((one) => [`signed: ${one.comment}`, one.fingerprint]))) out.say(line)
      if (check.faults.length > 0) {
        out.say('This exhibit does NOT hold:')
        for (const fault of check.faults) out.say(`  ${fault}`)
        process.exitCode = EXIT.failed
        return
      }
      out.say(`All ${number(check.files)} files hold. SHA-256 of the manifest, as the certificate states it: ${check.manifest_sha256}`)
      out.say(check.token ? 'A time-stamp token stands beside; VERIFY.txt says how openssl checks it.' : 'There is no time-stamp token: the time is the one claimed by the computer that made this.')
      if (trusted === null) out.say('Compare the fingerprint with the one that the agency made known: a signature proves no more than that this key made it.')
    })
}

export function reproduceCommand(): Command {
  return commonOptions(new Command('reproduce'))
    .description('Make an exhibit again from the sources, in a temporary folder, and compare every byte of its payload; names the first that differs and exits with 1.')
    .argument('<bundle>', 'folder or zip of an exhibit')
    .requiredOption('--sources <case>', 'case folder with case.yaml, the original files, case.key and the audit trail; it is only read')
    .option('--subject <id>', 'whose chart it is, where the bundle is without names and does not say so')
    .option('--uri <address>', 'where communities came from Graph Data Science: a server with the versions that the exhibit states; default: NEO4J_URI, then the first Neo4j source of the case. The password comes from NEO4J_PASSWORD, or is asked for')
    .option('--user <name>', 'default: NEO4J_USER, else neo4j')
    .option('--database <name>', 'database; default: the server\'s own')
    .addHelpText('after', '\nExamples:\n  ringmap reproduce exhibit-ring-1-court-open.zip --sources cases/tawi\n  ringmap reproduce exhibit-ring-1-court-open.zip --sources cases/tawi --uri bolt://127.0.0.1:7687\n\nWhat was read from a database is taken as it was read; the database is not asked.')
    .action(async (path: string, flags: CommonOptions & { readonly sources: string; readonly subject?: string; readonly uri?: string; readonly user?: string; readonly database?: string }) => {
      const out = terminal(flags)
      const made = await reproduceBundle(path, flags.sources, { subject: flags.subject, server: { at: serverAt(flags), password: databasePassword } })
      out.data(made)
      for (const one of made.engine) out.say(`Engine: ${one}.`)
      for (const one of serverLines(made)) out.say(one)
      if (made.server !== null && made.server.trouble !== null) {
        process.exitCode = EXIT.failed
        return
      }
      if (made.first === null) {
        out.say(`All ${number(made.files)} files of the payload came out the same, to the byte.`)
        return
      }
      const { file, byte, what } = made.first
      out.say(what === 'differs' ? `${file} differs, first at byte ${number(byte)}.` : `${file} is ${what === 'missing' ? 'not in the bundle' : 'in the bundle alone'}.`)
      if (made.differing.length > 1) out.say(`${number(made.differing.length)} files differ: ${made.differing.join(', ')}`)
      process.exitCode = EXIT.failed
    })
}

function serverAt({ uri = process.env['NEO4J_URI'], user = process.env['NEO4J_USER'] ?? 'neo4j', database }: { readonly uri?: string; readonly user?: string; readonly database?: string }): { uri: string; user: string; database: string | undefined } | undefined {
  return uri === undefined || uri === '' ? undefined : { uri, user, database }
}

/** What an exhibit whose communities came from a server stands on here. */
function serverLines({ server, first }: Reproduced): string[] {
  if (server === null) return []
  const { stated, here, trouble, rows } = server
  const from = `Its communities came from ${stated}`
  const without = rows.of === 0 ? 'It names no rows that could be looked up without it.' : `Without it: ${rows.same === rows.of ? 'all' : `${number(rows.same)} of`} ${number(rows.of)} rows under its lines are in the sources as the exhibit has them, by their hashes.`
  const signed = 'ringmap verify says whether the bundle is whole and signed, which needs no server either.'
  if (trouble !== null) return [`${from}, and no such server answers: ${trouble}`, 'The payload was not made again, so rings, members and places in an order were not checked.', without, signed, 'Give --uri of a server with these versions to make it again.']
  if (here === stated) return [`${from}, and were found again there.`]
  return [`${from}; ${here} was asked instead${first === null ? ' and gave the same' : ', which can find others: rings, members and places in an order may differ for that alone'}.`, ...(first === null ? [] : [without, signed])]
}
