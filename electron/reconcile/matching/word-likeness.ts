import type { PageWords } from './page-words.ts'
import type { WordRarity } from './word-rarity.ts'

/** Text that only one side has may be covered, erased or cut off: it speaks less against a pair than other text does. */
const ONE_SIDED = 0.35
/** A whole number counts as much as so many pairs of characters. */
const NUMBER_WEIGHT = 1.5
/** With so many features on both sides text alone decides. */
const ENOUGH = 40

/** From this share of print on, text alone decides. */
const SURELY_PRINT = 0.6

export interface WordLikeness {
  /** 0 to 1: weighted by rarity, where one text stands in place of another it falls fast. */
  readonly likeness: number
  /** 0 to 1: how far the text may be trusted to decide. */
  readonly trust: number
}

interface Shares {
  readonly both: number
  readonly onlyA: number
  readonly onlyB: number
}

function shares(a: Uint32Array, b: Uint32Array, weight: (hash: number) => number): Shares {
  let [both, onlyA, onlyB, i, j] = [0, 0, 0, 0, 0]
  while (i < a.length || j < b.length) {
    const left = a[i] ?? Number.POSITIVE_INFINITY
    const right = b[j] ?? Number.POSITIVE_INFINITY
    if (left === right) {
      both += weight(left)
      i += 1
      j += 1
    } else if (left < right) {
      onlyA += weight(left)
      i += 1
    } else {
      onlyB += weight(right)
      j += 1
    }
  }
  return { both, onlyA, onlyB }
}

/** How alike two pages read. */
export function wordLikeness(a: PageWords, b: PageWords, rarity: WordRarity): WordLikeness {
  const pairs = shares(a.pairs, b.pairs, rarity.pair)
  const numbers = shares(a.numbers, b.numbers, rarity.number)
  const both = pairs.both + NUMBER_WEIGHT * numbers.both
  const onlyA = pairs.onlyA + NUMBER_WEIGHT * numbers.onlyA
  const onlyB = pairs.onlyB + NUMBER_WEIGHT * numbers.onlyB
  const replaced = Math.min(onlyA, onlyB)
  const lost = Math.abs(onlyA - onlyB)
  const all = both + replaced + ONE_SIDED * lost
  const likeness = all === 0 ? 0 : both / all
  // Handwriting that is read alike twice speaks for a pair; read otherwise, it says nothing.
  const read = Math.max(likeness, Math.min(1, Math.min(a.printedShare, b.printedShare) / SURELY_PRINT))
  const enough = Math.min(1, Math.min(a.pairs.length, b.pairs.length) / ENOUGH)
  return { likeness, trust: enough * read }
}
