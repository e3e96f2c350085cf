import type { SearchFilters, SearchQuestion } from '../../shared/contract/search.ts'
import { parseQuestion } from '../../shared/domain/search/question.ts'
import { type Clause, clausesOf } from '../../shared/domain/search/question-clause.ts'
import type { VolumeKind } from '../../shared/domain/volume-kind.ts'
import type { Session } from '../access/index.ts'
import { type Catalogue, keysOfYear, RESTRICTED_SLOT, slotOfPlace, text } from '../catalogue/index.ts'
import { candidatesOf } from './candidates.ts'
import { type AskedClause, caseJudge, type FoundCase } from './found-case.ts'
import { anyOf, inAll, type KeyStream, listStream, queryStream, rangeStream } from './key-streams.ts'
import { SEARCH_CACHE_KIB } from './page-cache.ts'
import { narrowingOf } from './question-narrowing.ts'
import { type ReaderView, readerView } from './reader-view.ts'
import type { OpenTextShelf } from './text-shelf.ts'

export interface FinderParts {
  readonly catalogue: Catalogue
  readonly texts: OpenTextShelf
  readonly session: Session
  readonly now: Date
}

/** Cases that the indices offered and that turned out not to fit, before the rest is left for the next call. */
const MOST_MISSES = 3000
const SLICE_MS = 8
/** Above every key that a case can have. */
export const HIGHEST_KEY = 2 ** 35 - 1

/** Gives the event loop its turn, so that page images and other calls do not wait for a search. */
function breather() {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < SLICE_MS) return
    await new Promise((resolve) => setImmediate(resolve))
    since = performance.now()
  }
}
/** A question made ready: which cases may fit, and who judges them. */
export interface CaseWalk {
  readonly clauses: readonly Clause[]
  readonly view: ReaderView
  readonly cases: KeyStream
  readonly judge: ReturnType<typeof caseJudge>['judge']
  readonly unanswerable: boolean
}

/** What answers can be narrowed by, and are counted by. */
export type Dimension = 'years' | 'types' | 'volumeKinds' | 'retentions'

/** Makes a question ready to be walked through, with one of its filters left out where facets ask so. */
export function beginWalk(
  parts: FinderParts,
  asked: SearchQuestion,
  without: Dimension | null = null,
): CaseWalk {
  const { catalogue, texts, session, now } = parts
  const { sql } = catalogue
  const filters: SearchFilters = { ...asked.filters, ...(without === null ? {} : { [without]: [] }) }
  const question = parseQuestion(asked.text)
  const clauses = clausesOf(question, asked.tolerant)
  const view = readerView(catalogue, session, now)
  const restricted = view.compartments.has('restricted')
  const reads = restricted ? null : { reads: (place: number) => slotOfPlace(place) < RESTRICTED_SLOT }
  sql.run(`PRAGMA cache_size = -${SEARCH_CACHE_KIB}`)
  for (const compartment of view.compartments) texts.settle(compartment)

  const excluded = clauses.filter((clause) => clause.excluded)
  const positive = clauses.filter((clause) => !clause.excluded)
  const candidates = candidatesOf({ sql, texts, view, reads, positive, excluded })
  const askedClauses: readonly AskedClause[] = [
    ...candidates.asked,
    ...excluded.map((clause): AskedClause => ({ clause, inCases: null, inPages: new Map() })),
  ]
  const streams: KeyStream[] = [candidates.cases]
  const narrowing = narrowingOf(question)
  if (view.keys !== null) streams.push(listStream(view.keys))
  if (filters.caseId !== null) {
    const key = catalogue.search.keyOf(filters.caseId)
    streams.push(listStream(key === undefined ? [] : [key]))
  }
  for (const years of [...narrowing.years, ...(filters.years.length === 0 ? [] : [filters.years])])
    streams.push(rangeStream(years.map(keysOfYear)))
  const among = (column: 'type_text' | 'retention', wanted: readonly string[]) => {
    if (wanted.length === 0) return
    const query = `SELECT search_key FROM case_file WHERE ${column} = ? AND search_key <= ? ORDER BY search_key DESC LIMIT ?`
    streams.push(anyOf(wanted.map((value) => queryStream(sql, query, value))))
  }
  among('type_text', filters.types)
  among('retention', filters.retentions)
  const kindSets = [...narrowing.kinds, ...(filters.volumeKinds.length === 0 ? [] : [filters.volumeKinds])]
  const kinds = kindSets.reduce<readonly VolumeKind[] | null>(
    (left, set) => (left === null ? set : left.filter((kind) => set.includes(kind))),
    null,
  )
  const { judge } = caseJudge({
    catalogue,
    texts,
    view,
    clauses: askedClauses,
    together: candidates.together,
    volumeKinds: new Set(kinds ?? []),
  })
  const unanswerable = positive.length === 0 || (kinds !== null && kinds.length === 0)
  return { clauses, view, cases: inAll(streams), judge, unanswerable }
}

export interface Walked {
  readonly found: FoundCase
  readonly key: number
}

/** The cases that fit, newest first, below a key. The last yield may be `left`: there is more to go through later. */
export async function* walkCases(
  search: CaseWalk,
  catalogue: Catalogue,
  below: number,
  most: number,
): AsyncGenerator<Walked | { readonly left: string }> {
  const breathe = breather()
  if (search.unanswerable) return
  let misses = 0
  let bound = below
  for (;;) {
    const key = search.cases.seek(bound)
    if (key === null || key < 0) return
    const found = search.judge(key, most)
    if (found !== undefined) yield { found, key }
    else if (search.view.seesEverything || search.view.keys !== null) {
      // Only cases in sight are counted, so that where an answer breaks off tells nothing of others.
      misses += 1
      const row =
        misses >= MOST_MISSES
          ? catalogue.sql.one('SELECT id FROM case_file WHERE search_key = ?', key)
          : undefined
      if (row !== undefined) {
        yield { left: text(row, 'id') }
        return
      }
    }
    bound = key - 1
    await breathe()
  }
}
