import { number, type Statements } from './statements.ts'

/** How many bits of a place in an index count what is within one case. */
export const SLOT_BITS = 17
const SLOTS = 2 ** SLOT_BITS
/** From this slot on catalogue rows are of restricted volumes. */
export const RESTRICTED_SLOT = SLOTS / 2
const COUNTED = 2 ** 27

/** First and last place in an index that belongs to a case. */
export const firstPlace = (key: number): number => key * SLOTS
export const lastPlace = (key: number): number => key * SLOTS + SLOTS - 1
/** The case that a place belongs to. */
export const keyOfPlace = (place: number): number => Math.floor(place / SLOTS)
export const slotOfPlace = (place: number): number => place % SLOTS

/** First and last key that a year's cases may have. */
export function keysOfYear(year: number | null): { readonly first: number; readonly last: number } {
  const slot = yearSlot(year)
  return { first: slot * COUNTED, last: slot * COUNTED + COUNTED - 1 }
}

const yearSlot = (year: number | null): number => Math.min(Math.max((year ?? 1900) - 1900, 0), 255)

/** Whether a case of this year may keep its key. */
export const keyFitsYear = (key: number, year: number | null): boolean =>
  Math.floor(key / COUNTED) === yearSlot(year)

/** The next key of a year; a key is never given twice. Runs inside the caller's transaction. */
export function nextKey(sql: Statements, year: number | null): number {
  const slot = yearSlot(year)
  sql.run('INSERT INTO search_year VALUES (?, 1) ON CONFLICT (year) DO UPDATE SET last = last + 1', slot)
  return slot * COUNTED + number(sql.one('SELECT last FROM search_year WHERE year = ?', slot) ?? {}, 'last')
}

/** Which part of all cases has this key or a newer one, 0 to 1. */
export function shareFrom(sql: Statements, key: number): number {
  let newer = 0
  let all = 0
  const slot = Math.floor(key / COUNTED)
  for (const row of sql.all('SELECT year, last FROM search_year')) {
    const last = number(row, 'last')
    all += last
    if (number(row, 'year') > slot) newer += last
    else if (number(row, 'year') === slot) newer += last - (key % COUNTED) + 1
  }
  return all === 0 ? 1 : Math.min(1, newer / all)
}
