/** Which ringmap this is, told by its own files: a hash of the engine's sources and of the lockfile, the commit where a clone names one, and the Node that runs it. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sha256 } from '@ringmap/evidence/bag'
import { VERSION } from './export-step.ts'

export interface EngineStamp {
  readonly ringmap: string
  /** Of a clone that carries `.git`; null for a copy without it. Says nothing of changes that were not committed: the hash of the sources does. */
  readonly commit: string | null
  /** What `find packages/*\/src apps/cli/src -type f | LC_ALL=C sort | xargs sha256sum | sha256sum` prints at the root of the repository. */
  readonly sources_sha256: string
  readonly lockfile_sha256: string
  readonly node: string
}

let known: EngineStamp | undefined

export function engineStamp(): EngineStamp {
  return (known ??= stampOf(fileURLToPath(new URL('../../..', import.meta.url))))
}

/** @param root of the repository. */
export function stampOf(root: string): EngineStamp {
  const folders = [...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/src`), 'apps/cli/src'].filter((folder) => existsSync(join(root, folder)))
  const files = folders.flatMap((folder) => filesUnder(root, folder)).sort(byBytes)
  const lines = files.map((file) => `${sha256(readFileSync(join(root, file)))}  ${file}\n`)
  return { ringmap: VERSION, commit: commitOf(root), sources_sha256: sha256(lines.join('')), lockfile_sha256: sha256(readFileSync(join(root, 'pnpm-lock.yaml'))), node: process.version }
}

function filesUnder(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesUnder(root, `${folder}/${entry.name}`) : entry.isFile() ? [`${folder}/${entry.name}`] : []))
}

/** As git lays it down: a folder, or a file that leads to one; a branch in a file of its own, or packed with others. */
function commitOf(root: string): string | null {
  const dot = join(root, '.git')
  if (!existsSync(dot)) return null
  try {
    const link = statSync(dot).isFile() ? /^gitdir: (.+)$/m.exec(readFileSync(dot, 'utf8'))?.[1] : undefined
    const folder = link === undefined ? dot : resolve(root, link)
    const head = readFileSync(join(folder, 'HEAD'), 'utf8').trim()
    const branch = /^ref: (.+)$/.exec(head)?.[1]
    if (branch === undefined) return /^[0-9a-f]{40,64}$/.test(head) ? head : null
    const common = existsSync(join(folder, 'commondir')) ? resolve(folder, readFileSync(join(folder, 'commondir'), 'utf8').trim()) : folder
    for (const at of [folder, common]) if (existsSync(join(at, branch))) return readFileSync(join(at, branch), 'utf8').trim()
    const packed = readFileSync(join(common, 'packed-refs'), 'utf8').split('\n').find((line) => line.endsWith(` ${branch}`))
    return packed?.split(' ')[0] ?? null
  } catch {
    return null
  }
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
