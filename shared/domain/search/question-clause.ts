import { archiveNumberCompact, beginsAsArchiveNumber } from '../archive-number.ts'
import { caseNumberCompact, caseNumberSearchForms } from '../case-number/search.ts'
import { parseFieldDate, printFieldDate } from '../field-date.ts'
import { nameInitials } from './name-initials.ts'
import { misreadings } from './ocr-confusions.ts'
import type { Question, QuestionField, QuestionPart } from './question.ts'
import {
  findPattern,
  isCertain,
  longEnoughForPages,
  patternQuery,
  type TextPattern,
  type TextRange,
  textPattern,
} from './text-pattern.ts'
import { type TextRun, textRuns } from './text-runs.ts'

/** Fields of what is known of a case and its catalogue. */
export type CaseField = Exclude<QuestionField, 'page' | 'year' | 'volume-kind'>

/** One part of a question, made ready for asking an index and for proving what it gave. */
export interface AskedPart {
  readonly part: QuestionPart
  readonly kind: 'words' | 'phrase' | 'beginning' | 'case-number' | 'initials'
  /** What stands in a case's own data and in catalogue rows. */
  readonly patterns: readonly TextPattern[]
  /** A case number without brackets, 字第 and needless zeros; none for anything else. */
  readonly numberPatterns: readonly TextPattern[]
  /** A 档号 without its marks; none for anything else. */
  readonly archivePatterns: readonly TextPattern[]
  /** The same for pages, with every way in which a date is printed; none when it is too short. */
  readonly pagePatterns: readonly TextPattern[]
  /** zs, when the part can be somebody's initials. */
  readonly initials: string | null
  /** The day, month or year, when the part is a date: 20230314, 202303. */
  readonly dateDigits: string | null
  readonly tooShortForPages: boolean
}

/** What must be found, or must not; any of its parts will do. */
export interface Clause {
  readonly excluded: boolean
  readonly parts: readonly AskedPart[]
}

const CASE_NUMBER = /[\u4e00-\u9fff]\d+号?$|^\d+号$/u

function looksLikeCaseNumber(text: string): boolean {
  const forms = caseNumberSearchForms(text)
  return forms.canonical !== null || (forms.type !== null && forms.number !== null) || /^\d+号$/u.test(text)
}

/** How a date may stand on a page. */
function printedDates(iso: string): readonly string[] {
  const numeric = printFieldDate(iso, 'numeric')
  const formal = printFieldDate(iso, 'formal')
  const padded = iso.split('-')
  const [year = '', month = '', day = ''] = padded
  return [
    numeric,
    formal,
    formal?.replaceAll('〇', '零') ?? null,
    printFieldDate(iso, 'dotted'),
    iso,
    day === '' ? null : printFieldDate(iso, 'compact'),
    day === '' ? `${year}年${month}月` : `${year}年${month}月${day}日`,
  ].flatMap((form) => (form === null ? [] : [form]))
}

/** 号 stays, so that the number before it is whole. */
export function compactNumber(text: string): string {
  return caseNumberCompact(text) + (/[号號]$/u.test(text.trim()) ? '号' : '')
}

function distinct(patterns: readonly TextPattern[]): readonly TextPattern[] {
  const seen = new Map(patterns.map((pattern) => [JSON.stringify(pattern), pattern]))
  return [...seen.values()].filter((pattern) => pattern.length > 0)
}

