import { createReadStream, existsSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { AppError } from '../../../shared/errors.ts'
import { writeFully } from '../../atomic-write.ts'
import { isErrno } from '../../errno.ts'
import type { FileEntry } from './documents.ts'
import { isObjectName, partFile, SET_FILE } from './layout.ts'

/** One sealed object as the medium has it. */
export interface ListedObject {
  readonly name: string
  readonly size: number
  /** Of the sealed bytes, hex. */
  readonly sha256: string
}

const LINE = /^([0-9a-f]{64}) (\d{1,15}) ([0-9a-f]{64})$/
const WRITE_AT = 64 * 1024

/** `<sha256 of the sealed bytes> <size> <name>`: one line an object, sorted by name. */
export function objectLine({ sha256, size, name }: ListedObject): string {
  return `${sha256} ${size} ${name}\n`
}

export interface ObjectListWriter {
  readonly add: (object: ListedObject) => Promise<void>
  /** Writes what is left and lets the file go. */
  readonly close: () => Promise<void>
}

export async function objectListWriter(path: string): Promise<ObjectListWriter> {
  const file: FileHandle = await open(path, 'wx', 0o600)
  let lines: string[] = []
  let length = 0
  const flush = async () => {
    await writeFully(file, Buffer.from(lines.join(''), 'utf8'))
    lines = []
    length = 0
  }
  return {
    add: async (object) => {
      const line = objectLine(object)
      lines.push(line)
      length += line.length
      if (length >= WRITE_AT) await flush()
    },
    close: async () => {
      try {
        await flush()
      } finally {
        await file.close()
      }
    },
  }
}

/**
 * The objects of a snapshot in the order of their names, with bounded memory. Throws BACKUP_SET_DAMAGED
 * `{ file, reason: 'unreadable' }` for a line that is none.
 */
export async function* listedObjects(folder: string, { parts }: FileEntry): AsyncGenerator<ListedObject> {
  let rest = ''
  for (const { sha256 } of parts) {
    const stream = createReadStream(join(folder, partFile(sha256)), { encoding: 'utf8' })
    const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })
    // A part may end within a line; only the last line of a part can.
    let held: string | undefined
    try {
      for await (const line of lines) {
        if (held !== undefined) yield parsed(held, sha256)
        held = rest + line
        rest = ''
      }
    } catch (error) {
      // A lost file of a drive that is there is damage; of one that is not there, the drive's absence.
      if (isErrno(error, 'ENOENT') && existsSync(join(folder, SET_FILE)))
        throw new AppError('BACKUP_SET_DAMAGED', { file: partFile(sha256), reason: 'missing' })
      throw error
    } finally {
      lines.close()
      stream.destroy()
    }
    if (held === undefined) continue
    if (LINE.test(held)) yield parsed(held, sha256)
    else rest = held
  }
  if (rest !== '') throw new AppError('BACKUP_SET_DAMAGED', { file: 'objects', reason: 'unreadable' })
}

function parsed(line: string, part: string): ListedObject {
  const [, sha256, size, name] = LINE.exec(line) ?? []
  if (sha256 === undefined || size === undefined || name === undefined || !isObjectName(name))
    throw new AppError('BACKUP_SET_DAMAGED', { file: partFile(part), reason: 'unreadable' })
  return { sha256, size: Number(size), name }
}

/** Walks a sorted list beside the 256 groups: each call gives the objects of one group, and they must come in order. */
export function byGroup(objects: AsyncIterable<ListedObject>): {
  readonly take: (group: string) => Promise<ReadonlyMap<string, ListedObject>>
  readonly close: () => Promise<void>
} {
  const iterator = objects[Symbol.asyncIterator]()
  let next: ListedObject | undefined
  let ended = false
  const advance = async () => {
    const result = await iterator.next()
    next = result.done === true ? undefined : result.value
    ended = result.done === true
  }
  return {
    take: async (group) => {
      const found = new Map<string, ListedObject>()
      if (next === undefined && !ended) await advance()
      while (next !== undefined && next.name.slice(0, 2) <= group) {
        if (next.name.startsWith(group)) found.set(next.name, next)
        await advance()
      }
      return found
    },
    close: async () => {
      await iterator.return?.()
    },
  }
}
