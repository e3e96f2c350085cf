import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { extractPackage, inspectPackage, packagedFolder } from '../../build/check-packaging.mjs'
import { findInstalledElectron } from '../../build/electron-runtime.mjs'
import { MODEL_FILES } from '../../electron/recognition/page-models.ts'

const SAMPLE_PAGE = 'assets/sample/scans/正卷/005.jpg'

const resources = () =>
  process.platform === 'darwin'
    ? join(packagedFolder(), 'Juanku.app', 'Contents', 'Resources')
    : join(packagedFolder(), 'resources')

const home = mkdtempSync(join(tmpdir(), 'juanku-packaged-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

/**
 * The test runtime's own Node is too old for the core, and a plain Node cannot read an archive: the core that was
 * packaged is unpacked, and runs from there in the Node of this test. Everything else runs from the package.
 */
function coreForTestRuntime(): Readonly<Record<string, string>> {
  if (findInstalledElectron() !== undefined) return {}
  const unpacked = join(home, 'app')
  extractPackage(packagedFolder(), unpacked)
  const node = join(home, 'node')
  const moved = `"${unpacked}/\${1#*/app.asar/}"`
  writeFileSync(node, `#!/bin/sh\nfile=${moved}\nshift\nexec "${process.execPath}" "$file" "$@"\n`, {
    mode: 0o755,
  })
  return { JUANKU_CORE_NODE: node }
}

let core: Readonly<Record<string, string>> = {}

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts the packaged program in a process group of its own, so that nothing of it can outlive its time. */
async function start(environment: Readonly<Record<string, string>>, words: readonly string[] = []) {
  const { executable } = await inspectPackage(packagedFolder())
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(executable, [...sandbox, `--user-data-dir=${join(home, 'data')}`, ...words], {
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, JUANKU_SMOKE: '1', ...core, ...environment },
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => {
    output.stdout += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    output.stderr += String(chunk)
  })
  return new Promise<Ended>((done, reject) => {
    const end = () => {
      if (child.pid === undefined) return
      try {
        process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL')
      } catch {
        // The whole group has ended already, as it should.
      }
    }
    const tooLong = setTimeout(() => {
      output.stderr += '\nThe program did not end within a minute.'
      end()
    }, 60_000)
    child.on('error', reject)
    // What outlived the program is ended here, which also closes the pipes that it may hold.
    child.on('exit', end)
    child.on('close', (status) => {
      clearTimeout(tooLong)
      done({ status, ...output })
    })
  })
}

describe('the packaged program', () => {
  beforeAll(() => {
    const run = spawnSync(process.execPath, ['build/package.mjs', '--dir'], { encoding: 'utf8' })
    console.log(run.stdout.trim())
    if (run.status === 3) throw new Error(run.stderr)
    core = coreForTestRuntime()
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

  test('brings the models as they are pinned, and the native library of this platform alone', async () => {
    for (const { name, sha256 } of MODEL_FILES) {
      const bytes = readFileSync(join(resources(), 'assets', 'models', name))
      expect(createHash('sha256').update(bytes).digest('hex'), name).toBe(sha256)
    }
    const library = join(
      resources(),
      'app.asar.unpacked',
      'node_modules',
      'onnxruntime-node',
      'bin',
      'napi-v6',
    )
    const platforms = readdirSync(library)
    expect(platforms).toEqual([process.platform])
    expect(readdirSync(join(library, process.platform))).toEqual([process.arch])
  })

  test('reads a page with what was packaged', { timeout: 60_000 }, async () => {
    const unpacked = join(home, 'for-reading')
    extractPackage(packagedFolder(), unpacked)
    const data = { threads: 1, engine: 'packaged', model: 'packaged', limitPixels: 100_000_000 }
    const worker = new Worker(join(unpacked, 'dist', 'page-reader-worker.mjs'), {
      workerData: { ...data, modelsFolder: join(resources(), 'assets', 'models') },
    })
    const answer = await new Promise((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.postMessage({ id: 1, kind: 'read', image: readFileSync(SAMPLE_PAGE) })
    })
    await worker.terminate()
    expect(JSON.stringify(answer)).toContain('民事起诉状')
  })

  test('cannot be turned into a plain Node by the environment', async () => {
    const run = await start({ ELECTRON_RUN_AS_NODE: '1' }, ['-p', '"plain" + " Node"'])
    expect(run.stdout).not.toContain('plain Node')
    expect(run.stdout, run.stderr).toContain('juanku ready')
  })
})
