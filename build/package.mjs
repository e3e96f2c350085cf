// Packages the program with electron-builder. `--dir` makes a folder in release/ from an Electron that is here,
// the test runtime if need be; anything else is handed to electron-builder, which fetches the product's Electron.
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, missingEntries } from './build.mjs'
import {
  inspectPackage,
  packagedFolder,
  problemsOfConfiguration,
  readConfiguration,
} from './check-packaging.mjs'
import { electronForPackaging } from './electron-runtime.mjs'
import { environment, fromRoot, projectRoot, say } from './project.mjs'

/** electron-builder.yml with the Electron that is here, and without the fuse that the test runtime is too old for. */
function configurationFor({ electronDist, electronVersion, kind }) {
  const configuration = { ...readConfiguration(), electronDist, electronVersion }
  if (kind === 'test') {
    configuration.electronFuses = { ...configuration.electronFuses }
    delete configuration.electronFuses.grantFileProtocolExtraPrivileges
  }
  const file = fromRoot('.cache', 'package', 'electron-builder.json')
  writeFileSync(file, JSON.stringify(configuration, null, 2))
  return file
}

async function makePackage(args) {
  const problems = problemsOfConfiguration()
  if (problems.length > 0) throw new Error(`electron-builder.yml does not hold:\n${problems.join('\n')}`)
  const folderOnly = args.includes('--dir')
  const runtime = folderOnly ? await electronForPackaging() : undefined
  const outDir = fromRoot('.cache', 'package', 'dist')
  await build({ outDir, packaging: true, oldRuntime: runtime?.kind === 'test' })
  const missing = missingEntries(outDir)
  if (missing.length > 0) throw new Error(`The build is incomplete: it lacks ${missing.join(', ')}`)
  const words = [...args, '--publish', 'never']
  if (runtime !== undefined) {
    if (runtime.kind === 'test') {
      say(`Packaging with Electron ${runtime.electronVersion}, for tests only: the folder is not for people.`)
    }
    rmSync(packagedFolder(), { recursive: true, force: true })
    words.push('--config', configurationFor(runtime))
  }
  const cli = fromRoot('node_modules', 'electron-builder', 'cli.js')
  const run = spawnSync(process.execPath, [cli, ...words], {
    cwd: projectRoot,
    env: environment({ npm_config_loglevel: 'error' }),
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (run.status !== 0) throw new Error(`electron-builder failed:\n${run.stdout}${run.stderr}`)
  if (!folderOnly) {
    say(run.stdout.trim())
    return 0
  }
  const report = await inspectPackage(packagedFolder())
  for (const line of report.lines) console.log(line)
  for (const problem of report.problems) console.log(`problem: ${problem}`)
  console.log(join('release', report.name))
  return report.problems.length === 0 ? 0 : 1
}

try {
  process.exitCode = await makePackage(process.argv.slice(2))
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 3
}
