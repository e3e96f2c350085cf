import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  // Builds what changed and names the Electron to start: JUANKU_ELECTRON, JUANKU_ELECTRON_KIND, JUANKU_CORE_NODE.
  globalSetup: './build/e2e-setup.mjs',
  workers: 1,
  fullyParallel: false,
  // The old test runtime sometimes sleeps through a reload (see app.ts). A second try is counted and named.
  retries: 1,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
})
