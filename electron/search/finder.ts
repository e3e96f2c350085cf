import type {
  SearchedCase,
  SearchFilters,
  SearchQuestion,
  UnderstoodPart,
} from '../../shared/contract/search.ts'
import type { RetentionCode } from '../../shared/domain/retention.ts'
import { parseQuestion } from '../../shared/domain/search/question.ts'
import { type Clause, clausesOf } from '../../shared/domain/search/question-clause.ts'
import type { VolumeKind } from '../../shared/domain/volume-kind.ts'
import { AppError } from '../../shared/errors.ts'
import type { Session } from '../access/index.ts'
import {
  type Catalogue,
  keysOfYear,
  numberOrNull,
  RESTRICTED_SLOT,
  shareFrom,
  slotOfPlace,
  text,
  textOrNull,
} from '../catalogue/index.ts'
import { candidatesOf } from './candidates.ts'
import { type Cursor, readCursor, writeCursor } from './find-cursor.ts'
import { type AskedClause, caseJudge, type FoundCase, type FoundPlace } from './found-case.ts'
import { anyOf, inAll, type KeyStream, listStream, queryStream, rangeStream } from './key-streams.ts'
import { narrowingOf, understoodOf } from './question-narrowing.ts'
import { type ReaderView, readerView } from './reader-view.ts'
import type { OpenTextShelf } from './text-shelf.ts'

export interface FinderParts {
  readonly catalogue: Catalogue
  readonly texts: OpenTextShelf
  readonly session: Session
  readonly now: Date
}

export interface FoundPage {
  readonly cases: SearchedCase[]
  readonly next: string | null
  readonly total: { readonly count: number; readonly exact: boolean }
  readonly understood: (typeof UnderstoodPart)['_zod']['output'][]
}

/** Hits that a case shows in the list, and how many are looked at to say whether there are more. */
const SHOWN_HITS = 3
const COUNTED_HITS = 8
/** Within one case everything is gone through. */
const MOST_IN_CASE = 5000
/** How many of the newest cases compete for best, page by page of the list. */
const BEST_WINDOW = 100
const FACET_CASES = 200
/** Cases that the indices offered and that turned out not to fit, before the rest is left for the next call. */
const MOST_MISSES = 3000
const SLICE_MS = 8
const CATALOGUE_CACHE_KIB = 48_000
const HIGHEST_KEY = 2 ** 35 - 1

/** Gives the event loop its turn, so that page images and other calls do not wait for a search. */
function breather() {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < SLICE_MS) return
    await new Promise((resolve) => setImmediate(resolve))
    since = performance.now()
  }
}

