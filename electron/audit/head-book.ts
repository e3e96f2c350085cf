import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import type { Statements } from '../catalogue/index.ts'
import { systemError } from '../errno.ts'
import { FIRST_PREVIOUS, headLine, headLineHash, readHead, type SignedHead } from './signed-head.ts'

/** What stands outside the vault, so that a vault set back as a whole is found. */
export interface WitnessNote {
  /** The last head seen, as its line; `null` before the first. */
  readonly head: string | null
  /** The end of the log when the note was written. */
  readonly sequence: number
  readonly hash: string
}

/** A keeper of one note: the workstation's own folder, a medium, a printed sheet typed back. */
export interface HeadWitness {
  readonly read: () => WitnessNote | undefined
  readonly write: (note: WitnessNote) => void
}

export const HEAD_FILE = 'audit-heads.jsonl'

/** A witness in a file, replaced as a whole. */
export function fileWitness(file: string): HeadWitness {
  return {
    read: () => {
      if (!existsSync(file)) return undefined
      try {
        return JSON.parse(readFileSync(file, 'utf8')) as WitnessNote
      } catch (error) {
        // A note that cannot be read says no more than one that is not there.
        if (error instanceof SyntaxError) return undefined
        throw systemError(error, 'audit.witness')
      }
    },
    write: (note) => {
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
      writeSynced(`${file}.new`, JSON.stringify(note), 'w')
      renameSync(`${file}.new`, file)
    },
  }
}

function writeSynced(file: string, text: string, flags: 'a' | 'w'): void {
  const handle = openSync(file, flags, 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Something wrong with the heads themselves. */
export interface HeadDamage {
  readonly kind: 'head-signature' | 'head-missing'
  /** The head's number. */
  readonly head: number
  readonly where: 'table' | 'file' | 'vault'
}

/** The heads in the catalogue, in the file beside it, and with the witness. */
export interface HeadBook {
  readonly last: () => { readonly number: number; readonly lineHash: string }
  readonly put: (head: SignedHead) => void
  readonly lines: () => readonly string[]
  /** Heads whose signature holds, ascending, and what is wrong with the others. */
  readonly check: (isKnownKey: (head: SignedHead) => boolean) => {
    readonly heads: readonly SignedHead[]
    readonly damages: readonly HeadDamage[]
  }
}

/** @param file the path of `audit-heads.jsonl`, or `null` to keep heads in the catalogue alone */
export function headBook(sql: Statements, file: string | null): HeadBook {
  const tableLines = () =>
    sql.all('SELECT line FROM audit_head ORDER BY number').map((row) => String(row.line))
  const fileLines = (): readonly string[] => {
    if (file === null || !existsSync(file)) return []
    try {
      return readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    } catch (error) {
      throw systemError(error, 'audit.heads')
    }
  }
  const insert = (head: SignedHead) => {
    sql.run(
      'INSERT INTO audit_head (number, sequence, line) VALUES (?, ?, ?)',
      ...[head.number, head.sequence, headLine(head)],
    )
  }
  const last = () => {
    const row = sql.one('SELECT number, line FROM audit_head ORDER BY number DESC LIMIT 1')
    if (row === undefined) return { number: 0, lineHash: FIRST_PREVIOUS }
    return { number: Number(row.number), lineHash: headLineHash(String(row.line)) }
  }
  // The file is written first. After a crash in between it holds one head more, which is taken over here.
  const newest = fileLines().at(-1)
  const ahead = newest === undefined ? undefined : readHead(newest)
  if (ahead !== undefined && ahead.number === last().number + 1 && ahead.previous === last().lineHash)
    insert(ahead)

  return {
    last,
    put: (head) => {
      if (file !== null) {
        try {
          writeSynced(file, `${headLine(head)}\n`, 'a')
        } catch (error) {
          throw systemError(error, 'audit.heads')
        }
      }
      insert(head)
    },
    lines: tableLines,
    check: (isKnownKey) => {
      const places = [
        ['table', tableLines()],
        ...(file === null ? [] : [['file', fileLines()] as const]),
      ] as const
      const heads = new Map<number, SignedHead>()
      const damages: HeadDamage[] = []
      const found = places.map(([where, lines]) => {
        const numbers = new Set<number>()
        let previous = { number: 0, hash: FIRST_PREVIOUS }
        for (const line of lines) {
          const head = readHead(line)
          const number = head?.number ?? previous.number + 1
          // One that does not follow the head just before it was signed over other heads than these.
          const follows = head?.previous === previous.hash || number !== previous.number + 1
          if (head === undefined || !follows || !isKnownKey(head)) {
            damages.push({ kind: 'head-signature', head: number, where })
          } else heads.set(number, head)
          numbers.add(number)
          previous = { number, hash: headLineHash(line) }
        }
        return { where, numbers }
      })
      const highest = Math.max(0, ...found.flatMap(({ numbers }) => [...numbers]))
      for (let number = 1; number <= highest; number++) {
        const lacking = found.filter(({ numbers }) => !numbers.has(number))
        if (lacking.length === found.length)
          damages.push({ kind: 'head-missing', head: number, where: 'vault' })
        else for (const { where } of lacking) damages.push({ kind: 'head-missing', head: number, where })
      }
      return { heads: [...heads.values()].sort((a, b) => a.sequence - b.sequence), damages }
    },
  }
}
