/** What programs of other people read in a file: the channels of the scan for leaks beside its own reading of the bytes. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { unzipSync } from 'fflate'
import { missingProgram } from '@ringmap/fixtures/validators'

export const CHANNELS = ['qpdf', 'pdftotext', 'exiftool', 'xmllint', 'tesseract'] as const
export type ChannelName = (typeof CHANNELS)[number]
/** Languages of the recogniser: those of the scripts in which names come. */
const LANGUAGES = 'eng+hin+urd'

export function missingChannel(name: ChannelName): string | null {
  return missingProgram(name)
}

/** Text that a channel reads in a file, or null where it reads no such format. */
export function readBy(channel: ChannelName, path: string, bytes: Uint8Array): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-channel-'))
  try {
    const file = join(folder, basename(path).replaceAll(/[^\w.-]/g, '_'))
    writeFileSync(file, bytes)
    return READERS[channel](file, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const READERS: Readonly<Record<ChannelName, (file: string, folder: string) => string | null>> = {
  // Strings come as "u:text" or "b:hex": hidden text of marked content, titles and annotations among them.
  qpdf: (file) => (file.endsWith('.pdf') ? `${run('qpdf', ['--json=2', '--decode-level=all', file])}\n${run('qpdf', ['--qdf', '--object-streams=disable', file, '-'])}` : null),
  pdftotext: (file) => (file.endsWith('.pdf') ? `${run('pdftotext', [file, '-'])}\n${run('pdftotext', ['-raw', file, '-'])}` : null),
  exiftool: (file) => (/\.(pdf|png|svg|xlsx|zip)$/.test(file) ? run('exiftool', ['-a', '-G1', '-s', '-u', '-charset', 'filename=utf8', file]) : null),
  xmllint: (file, folder) => {
    if (/\.(svg|graphml|gexf|anx)$/.test(file)) return xml(file)
    if (!file.endsWith('.xlsx')) return null
    return Object.entries(unzipSync(readFileSync(file))).map(([name, part]) => {
      const own = join(folder, name.replaceAll(/[^\w.-]/g, '_'))
      writeFileSync(own, part)
      return xml(own)
    }).join('\n')
  },
  tesseract: (file, folder) => {
    if (file.endsWith('.png')) return recognised(file)
    if (!file.endsWith('.pdf')) return null
    // The cover and the chart; the tables behind them are text, which the other channels read.
    run('pdftoppm', ['-r', '110', '-l', '2', '-gray', '-png', file, join(folder, 'page')])
    return readdirSync(folder).filter((name) => name.startsWith('page')).map((name) => recognised(join(folder, name))).join('\n')
  },
}

/** Every attribute, text and comment, with references undone by the parser. */
function xml(file: string): string {
  return run('xmllint', ['--huge', '--nonet', '--xpath', '//@*[not(name()="d")] | //text() | //comment() | //processing-instruction()', file])
}

function recognised(file: string): string {
  return run('tesseract', [file, '-', '-l', LANGUAGES, '--psm', '11', '--dpi', '110'], { OMP_THREAD_LIMIT: '1' })
}

function run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 29, env: { ...process.env, ...env } })
  // qpdf ends with 3 for warnings, xmllint with 10 where a file has no such part.
  if (done.error !== undefined || ![0, 3, 10].includes(done.status ?? -1)) throw new Error(`${program} ${args.join(' ')}: ${done.stderr}`)
  return done.stdout
}
