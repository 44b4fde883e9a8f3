/** `ringmap rotate-key`: another secret for a case; ids and codes change, and a sealed map leads from the old codes to the new ones. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { openRotationMap, rotateKey } from '@ringmap/case/rotate-key'
import { RingmapError } from '@ringmap/model/errors'
import { passphrase } from '../passphrase.ts'
import { caseOptions, withCase, type CommonOptions } from '../with-case.ts'
import { number, table } from '../terminal.ts'

interface RotateFlags extends CommonOptions {
  readonly reason?: string
  readonly user: string
  readonly read?: string
}

export function rotateKeyCommand(): Command {
  return caseOptions(new Command('rotate-key'))
    .description('Give a case another key, after a loss or on a rule: every id and every code of a protected person changes, and judgements, saved charts and case.yaml are brought over. The way from old codes to new ones is sealed under a passphrase in keys/rotation-N.sealed.json. Exhibits made before are made again with the old key only, which the sealed file holds.')
    .argument('<case>', 'case folder')
    .requiredOption('--user <name>', 'who does it; kept in the audit trail')
    .option('--reason <text>', 'why; kept in the audit trail')
    .option('--read <file>', 'print the codes of a sealed file instead: old, new')
    .addHelpText('after', '\nExamples:\n  ringmap rotate-key cases/tawi --user asha --reason "laptop with the key was stolen"\n  ringmap rotate-key cases/tawi --user asha --read cases/tawi/keys/rotation-1.sealed.json')
    .action(async (path: string, flags: RotateFlags) => {
      await withCase(path, flags, flags.read === undefined ? 'write' : 'read', async ({ open, out, record }) => {
        const secret = await passphrase('Passphrase that seals the way from old codes to new ones, to be kept apart from the case')
        if (flags.read !== undefined) {
          record('key', `the sealed map ${flags.read} was read by ${flags.user}`)
          const { codes } = openRotationMap(readFileSync(flags.read), secret)
          out.data({ codes })
          for (const line of table(codes.map((one) => [one.old, one.new]))) out.say(line)
          return
        }
        if (process.stdin.isTTY && (await passphrase('Once more')) !== secret) throw new RingmapError('usage', { what: 'The two passphrases differ; nothing was changed.' })
        const made = await rotateKey(open, { who: flags.user, reason: flags.reason ?? '', passphrase: secret, now_ms: Date.now(), random: (bytes) => randomBytes(bytes) })
        out.data(made)
        out.say(`The case has another key. ${number(made.codes)} protected persons and things have other codes; ${made.files.length === 0 ? 'no file of yours named one' : `brought over: ${made.files.join(', ')}`}.`)
        out.say(`Sealed: ${made.sealed}, SHA-256 ${made.sealed_sha256} (in the audit trail). Keep a copy and its passphrase apart from the case.`)
      })
    })
}
