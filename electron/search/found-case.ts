import type { SearchHit } from '../../shared/contract/search.ts'
import {
  type Clause,
  certainOnPages,
  findInValue,
  findOnPage,
  joinRanges,
  type KnownValue,
} from '../../shared/domain/search/question-clause.ts'
import type { TextRange } from '../../shared/domain/search/text-pattern.ts'
import { textRuns } from '../../shared/domain/search/text-runs.ts'
import type { SecrecyLevel } from '../../shared/domain/secrecy.ts'
import { shelteredName } from '../../shared/domain/sensitive-text.ts'
import type { VolumeKind } from '../../shared/domain/volume-kind.ts'
import {
  archiveNumbersOf,
  type Catalogue,
  firstPlace,
  itemText,
  number,
  type Row,
  text,
  textOrNull,
} from '../catalogue/index.ts'
import type { Compartment } from '../vault/index.ts'
import type { PlaceStream } from './key-streams.ts'
import type { CaseView, ReaderView } from './reader-view.ts'
import { shelterNames } from './sheltered-snippet.ts'
import { lineShown, placesDrawn } from './shown-line.ts'
import type { OpenTextShelf } from './text-shelf.ts'

/** A clause with where the indices think that it stands. */
export interface AskedClause {
  readonly clause: Clause
  readonly inCases: PlaceStream | null
  readonly inPages: ReadonlyMap<Compartment, PlaceStream>
}

/** A hit before it is put into words: enough to order and count it. */
export interface FoundPlace {
  readonly order: readonly number[]
  readonly volumeKind: VolumeKind | null
  readonly weight: number
  readonly show: () => SearchHit
}

export interface FoundCase {
  readonly row: Row
  readonly places: readonly FoundPlace[]
  /** There are more than were looked at. */
  readonly more: boolean
}

export interface CaseJudgeParts {
  readonly catalogue: Catalogue
  readonly texts: OpenTextShelf
  readonly view: ReaderView
  readonly clauses: readonly AskedClause[]
  /** Where several clauses stand on one page. */
  readonly together: ReadonlyMap<Compartment, PlaceStream>
  readonly volumeKinds: ReadonlySet<VolumeKind>
}

const NO_PLACE = {
  volumeId: null,
  volumeKind: null,
  itemId: null,
  itemTitle: null,
  pageId: null,
  versionId: null,
  position: null,
  printedNumber: null,
  places: [],
  doubtful: false,
} as const satisfies Partial<SearchHit>

/** How much a hit in a field says, for best first. */
const WEIGHTS: Readonly<Record<KnownValue['field'], number>> = {
  number: 100,
  party: 60,
  handler: 45,
  cause: 35,
  'archive-number': 30,
  item: 28,
  date: 20,
}
const PAGE_WEIGHT = 10
const FEW_PLACES = 64
/** As many places as a case can have. */
const MOST_IN_CASE = 2 ** 17

const marksOf = (ranges: readonly TextRange[]) => joinRanges(ranges).map(({ start, end }) => ({ start, end }))

const knownValue = (field: KnownValue['field'], shown: string): KnownValue => ({
  field,
  text: shown,
  runs: textRuns(shown),
})

interface KnownCase {
  readonly values: readonly (KnownValue & { readonly shown: string })[]
  readonly sheltered: readonly string[]
}

interface CaseContext {
  readonly caseView: CaseView
  readonly inCase: readonly boolean[]
  readonly sheltered: () => readonly string[]
}

