import { numberCorner, PAGE_KIND_INFO } from './page-kind.ts'
import { readPrintedNumber } from './page-number.ts'
import { type ProposalDraft, type ProposalPage, type ProposalReason, reason } from './page-proposal.ts'
import type { NumberSignal } from './signal.ts'

interface Candidate {
  readonly page: ProposalPage
  /** Place among the pages of the book that carry numbers. */
  readonly at: number
  readonly signal: NumberSignal
  readonly main: number
}

/** Most pages of a book must bear a number at the foot before one there is taken for the volume's. */
const FOOT_SHARE = 0.5
const CORNER_SHARE = 0.1
const FITS = 0.2
const BREAKS = 0.3

/**
 * Printed numbers that were read and are not those of the catalogue. A number by itself is worth little; that the
 * numbers read before and after it run through it is worth a lot.
 */
export function numberProposals(pages: readonly ProposalPage[]): readonly ProposalDraft[] {
  const books = [...new Set(pages.map(({ bookId }) => bookId))]
  return books.flatMap((bookId) => ofBook(pages.filter((page) => page.bookId === bookId)))
}

function ofBook(pages: readonly ProposalPage[]): readonly ProposalDraft[] {
  const numbered = pages.filter(({ kind }) => PAGE_KIND_INFO[kind].numbered)
  const read = numbered.filter(({ signals }) => signals !== null)
  const withCorner = read.filter(({ signals }) => signals?.numbers.some(({ corner }) => corner !== 'foot'))
  const withFoot = read.filter(({ signals }) => signals?.numbers.some(({ corner }) => corner === 'foot'))
  const byFoot =
    withCorner.length <= read.length * CORNER_SHARE && withFoot.length >= read.length * FOOT_SHARE
  const candidates = numbered.map((page, at): readonly Candidate[] =>
    (page.signals?.numbers ?? [])
      .filter(({ corner }) => (corner === 'foot') === byFoot)
      .flatMap((signal) => {
        const main = readPrintedNumber(signal.text)?.main
        return main === undefined ? [] : [{ page, at, signal, main }]
      }),
  )
  return candidates.flatMap((found, at): ProposalDraft[] => {
    // What the catalogue says already is among what was read: nothing to say.
    if (found.some(({ page, signal }) => page.printedNumber === signal.text)) return []
    const judged = found
      .map((candidate) => judge(candidate, candidates, at))
      .sort((a, b) => b.confidence - a.confidence)
    return judged.slice(0, 1)
  })
}

function judge(candidate: Candidate, all: readonly (readonly Candidate[])[], at: number): ProposalDraft {
  const { page, signal } = candidate
  const reasons: ProposalReason[] = []
  let confidence = signal.confidence * 0.55
  if (signal.corner === 'foot') reasons.push(reason('at-foot', signal.text))
  else if (page.side !== null && signal.corner !== numberCorner(page.side)) {
    confidence -= 0.08
    reasons.push(reason('other-corner', signal.text))
  } else {
    confidence += page.side === null ? 0 : 0.05
    reasons.push(reason('in-corner', signal.text))
  }
  for (const [step, code] of [
    [-1, 'run-before'],
    [1, 'run-after'],
  ] as const) {
    const near = nearest(all, at, step)
    if (near === undefined) continue
    const read = near[0]?.signal.text ?? ''
    if (near.some((other) => run(candidate, other) === 'runs')) {
      confidence += FITS
      reasons.push(reason(code, read))
    } else if (near.some((other) => run(candidate, other) === 'gap')) reasons.push(reason('run-gap', read))
    else {
      confidence -= BREAKS
      reasons.push(reason('run-broken', read))
    }
  }
  return {
    kind: 'printed-number',
    page,
    itemId: page.itemId,
    confidence,
    reasons,
    present: page.printedNumber,
    proposed: signal.text,
    places: signal.places,
    change: { does: 'number', number: signal.text },
  }
}

function nearest(
  all: readonly (readonly Candidate[])[],
  at: number,
  step: 1 | -1,
): readonly Candidate[] | undefined {
  for (let other = at + step; other >= 0 && other < all.length; other += step) {
    const found = all[other]
    if (found !== undefined && found.length > 0) return found
  }
  return undefined
}

/** A sheet or some that were not scanned. */
const MOST_MISSING = 10

/**
 * Whether two numbers can stand in one run: they grow, and not faster than the pages. A few numbers too many are a gap,
 * as where a page was left out in scanning. An insertion keeps its main number.
 */
function run(candidate: Candidate, other: Candidate): 'runs' | 'gap' | 'broken' {
  const [first, second] = candidate.at < other.at ? [candidate, other] : [other, candidate]
  const grown = second.main - first.main
  const inserted = first.signal.text.includes('-') || second.signal.text.includes('-')
  if (grown < (inserted ? 0 : 1)) return 'broken'
  const over = grown - (second.at - first.at)
  return over <= 0 ? 'runs' : over <= MOST_MISSING ? 'gap' : 'broken'
}
