import { renameSync } from 'node:fs'
import path from 'node:path'
import type { PageText } from '../../shared/domain/page-text.ts'
import { indexTokens } from '../../shared/domain/search/text-runs.ts'
import { AppError } from '../../shared/errors.ts'
import {
  firstPlace,
  lastPlace,
  number,
  type Row,
  type SearchIndex,
  type Statements,
  slotOfPlace,
  statementsOf,
  text,
} from '../catalogue/index.ts'
import { type Database, errorFromDatabase, openDatabase } from '../database.ts'
import { isErrno, systemError } from '../errno.ts'
import type { Compartment, OpenVault } from '../vault/index.ts'
import { SEARCH_CACHE_KIB } from './page-cache.ts'
import { packLayout, unpackLayout } from './page-layout.ts'
import type { TextShelf } from './text-shelf-contract.ts'

/** The texts' files in a vault folder, by compartment. */
export const TEXT_FILES: Readonly<Record<Compartment, string>> = {
  open: 'texts-open.db',
  restricted: 'texts-restricted.db',
}

const SCHEMA_VERSION = 1
const SCHEMA = `
CREATE TABLE page_text (
  id INTEGER PRIMARY KEY,
  version_id TEXT NOT NULL UNIQUE,
  page_id TEXT NOT NULL UNIQUE,
  volume_id TEXT NOT NULL,
  case_id TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  confidence REAL NOT NULL,
  engine TEXT NOT NULL,
  model TEXT NOT NULL,
  read_at TEXT NOT NULL,
  lines TEXT NOT NULL,
  layout BLOB NOT NULL
) STRICT;
CREATE VIRTUAL TABLE page_index USING fts5 (
  tokens, tokenize = 'ascii', content = '', contentless_delete = 1, detail = none, prefix = '3 4 5'
);
INSERT INTO page_index (page_index, rank) VALUES ('pgsz', 3900);
CREATE TABLE shelf_state (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`

export interface TextShelfParts {
  readonly vault: Pick<OpenVault, 'folder' | 'textKey' | 'compartments'>
  /** The catalogue's index, which gives each case its place. */
  readonly places: Pick<SearchIndex, 'keyOf' | 'movesAfter'>
  readonly now: () => Date
  /** A file was damaged: it was renamed to `file`, and the texts of the compartment are to be read anew. */
  readonly onLost: (compartment: Compartment, file: string) => void
}

const numberOr = (row: Row | undefined, column: string, otherwise: number) =>
  row === undefined || row[column] === null ? otherwise : number(row, column)

/** Every line on its own, so that the n-th of the layout is the n-th of the text. */
const storedLines = (page: PageText) =>
  page.lines.map(({ text: line }) => line.replace(/[\r\n]/g, ' ')).join('\n')

function pageText(row: Row): PageText {
  const layout = unpackLayout(row.layout as Uint8Array)
  const texts = text(row, 'lines').split('\n')
  return {
    versionId: text(row, 'version_id'),
    pageId: text(row, 'page_id'),
    volumeId: text(row, 'volume_id'),
    caseId: text(row, 'case_id'),
    widthPixels: number(row, 'width'),
    heightPixels: number(row, 'height'),
    turn: number(row, 'turn') as PageText['turn'],
    confidence: number(row, 'confidence'),
    engine: text(row, 'engine'),
    model: text(row, 'model'),
    readAt: text(row, 'read_at'),
    lines: layout.map((line, place) => ({ ...line, text: texts[place] ?? '' })),
  }
}

function openFile(file: string, key: Uint8Array): Database {
  const database = openDatabase(file, key)
  try {
    const found = Number(database.pragma('user_version', { simple: true }))
    if (found > SCHEMA_VERSION)
      throw new AppError('CATALOGUE_TOO_NEW', { found, known: SCHEMA_VERSION, file: path.basename(file) })
    if (found === 0)
      database.transaction(() => {
        database.exec(SCHEMA)
        database.pragma(`user_version = ${SCHEMA_VERSION}`)
      })()
    return database
  } catch (error) {
    database.close()
    throw errorFromDatabase(error, 'texts.open')
  }
}

/** Sets a damaged file aside under a name that tells when; what SQLite keeps beside it goes along. */
function setAside(file: string, now: Date): string {
  const stamp = now.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const aside = `${file}.damaged-${stamp}`
  for (const ending of ['', '-wal', '-shm']) {
    try {
      renameSync(`${file}${ending}`, `${aside}${ending}`)
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw systemError(error, 'texts.setAside')
    }
  }
  return aside
}

