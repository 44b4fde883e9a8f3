/** `ringmap verify` and `ringmap reproduce`: whether an exhibit is whole and signed, and whether the sources give it again. */
import { Command } from 'commander'
import { EXIT, RingmapError } from '@ringmap/model/errors'
import { reproduceBundle, verifyBundle } from '@ringmap/case/exhibit-check'
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
    .addHelpText('after', '\nExample:\n  ringmap reproduce exhibit-ring-1-court-open.zip --sources cases/tawi')
    .action(async (path: string, flags: CommonOptions & { readonly sources: string; readonly subject?: string }) => {
      const out = terminal(flags)
      const made = await reproduceBundle(path, flags.sources, flags.subject)
      out.data(made)
      for (const one of made.engine) out.say(`Engine: ${one}.`)
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