function asked(part: QuestionPart, tolerant: boolean): AskedPart {
  const { text, field } = part
  const plain = text.normalize('NFKC').toLowerCase()
  const readings = tolerant ? misreadings(text) : [text]
  const isNumber =
    part.kind === 'words' &&
    (field === null || field === 'number') &&
    CASE_NUMBER.test(plain) &&
    looksLikeCaseNumber(text)
  const numberPatterns = isNumber || field === 'number' ? distinct([textPattern(compactNumber(text))]) : []
  const isArchiveNumber = field === 'archive-number' || (field === null && beginsAsArchiveNumber(text))
  const archivePatterns = isArchiveNumber ? distinct([textPattern(archiveNumberCompact(text))]) : []
  const patterns = distinct(readings.map(textPattern))
  const date = field === null || field === 'date' || field === 'page' ? parseFieldDate(text) : null
  const isDate = date?.ok === true && (date.precision !== 'year' || field === 'date')
  const dateDigits = isDate && date.ok ? date.iso.replaceAll('-', '') : null
  const dates = isDate && date.ok ? printedDates(date.iso).map(textPattern) : []
  const initials =
    /^[a-z]{2,12}$/.test(plain) &&
    part.kind !== 'phrase' &&
    (field === null || field === 'party' || field === 'handler')
      ? plain
      : null
  const onPages = field === null || field === 'page'
  const pagePatterns = onPages
    ? distinct([...readings.map(textPattern), ...dates]).filter(longEnoughForPages)
    : []
  return {
    part,
    kind: isNumber ? 'case-number' : initials !== null ? 'initials' : part.kind,
    patterns,
    numberPatterns,
    archivePatterns,
    pagePatterns,
    initials,
    dateDigits,
    tooShortForPages: onPages && pagePatterns.length === 0,
  }
}

/** The clauses of a question; what narrows by year or 卷别 is not among them. */
export function clausesOf(question: Question, tolerant: boolean): readonly Clause[] {
  return question.flatMap((group) => {
    const parts = group.filter(({ field }) => field !== 'year' && field !== 'volume-kind')
    const [first] = parts
    return first === undefined
      ? []
      : [{ excluded: first.excluded, parts: parts.map((part) => asked(part, tolerant)) }]
  })
}

const COLUMN: Readonly<Record<CaseField, string | null>> = {
  number: 'number',
  cause: 'cause',
  party: 'party',
  handler: 'handler',
  date: null,
  'archive-number': 'number',
  item: 'item',
}

/**
 * The FTS5 query of a clause for the index of cases and catalogue rows, or of cases alone; undefined when it asks
 * nothing there.
 */
export function caseQuery(clause: Clause, rows: 'all' | 'cases' = 'all'): string | undefined {
  const queries = clause.parts.flatMap(
    ({ part: { field }, patterns, numberPatterns, archivePatterns, initials, dateDigits }) => {
      const found: string[] = []
      const column =
        field === null
          ? `number cause party handler${rows === 'all' ? ' item' : ''}`
          : field === 'page' ||
              field === 'year' ||
              field === 'volume-kind' ||
              (field === 'item' && rows === 'cases')
            ? null
            : COLUMN[field]
      if (column !== null)
        for (const pattern of patterns) {
          const query = patternQuery(pattern, { singles: true, phrases: true })
          if (query !== undefined) found.push(`{${column}} : (${query})`)
        }
      for (const pattern of [...numberPatterns, ...archivePatterns]) {
        const query = patternQuery(pattern, { singles: true, phrases: true })
        if (query !== undefined) found.push(`{number} : (${query})`)
      }
      if (initials !== null) found.push(`{initials} : "${initials}"`)
      if (dateDigits !== null && field !== 'page') found.push(`{dates} : "d${dateDigits}"`)
      return found
    },
  )
  return queries.length === 0 ? undefined : queries.map((query) => `(${query})`).join(' OR ')
}

const PAGE_RULES = { singles: false, phrases: false } as const

function wantedOnPages(clause: Clause): string | undefined {
  const queries = clause.parts.flatMap(({ pagePatterns }) =>
    pagePatterns.flatMap((pattern) => patternQuery(pattern, PAGE_RULES) ?? []),
  )
  return queries.length === 0 ? undefined : [...new Set(queries)].map((query) => `(${query})`).join(' OR ')
}

/** The FTS5 query that asks for all of these at once; undefined when one of them asks nothing. */
export function queryOfAll(queries: readonly (string | undefined)[]): string | undefined {
  const asked = queries.flatMap((query) => query ?? [])
  if (asked.length === 0 || asked.length < queries.length) return undefined
  return asked.length === 1 ? asked[0] : asked.map((query) => `(${query})`).join(' AND ')
}

