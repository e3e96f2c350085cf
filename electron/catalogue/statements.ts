import { type Database, errorFromDatabase } from '../database.ts'

type Value = string | number | null | Uint8Array
export type Row = Readonly<Record<string, unknown>>

function isFromDatabase(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_')
}

/** What SQLite reports leaves as an AppError; what the caller's own code throws stays as it is. */
function told<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw isFromDatabase(error) ? errorFromDatabase(error, 'catalogue') : error
  }
}

/** Runs SQL with prepared statements kept by their text. */
export interface Statements {
  readonly run: (sql: string, ...values: readonly Value[]) => number
  readonly one: (sql: string, ...values: readonly Value[]) => Row | undefined
  readonly all: (sql: string, ...values: readonly Value[]) => readonly Row[]
  readonly each: (sql: string, ...values: readonly Value[]) => IterableIterator<Row>
  /** Runs the work in one transaction; when one is already open the work joins it. */
  readonly transaction: <T>(work: () => T) => T
}

export function statementsOf(database: Database): Statements {
  const kept = new Map<string, ReturnType<Database['prepare']>>()
  const prepared = (sql: string) => {
    const found = kept.get(sql)
    if (found !== undefined) return found
    const made = database.prepare(sql)
    kept.set(sql, made)
    return made
  }
  return {
    run: (sql, ...values) => told(() => prepared(sql).run(...values).changes),
    one: (sql, ...values) => told(() => prepared(sql).get(...values) as Row | undefined),
    all: (sql, ...values) => told(() => prepared(sql).all(...values) as Row[]),
    // An iterator keeps its statement busy until it ends, so it gets one of its own.
    each: function* (sql, ...values) {
      const rows = told(() => database.prepare(sql).iterate(...values) as IterableIterator<Row>)
      try {
        for (let next = told(() => rows.next()); next.done !== true; next = told(() => rows.next()))
          yield next.value
      } finally {
        rows.return?.()
      }
    },
    transaction: (work) => told(() => (database.inTransaction ? work() : database.transaction(work)())),
  }
}

export const text = (row: Row, column: string): string => String(row[column])
export const number = (row: Row, column: string): number => Number(row[column])
export const textOrNull = (row: Row, column: string): string | null => {
  const value = row[column]
  return value === null || value === undefined ? null : String(value)
}
export const numberOrNull = (row: Row, column: string): number | null => {
  const value = row[column]
  return value === null || value === undefined ? null : Number(value)
}
