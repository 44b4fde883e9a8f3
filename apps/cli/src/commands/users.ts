/** `ringmap users`: the people who sign exhibits, each with a key under a passphrase. */
import { Command, Option } from 'commander'
import type { User } from '@ringmap/model/exhibit-file'
import { RingmapError } from '@ringmap/model/errors'
import { addUser, keyFingerprint } from '@ringmap/case/users'
import { passphrase } from '../passphrase.ts'
import { caseOptions, withCase, type CommonOptions } from '../with-case.ts'
import { table } from '../terminal.ts'

interface AddFlags extends CommonOptions {
  readonly name: string
  readonly role: User['role']
  readonly post: string
  readonly training: string
}

export function usersCommand(): Command {
  const list = caseOptions(new Command('list'))
    .description('Show who may sign, with the fingerprint of each key.')
    .argument('<case>', 'case folder, or its YAML file')
    .action(async (path: string, flags: CommonOptions) => {
      await withCase(path, flags, 'read', async ({ open, out }) => {
        const users = open.file.users.map((one) => ({ ...one, fingerprint: keyFingerprint(one) }))
        out.data({ users })
        if (users.length === 0) out.say('Nobody can sign in this case yet. Add an analyst and a reviewer: ringmap users add --help')
        for (const line of table(users.map((one) => [one.id, one.role, one.name, one.post, one.fingerprint]))) out.say(line)
        await Promise.resolve()
      })
    })
  const add = caseOptions(new Command('add'))
    .description('Make a signing key for a person: encrypted in keys/ID.key.json, its public half in case.yaml. The passphrase is asked for, or read from standard input.')
    .argument('<case>', 'case folder')
    .argument('<id>', 'short name: small letters, digits, hyphens')
    .requiredOption('--name <name>', 'full name as it is printed')
    .addOption(new Option('--role <role>', 'an analyst makes charts, a reviewer checks them').choices(['analyst', 'reviewer']).makeOptionMandatory())
    .option('--post <text>', 'rank and unit', '')
    .option('--training <text>', 'what qualifies this person', '')
    .addHelpText('after', '\nExamples:\n  ringmap users add cases/tawi asha --name "Asha Verma" --role analyst --post "SI, Crime Branch"\n  ringmap users list cases/tawi')
    .action(async (path: string, id: string, flags: AddFlags) => {
      await withCase(path, flags, 'read', async ({ open, out, record }) => {
        const first = await passphrase(`Passphrase for ${id}`)
        if (process.stdin.isTTY && (await passphrase('Once more')) !== first) throw new RingmapError('usage', { what: 'The two passphrases differ; nothing was written.' })
        const made = addUser(open, { id, name: flags.name, role: flags.role, post: flags.post, training: flags.training }, first)
        const print = keyFingerprint(made)
        record('user', `${id}: ${made.role}, key ${print}`)
        out.data({ user: made, fingerprint: print })
        out.say(`Added ${made.role} ${made.name} (${id}). Key fingerprint: ${print}`)
        out.say('Write the fingerprint down where a court can find it: a signature proves no more than that this key made it.')
      })
    })
  return new Command('users').description('People who sign exhibits: list and add.').addCommand(list, { isDefault: true }).addCommand(add)
}
