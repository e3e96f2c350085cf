import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('an unknown command is wrong use and names the commands', () => {
  const run = spawnSync(process.execPath, ['build/bootstrap.mjs', 'nonsense'], { encoding: 'utf8' })
  expect(run.status).toBe(2)
  expect(run.stderr).toContain('demo|juanku|bench|check|test|start|package')
  expect(run.stdout).toBe('')
})

test('once everything is installed a command runs without a word of set-up, and its exit code is ours', () => {
  const run = spawnSync(process.execPath, ['build/bootstrap.mjs', 'test', '--unit', '--e2e', 'words'], {
    encoding: 'utf8',
    env: { ...process.env, DISPLAY: ':0' },
  })
  expect(run.stderr).toMatch(/^Choose one part [^\n]*\n$/)
  expect(run.status).toBe(2)
})
