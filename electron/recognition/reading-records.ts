import type { Row, Statements } from '../catalogue/index.ts'
import type { Compartment } from '../vault/index.ts'

/** How far a page has come: `waiting` to be read, `read`, or `failed` by its `code`. */
export type ReadingState = 'waiting' | 'read' | 'failed'

/** What is known of the reading of a page's current version. */
export interface PageReadingRow {
  readonly pageId: string
  readonly versionId: string
  readonly state: ReadingState
  readonly model: string | null
  readonly code: string | null
  readonly confidence: number | null
  readonly lineCount: number | null
  readonly doubtfulCount: number | null
}

export interface FailedPage {
  readonly pageId: string
  readonly volumeId: string
  readonly caseId: string
  readonly position: number
  readonly printedNumber: string
  readonly code: string
  readonly readAt: string
}

export interface ReadingCounts {
  readonly read: number
  readonly failed: number
  readonly waiting: number
}

/** How a reading ended. */
export type SettledReading = {
  readonly pageId: string
  readonly versionId: string
  readonly model: string
  readonly engine: string
  readonly readAt: string
} & (
  | {
      readonly state: 'read'
      readonly confidence: number
      readonly lineCount: number
      readonly doubtfulCount: number
    }
  | { readonly state: 'failed'; readonly code: string }
)

/** The table of what was read. Migration 0009 keeps a row for every page; text never stands in it. */
export interface ReadingRecords {
  /** The waiting page that was filed first. */
  readonly next: (compartments: ReadonlySet<Compartment>) => string | undefined
  readonly ofPage: (pageId: string) => PageReadingRow | undefined
  /** In image order, withdrawn pages left out. */
  readonly ofVolume: (volumeId: string) => readonly PageReadingRow[]
  readonly countsOf: (volumeId: string) => ReadingCounts
  readonly counts: (compartments: ReadonlySet<Compartment>) => ReadingCounts
  /** Failed pages, the latest filed first. */
  readonly failures: (compartments: ReadonlySet<Compartment>, limit: number) => readonly FailedPage[]
  /** Writes how a reading ended; false when another version is current by now, which waits for its own turn. */
  readonly settle: (reading: SettledReading) => boolean
  /** Puts a page that was read, or could not be, back among those that wait. */
  readonly again: (pageId: string) => void
  /** Every page of a compartment waits again: its texts are lost. */
  readonly allAgain: (compartment: Compartment) => void
  /**
   * Puts pages that were read by another model among those that wait, a slice at each call; true when all are there.
   * A no-op for the model that it was told last. The old texts stay until the new ones are there.
   */
  readonly adoptModel: (model: string, after: string) => { readonly done: boolean; readonly last: string }
  /** Pages that are withdrawn or gone and whose text is still kept. */
  readonly leaving: (compartment: Compartment, limit: number) => readonly { readonly pageId: string }[]
  /** The text of a page that is gone is removed. */
  readonly left: (pageId: string) => void
}

const MODEL_KEY = 'recognitionModel'
/** Rows looked at before others get their turn. */
const SLICE = 2000

function readingRow(row: Row): PageReadingRow {
  const numberOrNull = (column: string) => (row[column] === null ? null : Number(row[column]))
  const textOrNull = (column: string) => (row[column] === null ? null : String(row[column]))
  return {
    pageId: String(row.page_id),
    versionId: String(row.version_id),
    state: String(row.state) as ReadingState,
    model: textOrNull('model'),
    code: textOrNull('code'),
    confidence: numberOrNull('confidence'),
    lineCount: numberOrNull('line_count'),
    doubtfulCount: numberOrNull('doubtful_count'),
  }
}

function summed(rows: readonly Row[]): ReadingCounts {
  const counts = { read: 0, failed: 0, waiting: 0 }
  for (const row of rows) {
    const state = String(row.state)
    if (state === 'read' || state === 'failed' || state === 'waiting') counts[state] += Number(row.pages)
  }
  return counts
}

