// What every script under build/ needs to know about the project. Runs on Node 20: it is part of the set-up.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectRoot = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

/** The Node of the product, which npm brings; everything but the set-up runs on it. */
export const productNode = join(
  projectRoot,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
)

export const fromRoot = (...parts) => join(projectRoot, ...parts)

/** Progress and explanations go to stderr, so that stdout stays what the command itself prints. */
export function say(message) {
  process.stderr.write(`${message}\n`)
}

/** The environment for child processes: the product's Node first on the path. */
export function environment(extra = {}) {
  const path = [dirname(productNode), join(projectRoot, 'node_modules', '.bin'), process.env.PATH ?? '']
  // The core's file work wants more threads than Node's four, as in electron/shell/core-host.ts.
  return { UV_THREADPOOL_SIZE: '14', ...process.env, PATH: path.join(delimiter), ...extra }
}

/** Runs npm quietly; what it wrote is shown only when it fails. */
export function runNpm(args, { cwd = projectRoot, env = {} } = {}) {
  const given = process.env.npm_execpath
  const viaNode = given !== undefined && /npm-cli\.[cm]?js$/.test(given) && existsSync(given)
  const [command, words] = viaNode ? [process.execPath, [given, ...args]] : ['npm', args]
  const run = spawnSync(command, words, {
    cwd,
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip', npm_config_update_notifier: 'false', ...env },
    encoding: 'utf8',
    shell: !viaNode && process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (run.status !== 0) {
    const lines = `${run.stdout ?? ''}\n${run.stderr ?? ''}`.split('\n')
    const errors = lines.filter((line) => /^npm error \S/.test(line)).slice(0, 12)
    throw new Error(
      `npm ${args[0]} failed:\n${errors.join('\n') || run.error?.message || lines.slice(-12).join('\n')}`,
    )
  }
}

export const sha256 = (data) => createHash('sha256').update(data).digest('hex')
