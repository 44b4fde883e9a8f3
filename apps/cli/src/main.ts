#!/usr/bin/env node
/** Entry of the command line: runs one command and ends with its exit code. */
import { runProgram } from './program.ts'

/** `npm start` alone, or with options alone, means the demo. */
function withDemo(given: readonly string[]): string[] {
  const rest = given.slice(1)
  const first = rest[0]
  if (first === undefined) return ['demo']
  return first.startsWith('-') && !['-h', '--help', '-V', '--version'].includes(first) ? ['demo', ...rest] : rest
}

const given = process.argv.slice(2)
// A reader that has seen enough (head) closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
process.exitCode = await runProgram(given[0] === '--or-demo' ? withDemo(given) : given)
