import { defineConfig } from 'vitest/config'

/** Stories share one database process per worker; a forked pool keeps their memory apart. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    include: ['kernel/**/*.test.ts', 'capabilities/**/*.test.ts', 'house/**/*.test.ts', 'apps/**/*.test.ts', 'seeds/**/*.test.ts', 'scripts/**/*.test.ts', 'journeys/**/*.test.ts'],
  },
})
