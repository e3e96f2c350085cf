import type { SearchHit } from '../../shared/contract/search.ts'
import type { Compartment } from '../vault/index.ts'
import { indexQuery, indexTokens, normaliseForSearch } from './search-tokens.ts'
import { type Sight, sightCondition } from './sight.ts'
import { number, type Statements, text, textOrNull } from './statements.ts'

export type SearchField = SearchHit['field']

export interface SearchIndex {
  /** Replaces what is known of a case itself; catalogue rows stay. Runs inside the caller's transaction. */
  readonly replaceCase: (
    caseId: string,
    /** `found` is what the entry is found by, where it is not what is shown. */
    entries: readonly { field: SearchField; text: string; found?: string }[],
  ) => void
  readonly replaceItem: (entry: {
    readonly caseId: string
    readonly volumeId: string
    readonly itemId: string
    readonly compartment: Compartment
    readonly text: string
  }) => void
  /** First hits, newest case number first, only from the compartments named. */
  readonly find: (
    typed: string,
    limit: number,
    compartments: ReadonlySet<Compartment>,
    sight: Sight,
  ) => { readonly hits: SearchHit[]; readonly more: boolean }
  /** Entries in the catalogue and in the index; equal when the index is whole. */
  readonly count: () => { readonly entries: number; readonly indexed: number }
}

interface Match {
  readonly start: number
  readonly end: number
}

/** Where the typed text stands in the shown one; character by character, since normalising changes lengths. */
export function locate(shown: string, typed: string): Match {
  const wanted = normaliseForSearch(typed)
  let normalised = ''
  const starts: number[] = []
  const ends: number[] = []
  for (const { segment, index } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(shown)) {
    for (const unit of normaliseForSearch(segment)) {
      if (/\s/u.test(unit)) continue
      normalised += unit
      for (let i = 0; i < unit.length; i++) {
        starts.push(index)
        ends.push(index + segment.length)
      }
    }
  }
  const compact = wanted.replace(/\s+/gu, '')
  const at = normalised.indexOf(compact)
  if (at < 0 || compact === '') return { start: 0, end: 0 }
  return { start: starts[at] ?? 0, end: ends[at + compact.length - 1] ?? shown.length }
}

export function searchIndex(sql: Statements): SearchIndex {
  const add = (
    caseId: string,
    volumeId: string | null,
    itemId: string | null,
    compartment: Compartment,
    field: SearchField,
    shown: string,
    found: string = shown,
  ) => {
    if (shown === '') return
    sql.run(
      'INSERT INTO search_entry (case_id, volume_id, item_id, compartment, field, text) VALUES (?, ?, ?, ?, ?, ?)',
      ...[caseId, volumeId, itemId, compartment, field, shown],
    )
    sql.run('INSERT INTO search_index (rowid, tokens) VALUES (last_insert_rowid(), ?)', indexTokens(found))
  }
  const removeWhere = (condition: string, value: string) => {
    for (const row of sql.all(`SELECT id FROM search_entry WHERE ${condition}`, value)) {
      sql.run('DELETE FROM search_index WHERE rowid = ?', number(row, 'id'))
      sql.run('DELETE FROM search_entry WHERE id = ?', number(row, 'id'))
    }
  }
  return {
    replaceCase: (caseId, entries) => {
      removeWhere('item_id IS NULL AND case_id = ?', caseId)
      for (const { field, text: shown, found } of entries)
        add(caseId, null, null, 'open', field, shown, found)
    },
    replaceItem: ({ caseId, volumeId, itemId, compartment, text: shown }) => {
      removeWhere('item_id = ?', itemId)
      add(caseId, volumeId, itemId, compartment, 'item', shown)
    },
    find: (typed, limit, compartments, sight) => {
      const query = indexQuery(typed)
      if (query === undefined) return { hits: [], more: false }
      const seen = sightCondition(sql, sight, 'c')
      const marks = [...compartments].map(() => '?').join(', ')
      const rows = sql.all(
        `SELECT e.*, c.number, c.title FROM search_index i
           JOIN search_entry e ON e.id = i.rowid
           JOIN case_file c ON c.id = e.case_id
         WHERE search_index MATCH ? AND e.compartment IN (${marks})${seen.sql === '' ? '' : ` AND ${seen.sql}`}
         ORDER BY c.number_sort DESC, e.id LIMIT ?`,
        query,
        ...compartments,
        ...seen.values,
        limit + 1,
      )
      const hits = rows.slice(0, limit).map((row): SearchHit => {
        const shown = text(row, 'text')
        const match = locate(shown, typed)
        return {
          caseId: text(row, 'case_id'),
          number: text(row, 'number'),
          title: text(row, 'title'),
          field: text(row, 'field') as SearchField,
          text: shown,
          matchStart: match.start,
          matchEnd: match.end,
          volumeId: textOrNull(row, 'volume_id'),
          itemId: textOrNull(row, 'item_id'),
        }
      })
      return { hits, more: rows.length > limit }
    },
    count: () => ({
      entries: number(sql.one('SELECT count(*) AS n FROM search_entry') ?? {}, 'n'),
      indexed: number(sql.one('SELECT count(*) AS n FROM search_index_docsize') ?? {}, 'n'),
    }),
  }
}