function byOrder(a: FoundPlace, b: FoundPlace): number {
  const length = Math.max(a.order.length, b.order.length)
  for (let place = 0; place < length; place++) {
    const difference = (a.order[place] ?? 0) - (b.order[place] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function searchedCase({ row, places, more }: FoundCase, from: number, count: number): SearchedCase {
  const sorted = [...places].sort(byOrder)
  return {
    caseId: text(row, 'id'),
    number: text(row, 'number'),
    title: text(row, 'title'),
    cause: text(row, 'cause'),
    year: numberOrNull(row, 'year'),
    typeText: text(row, 'type_text'),
    retention: textOrNull(row, 'retention') as RetentionCode | null,
    hits: sorted.slice(from, from + count).map((place) => place.show()),
    moreHits: more || sorted.length > from + count,
  }
}

/** What best first goes by: the weightiest hit, with a little for each further one. */
function scoreOf({ places }: FoundCase): number {
  const best = places.reduce((top, { weight }) => Math.max(top, weight), 0)
  return best + 8 * Math.log2(1 + places.length)
}

interface Search {
  readonly clauses: readonly Clause[]
  readonly view: ReaderView
  readonly cases: KeyStream
  readonly judge: ReturnType<typeof caseJudge>['judge']
  readonly unanswerable: boolean
}

type Dimension = 'years' | 'types' | 'volumeKinds' | 'retentions'

/** Makes a question ready to be walked through, with one of its filters left out where facets ask so. */
function begin(parts: FinderParts, asked: SearchQuestion, without: Dimension | null = null): Search {
  const { catalogue, texts, session, now } = parts
  const { sql } = catalogue
  const filters: SearchFilters = { ...asked.filters, ...(without === null ? {} : { [without]: [] }) }
  const question = parseQuestion(asked.text)
  const clauses = clausesOf(question, asked.tolerant)
  const view = readerView(catalogue, session, now)
  const restricted = view.compartments.has('restricted')
  const reads = restricted ? null : (place: number) => slotOfPlace(place) < RESTRICTED_SLOT
  // Pages of an encrypted file cost more to read than to keep; only who searches keeps so many.
  sql.run(`PRAGMA cache_size = -${CATALOGUE_CACHE_KIB}`)
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

interface Walked {
  readonly found: FoundCase
  readonly key: number
}

/** The cases that fit, newest first, below a key. The last yield may be `left`: there is more to go through later. */
async function* walk(
  search: Search,
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

const keyBelow = (catalogue: Catalogue, caseId: string | null): number => {
  if (caseId === null) return HIGHEST_KEY
  const key = catalogue.search.keyOf(caseId)
  if (key === undefined) throw new AppError('CALL_INVALID_INPUT', { field: 'after' })
  return key - 1
}

/** Which part of what the person may read was gone through; null where that cannot be told without telling more. */
function shareSeen(parts: FinderParts, view: ReaderView, key: number): number | null {
  if (view.keys !== null) {
    const seen = view.keys.filter((each) => each >= key).length
    return view.keys.length === 0 ? 1 : seen / view.keys.length
  }
  return view.seesEverything ? shareFrom(parts.catalogue.sql, key) : null
}

const countOf = ({ places }: FoundCase): number => Math.min(places.length, COUNTED_HITS)
const isWhole = ({ places, more }: FoundCase): boolean => !more && places.length <= COUNTED_HITS

function estimated(count: number, share: number | null): number {
  return share === null || share <= 0 ? count : Math.max(count, Math.round(count / share))
}

/** All hits of one case, by `limit` hits a page. */
function findInCase(
  parts: FinderParts,
  search: Search,
  caseId: string,
  limit: number,
  cursor: Cursor,
): Omit<FoundPage, 'understood'> {
  const nothing = { cases: [], next: null, total: { count: 0, exact: true } }
  const key = parts.catalogue.search.keyOf(caseId)
  if (key === undefined || search.unanswerable || !search.cases.has(key)) return nothing
  const found = search.judge(key, MOST_IN_CASE)
  if (found === undefined) return nothing
  const shown = searchedCase(found, cursor.offset, limit)
  const offset = cursor.offset + shown.hits.length
  return {
    cases: shown.hits.length === 0 ? [] : [shown],
    next: shown.moreHits && shown.hits.length > 0 ? writeCursor({ ...cursor, offset }) : null,
    total: { count: found.places.length, exact: !found.more },
  }
}

/**
 * What a person finds: only what they may read is ever looked at, counted or estimated from. Newest first walks down
 * the cases; best first ranks them within windows of the newest. `limit` counts the hits that are shown, so that what
 * stands on a screen is fetched and no more; a case is never cut in two. Throws CALL_INVALID_INPUT for a strange `after`.
 */
export async function find(
  parts: FinderParts,
  asked: SearchQuestion,
  limit: number,
  after: string | null,
  hitsShown: number = SHOWN_HITS,
): Promise<FoundPage> {
  const { catalogue } = parts
  const cursor = readCursor(after)
  const search = begin(parts, asked)
  const understood = understoodOf(parseQuestion(asked.text), search.clauses)
  if (asked.filters.caseId !== null)
    return { ...findInCase(parts, search, asked.filters.caseId, limit, cursor), understood }
  const best = asked.order === 'best'
  const walked: Walked[] = []
  const shownOf = ({ places }: FoundCase) => Math.min(places.length, hitsShown)
  let shown = 0
  let more = false
  let left: string | null = null
  for await (const step of walk(
    search,
    catalogue,
    keyBelow(catalogue, cursor.caseId),
    Math.max(hitsShown, COUNTED_HITS),
  )) {
    if ('left' in step) {
      left = step.left
      break
    }
    if (best ? walked.length === BEST_WINDOW : shown >= limit) {
      more = true
      break
    }
    walked.push(step)
    shown += shownOf(step.found)
  }
  const hits = cursor.hits + walked.reduce((sum, { found }) => sum + countOf(found), 0)
  const whole = cursor.exact && walked.every(({ found }) => isWhole(found))
  const last = walked.at(-1)
  const exact = whole && !more && left === null
  const share = more && last !== undefined ? shareSeen(parts, search.view, last.key) : 1
  const total = { count: estimated(hits, share), exact }
  const lastId = left ?? (last === undefined ? null : text(last.found.row, 'id'))
  const onward = more || left !== null ? writeCursor({ caseId: lastId, offset: 0, hits, exact: whole }) : null
  if (!best)
    return {
      cases: walked.map(({ found }) => searchedCase(found, 0, hitsShown)),
      next: onward,
      total,
      understood,
    }
  const ranked = walked
    .map(({ found }, place) => ({ found, place, score: scoreOf(found) }))
    .sort((a, b) => b.score - a.score || a.place - b.place)
  let to = cursor.offset
  for (let offered = 0; offered < limit && to < ranked.length; to++) {
    const next = ranked[to]
    if (next !== undefined) offered += shownOf(next.found)
  }
  return {
    cases: ranked.slice(cursor.offset, to).map(({ found }) => searchedCase(found, 0, hitsShown)),
    next: to < ranked.length ? writeCursor({ ...cursor, offset: to }) : onward,
    total,
    understood,
  }
}

export interface FoundFacets {
  readonly years: { value: string; count: number }[]
  readonly types: { value: string; count: number }[]
  readonly volumeKinds: { value: string; count: number }[]
  readonly retentions: { value: string; count: number }[]
  readonly exact: boolean
}

const valuesOf: Readonly<Record<Dimension, (found: FoundCase) => readonly string[]>> = {
  years: ({ row }) => (row.year === null ? [] : [text(row, 'year')]),
  types: ({ row }) => (row.type_text === '' ? [] : [text(row, 'type_text')]),
  retentions: ({ row }) => (row.retention === null ? [] : [text(row, 'retention')]),
  volumeKinds: ({ places }) => [
    ...new Set(places.flatMap(({ volumeKind }) => (volumeKind === null ? [] : [volumeKind]))),
  ],
}

/** Counts among the newest cases that fit, a bounded number of them; each filter's own facet as if it were not set. */
export async function facets(parts: FinderParts, asked: SearchQuestion): Promise<FoundFacets> {
  const dimensions: readonly Dimension[] = ['years', 'types', 'volumeKinds', 'retentions']
  const counts = new Map<Dimension, Map<string, number>>(dimensions.map((each) => [each, new Map()]))
  let exact = true
  const count = async (without: Dimension | null, of: readonly Dimension[]) => {
    const search = begin(parts, asked, without)
    let seen = 0
    for await (const step of walk(search, parts.catalogue, HIGHEST_KEY, COUNTED_HITS)) {
      if ('left' in step || seen === FACET_CASES) {
        exact = false
        return
      }
      seen += 1
      if (step.found.more) exact = false
      for (const dimension of of)
        for (const value of valuesOf[dimension](step.found)) {
          const tally = counts.get(dimension)
          tally?.set(value, (tally.get(value) ?? 0) + 1)
        }
    }
  }
  const set = dimensions.filter((dimension) => asked.filters[dimension].length > 0)
  await count(
    null,
    dimensions.filter((dimension) => !set.includes(dimension)),
  )
  for (const dimension of set) await count(dimension, [dimension])
  const listed = (dimension: Dimension) =>
    [...(counts.get(dimension) ?? [])].map(([value, n]: readonly [string, number]) => ({ value, count: n }))
  const byCount = (a: { value: string; count: number }, b: { value: string; count: number }) =>
    b.count - a.count || (a.value < b.value ? -1 : 1)
  return {
    years: listed('years').sort((a, b) => Number(b.value) - Number(a.value)),
    types: listed('types').sort(byCount),
    volumeKinds: listed('volumeKinds').sort(byCount),
    retentions: listed('retentions').sort(byCount),
    exact,
  }
}
