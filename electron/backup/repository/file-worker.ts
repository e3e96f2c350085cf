import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  fdatasyncSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import type {
  DigestOf,
  FileFault,
  FileOutcome,
  FileReply,
  FileTask,
  FileWorkerData,
} from './file-protocol.ts'

/** Worker thread that touches files, see file-lanes.ts. In a thread of its own the plain calls are the quickest. */
const port = parentPort
if (port === null) throw new Error('file-worker runs as a worker thread only')

/** A multiple of every sector and page size in use. */
const BLOCK_BYTES = 1024 * 1024
const PAGE_BYTES = 65_536
/** FILE_FLAG_NO_BUFFERING, by the name that libuv gives it; Node has no constant for it. */
const WINDOWS_DIRECT = 0x02000000

const stop = new Int32Array((workerData as FileWorkerData).stop)
// Unbuffered reading wants memory on a page's boundary: that of a WebAssembly memory is.
const block = new Uint8Array(new WebAssembly.Memory({ initial: BLOCK_BYTES / PAGE_BYTES }).buffer)
let direct =
  process.platform === 'win32' ? WINDOWS_DIRECT : (constants as { readonly O_DIRECT?: number }).O_DIRECT

class Stopped extends Error {}

function goOn(): void {
  if (Atomics.load(stop, 0) !== 0) throw new Stopped()
}

function faultOf(error: unknown, at: FileFault['at']): { readonly fault: FileFault } {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) throw error
  const { code, syscall, message } = error
  return { fault: { code: String(code), syscall: String(syscall), message, at } }
}

/** Runs a call on the file that is written, so that its failure is told from the other's. */
class WriteFailed extends Error {}

function onTarget<T>(call: () => T): T {
  try {
    return call()
  } catch (cause) {
    throw new WriteFailed('to', { cause })
  }
}

function copy(from: string, to: string): FileOutcome {
  const source = openSync(from, 'r')
  try {
    const target = onTarget(() => openSync(to, 'w', 0o600))
    try {
      const hash = createHash('sha256')
      for (let size = 0; ; ) {
        goOn()
        const length = readSync(source, block, 0, BLOCK_BYTES, size)
        hash.update(block.subarray(0, length))
        for (let written = 0; written < length; )
          written += onTarget(() => writeSync(target, block, written, length - written, size + written))
        size += length
        if (length === 0) return { sha256: hash.digest('hex'), size }
      }
    } finally {
      onTarget(() => closeSync(target))
    }
  } finally {
    closeSync(source)
  }
}

function digestWith(path: string, flag: number): DigestOf {
  const file = openSync(path, constants.O_RDONLY | flag)
  try {
    const hash = createHash('sha256')
    for (let size = 0; ; ) {
      goOn()
      const length = readSync(file, block, 0, BLOCK_BYTES, size)
      hash.update(block.subarray(0, length))
      size += length
      // An unbuffered read gives less only at the end; what follows would not be on a boundary.
      if (length === 0 || (flag !== 0 && length < BLOCK_BYTES)) return { sha256: hash.digest('hex'), size }
    }
  } finally {
    closeSync(file)
  }
}

function digest(path: string): DigestOf {
  if (direct !== undefined) {
    try {
      return digestWith(path, direct)
    } catch (error) {
      // File systems without unbuffered reading say so at opening or at the first read.
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code !== 'EINVAL' && code !== 'ENOTSUP') throw error
      direct = undefined
    }
  }
  return digestWith(path, 0)
}

function keep(path: string): FileOutcome {
  const file = openSync(path, 'r+')
  try {
    fdatasyncSync(file)
  } finally {
    closeSync(file)
  }
  return { size: undefined }
}

/** The length of a regular file; none for anything else. */
function sizeOf(path: string): FileOutcome {
  const found = statSync(path, { throwIfNoEntry: false })
  return { size: found?.isFile() === true ? found.size : undefined }
}

function rename(from: string, to: string): FileOutcome {
  renameSync(from, to)
  return { size: undefined }
}

function deeds(task: FileTask): readonly (() => FileOutcome)[] {
  switch (task.kind) {
    case 'copy':
      return task.files.map((file) => () => copy(file.from, file.to))
    case 'rename':
      return task.files.map((file) => () => rename(file.from, file.to))
    case 'keep':
      return task.paths.map((path) => () => keep(path))
    case 'digest':
      return task.paths.map((path) => () => digest(path))
    case 'size':
      return task.paths.map((path) => () => sizeOf(path))
  }
}

function serve(task: FileTask): FileReply {
  const outcomes: FileOutcome[] = []
  for (const deed of deeds(task)) {
    try {
      // What is written whole is put in its place even when the work is called off.
      if (task.kind !== 'rename' && task.kind !== 'keep') goOn()
      outcomes.push(deed())
    } catch (error) {
      if (error instanceof Stopped) break
      const written = error instanceof WriteFailed
      outcomes.push(written ? faultOf(error.cause, 'to') : faultOf(error, 'from'))
      // A medium that takes no more, or is gone: whatever follows would fail as well.
      if (written || task.kind === 'rename' || task.kind === 'keep') break
    }
  }
  return { outcomes, pastCache: direct !== undefined }
}

port.on('message', (task: FileTask) => port.postMessage(serve(task)))
