import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These have their own runners: Playwright, and a configuration that packages the program first.
    exclude: ['test/e2e/**', 'test/packaging/**', 'node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Faults are provoked at random moments on machines of every speed; a second try is counted and named.
    retry: process.env.CI === 'true' ? 1 : 0,
    allowOnly: false,
  },
})
