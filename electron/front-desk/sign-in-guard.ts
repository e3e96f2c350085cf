import { AppError, type ErrorCode } from '../../shared/errors.ts'
import {
  appendToJournal,
  type JournalLine,
  lockoutOf,
  type MachineClock,
  readJournal,
} from '../access/index.ts'
import type { RecordsRoom } from '../records-room.ts'
import { accountNamed, readVaultInfo } from '../vault/index.ts'
import { recordJournal } from './sign-in-record.ts'

/** Counts what people try at the door, and shuts it for a while after too much of it. */
export interface SignInGuard {
  /**
   * Runs an attempt to prove who somebody is. A failure is on the disk before it is told, with `attemptsLeft` in its
   * details. Throws SESSION_LOCKED_OUT `{ minutes }` instead of trying while the account is shut.
   */
  readonly attempt: <T>(of: Attempt, work: () => Promise<T>) => Promise<T>
  /** Somebody came in: the count begins anew, and the journal goes into the log of the room. */
  readonly succeeded: (folder: string, accountName: string, room: RecordsRoom) => Promise<void>
}

export interface Attempt {
  readonly folder: string
  /** As typed. */
  readonly accountName: string
  readonly failure?: Exclude<JournalLine['result'], 'signed-in'>
  /** The open room, whose log hears of a failure at once. */
  readonly room?: RecordsRoom
}

const FAILURES: ReadonlySet<ErrorCode> = new Set([
  'VAULT_WRONG_PASSWORD',
  'VAULT_NO_SUCH_ACCOUNT',
  'VAULT_ACCOUNT_LOCKED',
  'SESSION_SECOND_FACTOR_WRONG',
])

/** Stands in the journal for a name that is no account's: what is typed there by mistake may be a password. */
const UNKNOWN = 'unknown'

export function signInGuard(now: () => Date, clock: MachineClock): SignInGuard {
  const lockedOut = (seconds: number) =>
    new AppError('SESSION_LOCKED_OUT', { minutes: Math.max(1, Math.ceil(seconds / 60)) }, { retryable: true })
  return {
    attempt: async ({ folder, accountName, failure: result = 'failed', room }, work) => {
      const { accounts } = await readVaultInfo(folder)
      const account = accountNamed(accounts, accountName)?.accountName ?? UNKNOWN
      const stand = async () => {
        const journal = await readJournal(folder)
        return { journal, ...lockoutOf(journal.lines, account, clock) }
      }
      const before = account === UNKNOWN ? undefined : await stand()
      if (before !== undefined && before.seconds > 0) throw lockedOut(before.seconds)
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof AppError) || !FAILURES.has(error.code)) throw error
        await appendToJournal(folder, { account, result }, now, clock)
        const { journal, seconds, attemptsLeft } = await stand()
        if (room !== undefined) recordJournal(room, journal)
        if (account === UNKNOWN) throw error
        if (seconds > 0) throw lockedOut(seconds)
        throw new AppError(error.code, { ...error.details, attemptsLeft }, { cause: error })
      }
    },
    succeeded: async (folder, accountName, room) => {
      recordJournal(room, await readJournal(folder))
      await appendToJournal(folder, { account: accountName, result: 'signed-in' }, now, clock)
      recordJournal(room, await readJournal(folder))
    },
  }
}
