import { parseFieldDate } from '../../shared/domain/field-date.ts'
import { initialTokens } from '../../shared/domain/search/name-initials.ts'
import { compactNumber } from '../../shared/domain/search/question-clause.ts'
import { indexTokens } from '../../shared/domain/search/text-runs.ts'
import type { Compartment } from '../vault/index.ts'
import { archiveNumberForms, archiveNumbersOf } from './archive-numbers.ts'
import {
  firstPlace,
  keyFitsYear,
  keyOfPlace,
  lastPlace,
  nextKey,
  RESTRICTED_SLOT,
  slotOfPlace,
} from './search-key.ts'
import { number, numberOrNull, type Row, type Statements, text, textOrNull } from './statements.ts'

/** What the index knows of a case itself. */
export interface CaseEntry {
  readonly number: string
  /** 档号 now and before. */
  readonly archiveNumbers: readonly string[]
  readonly year: number | null
  readonly cause: string
  readonly handler: string
  readonly parties: readonly string[]
  readonly acceptedOn: string | null
  readonly closedOn: string | null
}

export interface ItemEntry {
  readonly itemId: string
  readonly caseId: string
  readonly compartment: Compartment
  readonly title: string
  readonly documentNumber: string
  readonly responsible: string
  readonly date: string
}

/** What is wrong between catalogue and index. */
export interface IndexCheck {
  readonly rows: number
  readonly missing: number
  readonly stale: number
  readonly extra: number
}

export interface SearchIndex {
  /** Replaces what is known of a case itself; catalogue rows stay. Runs inside the caller's transaction. */
  readonly replaceCase: (caseId: string, entry: CaseEntry) => void
  readonly replaceItem: (entry: ItemEntry) => void
  /** Rows of the catalogue that are to be found, and rows of the index; equal when the index is whole. */
  readonly count: () => { readonly entries: number; readonly indexed: number }
  /** Compares some cases, from this key down, with the index; `next` is null at the end. */
  readonly checkSome: (below: number | null) => IndexCheck & { readonly next: number | null }
  /** Writes some cases, from this key down, anew, in one transaction; `next` is null at the end. */
  readonly rebuildSome: (below: number | null) => { readonly rows: number; readonly next: number | null }
  /** Takes everything out, before it is written anew. */
  readonly clear: () => void
  /** The key by which indices name a case. */
  readonly keyOf: (caseId: string) => number | undefined
  /** Cases whose key changed after this sequence, oldest first. */
  readonly movesAfter: (
    sequence: number,
  ) => readonly { readonly sequence: number; readonly from: number; readonly to: number }[]
}

/** Changes with the rules of tokens: an index of other rules is written anew. */
const INDEX_RULES = '1'
/** Without it the next opening writes the index anew. */
export const RULES_SETTING = 'searchIndexRules'
const CASES_AT_ONCE = 500
const COLUMNS = ['number', 'cause', 'party', 'handler', 'dates', 'initials', 'item'] as const
type Columns = Readonly<Record<(typeof COLUMNS)[number], string>>
const NOTHING: Columns = {
  number: '',
  cause: '',
  party: '',
  handler: '',
  dates: '',
  initials: '',
  item: '',
}

/** A date is found by its day, its month and its year. */
export function dateTokens(date: string): readonly string[] {
  const read = parseFieldDate(date)
  if (!read.ok) return []
  const digits = read.iso.replaceAll('-', '')
  return [4, 6, 8].filter((length) => length <= digits.length).map((length) => `d${digits.slice(0, length)}`)
}

function caseColumns(entry: CaseEntry): Columns {
  const names = entry.parties.join(' | ')
  const people = [...entry.parties, entry.handler]
  return {
    ...NOTHING,
    number: [...[entry.number, compactNumber(entry.number)], ...archiveNumberForms(entry.archiveNumbers)]
      .map(indexTokens)
      .join(' '),
    cause: indexTokens(entry.cause),
    party: indexTokens(names),
    handler: indexTokens(entry.handler),
    dates: [entry.acceptedOn ?? '', entry.closedOn ?? ''].flatMap(dateTokens).join(' '),
    initials: [...new Set(people.flatMap(initialTokens))].join(' '),
  }
}

/** What is shown of a catalogue row, and found. */
export function itemText(item: Pick<ItemEntry, 'title' | 'documentNumber' | 'responsible'>): string {
  return [item.title, item.documentNumber, item.responsible].filter((part) => part !== '').join(' · ')
}

const itemColumns = (entry: ItemEntry): Columns => ({
  ...NOTHING,
  item: indexTokens(itemText(entry)),
  dates: dateTokens(entry.date).join(' '),
})

