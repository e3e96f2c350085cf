/** What a thread is asked to do with files: many at a time, one after another. */
export type FileTask =
  | {
      readonly kind: 'copy'
      readonly files: readonly { readonly from: string; readonly to: string }[]
    }
  | { readonly kind: 'rename'; readonly files: readonly { readonly from: string; readonly to: string }[] }
  /** Asks the drive to keep what was written. */
  | { readonly kind: 'keep'; readonly paths: readonly string[] }
  | { readonly kind: 'digest'; readonly paths: readonly string[] }
  | { readonly kind: 'size'; readonly paths: readonly string[] }

/** SHA-256 and length of the bytes that were read. */
export interface DigestOf {
  readonly sha256: string
  readonly size: number
}

/** A system call that failed; `at` says on which of the two files of a copy. */
export interface FileFault {
  readonly code: string
  readonly syscall: string
  readonly message: string
  readonly at: 'from' | 'to'
}

export type FileOutcome = DigestOf | { readonly size: number | undefined } | { readonly fault: FileFault }

/** One outcome a file, in the order of the task; fewer when the thread was told to stop, or a copy failed to be written. */
export interface FileReply {
  readonly outcomes: readonly FileOutcome[]
  /** Whether every file that was digested was read past the system's cache. */
  readonly pastCache: boolean
}

export interface FileWorkerData {
  /** Not zero: stop at the next piece. */
  readonly stop: SharedArrayBuffer
}
