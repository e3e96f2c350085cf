import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { problemsOfConfiguration, strayFiles } from '../../build/check-packaging.mjs'

const folder = mkdtempSync(join(tmpdir(), 'juanku-packaging-'))
afterAll(() => rmSync(folder, { recursive: true }))

function problemsWith(change: (text: string) => string): readonly string[] {
  const original = readFileSync('electron-builder.yml', 'utf8')
  const changed = change(original)
  expect(changed).not.toBe(original)
  const file = join(folder, 'electron-builder.yml')
  writeFileSync(file, changed)
  return problemsOfConfiguration(file)
}

test('our configuration fits the schema of electron-builder and our promises', () => {
  expect(problemsOfConfiguration()).toEqual([])
})

test('an option that electron-builder does not know is refused', () => {
  expect(problemsWith((text) => `${text}\nunheardOf: true\n`).join()).toContain('unheardOf')
})

test.each([
  ['deleteAppDataOnUninstall: false', 'deleteAppDataOnUninstall: true', 'deleteAppDataOnUninstall'],
  ['runAsNode: false', 'runAsNode: true', 'electronFuses.runAsNode'],
  ['onlyLoadAppFromAsar: true', 'onlyLoadAppFromAsar: false', 'electronFuses.onlyLoadAppFromAsar'],
  ['npmRebuild: false', 'npmRebuild: true', 'npmRebuild'],
  ['target: portable', 'target: zip', 'portable'],
  ['arch: [x64, arm64]', 'arch: [x64]', 'linux lacks AppImage for arm64'],
  ['icons/icon.ico', 'icons/none.ico', 'none.ico'],
])('a configuration with "%s" turned into "%s" is refused', (from, to, message) => {
  expect(problemsWith((text) => text.replace(from, to)).join()).toContain(message)
})

test.each([
  'dist/core.mjs.map',
  'node_modules/zod/src/index.ts',
  'node_modules/x/test/a.js',
  'node_modules/x/a.test.js',
  'node_modules/electron/index.js',
  'node_modules/y/prebuilds/win32-x64.node',
  'node_modules/y/prebuilds/linuxmusl-x64.node',
  'node_modules/y/bin/napi-v6/darwin/arm64/lib.dylib',
  'node_modules/y/prebuilds/linux-s390x.node',
  'node_modules/y/src/addon.cpp',
  'assets/.env',
])('%s has no business in a package', (name) => {
  expect(strayFiles([name])).toHaveLength(1)
})

test('what the program needs is not called stray', () => {
  const prebuild = `node_modules/y/prebuilds/${process.platform}-${process.arch}.node`
  expect(strayFiles(['dist/main.cjs', 'dist/renderer/index.html', 'assets/sample/a.pdf', prebuild])).toEqual(
    [],
  )
})
