import { expect, it } from 'vitest'
import { matchSequences, type PageSignature } from '../../../electron/reconcile/matching/index.ts'
import { wordsOf } from '../../../electron/reconcile/matching/page-words.ts'
import { findingsOf, pageErrors } from '../../bench/reconcile-matching.ts'
import { type PairPage, volumePair } from '../../fixtures/volume-pairs/volume-pair.ts'
import { blankPage, madePage } from './made-pages.ts'

/** Pages that no text tells apart; all others of one kind get the same ink, so that their words must decide. */
const BY_INK = /hand|nearly|cover/

/** Drawing the scans takes minutes and is left to the benchmark: here the ink is made up, the reading is not. */
function signed(page: PairPage, scan: number): PageSignature {
  if (page.blank) return blankPage()
  const ink = BY_INK.test(page.kind) ? page.sheetId : page.kind
  const seed = [...ink].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 7)
  return {
    ...madePage({ seed, scan, turn: page.reading.turn, lines: [] }),
    words: wordsOf(page.reading),
  }
}

it.each([101, 102])(
  'volume %i: everything missing, extra and replaced is found, and nearly every page',
  (seed) => {
    const pair = volumePair(seed)
    const result = matchSequences(
      pair.paper.map((page) => signed(page, 1)),
      pair.electronic.map((page) => signed(page, 2)),
    )
    expect(pageErrors({ pair, result }).length).toBeLessThanOrEqual(pair.paper.length * 0.02)
    for (const kind of ['missing', 'extra', 'moved', 'turned'] as const)
      expect([kind, findingsOf({ pair, result }, kind).missed]).toEqual([kind, []])
  },
)
