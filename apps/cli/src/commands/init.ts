/** `ringmap init`: looks at files and drafts a case.yaml for a person to correct. */
import { copyFileSync, existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { Command } from 'commander'
import { RingmapError } from '@ringmap/model/errors'
import { draftCase } from '@ringmap/sources/sniff-source'
import { commonOptions, type CommonOptions } from '../with-case.ts'
import { bold, terminal } from '../terminal.ts'

interface InitFlags extends CommonOptions {
  readonly from: string[]
  readonly name?: string
  readonly region: string
  readonly timezone: string
}

export function initCommand(): Command {
  return commonOptions(new Command('init'))
    .description('Look at headers and first rows of files, guess what each is, and write a case.yaml draft. Files outside the folder are copied into it.')
    .argument('<folder>', 'case folder to make')
    .requiredOption('--from <files...>', 'files or patterns: "*.csv" "*.xlsx"')
    .option('--name <name>', 'name of the case; default: the folder')
    .option('--region <country>', 'country whose phone numbers come without a country code', 'IN')
    .option('--timezone <zone>', 'zone of times written without one', 'Asia/Kolkata')
    .addHelpText('after', '\nExamples:\n  ringmap init cases/tawi --from "downloads/*.csv"\n  ringmap init cases/tawi --from subscribers.csv calls.xlsx --region NP --timezone Asia/Kathmandu')
    .action(async (folder: string, flags: InitFlags) => {
      const out = terminal(flags)
      const target = resolve(folder)
      const file = join(target, 'case.yaml')
      if (existsSync(file)) throw new RingmapError('case_exists', { path: file })
      const found = [...new Set(flags.from.flatMap((pattern) => matching(pattern, target)))].sort()
      if (found.length === 0) throw new RingmapError('usage', { what: `No file matches ${flags.from.join(' ')}.` })
      mkdirSync(target, { recursive: true })
      const files = found.map((path) => ({ path: inside(path, target), name: basename(path) }))
      const draft = await draftCase(files, { name: flags.name ?? basename(target), region: flags.region, timezone: flags.timezone })
      writeFileSync(file, draft.yaml, { flag: 'wx' })
      out.data({ case_file: file, files: files.map(({ name }) => name), notes: draft.notes })
      out.say(`${bold('Wrote')} ${file}`)
      for (const note of draft.notes) out.say(`  ${note}`)
      out.say(`Read it and correct what was guessed wrong; then: ringmap import ${folder}`)
    })
}

/** A pattern is tried where the command runs and inside the case folder. */
function matching(pattern: string, folder: string): string[] {
  const here = globSync(pattern).map((path) => resolve(path))
  return here.length > 0 ? here : globSync(pattern, { cwd: folder }).map((path) => join(folder, path))
}

/** The path of the file inside the case folder, copied there when it lies elsewhere. */
function inside(path: string, folder: string): string {
  if (path.startsWith(folder)) return path
  const copy = join(folder, basename(path))
  if (existsSync(copy)) throw new RingmapError('case_exists', { path: copy })
  copyFileSync(path, copy)
  return copy
}
