/** Python with the packages that other people's programs are made of: they read back what ringmap writes. */
import { spawnSync } from 'node:child_process'

const PYTHON = process.env['RINGMAP_PYTHON'] ?? 'python3'

/** Why a package cannot be used here, or null. Where `RINGMAP_REQUIRE` names `validators`, a missing one is a failure. */
export function missingPackage(name: string): string | null {
  const asked = spawnSync(PYTHON, ['-c', `import ${name}`], { encoding: 'utf8' })
  if (asked.status === 0) return null
  const why = `${PYTHON} with ${name} is not on this machine`
  if ((process.env['RINGMAP_REQUIRE'] ?? '').split(',').includes('validators')) throw new Error(`validators are required and ${why}; RINGMAP_PYTHON names a python that has them`)
  return why
}

/** Runs a few lines of Python; what they print. */
export function python(code: string, args: readonly string[] = []): string {
  const run = spawnSync(PYTHON, ['-c', code, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (run.status !== 0) throw new Error(run.stderr)
  return run.stdout
}
