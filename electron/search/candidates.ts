import {
  type Clause,
  caseQuery,
  pageQuery,
  plainForms,
  queryOfAll,
} from '../../shared/domain/search/question-clause.ts'
import { firstPlace, keyOfPlace, number, type Statements } from '../catalogue/index.ts'
import type { Compartment } from '../vault/index.ts'
import type { AskedClause } from './found-case.ts'
import {
  anyOf,
  inAll,
  type KeyStream,
  type PlaceFilter,
  type PlaceStream,
  placeStream,
} from './key-streams.ts'
import type { ReaderView } from './reader-view.ts'
import type { OpenTextShelf } from './text-shelf.ts'

export interface CandidateParts {
  readonly sql: Statements
  readonly texts: OpenTextShelf
  readonly view: ReaderView
  /** Leaves out places in the index of cases that the reader's keys do not open. */
  readonly reads: PlaceFilter | null
  readonly positive: readonly Clause[]
  readonly excluded: readonly Clause[]
}

/** With more words than these, not every way in which case and page may share them is asked for by itself. */
const MOST_SHARED = 3
const MOST_REMEMBERED = 20_000

/** Pages that plainly hold what is excluded need no case to be opened for them. */
function withoutPlain(shelf: Statements, excluded: readonly Clause[]): PlaceFilter | null {
  const forms = excluded.flatMap(plainForms)
  if (forms.length === 0) return null
  const known = new Map<number, boolean>()
  // A text with other blanks in it passes here and is looked at closely later.
  const query = `SELECT value AS id FROM json_each(?) WHERE EXISTS (SELECT 1 FROM page_text WHERE id = value
    AND (${forms.map(() => "instr(replace(replace(lines, char(10), ''), ' ', ''), ?) > 0").join(' OR ')}))`
  const ahead = (places: readonly number[]) => {
    if (known.size >= MOST_REMEMBERED) known.clear()
    const asked = places.filter((place) => !known.has(place))
    if (asked.length === 0) return
    for (const place of asked) known.set(place, true)
    for (const row of shelf.all(query, JSON.stringify(asked), ...forms)) known.set(number(row, 'id'), false)
  }
  return {
    ahead,
    reads: (place) => {
      if (!known.has(place)) ahead([place])
      return known.get(place) === true
    },
  }
}

/** Each way to leave some of several things to the case and the rest to its pages and catalogue rows. */
function shares(count: number): readonly (readonly boolean[])[] {
  return Array.from({ length: Math.max(0, 2 ** count - 2) }, (_, at) =>
    Array.from({ length: count }, (_, bit) => ((at + 1) >> bit) % 2 === 1),
  )
}

/**
 * The cases that the indices offer: every word in one row of an index, which FTS5 joins by itself, or some known of
 * the case and the rest in one of its rows. Each is to be judged; none that fits is missing.
 */
export function candidatesOf({ sql, texts, view, reads, positive, excluded }: CandidateParts): {
  readonly asked: readonly AskedClause[]
  readonly together: ReadonlyMap<Compartment, PlaceStream>
  readonly cases: KeyStream
} {
  const plain = new Map(
    excluded.length === 0
      ? []
      : [...view.compartments].map((each) => [each, withoutPlain(texts.sql(each), excluded)]),
  )
  const pages = (clauses: readonly Clause[]) => {
    const query = pageQuery(clauses, excluded)
    return new Map<Compartment, PlaceStream>(
      query === undefined
        ? []
        : [...view.compartments].map((compartment) => [
            compartment,
            placeStream(texts.sql(compartment), 'page_index', query, plain.get(compartment) ?? null),
          ]),
    )
  }
  const rows = (clauses: readonly Clause[]): PlaceStream | null => {
    const query = queryOfAll(clauses.map((clause) => caseQuery(clause)))
    return query === undefined ? null : placeStream(sql, 'search_index', query, reads)
  }
  const casesAlone = (clauses: readonly Clause[]): KeyStream => {
    const query = queryOfAll(clauses.map((clause) => caseQuery(clause, 'cases')))
    if (query === undefined) return anyOf([])
    return placeStream(sql, 'search_index', query, {
      reads: (place) => place === firstPlace(keyOfPlace(place)),
    })
  }
  const anywhere = (inRows: PlaceStream | null, inPages: ReadonlyMap<Compartment, PlaceStream>) =>
    anyOf([...(inRows === null ? [] : [inRows]), ...inPages.values()])

  const asked = positive.map(
    (clause): AskedClause => ({ clause, inCases: rows([clause]), inPages: pages([clause]) }),
  )
  const single = asked.map(({ inCases, inPages }) => anywhere(inCases, inPages))
  const together = positive.length > 1 ? pages(positive) : new Map<Compartment, PlaceStream>()
  if (positive.length === 1 || positive.length > MOST_SHARED) return { asked, together, cases: inAll(single) }
  const shared = shares(positive.length).map((known) => {
    const rest = positive.filter((_, at) => known[at] !== true)
    const only = rest.length === 1 ? single[known.indexOf(false)] : undefined
    return inAll([
      casesAlone(positive.filter((_, at) => known[at] === true)),
      only ?? anywhere(rows(rest), pages(rest)),
    ])
  })
  return { asked, together, cases: anyOf([anywhere(rows(positive), together), ...shared]) }
}
