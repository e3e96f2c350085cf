// Before the end-to-end tests: a current build and a real Electron, told to the tests by the environment.
import { mkdirSync } from 'node:fs'
import { build, missingEntries } from './build.mjs'
import { findElectron } from './electron-runtime.mjs'
import { fromRoot, productNode } from './project.mjs'

export default async function setUp() {
  const electron = await findElectron()
  await build({ oldRuntime: electron.kind === 'test' })
  const missing = missingEntries()
  if (missing.length > 0) throw new Error(`The build is incomplete: dist/ lacks ${missing.join(', ')}`)
  mkdirSync(fromRoot('test-results', 'screens'), { recursive: true })
  process.env.JUANKU_ELECTRON = electron.executablePath
  process.env.JUANKU_ELECTRON_KIND = electron.kind
  if (electron.kind === 'test') process.env.JUANKU_CORE_NODE = productNode
}
