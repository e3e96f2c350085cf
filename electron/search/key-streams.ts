import { firstPlace, keyOfPlace, lastPlace, number, type Statements } from '../catalogue/index.ts'

/** Keys of cases, newest first. */
export interface KeyStream {
  /** The greatest key that is not above the bound. An answer that is not above `floor` may be any such, or none. */
  readonly seek: (bound: number, floor?: number) => number | null
  readonly has: (key: number) => boolean
  /** About how far its keys stand apart, so that the rarest leads; infinite when it has none. */
  readonly rarity: () => number
}

/** Places of one query in one index, newest case first. */
export interface PlaceStream extends KeyStream {
  /** The first so many places within a case, in their order. */
  readonly placesOf: (key: number, most: number) => readonly number[]
}

/** Leaves out places that are not to be found. */
export interface PlaceFilter {
  readonly reads: (place: number) => boolean
  /** Places that will be asked about: cheaper together than one by one. */
  readonly ahead?: (places: readonly number[]) => void
}

const FIRST_BATCH = 16
const LARGEST_BATCH = 1024
const TRIED_BATCH = 256
const GROWTH = 4
const PROBED = 64
/** So many questions about single cases, before a batch is tried again. */
const MOST_PROBES = 16
const SPAN_OF_KEYS = 2 ** 35

/** Keeps a batch of a falling sequence of numbers, and fetches the next where it is asked for. */
function falling(fetch: (bound: number, count: number) => readonly number[]) {
  let held: readonly number[] = []
  let at = 0
  let from = Number.POSITIVE_INFINITY
  let more = true
  let batch = FIRST_BATCH
  const lowest = () => (more ? (held.at(-1) ?? from) : Number.NEGATIVE_INFINITY)
  const load = (bound: number) => {
    held = fetch(bound, batch)
    at = 0
    from = bound
    more = held.length === batch
  }
  /** Whether reading on in order gets there sooner than a question of its own: then larger batches pay. */
  const isNear = (bound: number): boolean =>
    from !== Number.POSITIVE_INFINITY && bound <= from && lowest() - bound <= (from - lowest()) / 2
  /** The greatest that is not above the bound. */
  const seek = (bound: number): number | null => {
    if (from === Number.POSITIVE_INFINITY || bound > from) load(bound)
    while (at > 0 && (held[at - 1] ?? 0) <= bound) at -= 1
    for (;;) {
      while (at < held.length && (held[at] ?? 0) > bound) at += 1
      const found = held[at]
      if (found !== undefined) return found
      if (!more) return null
      batch = isNear(bound) ? Math.min(batch * GROWTH, LARGEST_BATCH) : FIRST_BATCH
      load(Math.min(bound, (held.at(-1) ?? bound + 1) - 1))
    }
  }
  return {
    seek,
    isNear,
    /** Whether all between these is held. */
    covers: (low: number, high: number): boolean => high <= from && low > lowest(),
    /** Reads so much from here, to see how far it gets. */
    tryFrom: (bound: number) => {
      batch = TRIED_BATCH
      load(bound)
    },
    isUnread: () => from === Number.POSITIVE_INFINITY,
    /** The distance between two of the first batch; all that there is when that is few. */
    spread: (): number => {
      const first = held[0]
      if (first === undefined) return Number.POSITIVE_INFINITY
      return more ? (first - (held.at(-1) ?? first)) / held.length : Number.MAX_SAFE_INTEGER / held.length
    },
  }
}

/** Numbers are bound as REAL, and FTS5 leaps only to an INTEGER: otherwise it reads every row on the way. */
const WHOLE = 'CAST(? AS INTEGER)'

/**
 * What an FTS5 query finds, without what the filter leaves out. FTS5 leaps upwards many times faster
 * than downwards, so single cases are asked about upwards, and batches are read downwards where they serve many.
 */
