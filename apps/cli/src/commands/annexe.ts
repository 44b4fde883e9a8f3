/** `ringmap annexe`: opens the sealed annexe of an exhibit, for the court that holds its passphrase. */
import { existsSync, readFileSync } from 'node:fs'
import { Command } from 'commander'
import { RingmapError } from '@ringmap/model/errors'
import { openAnnexe } from '@ringmap/case/exhibit-annexe'
import { passphrase } from '../passphrase.ts'
import { table, terminal } from '../terminal.ts'
import { commonOptions, type CommonOptions } from '../with-case.ts'

export function annexeCommand(): Command {
  return commonOptions(new Command('annexe'))
    .description('Show who stands behind the codes of an exhibit, from its sealed annexe. The passphrase is asked for, or read from standard input.')
    .argument('<file>', 'file ending in .annexe.json, as ringmap export exhibit --annexe wrote it')
    .addHelpText('after', '\nExamples:\n  ringmap annexe exhibit-ring-1-court-sealed.annexe.json')
    .action(async (path: string, flags: CommonOptions) => {
      const out = terminal(flags)
      if (!existsSync(path)) throw new RingmapError('not_found', { what: path })
      const annexe = openAnnexe(readFileSync(path), await passphrase('Passphrase of the annexe'))
      out.data(annexe)
      out.say(`${annexe.case}; exhibit with manifest SHA-256 ${annexe.manifest_sha256}; authority: ${annexe.authority}`)
      for (const line of table(annexe.identities.map(({ code, kind, label, identifiers }) => [code, kind, label, identifiers.join(', ')]))) out.say(line)
    })
}
