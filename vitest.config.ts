/** One configuration for every package's tests. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts', 'fixtures/test/**/*.test.ts', 'scripts/test/**/*.test.ts'],
    // Starts nothing before a test asks for it.
    globalSetup: ['fixtures/src/neo4j-door.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
