/** Runs everything that must hold: types, lint, tests; ends with one line that counts what passed, failed and was skipped. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Count {
  passed: number
  failed: number
  skipped: number
}

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly numFailedTestSuites: number
  readonly testResults: readonly { readonly name: string; readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

async function run(command: string, args: readonly string[]): Promise<number> {
  return await new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.on('close', (code) => resolve(code ?? 1))
  })
}

async function step(name: string, args: readonly string[], total: Count): Promise<void> {
  const began = performance.now()
  const code = await run('pnpm', ['exec', ...args])
  if (code === 0) total.passed++
  else total.failed++
  console.log(`${code === 0 ? 'ok' : 'FAILED'}  ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
}

/** The tests, with their counts read from the runner's own report; a file that could not be loaded counts as failed. */
async function tests(total: Count): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ringmap-check-'))
  const file = join(folder, 'tests.json')
  try {
    const code = await run('pnpm', ['exec', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...process.argv.slice(2)])
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report
    const unloaded = report.testResults.filter((result) => result.status === 'failed' && result.assertionResults.length === 0).length
    total.passed += report.numPassedTests
    total.failed += report.numFailedTests + unloaded
    total.skipped += report.numPendingTests + report.numTodoTests
    // A runner that fails for another reason (an error outside a test) must not look like success.
    if (code !== 0 && report.numFailedTests + unloaded === 0) total.failed++
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    total.failed++
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const total: Count = { passed: 0, failed: 0, skipped: 0 }
await step('types', ['tsc', '-b'], total)
await step('lint', ['oxlint', '--type-aware', '--deny-warnings'], total)
await step('unused dependencies', ['knip', '--dependencies', '--no-progress'], total)
await step('explorer builds', ['--', 'vite', 'build', 'apps/explorer', '--logLevel', 'warn'], total)
await tests(total)
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
process.exitCode = total.failed > 0 ? 1 : 0
