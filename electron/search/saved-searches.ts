import { SavedSearch, SearchQuestion } from '../../shared/contract/search.ts'
import { AppError } from '../../shared/errors.ts'
import { type Statements, text } from '../catalogue/index.ts'

/** What people asked and keep, each for their own account. */
export interface SavedSearches {
  readonly of: (accountId: string) => SavedSearch[]
  /** A name that stands already is another question from now on. */
  readonly put: (accountId: string, saved: SavedSearch) => SavedSearch
  readonly remove: (accountId: string, id: string) => void
}

export function savedSearches(sql: Statements): SavedSearches {
  return {
    of: (accountId) =>
      sql
        .all('SELECT id, name, question FROM saved_search WHERE account_id = ? ORDER BY name', accountId)
        .map((row) =>
          SavedSearch.parse({
            id: text(row, 'id'),
            name: text(row, 'name'),
            question: SearchQuestion.parse(JSON.parse(text(row, 'question'))),
          }),
        ),
    put: (accountId, { id, name, question }) => {
      sql.run(
        `INSERT INTO saved_search (id, account_id, name, question) VALUES (?, ?, ?, ?)
         ON CONFLICT (account_id, name) DO UPDATE SET question = excluded.question`,
        ...[id, accountId, name, JSON.stringify(question)],
      )
      const row = sql.one('SELECT id FROM saved_search WHERE account_id = ? AND name = ?', accountId, name)
      return { id: row === undefined ? id : text(row, 'id'), name, question }
    },
    remove: (accountId, id) => {
      const gone = sql.run('DELETE FROM saved_search WHERE account_id = ? AND id = ?', accountId, id)
      if (gone === 0) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'saved-search', id })
    },
  }
}
