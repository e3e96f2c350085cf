import type { SearchedCase, SearchQuestion, UnderstoodPart } from '../../shared/contract/search.ts'
import type { RetentionCode } from '../../shared/domain/retention.ts'
import { parseQuestion } from '../../shared/domain/search/question.ts'
import { AppError } from '../../shared/errors.ts'
import { type Catalogue, numberOrNull, shareFrom, text, textOrNull } from '../catalogue/index.ts'
import {
  beginWalk,
  type CaseWalk,
  type FinderParts,
  HIGHEST_KEY,
  type Walked,
  walkCases,
} from './case-walk.ts'
import { type Cursor, readCursor, writeCursor } from './find-cursor.ts'
import type { FoundCase, FoundPlace } from './found-case.ts'
import { understoodOf } from './question-narrowing.ts'
import type { ReaderView } from './reader-view.ts'

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
  search: CaseWalk,
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
  const search = beginWalk(parts, asked)
  const understood = understoodOf(parseQuestion(asked.text), search.clauses)
  if (asked.filters.caseId !== null)
    return { ...findInCase(parts, search, asked.filters.caseId, limit, cursor), understood }
  const best = asked.order === 'best'
  const walked: Walked[] = []
  const shownOf = ({ places }: FoundCase) => Math.min(places.length, hitsShown)
  let shown = 0
  let more = false
  let left: string | null = null
  for await (const step of walkCases(
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