/** What a shelf offers to the searching and checking beside it. */
export interface OpenTextShelf extends TextShelf {
  /** Files many pages at once, in one transaction; fastest in the order of their cases' keys. */
  readonly putMany: (compartment: Compartment, texts: readonly PageText[]) => void
  /** Brings places up to date with the catalogue before they are used. */
  readonly settle: (compartment: Compartment) => void
  /** Compares stored texts with the index, up from this place. */
  readonly checkSome: (
    compartment: Compartment,
    above: number,
  ) => {
    readonly rows: number
    readonly missing: number
    readonly misplaced: number
    readonly next: number | null
  }
  /** Empties the index of a compartment, before it is written anew. */
  readonly clearIndex: (compartment: Compartment) => void
  /** Indexes stored texts anew, up from this place, in one transaction; a slice may be written twice. */
  readonly rebuildSome: (
    compartment: Compartment,
    above: number,
  ) => { readonly rows: number; readonly next: number | null }
  /**
   * Joins the parts of the index that filing left, a slice at a time; many parts make every search slower. The first
   * slice says `begin`. True while there is more to join.
   */
  readonly mergeSome: (compartment: Compartment, begin: boolean) => boolean
  /** SQLite's own reading of a whole file; empty when sound. */
  readonly problems: (compartment: Compartment) => readonly string[]
  readonly count: (compartment: Compartment) => { readonly texts: number; readonly indexed: number }
}

const ROWS_AT_ONCE = 500
/** About 20 ms of work. */
const MERGED_PAGES = 64
const MOVES = 'moves'