export function readingRecords(sql: Statements): ReadingRecords {
  return {
    next: (compartments) =>
      [...compartments]
        .flatMap((compartment) => {
          const row = sql.one(
            `SELECT page_id FROM page_reading WHERE state = 'waiting' AND compartment = ? ORDER BY page_id LIMIT 1`,
            compartment,
          )
          return row === undefined ? [] : [String(row.page_id)]
        })
        .toSorted()[0],
    ofPage: (pageId) => {
      const row = sql.one(`SELECT * FROM page_reading WHERE page_id = ? AND state <> 'leaving'`, pageId)
      return row === undefined ? undefined : readingRow(row)
    },
    ofVolume: (volumeId) =>
      sql
        .all(
          `SELECT r.* FROM book JOIN page ON page.book_id = book.id JOIN page_reading r ON r.page_id = page.id
           WHERE book.volume_id = ? AND r.state <> 'leaving' ORDER BY book.sequence, page.position`,
          volumeId,
        )
        .map(readingRow),
    countsOf: (volumeId) =>
      summed(
        sql.all(
          `SELECT r.state, count(*) AS pages FROM book JOIN page ON page.book_id = book.id
             JOIN page_reading r ON r.page_id = page.id WHERE book.volume_id = ? GROUP BY r.state`,
          volumeId,
        ),
      ),
    counts: (compartments) =>
      summed(
        sql
          .all('SELECT * FROM page_reading_count')
          .filter((row) => compartments.has(String(row.compartment) as Compartment)),
      ),
    failures: (compartments, limit) =>
      sql
        .all(
          `SELECT r.*, page.position, page.printed_number, volume.id AS volume_id, volume.case_id
           FROM page_reading r JOIN page ON page.id = r.page_id JOIN book ON book.id = page.book_id
           JOIN volume ON volume.id = book.volume_id
           WHERE r.state = 'failed' AND r.compartment IN (${[...compartments].map(() => '?').join(', ')})
           ORDER BY r.page_id DESC LIMIT ?`,
          ...[...compartments, limit],
        )
        .map((row) => ({
          pageId: String(row.page_id),
          volumeId: String(row.volume_id),
          caseId: String(row.case_id),
          position: Number(row.position),
          printedNumber: String(row.printed_number),
          code: String(row.code),
          readAt: String(row.read_at),
        })),
    settle: (reading) => {
      const read = reading.state === 'read'
      return (
        sql.run(
          `UPDATE page_reading SET state = ?, model = ?, engine = ?, code = ?, confidence = ?, line_count = ?,
             doubtful_count = ?, read_at = ?
           WHERE page_id = ? AND version_id = ? AND state <> 'leaving'`,
          ...[reading.state, reading.model, reading.engine, read ? null : reading.code],
          ...(read ? [reading.confidence, reading.lineCount, reading.doubtfulCount] : [null, null, null]),
          ...[reading.readAt, reading.pageId, reading.versionId],
        ) > 0
      )
    },
    again: (pageId) => {
      sql.run(
        `UPDATE page_reading SET state = 'waiting', code = NULL WHERE page_id = ? AND state IN ('read', 'failed')`,
        pageId,
      )
    },
    allAgain: (compartment) => {
      sql.run(
        `UPDATE page_reading SET state = 'waiting', code = NULL WHERE compartment = ? AND state IN ('read', 'failed')`,
        compartment,
      )
    },
    adoptModel: (model, after) =>
      sql.transaction(() => {
        const told = sql.one('SELECT value FROM setting WHERE key = ?', MODEL_KEY)?.value
        if (told === model) return { done: true, last: after }
        const slice = sql.all(
          'SELECT page_id FROM page_reading WHERE page_id > ? ORDER BY page_id LIMIT ?',
          ...[after, SLICE],
        )
        const last = String(slice.at(-1)?.page_id ?? after)
        sql.run(
          `UPDATE page_reading SET state = 'waiting', code = NULL
           WHERE page_id > ? AND page_id <= ? AND state IN ('read', 'failed') AND model <> ?`,
          ...[after, last, model],
        )
        if (slice.length === SLICE) return { done: false, last }
        sql.run(
          'INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
          ...[MODEL_KEY, model],
        )
        return { done: true, last }
      }),
    leaving: (compartment, limit) =>
      sql
        .all(
          `SELECT page_id FROM page_reading WHERE state = 'leaving' AND compartment = ? LIMIT ?`,
          ...[compartment, limit],
        )
        .map((row) => ({ pageId: String(row.page_id) })),
    left: (pageId) => {
      sql.run(`DELETE FROM page_reading WHERE page_id = ? AND state = 'leaving'`, pageId)
    },
  }
}
