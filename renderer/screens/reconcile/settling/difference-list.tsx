import { useEffect, useRef } from 'react'
import { DIFFERENCE_TYPE_INFO } from '../../../../shared/domain/reconcile/difference-type.ts'
import {
  DIFFERENCE_STATE_WORDS,
  SEVERITY_WORDS,
} from '../../../../shared/domain/reconcile/difference-words.ts'
import { useTerm } from '../../../app/terms.ts'
import type { Difference } from '../use-checking.ts'
import { usePlaceWords } from '../use-place-words.ts'

interface DifferenceListProps {
  readonly rows: readonly Difference[]
  readonly selectedId: string | null
  readonly onSelect: (differenceId: string) => void
  readonly empty: string
}

/** Severity in a shape too, so that colour carries nothing alone. */
const SEVERITY_MARKS = { slight: '○', ordinary: '◐', serious: '●' } as const

/** What tells rows of one place apart: the catalogue's row, or what the paper says there. */
const detailOf = ({ matchId, itemWords, paperWords }: Difference): string =>
  matchId === null ? itemWords || paperWords : ''

/** One line a difference: where, what kind, how far. */
export function DifferenceList({ rows, selectedId, onSelect, empty }: DifferenceListProps) {
  const term = useTerm()
  const placeWords = usePlaceWords()
  const chosen = useRef<HTMLButtonElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice is brought into sight
  useEffect(() => chosen.current?.scrollIntoView({ block: 'nearest' }), [selectedId])
  if (rows.length === 0) return <p className="muted difference-none">{empty}</p>
  return (
    <ul className="difference-list">
      {rows.map((row) => {
        const isChosen = row.id === selectedId
        return (
          <li key={row.id}>
            <button
              type="button"
              ref={isChosen ? chosen : undefined}
              aria-current={isChosen || undefined}
              onClick={() => onSelect(row.id)}
            >
              <span className="difference-line">
                <span
                  className={`difference-severity is-${row.severity}`}
                  title={term(SEVERITY_WORDS[row.severity])}
                >
                  {SEVERITY_MARKS[row.severity]}
                  <span className="visually-hidden">{term(SEVERITY_WORDS[row.severity])}</span>
                </span>
                <span className="difference-type">
                  {row.type} {term(DIFFERENCE_TYPE_INFO[row.type])}
                </span>
                <span className={`difference-state is-${row.state}`}>
                  {term(DIFFERENCE_STATE_WORDS[row.state])}
                </span>
              </span>
              <span className="difference-place">
                {[placeWords(row.electronicAt) || placeWords(row.paperAt), detailOf(row)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
