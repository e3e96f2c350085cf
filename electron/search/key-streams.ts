import { firstPlace, keyOfPlace, lastPlace, number, type Statements } from '../catalogue/index.ts'

/** Keys of cases, newest first: the greatest one that is not above a bound. */
export interface KeyStream {
  readonly seek: (bound: number) => number | null
}

/** Places of one query in one index, newest case first. */
export interface PlaceStream extends KeyStream {
  /** The first so many places within a case, in their order. */
  readonly placesOf: (key: number, most: number) => readonly number[]
}

const FIRST_BATCH = 4
const LARGEST_BATCH = 512
const FEW_FALLING = 48
const PROBED = 64

/** Keeps a batch of a falling sequence of numbers, and fetches the next where it is asked for. */
function falling(fetch: (bound: number, count: number) => readonly number[]) {
  let held: readonly number[] = []
  let at = 0
  let from = Number.POSITIVE_INFINITY
  let more = true
  let batch = FIRST_BATCH
  const load = (bound: number) => {
    held = fetch(bound, batch)
    at = 0
    from = bound
    more = held.length === batch
  }
  /** The greatest that is not above the bound. */
  const seek = (bound: number): number | null => {
    if (from === Number.POSITIVE_INFINITY || bound > from) {
      batch = FIRST_BATCH
      load(bound)
      return held[0] ?? null
    }
    while (at > 0 && (held[at - 1] ?? 0) <= bound) at -= 1
    for (;;) {
      while (at < held.length && (held[at] ?? 0) > bound) at += 1
      const found = held[at]
      if (found !== undefined) return found
      if (!more) return null
      const last = held.at(-1) ?? bound + 1
      // Reading on in order pays for larger batches; jumping far does not.
      batch = last - 1 <= bound ? Math.min(batch * 4, LARGEST_BATCH) : FIRST_BATCH
      load(Math.min(bound, last - 1))
    }
  }
  return { seek }
}

/** Numbers are bound as REAL, and FTS5 leaps only to an INTEGER: otherwise it reads every row on the way. */
const WHOLE = 'CAST(? AS INTEGER)'
/** After so many leaps a reader of few cases is better served by asking case by case. */
const MOST_LEAPS = 8

/** What an FTS5 query finds. `reads` leaves out places that the reader's keys do not open. */
export function placeStream(
  sql: Statements,
  table: 'search_index' | 'page_index',
  query: string,
  reads: ((place: number) => boolean) | null = null,
  /** The cases asked about are few and given by another stream: then a key that holds nothing may be passed over. */
  fewCases = false,
): PlaceStream {
  let leaps = 0
  const fetch = (bound: number, count: number) => {
    leaps += 1
    return sql
      .all(
        `SELECT rowid AS id FROM ${table} WHERE ${table} MATCH ? AND rowid <= ${WHOLE} ORDER BY rowid DESC LIMIT ?`,
        ...[query, bound, count],
      )
      .map((row) => number(row, 'id'))
  }
  const all = falling(fetch)
  const seekPlace = (bound: number): number | null => {
    let found = all.seek(bound)
    while (found !== null && reads !== null && !reads(found)) found = all.seek(found - 1)
    return found
  }
  const rising = (key: number, most: number) =>
    sql
      .all(
        `SELECT rowid AS id FROM ${table} WHERE ${table} MATCH ? AND rowid BETWEEN ${WHOLE} AND ${WHOLE} ORDER BY rowid LIMIT ?`,
        ...[query, firstPlace(key), lastPlace(key), reads === null ? most : -1],
      )
      .map((row) => number(row, 'id'))
      .filter((place) => reads === null || reads(place))
      .slice(0, most)
  let probed: { readonly key: number; readonly places: readonly number[] } | undefined
  const probe = (key: number) => {
    if (probed?.key !== key) probed = { key, places: rising(key, PROBED) }
    return probed.places
  }
  return {
    seek: (bound) => {
      if (fewCases && leaps >= MOST_LEAPS)
        return bound < 0 ? null : probe(bound).length > 0 ? bound : bound - 1
      const place = seekPlace(lastPlace(bound))
      return place === null ? null : keyOfPlace(place)
    },
    placesOf: (key, most) => {
      if (fewCases && leaps >= MOST_LEAPS) {
        const held = probe(key)
        return held.length < PROBED ? held.slice(0, most) : rising(key, most)
      }
      // The stream falls, and the beginning of a case is wanted: an upward question of its own, unless all is held.
      const places: number[] = []
      let place = seekPlace(lastPlace(key))
      while (place !== null && place >= firstPlace(key)) {
        places.push(place)
        if (places.length > FEW_FALLING) return rising(key, most)
        place = seekPlace(place - 1)
      }
      return places.reverse().slice(0, most)
    },
  }
}

/** Keys that a query of the catalogue gives, by `search_key <= ?` and a limit as its last two values. */
export function queryStream(sql: Statements, query: string, ...values: readonly string[]): KeyStream {
  return falling((bound, count) =>
    sql.all(query, ...values, bound, count).map((row) => number(row, 'search_key')),
  )
}

/** Given keys. */
export function listStream(keys: readonly number[]): KeyStream {
  const sorted = [...keys].sort((a, b) => b - a)
  return {
    seek: (bound) => {
      let low = 0
      let high = sorted.length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((sorted[middle] ?? 0) > bound) low = middle + 1
        else high = middle
      }
      return sorted[low] ?? null
    },
  }
}

/** Keys within any of these ranges. */
export function rangeStream(ranges: readonly { readonly first: number; readonly last: number }[]): KeyStream {
  const sorted = [...ranges].sort((a, b) => b.last - a.last)
  return {
    seek: (bound) => {
      for (const { first, last } of sorted) if (first <= bound) return Math.min(bound, last)
      return null
    },
  }
}

/** Keys that any of the streams has. */
export function anyOf(streams: readonly KeyStream[]): KeyStream {
  return {
    seek: (bound) =>
      streams.reduce<number | null>((best, stream) => {
        const found = stream.seek(bound)
        return found === null || (best !== null && best >= found) ? best : found
      }, null),
  }
}

/** The greatest key not above the bound that every stream has: each leaps to what the others are at. */
export function inAll(streams: readonly KeyStream[], bound: number): number | null {
  let wanted = bound
  for (;;) {
    let lowest = wanted
    for (const stream of streams) {
      const found = stream.seek(lowest)
      if (found === null) return null
      lowest = found
    }
    if (lowest === wanted && streams.every((stream) => stream.seek(lowest) === lowest)) return lowest
    wanted = lowest
  }
}
