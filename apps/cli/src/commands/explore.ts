/** `ringmap explore`: the visual explorer of one case, on this machine alone. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { readCaseFile } from '@ringmap/case/case-file-text'
import { databaseAddresses } from '@ringmap/case/database-sources'
import { caseFilePath } from '@ringmap/case/open-case'
import { RingmapError } from '@ringmap/model/errors'
import { PAGES, serveCase } from '@ringmap/server/serve'
import { passwordsForLater } from '../password.ts'
import { fired, stopSignal } from '../stop-signal.ts'
import { commonOptions, type CommonOptions } from '../with-case.ts'
import { bold, dim, terminal, type Terminal } from '../terminal.ts'

export function exploreCommand(): Command {
  return commonOptions(new Command('explore'))
    .description('Serve the explorer of a case on 127.0.0.1 and print its address. Where the case reads a Neo4j, its password comes from NEO4J_PASSWORD, or is asked for once and held in memory. Ctrl-C ends it.')
    .argument('<case>', 'case folder, or its YAML file')
    .option('--port <n>', 'port; default: a free one', '0')
    .option('--work <folder>', 'where database and key are, if not in the case folder')
    .addHelpText('after', '\nExamples:\n  ringmap explore cases/tawi\n  ringmap explore cases/tawi --port 8700')
    .action(async (path: string, flags: CommonOptions & { readonly port: string }) => {
      await explore(path, { port: flags.port, work: flags.work }, terminal(flags), stopSignal())
    })
}

export async function explore(path: string, options: { readonly port: string; readonly work?: string | undefined }, out: Terminal, signal: AbortSignal): Promise<void> {
  await buildExplorer(out)
  const port = portOf(options.port)
  const passwords = await passwordsForLater(databaseAddresses(readCaseFile(caseFilePath(path))))
  const served = await serveCase({ folder: path, port, passwords, ...(options.work === undefined ? {} : { work_folder: options.work }) })
  out.data({ address: served.address, port: served.port })
  out.say(`${bold('Explorer:')} ${served.address}`)
  out.say(dim('Whoever has this address can read the case on this machine. Ctrl-C ends it.'))
  await fired(signal)
  await served.close()
  out.note('Explorer ended.')
}

function portOf(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new RingmapError('usage', { what: `--port takes a number from 0 to 65535, not "${text}"` })
  return port
}

/** Builds the explorer's pages when they are not there yet; they take a few seconds once. */
export async function buildExplorer(out: Terminal): Promise<void> {
  if (existsSync(join(PAGES, 'index.html'))) return
  out.progress('building the explorer', 0, 1)
  const folder = fileURLToPath(new URL('../../../explorer', import.meta.url))
  const vite = join(folder, 'node_modules', 'vite', 'bin', 'vite.js')
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => { said += piece.toString() })
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new RingmapError('browser_missing', { what: said.trim().slice(-500) }))))
  })
}
