import { AppError } from '../../../shared/errors.ts'
import { workerLanes } from '../../worker-lanes.ts'
import type {
  DigestOf,
  FileFault,
  FileOutcome,
  FileReply,
  FileTask,
  FileWorkerData,
} from './file-protocol.ts'

/** What became of one file: its digest, or the system's error. */
export type Digested = DigestOf | { readonly error: Error }

/** The length of a regular file, none where there is no such file; or the system's error. */
export type Sized = { readonly size: number | undefined } | { readonly error: Error }

/** A file that was to be copied: its digest, or the error of the side on which it failed. */
export type Copied = DigestOf | { readonly error: Error; readonly at: FileFault['at'] }

/**
 * Copies, measures and digests files in threads, many a task: a backup touches tens of thousands of small files, and
 * a turn through the core's event loop for each call would cost more than the call. All throw CALL_CANCELLED.
 */
export interface FileLanes {
  /** How many tasks run at once. */
  readonly lanes: number
  /** The bytes of files, read as the medium has them, where the system allows, and not as its cache remembers them. */
  readonly digest: (paths: readonly string[], signal?: AbortSignal) => Promise<readonly Digested[]>
  readonly sizes: (paths: readonly string[], signal?: AbortSignal) => Promise<readonly Sized[]>
  /** Ends with the first file that cannot be written. */
  readonly copy: (
    files: readonly { readonly from: string; readonly to: string }[],
    signal?: AbortSignal,
  ) => Promise<readonly Copied[]>
  /** Throws system errors. */
  readonly rename: (files: readonly { readonly from: string; readonly to: string }[]) => Promise<void>
  /** Makes written files survive a power cut, one by one. Throws system errors. */
  readonly keep: (paths: readonly string[]) => Promise<void>
  /** Whether every file digested so far was read past the cache. */
  readonly pastCache: () => boolean
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** While one thread waits for the drive, others read and hash. */
const LANES = 4

function workerUrl(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('./file-worker.ts', import.meta.url)
    : new URL('./file-worker.mjs', import.meta.url)
}

function errorOf({ message, code, syscall }: FileFault): Error {
  return Object.assign(new Error(message), { code, syscall })
}

function firstFault(outcomes: readonly FileOutcome[]): void {
  for (const outcome of outcomes) if ('fault' in outcome) throw errorOf(outcome.fault)
}

/** Its threads start with the first task; close it when the work is done. */
export function openFileLanes(): FileLanes {
  const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const flag = new Int32Array(stop)
  const lost = (cause: unknown) => new AppError('CALL_INTERNAL', { method: 'backup.files' }, { cause })
  const workers = workerLanes<FileTask, FileReply>({
    ...{ url: workerUrl(), lanes: LANES, lost },
    workerData: { stop } satisfies FileWorkerData,
  })
  let past = true

  const run = async (task: FileTask, signal?: AbortSignal): Promise<readonly FileOutcome[]> => {
    signal?.throwIfAborted()
    const halt = () => void Atomics.store(flag, 0, 1)
    signal?.addEventListener('abort', halt, { once: true })
    try {
      // Waited for even when the work is called off: nothing is written after this has returned.
      const { reply } = await workers.start(task)
      const { outcomes, pastCache } = await reply
      if (task.kind === 'digest' && !pastCache) past = false
      signal?.throwIfAborted()
      return outcomes
    } finally {
      signal?.removeEventListener('abort', halt)
    }
  }

  return {
    lanes: LANES,
    digest: async (paths, signal) => {
      const outcomes = await run({ kind: 'digest', paths }, signal)
      return outcomes.map((one) => ('fault' in one ? { error: errorOf(one.fault) } : (one as DigestOf)))
    },
    sizes: async (paths, signal) => {
      const outcomes = await run({ kind: 'size', paths }, signal)
      return outcomes.map((one) => ('fault' in one ? { error: errorOf(one.fault) } : one))
    },
    copy: async (files, signal) => {
      const outcomes = await run({ kind: 'copy', files }, signal)
      return outcomes.map((one) =>
        'fault' in one ? { error: errorOf(one.fault), at: one.fault.at } : (one as DigestOf),
      )
    },
    rename: async (files) => firstFault(await run({ kind: 'rename', files })),
    keep: async (paths) => firstFault(await run({ kind: 'keep', paths })),
    pastCache: () => past,
    [Symbol.asyncDispose]: workers[Symbol.asyncDispose],
  }
}
