import type { DifferenceType } from './difference-type.ts'

/** What one person said of one page with the paper in hand. */
export interface SheetSaying {
  readonly verdict: 'agrees' | 'differs' | 'doubtful'
  readonly type: DifferenceType | null
  readonly note: string
  /** Printed numbers of sheets that follow on paper and have no image. */
  readonly missingAfter: string
}

/** What two people said of a page, each in their own pass; null: nothing of the version that stands now. */
export interface TwoSayings {
  readonly first: SheetSaying | null
  readonly second: SheetSaying | null
  /** Which of the two holds, where somebody said so. */
  readonly holds: 'first' | 'second' | null
}

/** "12-1、12-2" → its numbers, once each. */
function missingNumbers(text: string): readonly string[] {
  const numbers = text
    .normalize('NFKC')
    .split(/[\s、,;，；]+/u)
    .map((number) => number.trim())
    .filter((number) => number !== '')
  return [...new Set(numbers)]
}

/** Whether two people, not knowing of one another, said different things of a page. */
export function sayingsDisagree({ first, second }: Pick<TwoSayings, 'first' | 'second'>): boolean {
  if (first === null || second === null) return false
  const missing = (saying: SheetSaying) => [...missingNumbers(saying.missingAfter)].sort().join('、')
  return first.verdict !== second.verdict || first.type !== second.type || missing(first) !== missing(second)
}

/** A difference that a saying makes. */
export interface SaidDifference {
  readonly type: DifferenceType
  /** For a page that has no image: the number that is printed on it. */
  readonly missing: string | null
  readonly note: string
  /** 0 to 1. */
  readonly confidence: number
}

/** 存疑 without a type: the paper may hold another version of the page. */
const DOUBTFUL_TYPE: DifferenceType = 'D19'
const DOUBTFUL_CONFIDENCE = 0.5

function differencesOf(saying: SheetSaying, confidence: number): readonly SaidDifference[] {
  const { verdict, type, note, missingAfter } = saying
  const own: readonly SaidDifference[] =
    verdict === 'agrees'
      ? []
      : [
          {
            ...{ type: type ?? DOUBTFUL_TYPE, missing: null, note },
            confidence: verdict === 'doubtful' ? Math.min(confidence, DOUBTFUL_CONFIDENCE) : confidence,
          },
        ]
  const missing = missingNumbers(missingAfter).map(
    (number): SaidDifference => ({ type: 'D01', missing: number, note, confidence }),
  )
  return [...own, ...missing]
}

/**
 * The differences of a page: what both say, what one says alone, or what holds. While a disagreement is not settled,
 * what either found stays, so that nothing is lost.
 */
export function saidDifferences(said: TwoSayings): readonly SaidDifference[] {
  const { first, second, holds } = said
  if (first === null || second === null) {
    const only = first ?? second
    return only === null ? [] : differencesOf(only, 1)
  }
  if (!sayingsDisagree(said)) return differencesOf(first, 1)
  if (holds !== null) return differencesOf(holds === 'first' ? first : second, 1)
  const both = [...differencesOf(first, DOUBTFUL_CONFIDENCE), ...differencesOf(second, DOUBTFUL_CONFIDENCE)]
  const known = new Map(both.toReversed().map((one) => [`${one.type}|${one.missing ?? ''}`, one]))
  return [...known.values()].reverse()
}
