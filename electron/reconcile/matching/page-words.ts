import type { PageReading, TextLine } from '../../../shared/domain/page-text.ts'

/** Most features of one kind that a page keeps; the smallest hashes, so that two scans of a page keep the same. */
const MOST_PAIRS = 1300
const MOST_NUMBERS = 150
/** Characters of text that a page keeps, to see what stands in place of what. */
const MOST_CHARACTERS = 1400
/** When less than this share of what was read is trusted, all of it is used. */
const TRUSTED_SHARE = 0.3

export interface PageWords {
  /** Hashes of two neighbouring characters, ascending, without doubles. */
  readonly pairs: Uint32Array
  /** Hashes of whole numbers of two digits and more, ascending, without doubles. */
  readonly numbers: Uint32Array
  /** Letters and digits alone, a line a line. */
  readonly lines: readonly string[]
  /** Share of the characters that were read as print, 0 to 1: what is written by hand is read by chance. */
  readonly printedShare: number
}

const NOT_TEXT = /[^\p{L}\p{N}]+/gu
const DIGITS = /\d{2,}/g

function mixed(hash: number, value: number): number {
  let next = Math.imul(hash ^ value, 0x9e3779b1)
  next ^= next >>> 15
  next = Math.imul(next, 0x85ebca6b)
  return (next ^ (next >>> 13)) >>> 0
}

function hashOf(text: string, seed: number): number {
  let hash = seed
  for (let index = 0; index < text.length; index++) hash = mixed(hash, text.charCodeAt(index))
  return hash
}

function ascending(hashes: ReadonlySet<number>, most: number): Uint32Array {
  return Uint32Array.from(hashes).sort().slice(0, most)
}

/** Letters that stand in a number are misread digits. */
function asDigits(text: string): string {
  return text
    .replace(/(?<=\d)o+|o+(?=\d)/g, (letters) => '0'.repeat(letters.length))
    .replace(/(?<=\d)[li]+|[li]+(?=\d)/g, (letters) => '1'.repeat(letters.length))
}

function lengthOf(lines: readonly TextLine[]): number {
  return lines.reduce((sum, { text }) => sum + text.length, 0)
}

/** What tells a page by its text: no order of lines, so that a table read in other rows stays the same page. */
export function wordsOf(reading: PageReading): PageWords {
  const pairs = new Set<number>()
  const numbers = new Set<number>()
  const lines: string[] = []
  let room = MOST_CHARACTERS
  const printed = reading.lines.filter(({ kind }) => kind === 'printed')
  const printedShare = lengthOf(printed) / Math.max(1, lengthOf(reading.lines))
  for (const { text } of printedShare < TRUSTED_SHARE ? reading.lines : printed) {
    const normal = asDigits(text.normalize('NFKC').toLowerCase())
    for (const [digits] of normal.matchAll(DIGITS)) numbers.add(hashOf(digits, 7))
    const plain = normal.replace(NOT_TEXT, '')
    if (plain !== '' && plain.length <= room) lines.push(plain)
    room -= plain.length
    for (let at = 0; at + 1 < plain.length; at++) pairs.add(hashOf(plain.slice(at, at + 2), 3))
  }
  return {
    pairs: ascending(pairs, MOST_PAIRS),
    numbers: ascending(numbers, MOST_NUMBERS),
    lines,
    printedShare,
  }
}
