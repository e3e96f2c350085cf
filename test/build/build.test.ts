import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let root: string
const read = (path: string) => readFileSync(join(root, path), 'utf8')

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

function build(...words: readonly string[]) {
  const run = spawnSync(process.execPath, [join(root, 'build', 'build.mjs'), ...words], { encoding: 'utf8' })
  return { status: run.status, output: `${run.stdout}${run.stderr}` }
}

/** A program in miniature with every kind of part, built by the real build/ in a folder of its own. */
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'juanku-build-'))
  for (const name of ['build', 'package.json', 'package-lock.json']) {
    cpSync(resolve(name), join(root, name), { recursive: true })
  }
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'))
  write('shared/name.ts', "import { z } from 'zod'\nexport const name = z.string().parse('juanku')")
  write(
    'electron/main.ts',
    "import { app } from 'electron'\nimport { name } from '../shared/name.ts'\napp.setName(name)",
  )
  write(
    'electron/preload.ts',
    "import { contextBridge } from 'electron'\nimport { name } from '../shared/name.ts'\ncontextBridge.exposeInMainWorld(name, {})",
  )
  write(
    'electron/core.ts',
    [
      "import { Worker } from 'node:worker_threads'",
      "import { name } from '../shared/name.ts'",
      "export const sample = new URL('../assets/sample/', import.meta.url).pathname",
      "new Worker(new URL('./intake/page-worker.ts', import.meta.url))",
      "  .once('message', (message) => console.log(name, message, sample))",
    ].join('\n'),
  )
  write('electron/cli.ts', "import { name } from '../shared/name.ts'\nconsole.log(name)")
  write(
    'electron/intake/page-worker.ts',
    "import { parentPort } from 'node:worker_threads'\nparentPort?.postMessage('from the worker')",
  )
  write(
    'renderer/index.html',
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>x</title></head><body><div id="root"></div><script type="module" src="./main.tsx"></script></body></html>',
  )
  write('renderer/main.tsx', "import { name } from '../shared/name.ts'\ndocument.title = name")
})
afterAll(() => rmSync(root, { recursive: true }))

describe('the build', () => {
  test('makes every part, and is silent when nothing changed', () => {
    const first = build()
    expect(first.output).toMatch(/^Built the program in [\d.]+ s\nBuilt the page in [\d.]+ s\n$/)
    expect(first.status).toBe(0)
    expect(build()).toEqual({ status: 0, output: '' })
  })

  test('rebuilds only what a change touches', () => {
    write('renderer/main.tsx', "document.title = 'changed'")
    expect(build().output).toMatch(/^Built the page in [\d.]+ s\n$/)
  })

  test('makes a preload that requires electron and nothing else, as the sandbox demands', () => {
    const required = [...read('dist/preload.cjs').matchAll(/require\(["'`]([^"'`]+)/g)].map(
      (match) => match[1],
    )
    expect(required).toEqual(['electron'])
    expect(readdirSync(join(root, 'dist')).filter((name) => name.endsWith('.cjs'))).toEqual([
      'main.cjs',
      'preload.cjs',
    ])
  })

  test('makes a core that runs in Node and finds its workers and assets', () => {
    const run = spawnSync(process.execPath, [join(root, 'dist', 'core.mjs')], { encoding: 'utf8' })
    expect(run.stdout.trim(), run.stderr).toBe(`juanku from the worker ${join(root, 'assets', 'sample')}/`)
  })

  test('gives the page what pdf.js loads, and no inline script', () => {
    expect(readdirSync(join(root, 'dist', 'renderer', 'pdfjs')).sort()).toEqual([
      'cmaps',
      'iccs',
      'pdf.worker.mjs',
      'standard_fonts',
      'wasm',
    ])
    expect(read('dist/renderer/index.html')).not.toMatch(/<script(?![^>]*\bsrc=)/)
  })

  test('puts missing built-ins before the page and the PDF worker for the old runtime alone', () => {
    expect(build('--out', join(root, 'old'), '--old-runtime').status).toBe(0)
    expect(read('old/renderer/index.html')).toMatch(/polyfills\.js.*main|polyfills\.js[\s\S]*assets\/index/)
    expect(read('old/renderer/pdfjs/pdf.worker.mjs').startsWith(read('old/renderer/polyfills.js'))).toBe(true)
    // In an engine without them the script brings them.
    const probe = `delete Promise.withResolvers; delete Set.prototype.union; ${read('old/renderer/polyfills.js')}
      console.log(typeof Promise.withResolvers, typeof Set.prototype.union)`
    const run = spawnSync(process.execPath, ['--input-type=commonjs'], { input: probe, encoding: 'utf8' })
    expect(run.stdout.trim(), run.stderr).toBe('function function')
  })

  test('leaves source maps out of a package', () => {
    expect(build('--out', join(root, 'packed'), '--packaging').status).toBe(0)
    const names = readdirSync(join(root, 'packed'), { recursive: true }).map(String)
    expect(names).toContain('core.mjs')
    expect(names.filter((name) => name.endsWith('.map'))).toEqual([])
  })

  test('says what is wrong and fails when a source does not resolve', () => {
    write('electron/cli.ts', "import { nothing } from './nowhere.ts'\nconsole.log(nothing)")
    const { status, output } = build()
    expect(output).toContain('nowhere.ts')
    expect(status).toBe(1)
  })
})
