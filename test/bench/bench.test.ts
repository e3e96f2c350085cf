import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Document {
  readonly name: string
  readonly machine: Readonly<Record<string, unknown>>
  readonly figures: Readonly<Record<string, unknown>>
  readonly aims: readonly { readonly figure: string; readonly aim: string; readonly met: boolean }[]
}

describe('a benchmark', () => {
  test('prints one document whose every aim has its figure', { timeout: 240_000 }, () => {
    const run = spawnSync(process.execPath, ['test/bench/run.ts', 'import', '--json', '--scale', '0.02'], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(run.status, run.stderr).toBe(0)
    const document = JSON.parse(run.stdout) as Document
    expect(document.name).toBe('import')
    expect(document.machine).toMatchObject({ cores: expect.any(Number), node: expect.any(String) })
    expect(document.aims.length).toBeGreaterThan(0)
    for (const aim of document.aims) expect(document.figures).toHaveProperty(aim.figure)
    expect(document.figures.importPagesPerSecond).toBeGreaterThan(0)
    expect(document.figures.sharpPagesPerSecond).toBeGreaterThan(0)
  })

  test('that does not exist is a wrong use', () => {
    const run = spawnSync(process.execPath, ['test/bench/run.ts', 'nothing'], { cwd: root, encoding: 'utf8' })
    expect(run.status).toBe(2)
    expect(run.stderr).toContain('import')
  })
})
