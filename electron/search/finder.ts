import type {
  SearchedCase,
  SearchFilters,
  SearchQuestion,
  UnderstoodPart,
} from '../../shared/contract/search.ts'
import type { RetentionCode } from '../../shared/domain/retention.ts'
import { fieldWord, parseQuestion, type Question } from '../../shared/domain/search/question.ts'
import { type Clause, caseQuery, clausesOf, pageQuery } from '../../shared/domain/search/question-clause.ts'
import { readVolumeKind, type VolumeKind } from '../../shared/domain/volume-kind.ts'
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
import type { Compartment } from '../vault/index.ts'
import { type AskedClause, caseJudge, type FoundCase, type FoundPlace } from './found-case.ts'
import {
  anyOf,
  inAll,
  type KeyStream,
  listStream,
  placeStream,
  queryStream,
  rangeStream,
} from './key-streams.ts'
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
const FEW_CASES = 2000
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

interface Narrowing {
  readonly years: readonly (readonly number[])[]
  readonly kinds: readonly (readonly VolumeKind[])[]
}

function yearsOf(typed: string): readonly number[] {
  const [, first = '', last = first] =
    /^(\d{4})(?:[-—–~至到](\d{4}))?年?$/.exec(typed.normalize('NFKC')) ?? []
  const from = Number(first)
  const to = Number(last)
  if (first === '' || to < from || to - from > 200) return []
  return Array.from({ length: to - from + 1 }, (_, place) => from + place)
}

/** What the question itself narrows by 年: and 卷别:. A value without sense finds nothing. */
function narrowingOf(question: Question): Narrowing {
  const parts = question.filter((group) => group[0]?.excluded === false)
  const of = (field: 'year' | 'volume-kind') =>
    parts.flatMap((group) => {
      const values = group.filter((part) => part.field === field).map(({ text: value }) => value)
      return values.length === 0 ? [] : [values]
    })
  return {
    years: of('year').map((values) => values.flatMap(yearsOf)),
    kinds: of('volume-kind').map((values) => values.flatMap((value) => readVolumeKind(value) ?? [])),
  }
}

function understoodOf(question: Question, clauses: readonly Clause[]): FoundPage['understood'] {
  const asked = clauses.flatMap(({ parts }) =>
    parts.map(({ part, kind, tooShortForPages }) => ({
      kind,
      text: part.text,
      field: part.field === 'year' || part.field === 'volume-kind' ? null : part.field,
      excluded: part.excluded,
      tooShortForPages,
    })),
  )
  const narrowing = question.flat().filter(({ field }) => field === 'year' || field === 'volume-kind')
  return [
    ...asked,
    ...narrowing.map(({ text: value, field, excluded }) => ({
      kind: 'words' as const,
      text: field === null ? value : `${fieldWord(field)}:${value}`,
      field: null,
      excluded,
      tooShortForPages: false,
    })),
  ]
}

/** Where an answer left off: the last case shown, and for best first how far into its window. */
interface Cursor {
  readonly caseId: string | null
  readonly offset: number
  readonly hits: number
  readonly exact: boolean
}

const START: Cursor = { caseId: null, offset: 0, hits: 0, exact: true }

function readCursor(after: string | null): Cursor {
  if (after === null) return START
  const [, caseId = '', offset = '', hits = '', exact = ''] =
    /^([0-9A-HJKMNP-TV-Z]{26})?\|(\d{1,9})\|(\d{1,12})\|([01])$/.exec(after) ?? []
  if (offset === '') throw new AppError('CALL_INVALID_INPUT', { field: 'after' })
  return {
    caseId: caseId === '' ? null : caseId,
    offset: Number(offset),
    hits: Number(hits),
    exact: exact === '1',
  }
}

const writeCursor = ({ caseId, offset, hits, exact }: Cursor): string =>
  `${caseId ?? ''}|${offset}|${hits}|${exact ? 1 : 0}`

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
  readonly streams: readonly KeyStream[]
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

  const few = view.keys !== null && view.keys.length <= FEW_CASES
  const excluded = clauses.filter((clause) => clause.excluded)
  const askedClauses = clauses.map((clause): AskedClause => {
    const inCases = clause.excluded ? undefined : caseQuery(clause)
    const onPages = clause.excluded ? undefined : pageQuery(clause, excluded)
    return {
      clause,
      inCases: inCases === undefined ? null : placeStream(sql, 'search_index', inCases, reads, few),
      inPages: new Map<Compartment, ReturnType<typeof placeStream>>(
        onPages === undefined
          ? []
          : [...view.compartments].map((compartment) => [
              compartment,
              placeStream(texts.sql(compartment), 'page_index', onPages, null, few),
            ]),
      ),
    }
  })
  const positive = askedClauses.filter(({ clause }) => !clause.excluded)
  const streams: KeyStream[] = positive.map(({ inCases, inPages }) =>
    anyOf([...(inCases === null ? [] : [inCases]), ...inPages.values()]),
  )
  const narrowing = narrowingOf(question)
  // Asked first, so that the others are only asked about cases in sight.
  if (view.keys !== null) streams.unshift(listStream(view.keys))
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
    volumeKinds: new Set(kinds ?? []),
  })
  const unanswerable = positive.length === 0 || (kinds !== null && kinds.length === 0)
  return { clauses, view, streams, judge, unanswerable }
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
    const key = inAll(search.streams, bound)
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
  if (key === undefined || search.unanswerable || inAll(search.streams, key) !== key) return nothing
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
 * the cases; best first ranks them within windows of the newest. Throws CALL_INVALID_INPUT for a strange `after`.
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
  const wanted = best ? BEST_WINDOW : limit
  const walked: Walked[] = []
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
    if (walked.length === wanted) {
      more = true
      break
    }
    walked.push(step)
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
  const to = cursor.offset + limit
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
