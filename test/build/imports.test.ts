import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const script = resolve('build/check-imports.mjs')
const configuration: { forbidden: { name: string }[] } = createRequire(import.meta.url)(
  resolve('.dependency-cruiser.cjs'),
)

type Tree = Readonly<Record<string, string>>

/** Breaches: the rule, the file that breaks it, and its text. They stand in one tree and are found in one run. */
const breaches: readonly (readonly [rule: string, path: string, text: string])[] = [
  ['no-circles', 'electron/vault/circle-a.ts', "export { b } from './circle-b.ts'\nexport const a = 1"],
  ['no-circles', 'shared/types-a.ts', "import type { B } from './types-b.ts'\nexport type A = { b?: B }"],
  ['resolvable', 'electron/vault/lost.ts', "export { lost } from './nowhere.ts'"],
  ['shared-imports-zod-only', 'shared/node.ts', "import { join } from 'node:path'\nexport const j = join"],
  ['shared-imports-zod-only', 'shared/dexie.ts', "export { Dexie } from 'dexie'"],
  ['shared-imports-zod-only', 'shared/core.ts', "export type { Key } from '../electron/vault/index.ts'"],
  ['areas-by-their-front-door', 'electron/backup/types.ts', "export type { Key } from '../vault/keys.ts'"],
  [
    'areas-by-their-front-door',
    'electron/backup/late.ts',
    "using x = await import('../vault/keys.ts')\nexport const y = x",
  ],
  ['roots-by-the-front-door', 'electron/core.ts', "export { key } from './vault/keys.ts'"],
  ['shell-by-its-entry-points', 'electron/cli.ts', "export { open } from './shell/index.ts'"],
  ['nothing-imports-the-roots', 'electron/vault/root.ts', "export { key } from '../core.ts'"],
  ['only-the-shell-imports-electron', 'electron/vault/app.ts', "export { app } from 'electron'"],
  ['only-the-shell-imports-electron', 'electron/vault/app-type.ts', "export type { App } from 'electron'"],
  ['only-the-shell-imports-electron', 'electron/vault/app-main.ts', "export { app } from 'electron/main'"],
  ['only-the-shell-imports-electron', 'renderer/ipc.tsx', "export { ipcRenderer } from 'electron'"],
  [
    'the-shell-imports-electron-and-shared',
    'electron/shell/reach.ts',
    "export { key } from '../vault/index.ts'",
  ],
  [
    'the-program-imports-no-page',
    'electron/vault/page.ts',
    "export { b } from '../../renderer/screens/cases/b.tsx'",
  ],
  ['the-page-imports-shared-only', 'renderer/reach.tsx', "export { key } from '../electron/vault/index.ts'"],
  ['the-page-imports-no-node', 'renderer/node.tsx', "export { join } from 'node:path'"],
  ['only-the-cache-imports-dexie', 'renderer/state/dexie.ts', "export { Dexie } from 'dexie'"],
  ['no-screen-imports-a-screen', 'renderer/screens/backup/a.tsx', "export { b } from '../cases/b.tsx'"],
  // A name that begins like the other's: the folder must match as a whole.
  ['no-screen-imports-a-screen', 'renderer/screens/case/a.tsx', "export { b } from '../cases/b.tsx'"],
  ['only-the-frame-imports-screens', 'renderer/widgets/a.tsx', "export { b } from '../screens/cases/b.tsx'"],
  ['product-needs-its-libraries', 'electron/vault/dev.ts', "export { Dexie } from 'dexie'"],
]
const around: Tree = {
  'electron/vault/circle-b.ts': "export { a } from './circle-a.ts'\nexport const b = 1",
  'shared/types-b.ts': "import type { A } from './types-a.ts'\nexport type B = { a?: A }",
  'electron/vault/index.ts': "export { key, type Key } from './keys.ts'",
  'electron/vault/keys.ts': 'export const key = 1\nexport type Key = string',
  'electron/shell/index.ts': 'export const open = 1',
  'renderer/screens/cases/b.tsx': 'export const b = 1',
}

const lawful: Tree = {
  'shared/a.ts': "import { z } from 'zod'\nexport const A = z",
  'electron/errno.ts': 'export const errno = 1',
  'electron/vault/index.ts': "export { key } from './keys.ts'",
  'electron/vault/keys.ts': "import { errno } from '../errno.ts'\nexport const key = errno",
  'electron/backup/index.ts': "import { key } from '../vault/index.ts'\nexport const backup = key",
  'electron/core.ts': "import { backup } from './backup/index.ts'\nconsole.log(backup)",
  'electron/shell/windows.ts': "import { app } from 'electron'\nexport const windows = app",
  'electron/main.ts':
    "import { app } from 'electron'\nimport { windows } from './shell/windows.ts'\nconsole.log(app, windows)",
  'renderer/main.tsx': "import { frame } from './app/frame.tsx'\nconsole.log(frame)",
  'renderer/app/frame.tsx':
    "import { cases } from '../screens/cases/cases.tsx'\nexport const frame = <p>{cases}</p>",
  'renderer/screens/cases/cases.tsx':
    "import { A } from '../../../shared/a.ts'\nimport { row } from './row.tsx'\nexport const cases = [A, row]",
  'renderer/screens/cases/row.tsx': 'export const row = 1',
  'renderer/cache/lists.ts': "import { Dexie } from 'dexie'\nexport const lists = Dexie",
}

let root: string

function write(tree: Tree): void {
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

function library(name: string): Tree {
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
    [`node_modules/${name}/index.js`]: 'module.exports = {}',
  }
}

function check() {
  const run = spawnSync(process.execPath, [script, '--root', root], { cwd: root, encoding: 'utf8' })
  return { status: run.status, output: `${run.stdout}${run.stderr}` }
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'juanku-imports-'))
  const manifest = {
    name: 'x',
    dependencies: { zod: '1.0.0' },
    devDependencies: { dexie: '1.0.0', electron: '1.0.0' },
  }
  write({
    'package.json': JSON.stringify(manifest),
    ...library('zod'),
    ...library('dexie'),
    ...library('electron'),
  })
})
afterEach(() => rmSync(root, { recursive: true }))

describe('the import rules', () => {
  test('pass a lawful tree', () => {
    write(lawful)
    const { status, output } = check()
    expect(output).toMatch(/^13 files, \d+ imports, 0 violations$/m)
    expect(status).toBe(0)
  })

  test('catch every kind of breach, each in its file', () => {
    write({ ...around, ...Object.fromEntries(breaches.map(([, path, text]) => [path, text])) })
    const { status, output } = check()
    const missed = breaches.filter(([rule, path]) => !output.includes(`${rule}: ${path} → `))
    expect(missed, output).toEqual([])
    expect(status).toBe(1)
  })

  test('each have a breach in this test', () => {
    const tested = new Set(breaches.map(([rule]) => rule))
    expect(configuration.forbidden.map((rule) => rule.name).filter((name) => !tested.has(name))).toEqual([])
  })
})
