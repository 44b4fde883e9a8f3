import { expect, test } from 'vitest'
import { PATTERNS } from '@ringmap/model/pattern'
import { findCommand } from '../src/commands/find.ts'

test('every pattern has a command of its own, with examples', () => {
  const commands = findCommand().commands
  const names = commands.map((command) => command.name())
  expect(new Set(names).size).toBe(names.length)
  for (const name of Object.keys(PATTERNS)) expect(names).toContain(name)
  for (const command of commands) expect(command.description().length, command.name()).toBeGreaterThan(20)
})