/** Opens no file before it is asked for; see {@link TextShelf}. */
export function openTextShelf({ vault, places, now, onLost }: TextShelfParts): OpenTextShelf {
  const open = new Map<Compartment, { readonly database: Database; readonly sql: Statements }>()

  const connect = (compartment: Compartment) => {
    const known = open.get(compartment)
    if (known !== undefined) return known
    const key = vault.textKey(compartment)
    const file = path.join(vault.folder, TEXT_FILES[compartment])
    let database: Database
    try {
      try {
        database = openFile(file, key)
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'CATALOGUE_DAMAGED') throw error
        const aside = setAside(file, now())
        database = openFile(file, key)
        onLost(compartment, path.basename(aside))
      }
    } finally {
      key.fill(0)
    }
    database.pragma(`cache_size = -${SEARCH_CACHE_KIB}`)
    const made = { database, sql: statementsOf(database) }
    open.set(compartment, made)
    return made
  }

  const sql = (compartment: Compartment) => connect(compartment).sql

  const unindex = (shelf: Statements, place: number) => {
    shelf.run('DELETE FROM page_index WHERE rowid = ?', place)
  }
  const indexAt = (shelf: Statements, place: number, lines: string) => {
    shelf.run('INSERT OR REPLACE INTO page_index (rowid, tokens) VALUES (?, ?)', place, indexTokens(lines))
  }

  const settle = (compartment: Compartment) => {
    const shelf = sql(compartment)
    const applied = numberOr(shelf.one('SELECT value FROM shelf_state WHERE key = ?', MOVES), 'value', 0)
    const moves = places.movesAfter(applied)
    if (moves.length === 0) return
    shelf.transaction(() => {
      for (const { sequence, from, to } of moves) {
        const rows = shelf.all(
          'SELECT id, lines FROM page_text WHERE id BETWEEN ? AND ? ORDER BY id',
          ...[firstPlace(from), lastPlace(from)],
        )
        for (const row of rows) unindex(shelf, number(row, 'id'))
        for (const row of rows) {
          const place = firstPlace(to) + slotOfPlace(number(row, 'id'))
          shelf.run('UPDATE page_text SET id = ? WHERE id = ?', place, number(row, 'id'))
          indexAt(shelf, place, text(row, 'lines'))
        }
        shelf.run('INSERT OR REPLACE INTO shelf_state VALUES (?, ?)', MOVES, sequence)
      }
    })
  }

  const placeFor = (shelf: Statements, page: PageText): number => {
    const key = places.keyOf(page.caseId)
    if (key === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'case', id: page.caseId })
    const known = shelf.one('SELECT id FROM page_text WHERE page_id = ?', page.pageId)
    if (known !== undefined) {
      const place = number(known, 'id')
      unindex(shelf, place)
      shelf.run('DELETE FROM page_text WHERE id = ?', place)
      if (place >= firstPlace(key) && place <= lastPlace(key)) return place
    }
    const last = shelf.one(
      'SELECT max(id) AS id FROM page_text WHERE id BETWEEN ? AND ?',
      ...[firstPlace(key), lastPlace(key)],
    )
    return numberOr(last, 'id', firstPlace(key)) + 1
  }

  const put = (shelf: Statements, page: PageText) => {
    const place = placeFor(shelf, page)
    const lines = storedLines(page)
    shelf.run(
      `INSERT INTO page_text (id, version_id, page_id, volume_id, case_id, width, height, turn, confidence, engine,
         model, read_at, lines, layout) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[
        place,
        page.versionId,
        page.pageId,
        page.volumeId,
        page.caseId,
        page.widthPixels,
        page.heightPixels,
      ],
      ...[page.turn, page.confidence, page.engine, page.model, page.readAt, lines, packLayout(page.lines)],
    )
    indexAt(shelf, place, lines)
  }
  const putMany = (compartment: Compartment, texts: readonly PageText[]) => {
    settle(compartment)
    const shelf = sql(compartment)
    shelf.transaction(() => {
      for (const page of texts) put(shelf, page)
    })
  }

  return {
    put: (compartment, page) => putMany(compartment, [page]),
    putMany,
    get: (compartment, versionId) => {
      const row = sql(compartment).one('SELECT * FROM page_text WHERE version_id = ?', versionId)
      return row === undefined ? undefined : pageText(row)
    },
    remove: (compartment, pageId) => {
      const shelf = sql(compartment)
      shelf.transaction(() => {
        const known = shelf.one('SELECT id FROM page_text WHERE page_id = ?', pageId)
        if (known === undefined) return
        unindex(shelf, number(known, 'id'))
        shelf.run('DELETE FROM page_text WHERE id = ?', number(known, 'id'))
      })
    },
    sql,
    settle,
    checkSome: (compartment, above) => {
      const shelf = sql(compartment)
      const rows = shelf.all(
        `SELECT p.id, p.case_id, d.id AS indexed FROM page_text p LEFT JOIN page_index_docsize d ON d.id = p.id
         WHERE p.id > ? ORDER BY p.id LIMIT ?`,
        ...[above, ROWS_AT_ONCE],
      )
      let missing = 0
      let misplaced = 0
      for (const row of rows) {
        if (row.indexed === null) missing += 1
        const key = places.keyOf(text(row, 'case_id'))
        const place = number(row, 'id')
        if (key === undefined || place < firstPlace(key) || place > lastPlace(key)) misplaced += 1
      }
      const next = rows.length < ROWS_AT_ONCE ? null : number(rows.at(-1) ?? {}, 'id')
      return { rows: rows.length, missing, misplaced, next }
    },
    clearIndex: (compartment) => {
      sql(compartment).run(`INSERT INTO page_index (page_index) VALUES ('delete-all')`)
    },
    rebuildSome: (compartment, above) => {
      const shelf = sql(compartment)
      return shelf.transaction(() => {
        const rows = shelf.all(
          'SELECT id, lines FROM page_text WHERE id > ? ORDER BY id LIMIT ?',
          ...[above, ROWS_AT_ONCE],
        )
        for (const row of rows) indexAt(shelf, number(row, 'id'), text(row, 'lines'))
        return {
          rows: rows.length,
          next: rows.length < ROWS_AT_ONCE ? null : number(rows.at(-1) ?? {}, 'id'),
        }
      })
    },
    mergeSome: (compartment, begin) => {
      const shelf = sql(compartment)
      const changes = () => numberOr(shelf.one('SELECT total_changes() AS n'), 'n', 0)
      const before = changes()
      // A negative number of pages takes all parts as one level, the positive ones after it go on from there.
      shelf.run(
        `INSERT INTO page_index (page_index, rank) VALUES ('merge', CAST(? AS INTEGER))`,
        begin ? -MERGED_PAGES : MERGED_PAGES,
      )
      return changes() - before >= 2
    },
    problems: (compartment) => {
      try {
        const found = connect(compartment).database.pragma('integrity_check') as { integrity_check: string }[]
        sql(compartment).run(`INSERT INTO page_index (page_index) VALUES ('integrity-check')`)
        return found.map((row) => row.integrity_check).filter((line) => line !== 'ok')
      } catch (error) {
        return [errorFromDatabase(error, 'texts.check').code]
      }
    },
    count: (compartment) => ({
      texts: numberOr(sql(compartment).one('SELECT count(*) AS n FROM page_text'), 'n', 0),
      indexed: numberOr(sql(compartment).one('SELECT count(*) AS n FROM page_index_docsize'), 'n', 0),
    }),
    close: () => {
      for (const { database } of open.values()) database.close()
      open.clear()
    },
  }
}
