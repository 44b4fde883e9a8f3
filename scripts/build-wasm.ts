/**
 * Compiles packages/analysis/wasm/*.ts (AssemblyScript) into bytes that stand in the sources: `node scripts/build-wasm.ts`. The compiler is fetched from
 * npm for the run, since whoever only uses ringmap should not have to install it; with `--check` nothing is written, and a difference is an error.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const COMPILER = 'assemblyscript@0.28.20'
const FLAGS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--enable', 'bulk-memory', '--importMemory']
const analysis = new URL('../packages/analysis/', import.meta.url)

const folder = mkdtempSync(join(tmpdir(), 'ringmap-wasm-'))
try {
  for (const name of ['brandes', 'leiden']) {
    const out = join(folder, `${name}.wasm`)
    execFileSync('pnpm', ['dlx', '--package', COMPILER, 'asc', new URL(`wasm/${name}.ts`, analysis).pathname, '-o', out, ...FLAGS], { stdio: ['ignore', 'ignore', 'inherit'], cwd: folder })
    const text = `/** Made by scripts/build-wasm.ts from wasm/${name}.ts with ${COMPILER}; not written by hand. */
export const ${name.toUpperCase()}_WASM: string =
  ${lines(readFileSync(out).toString('base64')).join(' +\n  ')}
`
    const target = new URL(`src/${name}-bytes.ts`, analysis)
    if (!process.argv.includes('--check')) writeFileSync(target, text)
    else if (readFileSync(target, 'utf8') !== text) throw new Error(`src/${name}-bytes.ts is not what wasm/${name}.ts compiles to: run node scripts/build-wasm.ts`)
  }
} finally {
  rmSync(folder, { recursive: true })
}

function lines(base64: string): string[] {
  return (base64.match(/.{1,150}/g) ?? []).map((line) => `'${line}'`)
}
