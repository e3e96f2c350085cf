import {
  comparePrintedNumbers,
  type PrintedNumber,
  printPrintedNumber,
  readPrintedNumber,
} from '../page-number.ts'

/** An image with the number that is printed on it. */
export interface NumberedPage {
  readonly id: string
  readonly printedNumber: string
}

/** A break in the printed numbers against the images. */
export interface PrintedNumberGap {
  /** The images on both sides of the break; for a number that stands twice or out of order, the one is `before`. */
  readonly afterPageId: string | null
  readonly beforePageId: string | null
  readonly numbers: string
  readonly kind: 'missing' | 'twice' | 'order'
}

interface Placed {
  readonly id: string
  readonly index: number
  readonly number: PrintedNumber
}

/** 13、14 · 13至17 */
function inWords(numbers: readonly PrintedNumber[]): string {
  const runs: PrintedNumber[][] = []
  for (const number of numbers) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (
      run !== undefined &&
      last?.inserted === null &&
      number.inserted === null &&
      number.main === last.main + 1
    )
      run.push(number)
    else runs.push([number])
  }
  return runs
    .flatMap((run) => {
      const written = run.map(printPrintedNumber)
      return written.length < 3 ? written : [`${written[0]}至${written.at(-1)}`]
    })
    .join('、')
}

/** Numbers that should stand between two, both excluded; `before` null: from `first` on. */
function between(
  before: PrintedNumber | null,
  after: PrintedNumber,
  first: number,
): readonly PrintedNumber[] {
  const missing: PrintedNumber[] = []
  if (before !== null && after.main === before.main) {
    for (let inserted = (before.inserted ?? 0) + 1; inserted < (after.inserted ?? 0); inserted++)
      missing.push({ main: after.main, inserted })
    return missing
  }
  const lastWhole = after.inserted === null ? after.main - 1 : after.main
  for (let main = before === null ? first : before.main + 1; main <= lastWhole; main++)
    missing.push({ main, inserted: null })
  for (let inserted = 1; inserted < (after.inserted ?? 0); inserted++)
    missing.push({ main: after.main, inserted })
  return missing
}

/** Places of a longest ascending part: what is out of order is what has to be moved, not all that follows it. */
function ascending(pages: readonly Placed[]): readonly Placed[] {
  const tails: number[] = []
  const previous = pages.map(() => -1)
  pages.forEach(({ number }, at) => {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = pages[tails[middle] ?? 0]
      if (other !== undefined && comparePrintedNumbers(other.number, number) < 0) low = middle + 1
      else high = middle
    }
    previous[at] = low === 0 ? -1 : (tails[low - 1] ?? -1)
    tails[low] = at
  })
  const chain: Placed[] = []
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) {
    const page = pages[at]
    if (page !== undefined) chain.unshift(page)
  }
  return chain
}

/**
 * The gap table of one book, in image order: numbers from `first` (up to `last`, where the paper says how far it goes)
 * that no image carries, that stand twice, or that stand out of order. A page that is out of order is no gap where it
 * should be. Unnumbered and unreadable pages are passed over.
 */
export function printedNumberGaps(
  pages: readonly NumberedPage[],
  { first = 1, last = null }: { readonly first?: number; readonly last?: number | null } = {},
): readonly PrintedNumberGap[] {
  const placed = pages.flatMap(({ id, printedNumber }, index): Placed[] => {
    const number = readPrintedNumber(printedNumber)
    return number === null ? [] : [{ id, index, number }]
  })
  const seen = new Set<string>()
  const firsts: Placed[] = []
  const twice: Placed[] = []
  for (const page of placed) {
    const key = printPrintedNumber(page.number)
    ;(seen.has(key) ? twice : firsts).push(page)
    seen.add(key)
  }
  const chain = ascending(firsts)
  const inChain = new Set(chain)
  const gaps: (PrintedNumberGap & { readonly at: number })[] = []
  const stray = (page: Placed, kind: 'twice' | 'order') =>
    gaps.push({
      ...{ at: page.index, afterPageId: pages[page.index - 1]?.id ?? null, beforePageId: page.id, kind },
      numbers: printPrintedNumber(page.number),
    })
  for (const page of twice) stray(page, 'twice')
  for (const page of firsts) if (!inChain.has(page)) stray(page, 'order')
  const ends: readonly (Placed | null)[] = last === null ? chain : [...chain, null]
  ends.forEach((page, at) => {
    const before = chain[at - 1] ?? null
    const after = page?.number ?? { main: (last ?? 0) + 1, inserted: null }
    const missing = between(before?.number ?? null, after, first).filter(
      (number) => !seen.has(printPrintedNumber(number)),
    )
    if (missing.length > 0)
      gaps.push({
        ...{
          at: page?.index ?? pages.length,
          afterPageId: before?.id ?? null,
          beforePageId: page?.id ?? null,
        },
        ...{ numbers: inWords(missing), kind: 'missing' },
      })
  })
  return gaps.sort((a, b) => a.at - b.at).map(({ at: _, ...gap }) => gap)
}
