import { archiveNumberCompact, normaliseArchiveNumber } from '../../shared/domain/archive-number.ts'
import { AppError } from '../../shared/errors.ts'
import { type Row, type Statements, text } from './statements.ts'

/** A case's 档号 and those that it had before: what was approved away is still found. */
export interface ArchiveNumbers {
  readonly now: string
  readonly former: readonly string[]
  /** All of them, its own first. */
  readonly known: readonly string[]
}

const numbersOf = (now: string, former: readonly string[]): ArchiveNumbers => ({
  now,
  former,
  known: now === '' ? former : [now, ...former],
})

const formerOf = (row: Row): readonly string[] =>
  text(row, 'former_archive_numbers')
    .split('\n')
    .filter((known) => known !== '')

/** Every 档号 by which a case is found, its own first. */
export const archiveNumbersOf = (row: Row): readonly string[] =>
  numbersOf(text(row, 'archive_number'), formerOf(row)).known

/** Before 归档 a 档号 is a draft; afterwards it has named something, and stays known when another takes its place. */
function archiveNumbersAfter(before: Row | undefined, typed: string): ArchiveNumbers {
  const now = normaliseArchiveNumber(typed)
  if (before === undefined) return numbersOf(now, [])
  const known = text(before, 'status') === 'filed' ? archiveNumbersOf(before) : formerOf(before)
  return numbersOf(
    now,
    known.filter((other) => other !== now),
  )
}

/** Every way in which a case's 档号 are written: with and without their marks. */
export const archiveNumberForms = (known: readonly string[]): readonly string[] =>
  known.flatMap((archiveNumber) => [archiveNumber, archiveNumberCompact(archiveNumber)])

/** The 档号 of cases: one names one case. */
export function archiveNumberRegister(sql: Statements) {
  const holderOf = (archiveNumber: string): string | undefined => {
    if (archiveNumber === '') return undefined
    const row = sql.one(
      `SELECT id FROM case_file WHERE archive_number = ? AND archive_number <> ''`,
      archiveNumber,
    )
    return row === undefined ? undefined : text(row, 'id')
  }
  return {
    holderOf,
    /** What a case will have, once this was typed; throws ARCHIVE_NUMBER_TAKEN. */
    after: (typed: string, caseId?: string): ArchiveNumbers => {
      const before =
        caseId === undefined
          ? undefined
          : sql.one(
              'SELECT status, archive_number, former_archive_numbers FROM case_file WHERE id = ?',
              caseId,
            )
      const numbers = archiveNumbersAfter(before, typed)
      const holder = holderOf(numbers.now)
      if (holder !== undefined && holder !== caseId)
        throw new AppError('ARCHIVE_NUMBER_TAKEN', { archiveNumber: numbers.now })
      return numbers
    },
  }
}
