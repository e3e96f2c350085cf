import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const script = resolve('build/check-sources.mjs')
let root: string

function write(path: string, content: unknown): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content))
}

function check() {
  const run = spawnSync(process.execPath, [script, root], { encoding: 'utf8' })
  return { status: run.status, output: run.stdout }
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'juanku-sources-'))
  write('package.json', { dependencies: { zod: '4.0.0' }, devDependencies: {} })
  write('package-lock.json', {
    packages: { '': {}, 'node_modules/zod': { version: '4.0.0', integrity: 'sha512-x' } },
  })
})
afterEach(() => rmSync(root, { recursive: true }))

test('a tree that keeps the rules passes without a word', () => {
  write('renderer/app/client.ts', 'export const bridge = window.juanku')
  write('renderer/index.html', '<script type="module" src="./main.tsx"></script>')
  expect(check()).toEqual({ status: 0, output: '' })
})

test.each([
  ['renderer/screens/cases.tsx', 'const cases = window.juanku.call()', 'only renderer/app/client.ts touches'],
  ['renderer/state/a.ts', "const bridge = globalThis['juanku']", 'only renderer/app/client.ts touches'],
  ['renderer/index.html', '<script>alert(1)</script>', 'an inline script'],
  ['electron/exchange/a.ts', "import { createServer } from 'node:http'", 'nothing listens on a port'],
  ['package.json', { dependencies: { zod: '^4.0.0' } }, 'zod is not pinned'],
  [
    'package-lock.json',
    { packages: { 'node_modules/zod': { integrity: 'sha512-x', resolved: 'somewhere' } } },
    'holds a download address',
  ],
  ['package-lock.json', { packages: { 'node_modules/zod': { version: '4.0.0' } } }, 'has no hash'],
  [
    'package-lock.json',
    {
      packages: {
        'node_modules/zod': { integrity: 'sha512-x', optionalDependencies: { 'zod-mac': '1.0.0' } },
      },
    },
    'may need zod-mac, which is not locked',
  ],
])('a breach in %s is found: %o', (path, content, message) => {
  write(path, content)
  const { status, output } = check()
  expect(output).toContain(message)
  expect(status).toBe(1)
})