/** Judges one case at a time: what in it the reader may open and the question means. */
export function caseJudge({ catalogue, texts, view, clauses, together, volumeKinds }: CaseJudgeParts) {
  const { sql } = catalogue
  const positive = clauses.filter(({ clause }) => !clause.excluded)
  const negative = clauses.filter(({ clause }) => clause.excluded)
  const also = view.condition.sql === '' ? '' : ` AND ${view.condition.sql}`
  const caseQuery = `SELECT c.* FROM case_file c WHERE c.search_key = ?${also}`

  const known = (row: Row): KnownCase => {
    const parties = catalogue.cases.parties(text(row, 'id'))
    const values = [
      knownValue('number', text(row, 'number')),
      knownValue('cause', text(row, 'cause')),
      knownValue('handler', text(row, 'handler')),
      ...parties.map(({ name }) => knownValue('party', name)),
      ...archiveNumbersOf(row).map((known) => knownValue('archive-number', known)),
      ...['accepted_on', 'closed_on'].flatMap((column) => {
        const date = textOrNull(row, column)
        return date === null ? [] : [knownValue('date', date)]
      }),
    ].filter((value) => value.text !== '')
    const sheltered = parties.filter((party) => party.sheltered === true).map(({ name }) => name)
    const hidden = new Set(sheltered)
    return {
      values: values.map((value) => ({
        ...value,
        shown: value.field === 'party' && hidden.has(value.text) ? shelteredName(value.text) : value.text,
      })),
      sheltered,
    }
  }

  const caseHits = ({ values }: KnownCase): FoundPlace[] =>
    values.flatMap((value, place) => {
      const ranges = positive.flatMap(({ clause }) => findInValue(clause, value) ?? [])
      if (ranges.length === 0) return []
      const marks = value.shown === value.text ? marksOf(ranges) : [{ start: 0, end: value.shown.length }]
      const covered = marks.reduce((sum, { start, end }) => sum + end - start, 0)
      return [
        {
          order: [0, place],
          volumeKind: null,
          weight: WEIGHTS[value.field] * (1 + covered / Math.max(1, value.shown.length)),
          show: (): SearchHit => ({ ...NO_PLACE, field: value.field, text: value.shown, marks }),
        },
      ]
    })

  /** Whether every word is here or in what is known of the case, one at least here, and nothing excluded is. */
  const fits = (inCase: readonly boolean[], here: readonly boolean[], excludedHere: boolean): boolean =>
    !excludedHere && here.some(Boolean) && here.every((found, place) => found || inCase[place] === true)

  const itemHit = (place: number, about: CaseContext): FoundPlace | undefined => {
    const row = sql.one(
      `SELECT item.*, v.id AS volume_id, v.kind, v.compartment, v.sequence AS volume_sequence, b.sequence AS book_sequence
       FROM item JOIN book b ON b.id = item.book_id JOIN volume v ON v.id = b.volume_id WHERE item.search_id = ?`,
      place,
    )
    if (row === undefined) return undefined
    const compartment = text(row, 'compartment') as Compartment
    const kind = text(row, 'kind') as VolumeKind
    if (volumeKinds.size > 0 && !volumeKinds.has(kind)) return undefined
    if (!about.caseView.readsItem({ id: text(row, 'id'), compartment })) return undefined
    const title = itemText({
      title: text(row, 'title'),
      documentNumber: text(row, 'document_number'),
      responsible: text(row, 'responsible'),
    })
    const values = [knownValue('item', title), knownValue('date', text(row, 'date'))]
    const found = positive.map(({ clause }) => values.map((value) => findInValue(clause, value)))
    const excluded = negative.some(({ clause }) =>
      values.some((value) => findInValue(clause, value) !== undefined),
    )
    const here = found.map((each) => each.some((ranges) => ranges !== undefined))
    if (!fits(about.inCase, here, excluded)) return undefined
    const ranges = found.flatMap(([inTitle]) => inTitle ?? [])
    const marks = marksOf(ranges)
    const covered = marks.reduce((sum, { start, end }) => sum + end - start, 0)
    return {
      order: [1, number(row, 'volume_sequence'), number(row, 'book_sequence'), 0, number(row, 'sequence')],
      volumeKind: kind,
      weight: WEIGHTS.item * (1 + covered / Math.max(1, title.length)),
      show: (): SearchHit => ({
        ...NO_PLACE,
        field: ranges.length > 0 ? 'item' : 'date',
        ...shelterNames(title, marks, about.sheltered()),
        volumeId: text(row, 'volume_id'),
        volumeKind: kind,
        itemId: text(row, 'id'),
        itemTitle: shelterNames(text(row, 'title'), [], about.sheltered()).text,
      }),
    }
  }

  const pageHit = (
    compartment: Compartment,
    place: number,
    about: CaseContext,
    asked: readonly boolean[],
  ): FoundPlace | undefined => {
    const shelf = texts.sql(compartment)
    const stored = shelf.one('SELECT page_id, version_id FROM page_text WHERE id = ?', place)
    if (stored === undefined) return undefined
    const pageId = text(stored, 'page_id')
    const versionId = text(stored, 'version_id')
    const row = sql.one(
      `SELECT p.item_id, p.position, p.printed_number, v.id AS volume_id, v.kind, v.compartment,
         v.sequence AS volume_sequence, b.sequence AS book_sequence
       FROM page p JOIN book b ON b.id = p.book_id JOIN volume v ON v.id = b.volume_id
       WHERE p.id = ? AND p.withdrawn_at IS NULL AND p.current_version_id = ?`,
      ...[pageId, versionId],
    )
    // A volume that changed its compartment is not read by the key it had before.
    if (row === undefined || text(row, 'compartment') !== compartment) return undefined
    const kind = text(row, 'kind') as VolumeKind
    if (volumeKinds.size > 0 && !volumeKinds.has(kind)) return undefined
    if (!about.caseView.readsPage({ id: pageId, compartment })) return undefined

    const textOf = () => text(shelf.one('SELECT lines FROM page_text WHERE id = ?', place) ?? {}, 'lines')
    const sure =
      negative.length === 0 &&
      positive.every(({ clause }, at) => asked[at] !== true || certainOnPages(clause))
    if (sure) {
      if (!fits(about.inCase, asked, false)) return undefined
    } else {
      const runs = textRuns(textOf())
      const here = positive.map(({ clause }, at) => asked[at] === true && findOnPage(clause, runs).length > 0)
      const excluded = negative.some(({ clause }) => findOnPage(clause, runs).length > 0)
      if (!fits(about.inCase, here, excluded)) return undefined
    }
    const itemId = textOrNull(row, 'item_id')
    const show = (): SearchHit => {
      const whole = shelf.one('SELECT lines, layout, width, height FROM page_text WHERE id = ?', place) ?? {}
      const lines = text(whole, 'lines')
      const runs = textRuns(lines)
      const ranges = joinRanges(positive.flatMap(({ clause }) => findOnPage(clause, runs)))
      const item = itemId === null ? undefined : sql.one('SELECT title FROM item WHERE id = ?', itemId)
      return {
        field: 'page',
        ...lineShown(lines, ranges, about.sheltered()),
        volumeId: text(row, 'volume_id'),
        volumeKind: kind,
        itemId,
        itemTitle: item === undefined ? null : shelterNames(text(item, 'title'), [], about.sheltered()).text,
        pageId,
        versionId,
        position: number(row, 'position'),
        printedNumber: text(row, 'printed_number'),
        ...placesDrawn(lines, ranges, whole),
      }
    }
    return {
      order: [2, number(row, 'volume_sequence'), number(row, 'book_sequence'), number(row, 'position')],
      volumeKind: kind,
      weight: PAGE_WEIGHT * asked.filter(Boolean).length,
      show,
    }
  }

  /** Places of a compartment's pages in a case, in order, with which clause the index finds there. */
  const pagesAsked = (compartment: Compartment, key: number, atOnce: number, inCase: readonly boolean[]) => {
    const asked = new Map<number, boolean[]>()
    const all = together.get(compartment)
    // Nothing is known of the case: every word must be on the page.
    if (positive.length > 1 && all !== undefined && !inCase.includes(true))
      return all.placesOf(key, atOnce).map((place): [number, boolean[]] => [place, positive.map(() => true)])
    positive.forEach(({ inPages }, at) => {
      for (const place of inPages.get(compartment)?.placesOf(key, atOnce) ?? []) {
        const here = asked.get(place) ?? positive.map(() => false)
        here[at] = true
        asked.set(place, here)
      }
    })
    return positive.length === 1 ? [...asked] : [...asked].sort(([a], [b]) => a - b)
  }

  return {
    /** The case of a key with its first hits, `most` of them looked at; undefined when nothing may be found in it. */
    judge: (key: number, most: number): FoundCase | undefined => {
      const row = sql.one(caseQuery, key, ...view.condition.values)
      if (row === undefined) return undefined
      const first = firstPlace(key)
      const inCases = positive.map(({ inCases: stream }) => stream?.placesOf(key, MOST_IN_CASE) ?? [])
      let read: KnownCase | undefined
      const about = () => {
        read ??= known(row)
        return read
      }
      const holds = (clause: Clause) =>
        about().values.some((value) => findInValue(clause, value) !== undefined)
      const inCase = positive.map(({ clause }, at) => inCases[at]?.[0] === first && holds(clause))
      if (negative.some(({ clause }) => holds(clause))) return undefined
      const context: CaseContext = {
        caseView: view.ofCase({
          id: text(row, 'id'),
          status: text(row, 'status') as 'open' | 'filed',
          secrecy: text(row, 'secrecy') as SecrecyLevel,
        }),
        inCase,
        sheltered: () => about().sheltered,
      }
      const places: FoundPlace[] = []
      if (volumeKinds.size === 0 && inCase.length > 0 && inCase.every(Boolean))
        places.push(...caseHits(about()))
      let more = false
      const take = (hit: FoundPlace | undefined) => {
        if (hit !== undefined) places.push(hit)
      }
      for (const place of [...new Set(inCases.flat())].sort((a, b) => a - b)) {
        if (place === first) continue
        more = places.length > most
        if (more) break
        take(itemHit(place, context))
      }
      for (const compartment of view.compartments) {
        // Few places are mostly enough; where these turn out to be closed, all are gone through.
        for (const atOnce of positive.length === 1 ? [FEW_PLACES, MOST_IN_CASE] : [MOST_IN_CASE]) {
          const asked = pagesAsked(compartment, key, atOnce, inCase)
          const from = atOnce === MOST_IN_CASE && positive.length === 1 ? FEW_PLACES : 0
          for (const [place, here] of asked.slice(from)) {
            if (!here.every((found, at) => found || inCase[at] === true)) continue
            more = places.length > most
            if (more) break
            take(pageHit(compartment, place, context, here))
          }
          if (more || asked.length < atOnce) break
        }
        if (more) break
      }
      return places.length === 0 ? undefined : { row, places, more }
    },
  }
}