/** FNV-1a over the tokens, so that a row can be told from what the index was given. */
function digestOf(columns: Columns): number {
  let hash = 0x811c9dc5
  for (const column of COLUMNS) {
    for (const unit of `${columns[column]}\n`) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193)
  }
  return hash >>> 0
}

const caseEntry = (row: Row, parties: readonly string[]): CaseEntry => ({
  number: text(row, 'number'),
  archiveNumbers: archiveNumbersOf(row),
  year: numberOrNull(row, 'year'),
  cause: text(row, 'cause'),
  handler: text(row, 'handler'),
  parties,
  acceptedOn: textOrNull(row, 'accepted_on'),
  closedOn: textOrNull(row, 'closed_on'),
})

const ITEMS_OF_CASE = `SELECT item.*, v.compartment, v.case_id FROM volume v JOIN book ON book.volume_id = v.id
  JOIN item ON item.book_id = book.id WHERE v.case_id = ? ORDER BY item.id`

export function searchIndex(sql: Statements): SearchIndex {
  const put = (place: number, columns: Columns) => {
    sql.run(
      `INSERT INTO search_index (rowid, ${COLUMNS.join(', ')}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      place,
      ...COLUMNS.map((column) => columns[column]),
    )
  }
  const drop = (place: number) => sql.run('DELETE FROM search_index WHERE rowid = ?', place)
  const keyOf = (caseId: string) => {
    const row = sql.one('SELECT search_key FROM case_file WHERE id = ?', caseId)
    return row === undefined ? undefined : (numberOrNull(row, 'search_key') ?? undefined)
  }
  const writeCase = (caseId: string, key: number, entry: CaseEntry) => {
    const columns = caseColumns(entry)
    put(firstPlace(key), columns)
    sql.run('UPDATE case_file SET search_digest = ? WHERE id = ?', digestOf(columns), caseId)
  }
  const writeItem = (place: number, entry: ItemEntry) => {
    const columns = itemColumns(entry)
    put(place, columns)
    sql.run(
      'UPDATE item SET search_id = ?, search_digest = ? WHERE id = ?',
      ...[place, digestOf(columns), entry.itemId],
    )
  }
  const partiesOf = (caseId: string) =>
    sql
      .all('SELECT name FROM case_party WHERE case_id = ? ORDER BY sequence', caseId)
      .map((row) => text(row, 'name'))
  const itemEntry = (row: Row): ItemEntry => ({
    itemId: text(row, 'id'),
    caseId: text(row, 'case_id'),
    compartment: text(row, 'compartment') as Compartment,
    title: text(row, 'title'),
    documentNumber: text(row, 'document_number'),
    responsible: text(row, 'responsible'),
    date: text(row, 'date'),
  })
  const newPlace = (key: number, compartment: Compartment) => {
    const first = firstPlace(key) + (compartment === 'restricted' ? RESTRICTED_SLOT : 0)
    const row = sql.one(
      'SELECT max(search_id) AS n FROM item WHERE search_id BETWEEN ? AND ?',
      ...[first, first + RESTRICTED_SLOT - 1],
    )
    return Math.max(first, (row === undefined ? null : numberOrNull(row, 'n')) ?? 0) + 1
  }
  /** A case of another year stands elsewhere in the order: all that is found in it moves along. */
  const moveCase = (caseId: string, from: number, year: number | null): number => {
    const to = nextKey(sql, year)
    drop(firstPlace(from))
    sql.run('UPDATE case_file SET search_key = ? WHERE id = ?', to, caseId)
    sql.run('INSERT INTO search_move (case_id, from_key, to_key) VALUES (?, ?, ?)', caseId, from, to)
    for (const row of sql.all(ITEMS_OF_CASE, caseId)) {
      const place = numberOrNull(row, 'search_id')
      if (place === null) continue
      drop(place)
      writeItem(firstPlace(to) + slotOfPlace(place), itemEntry(row))
    }
    return to
  }
  /** Newest first. */
  const casesBelow = (below: number | null) =>
    sql.all(
      'SELECT * FROM case_file WHERE search_key < ? ORDER BY search_key DESC LIMIT ?',
      ...[below ?? Number.MAX_SAFE_INTEGER, CASES_AT_ONCE],
    )
  const nextOf = (rows: readonly Row[]) =>
    rows.length < CASES_AT_ONCE ? null : number(rows.at(-1) ?? {}, 'search_key')

  const index: SearchIndex = {
    replaceCase: (caseId, entry) => {
      const known = keyOf(caseId)
      let key = known
      if (key === undefined) {
        key = nextKey(sql, entry.year)
        sql.run('UPDATE case_file SET search_key = ? WHERE id = ?', key, caseId)
      } else if (keyFitsYear(key, entry.year)) drop(firstPlace(key))
      else key = moveCase(caseId, key, entry.year)
      writeCase(caseId, key, entry)
    },
    replaceItem: (entry) => {
      const row = sql.one('SELECT search_id FROM item WHERE id = ?', entry.itemId)
      const known = row === undefined ? null : numberOrNull(row, 'search_id')
      const key = keyOf(entry.caseId)
      if (known !== null) drop(known)
      if (key === undefined) return
      writeItem(known ?? newPlace(key, entry.compartment), entry)
    },
    count: () => ({
      entries: number(
        sql.one('SELECT (SELECT count(*) FROM case_file) + (SELECT count(*) FROM item) AS n') ?? {},
        'n',
      ),
      indexed: number(sql.one('SELECT count(*) AS n FROM search_index_docsize') ?? {}, 'n'),
    }),
    checkSome: (below) => {
      const cases = casesBelow(below)
      const tally = { rows: 0, missing: 0, stale: 0, extra: 0 }
      const next = nextOf(cases)
      const wanted = new Set<number>()
      const judge = (place: number | null, columns: Columns, digest: number) => {
        tally.rows += 1
        if (place === null) tally.missing += 1
        else wanted.add(place)
        if (digest !== digestOf(columns)) tally.stale += 1
      }
      for (const row of cases) {
        const caseId = text(row, 'id')
        const key = number(row, 'search_key')
        judge(firstPlace(key), caseColumns(caseEntry(row, partiesOf(caseId))), number(row, 'search_digest'))
        for (const item of sql.all(ITEMS_OF_CASE, caseId)) {
          const entry = itemEntry(item)
          const place = numberOrNull(item, 'search_id')
          const right =
            place !== null &&
            keyOfPlace(place) === key &&
            slotOfPlace(place) >= RESTRICTED_SLOT === (entry.compartment === 'restricted')
          judge(right ? place : null, itemColumns(entry), number(item, 'search_digest'))
        }
      }
      const held = sql.all(
        'SELECT id FROM search_index_docsize WHERE id BETWEEN ? AND ?',
        next === null ? 0 : firstPlace(next),
        below === null ? Number.MAX_SAFE_INTEGER : firstPlace(below) - 1,
      )
      for (const row of held) if (!wanted.delete(number(row, 'id'))) tally.extra += 1
      tally.missing += wanted.size
      return { ...tally, next }
    },
    rebuildSome: (below) =>
      sql.transaction(() => {
        const cases = casesBelow(below)
        const next = nextOf(cases)
        let rows = 0
        sql.run(
          'DELETE FROM search_index WHERE rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)',
          next === null ? 0 : firstPlace(next),
          below === null ? Number.MAX_SAFE_INTEGER : firstPlace(below) - 1,
        )
        // Upwards, since the index takes rows fastest in their order.
        for (const row of [...cases].reverse()) {
          const caseId = text(row, 'id')
          const key = number(row, 'search_key')
          writeCase(caseId, key, caseEntry(row, partiesOf(caseId)))
          rows += 1
          const items = sql.all(ITEMS_OF_CASE, caseId)
          sql.run(
            `UPDATE item SET search_id = NULL WHERE search_id BETWEEN ? AND ?`,
            ...[firstPlace(key), lastPlace(key)],
          )
          let open = firstPlace(key)
          let restricted = firstPlace(key) + RESTRICTED_SLOT
          for (const item of items.map(itemEntry)) {
            writeItem(item.compartment === 'restricted' ? ++restricted : ++open, item)
            rows += 1
          }
        }
        return { rows, next }
      }),
    clear: () => {
      sql.run(`INSERT INTO search_index (search_index) VALUES ('delete-all')`)
    },
    keyOf,
    movesAfter: (sequence) =>
      sql
        .all(
          'SELECT sequence, from_key, to_key FROM search_move WHERE sequence > ? ORDER BY sequence',
          sequence,
        )
        .map((row) => ({
          sequence: number(row, 'sequence'),
          from: number(row, 'from_key'),
          to: number(row, 'to_key'),
        })),
  }
  fillWhenRulesChanged(sql, index)
  return index
}

/** After a migration, or with a program of other rules, the index is written anew before anybody searches. */
function fillWhenRulesChanged(sql: Statements, index: SearchIndex): void {
  const row = sql.one('SELECT value FROM setting WHERE key = ?', RULES_SETTING)
  if (row !== undefined && text(row, 'value') === INDEX_RULES) return
  sql.transaction(() => {
    index.clear()
    let below: number | null = null
    do below = index.rebuildSome(below).next
    while (below !== null)
    sql.run('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)', RULES_SETTING, INDEX_RULES)
  })
}
