// Opens the application: builds what changed, finds Electron, starts it on this folder.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { build, missingEntries } from './build.mjs'
import { findElectron, findInstalledElectron } from './electron-runtime.mjs'
import { environment, fromRoot, productNode, projectRoot, say } from './project.mjs'

const dayMs = 24 * 60 * 60 * 1000
const attemptFile = fromRoot('.cache', 'electron-fetch-failed')

/** The product's Electron comes by its own installer, once; where that fails, it is not tried again for a day. */
function fetchElectron() {
  if (findInstalledElectron() !== undefined) return
  const lastFailure = existsSync(attemptFile) ? Number(readFileSync(attemptFile, 'utf8')) : 0
  if (Date.now() - lastFailure < dayMs) return
  say('Fetching Electron (once) …')
  const run = spawnSync(process.execPath, [fromRoot('node_modules', 'electron', 'install.js')], {
    stdio: 'ignore',
    timeout: 15 * 60 * 1000,
  })
  if (run.status === 0) return
  mkdirSync(fromRoot('.cache'), { recursive: true })
  writeFileSync(attemptFile, String(Date.now()))
}

async function start(args) {
  fetchElectron()
  const electron = await findElectron()
  await build({ oldRuntime: electron.kind === 'test' })
  const missing = missingEntries()
  if (missing.length > 0) throw new Error(`The build is incomplete: dist/ lacks ${missing.join(', ')}`)
  const env = environment()
  const flags = []
  if (electron.kind === 'test') {
    say(`Electron could not be fetched: starting in Electron ${electron.version}, meant for tests only.`)
    env.JUANKU_CORE_NODE = productNode
  }
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    say('Running as root, where Chromium has no sandbox: --no-sandbox.')
    flags.push('--no-sandbox')
  }
  if (env.JUANKU_VIRTUAL_SCREEN === '1') say('There is no screen here: the window opens on a virtual one.')
  const child = spawn(electron.executablePath, [...flags, projectRoot, ...args], { stdio: 'inherit', env })
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  process.on('SIGINT', () => {})
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

try {
  process.exitCode = await start(process.argv.slice(2))
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 3
}
