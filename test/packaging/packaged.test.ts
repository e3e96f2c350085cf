import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspectPackage, packagedFolder } from '../../build/check-packaging.mjs'

const home = mkdtempSync(join(tmpdir(), 'juanku-packaged-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

async function start(environment: Readonly<Record<string, string>>, words: readonly string[] = []) {
  const { executable } = await inspectPackage(packagedFolder())
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return spawnSync(executable, [...sandbox, `--user-data-dir=${join(home, 'data')}`, ...words], {
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, JUANKU_SMOKE: '1', ...environment },
  })
}

describe('the packaged program', () => {
  beforeAll(() => {
    const run = spawnSync(process.execPath, ['build/package.mjs', '--dir'], { encoding: 'utf8' })
    console.log(run.stdout.trim())
    if (run.status === 3) throw new Error(run.stderr)
  })

  test('holds what it needs and nothing else, with every fuse as promised', async () => {
    const { problems, sizeBytes } = await inspectPackage(packagedFolder())
    expect(problems).toEqual([])
    expect(sizeBytes).toBeLessThan(500 * 1024 * 1024)
  })

  test('starts, shows its window and ends', async () => {
    const run = await start({})
    expect(run.stdout, run.stderr).toContain('juanku ready')
    expect(run.status).toBe(0)
  })

  test('cannot be turned into a plain Node by the environment', async () => {
    const run = await start({ ELECTRON_RUN_AS_NODE: '1' }, ['-p', '"plain" + " Node"'])
    expect(run.stdout).not.toContain('plain Node')
    expect(run.stdout, run.stderr).toContain('juanku ready')
  })
})
