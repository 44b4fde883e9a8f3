/** Programs of other people that judge what ringmap writes: used where they are, required where `RINGMAP_REQUIRE` names `validators`. */
import { spawnSync } from 'node:child_process'

/** Why a program cannot be used here, or null. */
export function missingProgram(name: string): string | null {
  if (spawnSync('sh', ['-c', `command -v ${name}`]).status === 0) return null
  if ((process.env['RINGMAP_REQUIRE'] ?? '').split(',').includes('validators')) throw new Error(`validators are required and ${name} is not on this machine`)
  return `${name} is not on this machine`
}
