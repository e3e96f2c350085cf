import { AppError } from '../../shared/errors.ts'
import type { Catalogue } from './catalogue.ts'
import { RULES_SETTING } from './search-index.ts'
import { number, type Statements, text } from './statements.ts'

/** What belongs to a case: rows of other cases go, by their references. A new table is entered here or below. */
const OF_CASES: ReadonlySet<string> = new Set([
  ...['case_file', 'case_party', 'volume', 'book', 'item', 'source_file', 'page', 'page_version'],
  ...['case_assignment', 'recusal', 'approval', 'loan', 'loan_page', 'page_output'],
  ...['reconciliation', 'paper_scan', 'paper_page', 'page_match', 'sheet_pass', 'sheet_verdict'],
  ...['difference', 'difference_attachment', 'attachment_page'],
  ...['settlement_plan', 'volume_note', 'volume_proof'],
  ...['job', 'job_outcome', 'page_reading', 'page_reading_count', 'search_move', 'search_year'],
])
/**
 * What belongs to the vault, and stays whole: without it nobody signs in, and the log is no longer proven. The log
 * names other cases by their numbers: it is one chain.
 */
const OF_VAULT: ReadonlySet<string> = new Set([
  ...['setting', 'account', 'delegation', 'catalogue_template', 'alarm_rule', 'backup_duty'],
  ...['password_state', 'password_history', 'one_time_code', 'sign_in_journal'],
  ...['audit_record', 'audit_tail', 'audit_head'],
])
/** What belongs to the room's daily work, and tells of other cases: it goes altogether. */
const OF_ROOM: ReadonlySet<string> = new Set([
  ...['saved_view', 'saved_search', 'draft', 'alarm', 'right_review', 'right_review_line'],
  ...['backup_medium', 'backup_medium_event', 'backup_snapshot', 'backup_check', 'backup_check_problem'],
  ...['backup_task', 'restore_drill'],
])

interface Reference {
  readonly table: string
  readonly column: string
  readonly parent: string
  readonly parentColumn: string
  readonly required: boolean
}

function tablesOf(sql: Statements): readonly string[] {
  // The index's own tables are emptied through it.
  return sql
    .all(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'
         AND name NOT GLOB 'search_index*' ORDER BY name`,
    )
    .map((row) => text(row, 'name'))
}

/** Tables of which nobody has said what becomes of them; empty in a program that is whole. */
export function undecidedTables(sql: Statements): readonly string[] {
  return tablesOf(sql).filter((name) => ![OF_CASES, OF_VAULT, OF_ROOM].some((decided) => decided.has(name)))
}

function referencesOf(sql: Statements, tables: readonly string[]): readonly Reference[] {
  return tables.flatMap((table) => {
    const required = new Set(
      sql
        .all('SELECT name FROM pragma_table_info(?) WHERE "notnull" = 1 OR pk > 0', table)
        .map((row) => text(row, 'name')),
    )
    return sql.all('SELECT * FROM pragma_foreign_key_list(?)', table).map((row) => ({
      ...{ table, column: text(row, 'from'), parent: text(row, 'table'), parentColumn: text(row, 'to') },
      required: required.has(text(row, 'from')),
    }))
  })
}

/** Takes out what refers to something that is gone, until nothing does. */
function removeDangling(sql: Statements, references: readonly Reference[]): void {
  let changed = 1
  while (changed > 0) {
    changed = 0
    for (const { table, column, parent, parentColumn, required } of references) {
      const dangles = `"${column}" IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM "${parent}" AS kept WHERE kept."${parentColumn}" = "${table}"."${column}")`
      changed += sql.run(
        required
          ? `DELETE FROM "${table}" WHERE ${dangles}`
          : `UPDATE "${table}" SET "${column}" = NULL WHERE ${dangles}`,
      )
    }
  }
}

/** A page that came from another case brought its file along: that is the original of this case's page now. */
function adoptSources(sql: Statements, caseId: string): void {
  sql.run(
    `UPDATE source_file SET volume_id = found.volume_id FROM (
       SELECT v.source_file_id AS id, book.volume_id FROM page_version v JOIN page ON page.id = v.page_id
         JOIN book ON book.id = page.book_id
       UNION SELECT p.source_file_id, r.volume_id FROM paper_page p
         JOIN reconciliation r ON r.id = p.reconciliation_id
     ) AS found JOIN volume ON volume.id = found.volume_id
     WHERE found.id = source_file.id AND volume.case_id = ?
       AND source_file.volume_id NOT IN (SELECT id FROM volume WHERE case_id = ?)`,
    ...[caseId, caseId],
  )
}

function removeOthers(sql: Statements, caseId: string): void {
  sql.run('DELETE FROM case_file WHERE id <> ?', caseId)
  // These name a case without having to: a loan of paper that is in no catalogue, work on the whole room.
  sql.run('DELETE FROM loan WHERE case_id IS NOT ?', caseId)
  sql.run(
    `DELETE FROM job WHERE case_id IS NOT ? OR state NOT IN ('succeeded', 'failed', 'cancelled')`,
    caseId,
  )
  // An import says where else it saw the same file.
  sql.run(`UPDATE job_outcome SET details = json_remove(details, '$.sameAs', '$.sameInCase')`)
  sql.run('DELETE FROM search_move WHERE case_id <> ?', caseId)
  sql.run(
    'DELETE FROM search_year WHERE year NOT IN (SELECT search_key >> 27 FROM case_file WHERE search_key IS NOT NULL)',
  )
}

/**
 * Makes a copy of a catalogue that of one case: what is the case's stays as it is, what is the vault's stays, all else
 * goes. Where rows were is overwritten only by a copy of the file (`VACUUM INTO`). The search index is emptied and is
 * filled at the next opening. Never for the open catalogue of a room. Throws CATALOGUE_NOT_FOUND, and
 * CATALOGUE_DAMAGED where what is left does not hold together.
 */
export function keepOneCase({ sql, cases, search }: Catalogue, caseId: string): void {
  cases.require(caseId)
  sql.run('PRAGMA foreign_keys = OFF')
  sql.transaction(() => {
    adoptSources(sql, caseId)
    for (const table of tablesOf(sql))
      if (!OF_CASES.has(table) && !OF_VAULT.has(table)) sql.run(`DELETE FROM "${table}"`)
    removeOthers(sql, caseId)
    // Before their pages, whose removal would keep them for the texts to be taken out.
    sql.run(
      `DELETE FROM page_reading WHERE page_id NOT IN (SELECT page.id FROM page JOIN book ON book.id = page.book_id
         JOIN volume ON volume.id = book.volume_id WHERE volume.case_id = ?)`,
      caseId,
    )
    removeDangling(sql, referencesOf(sql, tablesOf(sql)))
    search.clear()
    sql.run('DELETE FROM setting WHERE key = ?', RULES_SETTING)
  })
  const loose = number(sql.one('SELECT count(*) AS n FROM pragma_foreign_key_check') ?? {}, 'n')
  if (loose > 0) throw new AppError('CATALOGUE_DAMAGED', { operation: 'catalogue.keepOneCase', loose })
  sql.run('PRAGMA foreign_keys = ON')
}
