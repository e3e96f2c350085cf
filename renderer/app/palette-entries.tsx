import type { ReactNode } from 'react'
import type { OutputOf } from '../../shared/contract/index.ts'
import { CaseNumber } from '../widgets/case-number.tsx'
import { type HitWords, hitAddress, numbersFirst, partedHits } from '../widgets/hit-words.ts'
import { MarkedText } from '../widgets/marked-text.tsx'

export interface PaletteEntry {
  readonly id: string
  readonly label: ReactNode
  readonly hint: string
  readonly go: () => void
}

/** Shown of one case; the rest stands on the screen of search. */
const HITS_A_CASE = 3
const CASES = 8

interface FoundEntries {
  readonly answer: OutputOf<'search.find'>
  readonly text: string
  readonly words: HitWords
  readonly caseHint: string
  readonly open: (path: string) => void
}

/** What was found, case by case: the case first, under it where in it. */
export function foundEntries({ answer, text, words, caseHint, open }: FoundEntries): readonly PaletteEntry[] {
  return numbersFirst(answer.cases)
    .slice(0, CASES)
    .flatMap((found) => {
      const { ofCase, inside } = partedHits(found)
      const shown = ofCase.find(({ field }) => field !== 'number') ?? ofCase[0]
      return [
        {
          id: found.caseId,
          label: (
            <span className="palette-hit">
              <CaseNumber number={found.number} />
              <span className="palette-hit-text">
                {shown === undefined || shown.field === 'number' ? (
                  found.title
                ) : (
                  <MarkedText text={shown.text} marks={shown.marks} />
                )}
              </span>
            </span>
          ),
          hint: shown === undefined ? caseHint : words.field(shown),
          go: () => open(hitAddress(found.caseId, undefined, { text, tolerant: false })),
        },
        ...inside.slice(0, HITS_A_CASE).map((hit, index) => ({
          id: `${found.caseId}-${index}`,
          label: (
            <span className="palette-hit palette-hit-inside">
              <span>
                <MarkedText text={hit.text} marks={hit.marks} />
              </span>
              <span className="palette-hit-text">{words.place(hit)}</span>
            </span>
          ),
          hint: words.field(hit),
          go: () => open(hitAddress(found.caseId, hit, { text, tolerant: false })),
        })),
      ]
    })
}