/** The FTS5 query for pages with all of these clauses, without those that surely hold what is excluded. */
export function pageQuery(clauses: readonly Clause[], excluded: readonly Clause[] = []): string | undefined {
  const wanted = queryOfAll(clauses.map(wantedOnPages))
  if (wanted === undefined) return undefined
  const unwanted = excluded.flatMap(({ parts }) =>
    parts.flatMap(({ pagePatterns }) =>
      pagePatterns.filter(isCertain).flatMap((pattern) => patternQuery(pattern, PAGE_RULES) ?? []),
    ),
  )
  return unwanted.length === 0 ? wanted : `(${wanted}) NOT (${unwanted.join(' OR ')})`
}

/** What of a clause can be seen in a page's text as it is stored: one run of Chinese characters. */
export const plainForms = (clause: Clause): readonly string[] =>
  clause.parts.flatMap(({ pagePatterns }) =>
    pagePatterns.flatMap(([only, ...more]) =>
      only?.han === true && more.length === 0 && !isCertain([only]) ? [only.text] : [],
    ),
  )

/** Whether the index of pages alone proves what the clause asks. */
export const certainOnPages = (clause: Clause): boolean =>
  clause.parts.every(({ pagePatterns }) => pagePatterns.every(isCertain))

/** Where a clause stands in the text of a page. */
export function findOnPage(clause: Clause, runs: readonly TextRun[]): readonly TextRange[] {
  return clause.parts.flatMap(({ pagePatterns }) =>
    pagePatterns.flatMap((pattern) => findPattern(runs, pattern)),
  )
}

/** One value of a case or a catalogue row. */
export interface KnownValue {
  readonly field: CaseField
  readonly text: string
  readonly runs: readonly TextRun[]
}

/**
 * Where a clause stands in a known value; undefined when it does not, and no ranges where it is found by something
 * that is not written there: initials, another form of a date or a number.
 */
export function findInValue(
  clause: Clause,
  { field, text, runs }: KnownValue,
): readonly TextRange[] | undefined {
  let found: TextRange[] | undefined
  for (const { part, patterns, numberPatterns, archivePatterns, initials, dateDigits } of clause.parts) {
    if (part.field !== null && part.field !== field) continue
    if (field === 'date') {
      const date = dateDigits === null ? null : parseFieldDate(text)
      if (date?.ok === true && date.iso.replaceAll('-', '').startsWith(dateDigits ?? '-'))
        found = [...(found ?? []), { start: 0, end: text.length }]
      continue
    }
    const ranges = patterns.flatMap((pattern) => findPattern(runs, pattern))
    if (ranges.length > 0) found = [...(found ?? []), ...ranges]
    if (initials !== null && (field === 'party' || field === 'handler')) {
      if (nameInitials(text).some((known) => known.startsWith(initials))) {
        const whole = Array.from(text).slice(0, initials.length).join('')
        found = [...(found ?? []), { start: 0, end: whole.length }]
      }
    }
    if (field === 'number' && ranges.length === 0 && numberPatterns.length > 0) {
      const compact = textPattern(compactNumber(text)).map((run) => ({ ...run, starts: [], ends: [] }))
      if (numberPatterns.some((pattern) => findPattern(compact, pattern).length > 0))
        found = [...(found ?? []), { start: 0, end: text.length }]
    }
    if (field === 'archive-number' && ranges.length === 0 && archivePatterns.length > 0) {
      const compact = textRuns(archiveNumberCompact(text))
      if (archivePatterns.some((pattern) => findPattern(compact, pattern).length > 0))
        found = [...(found ?? []), { start: 0, end: text.length }]
    }
  }
  return found
}

/** Ranges in order, those that touch joined. */
export function joinRanges(ranges: readonly TextRange[]): readonly TextRange[] {
  const joined: { start: number; end: number }[] = []
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = joined.at(-1)
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else joined.push({ start, end })
  }
  return joined
}
