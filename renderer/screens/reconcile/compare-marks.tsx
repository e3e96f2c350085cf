import type { CSSProperties } from 'react'
import type { FoundChange } from '../../../shared/contract/reconcile.ts'
import type { Box } from '../../viewer/geometry.ts'

/** A box on the sheet: a change with its number, or a stretch of text. */
export interface Mark {
  readonly key: string
  readonly box: Box
  readonly on: FoundChange['on']
  /** From 0; null: a stretch of text, which has no number. */
  readonly change: number | null
  readonly chosen: boolean
  readonly words: string
}

interface CompareMarksProps {
  readonly marks: readonly Mark[]
  readonly onChange: (change: number) => void
}

/** Boxes over the images, with their numbers; pressing one chooses it. */
export function CompareMarks({ marks, onChange }: CompareMarksProps) {
  return marks.map(({ key, box, on, change, chosen, words }) => {
    const style: CSSProperties = { left: box.x, top: box.y, width: box.width, height: box.height }
    if (change === null)
      return <span key={key} className="compare-run-mark" style={style} aria-hidden="true" />
    return (
      <button
        key={key}
        type="button"
        className="compare-mark"
        data-on={on}
        aria-pressed={chosen}
        aria-label={`${change + 1} ${words}`}
        title={words}
        style={style}
        // The focus stays where it was, so that keys go on stepping.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onChange(change)}
      >
        <span className="compare-mark-number figures" aria-hidden="true">
          {change + 1}
        </span>
      </button>
    )
  })
}
