import { type ChildProcess, fork } from 'node:child_process'
import { utilityProcess } from 'electron'
import type { CoreToShell, ShellToCore } from '../../shared/contract/index.ts'

/** The shell's end of the line to the core, whatever carries it. */
export interface CoreLine {
  readonly send: (message: ShellToCore) => void
  readonly onMessage: (listener: (message: CoreToShell) => void) => void
  /** Called once; `expected` when the core was asked to stop. */
  readonly onExit: (listener: (code: number | null) => void) => void
  readonly kill: () => void
}

export interface CoreHostOptions {
  readonly coreFile: string
  /** A Node to run the core in, for old test runtimes; undefined in the product. */
  readonly nodeForTests: string | undefined
  readonly arguments: readonly string[]
}

function utilityLine(options: CoreHostOptions): CoreLine {
  const child = utilityProcess.fork(options.coreFile, [...options.arguments], {
    serviceName: 'Juanku core',
    stdio: 'inherit',
    env: coreEnvironment(),
  })
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => {
      child.on('message', listener)
    },
    onExit: (listener) => {
      child.once('exit', listener)
    },
    kill: () => {
      child.kill()
    },
  }
}

function forkedLine(options: CoreHostOptions, node: string): CoreLine {
  const child: ChildProcess = fork(options.coreFile, [...options.arguments], {
    execPath: node,
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: coreEnvironment(),
  })
  return {
    send: (message) => {
      if (child.connected) child.send(message)
    },
    onMessage: (listener) => {
      child.on('message', (message) => listener(message as CoreToShell))
    },
    onExit: (listener) => {
      child.once('exit', listener)
    },
    kill: () => {
      child.kill('SIGKILL')
    },
  }
}

/** The core gets what a process needs to live and nothing that could steer Node inside it. */
function coreEnvironment(): Record<string, string> {
  const wanted = [
    'HOME',
    'USERPROFILE',
    'TMPDIR',
    'TEMP',
    'TMP',
    'SystemRoot',
    'PATH',
    'LANG',
    'LC_ALL',
    'USER',
    'USERNAME',
  ]
  // Threads that wait for the disk must not keep the others from decoding: Node's own four are too few.
  const environment: Record<string, string> = { UV_THREADPOOL_SIZE: '14' }
  for (const name of wanted) {
    const value = process.env[name]
    if (value !== undefined) environment[name] = value
  }
  return environment
}

/** Starts the core: a utility process in the product, a forked Node where the test runtime's own is too old. */
export function startCore(options: CoreHostOptions): CoreLine {
  return options.nodeForTests === undefined ? utilityLine(options) : forkedLine(options, options.nodeForTests)
}