export function placeStream(
  sql: Statements,
  table: 'search_index' | 'page_index',
  query: string,
  filter: PlaceFilter | null = null,
): PlaceStream {
  const reads = filter === null ? () => true : filter.reads
  const all = falling((bound, count) => {
    const places = sql
      .all(
        `SELECT rowid AS id FROM ${table} WHERE ${table} MATCH ? AND rowid <= ${WHOLE} ORDER BY rowid DESC LIMIT ?`,
        ...[query, bound, count],
      )
      .map((row) => number(row, 'id'))
    filter?.ahead?.(places)
    return places
  })
  const seekPlace = (bound: number): number | null => {
    let found = all.seek(bound)
    while (found !== null && !reads(found)) found = all.seek(found - 1)
    return found
  }
  const rising = (key: number, most: number) =>
    sql
      .all(
        `SELECT rowid AS id FROM ${table} WHERE ${table} MATCH ? AND rowid BETWEEN ${WHOLE} AND ${WHOLE} ORDER BY rowid LIMIT ?`,
        ...[query, firstPlace(key), lastPlace(key), filter === null ? most : -1],
      )
      .map((row) => number(row, 'id'))
      .filter(reads)
      .slice(0, most)
  let probed: { readonly key: number; readonly places: readonly number[] } | undefined
  let probes = 0
  const probe = (key: number) => {
    if (probed?.key !== key) {
      probes += 1
      probed = { key, places: rising(key, PROBED) }
    }
    return probed.places
  }
  const heldOf = (key: number, most: number): readonly number[] => {
    const places: number[] = []
    let place = seekPlace(lastPlace(key))
    while (place !== null && place >= firstPlace(key)) {
      places.push(place)
      place = seekPlace(place - 1)
    }
    return places.reverse().slice(0, most)
  }
  return {
    seek: (bound) => {
      const place = seekPlace(lastPlace(bound))
      return place === null ? null : keyOfPlace(place)
    },
    has: (key) => {
      const [low, high] = [firstPlace(key), lastPlace(key)]
      if (probed?.key === key) return probed.places.length > 0
      if (!all.covers(low, high) && !all.isUnread() && !all.isNear(high)) {
        if (probes < MOST_PROBES) return probe(key).length > 0
        probes = 0
        all.tryFrom(high)
      }
      const place = seekPlace(high)
      return place !== null && place >= low
    },
    placesOf: (key, most) => {
      if (all.covers(firstPlace(key), lastPlace(key))) return heldOf(key, most)
      const places = probe(key)
      return places.length < PROBED ? places.slice(0, most) : rising(key, most)
    },
    rarity: () => {
      if (all.isUnread()) all.seek(lastPlace(SPAN_OF_KEYS - 1))
      return all.spread()
    },
  }
}

/** Keys that a query of the catalogue gives, by `search_key <= ?` and a limit as its last two values. */
export function queryStream(sql: Statements, query: string, ...values: readonly string[]): KeyStream {
  const all = falling((bound, count) =>
    sql.all(query, ...values, bound, count).map((row) => number(row, 'search_key')),
  )
  return {
    seek: all.seek,
    has: (key) => all.seek(key) === key,
    rarity: () => {
      if (all.isUnread()) all.seek(SPAN_OF_KEYS - 1)
      return firstPlace(1) * all.spread()
    },
  }
}

/** Given keys. */
export function listStream(keys: readonly number[]): KeyStream {
  const sorted = [...keys].sort((a, b) => b - a)
  const among = new Set(keys)
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
    has: (key) => among.has(key),
    rarity: () => (keys.length === 0 ? Number.POSITIVE_INFINITY : Number.MAX_SAFE_INTEGER / keys.length),
  }
}

/** Keys within any of these ranges. */
export function rangeStream(ranges: readonly { readonly first: number; readonly last: number }[]): KeyStream {
  const sorted = [...ranges].sort((a, b) => b.last - a.last)
  const seek = (bound: number): number | null => {
    for (const { first, last } of sorted) if (first <= bound) return Math.min(bound, last)
    return null
  }
  return {
    seek,
    has: (key) => seek(key) === key,
    rarity: () => (ranges.length === 0 ? Number.POSITIVE_INFINITY : 0),
  }
}

/** Keys that any of the streams has. */
export function anyOf(streams: readonly KeyStream[]): KeyStream {
  return {
    seek: (bound, floor = -1) =>
      streams.reduce<number | null>((best, stream) => {
        const found = stream.seek(bound, Math.max(best ?? -1, floor))
        return found === null || (best !== null && best >= found) ? best : found
      }, null),
    has: (key) => streams.some((stream) => stream.has(key)),
    rarity: () => Math.min(Number.POSITIVE_INFINITY, ...streams.map((stream) => stream.rarity())),
  }
}

/** Keys that every stream has: the rarest is read, and the others are asked about what it gives. */
export function inAll(streams: readonly KeyStream[]): KeyStream {
  let ordered: readonly KeyStream[] | undefined
  /** None above `to` and up to `from`; `to` itself is one when it was a hit. */
  let known = { from: -1, to: 0, hit: false }
  const byRarity = () => {
    ordered ??= streams
      .map((stream) => ({ stream, rarity: stream.rarity() }))
      .sort((a, b) => (a.rarity === b.rarity ? 0 : b.rarity - a.rarity))
      .map(({ stream }) => stream)
    return ordered
  }
  return {
    seek: (bound, floor = -1) => {
      const [lead, ...others] = byRarity()
      if (lead === undefined) return null
      const isKnown = bound <= known.from && bound >= known.to
      if (isKnown && known.hit) return known.to
      const from = isKnown ? known.from : bound
      let wanted = isKnown ? known.to : bound
      while (wanted > floor) {
        const found = lead.seek(wanted, floor)
        if (found === null) {
          known = { from, to: floor, hit: false }
          return null
        }
        if (found > floor && others.every((stream) => stream.has(found))) {
          known = { from, to: found, hit: true }
          return found
        }
        if (found <= floor) break
        wanted = found - 1
      }
      known = { from, to: Math.max(wanted, -1), hit: false }
      return null
    },
    has: (key) => byRarity().every((stream) => stream.has(key)),
    rarity: () => Math.max(0, ...streams.map((stream) => stream.rarity())),
  }
}
