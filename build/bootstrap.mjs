// The one way in: `node build/bootstrap.mjs <command> [args]`. Runs on Node 20, installs what is missing, says
// what it does, and hands over to the product's own Node. The second time it is silent.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { environment, fromRoot, productNode, runNpm, say, sha256 } from './project.mjs'
import { ensureSystemPackages, hasScreen } from './system-packages.mjs'

/** Each command: the script that does it, and whether it opens windows. */
const commands = {
  demo: { script: ['electron', 'cli.ts'], words: ['demo'] },
  juanku: { script: ['electron', 'cli.ts'], words: [] },
  bench: { script: ['test', 'bench', 'run.ts'], words: [] },
  check: { script: ['build', 'check.mjs'], words: [] },
  test: { script: ['build', 'test.mjs'], words: [], windows: (args) => !args.includes('--unit') },
  start: { script: ['build', 'start.mjs'], words: [], windows: () => true },
  package: { script: ['build', 'package.mjs'], words: [] },
}

const stampFile = fromRoot('node_modules', '.juanku-stamp')

/** True when every package of the lock file stands in node_modules at that version. */
function matchesLock(lock) {
  const installedFile = fromRoot('node_modules', '.package-lock.json')
  if (!existsSync(installedFile)) return false
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages
  return Object.entries(JSON.parse(lock).packages).every(([path, wanted]) => {
    if (path === '') return true
    const found = installed[path]
    if (found === undefined)
      return wanted.optional === true || wanted.devOptional === true || wanted.peer === true
    return found.version === wanted.version && found.integrity === wanted.integrity
  })
}

function ensurePackages() {
  const lock = readFileSync(fromRoot('package-lock.json'), 'utf8')
  const stamp = `${sha256(lock)} ${process.platform} ${process.arch}`
  const stamped = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
  if (!stamped) {
    rmSync(stampFile, { force: true })
    if (!matchesLock(lock)) {
      say('Installing packages (npm ci) …')
      // Every package here carries its binaries; the one install script that is needed is run below.
      runNpm(['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'])
    }
  }
  if (!existsSync(productNode)) {
    say('Fetching the Node of the product …')
    const cwd = fromRoot('node_modules', 'node')
    const run = spawnSync(process.execPath, ['installArchSpecificPackage.js'], { cwd, encoding: 'utf8' })
    if (!existsSync(productNode))
      throw new Error(`The product's Node could not be fetched:\n${run.stdout}${run.stderr}`)
  }
  // npm links a command before its install step has made the file; people and scripts expect the link.
  const link = fromRoot('node_modules', '.bin', 'node')
  if (process.platform !== 'win32' && !existsSync(link)) symlinkSync('../node/bin/node', link)
  if (!stamped) writeFileSync(stampFile, stamp)
}

/** Runs a command with our terminal and answers with its exit code; signals sent to us reach it. */
function handOver(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: fromRoot(), env, stdio: 'inherit' })
    const forward = (signal) => child.kill(signal)
    process.on('SIGTERM', forward)
    process.on('SIGHUP', forward)
    // A terminal sends Ctrl-C to the child as well; we only wait for it to finish.
    process.on('SIGINT', () => {})
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 1)))
  })
}

async function main() {
  const [name, ...args] = process.argv.slice(2)
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined
  if (command === undefined) {
    say(`Usage: node build/bootstrap.mjs <${Object.keys(commands).join('|')}> [arguments]`)
    return 2
  }
  if (Number.parseInt(process.versions.node, 10) < 20) {
    say(`Juanku needs Node 20 or newer to set itself up; this is Node ${process.versions.node}.`)
    return 3
  }
  ensurePackages()
  const words = [fromRoot(...command.script), ...command.words, ...args]
  const windows = command.windows?.(args) ?? false
  if (windows) ensureSystemPackages()
  if (windows && !hasScreen()) {
    const screen = ['-a', '-s', '-screen 0 1600x1000x24', productNode, ...words]
    return handOver('xvfb-run', screen, environment({ JUANKU_VIRTUAL_SCREEN: '1' }))
  }
  return handOver(productNode, words, environment())
}

try {
  process.exitCode = await main()
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 3
}
