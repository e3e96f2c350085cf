import type { ClipboardEvent, KeyboardEvent } from 'react'
import { MOST_CHARACTERS } from './paper-draft.ts'

interface ListCellProps {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly readOnly: boolean
  readonly describedBy: string | undefined
  readonly onChange: (text: string) => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void
  readonly onPaste: (event: ClipboardEvent<HTMLTextAreaElement>) => void
}

/** A cell of the table to type in; it grows with its words, so that nothing of a long title is out of sight. */
export function ListCell({ id, label, value, readOnly, describedBy, onChange, ...handlers }: ListCellProps) {
  return (
    <span className="list-cell" data-words={`${value} `}>
      <textarea
        rows={1}
        data-cell={id}
        aria-label={label}
        aria-describedby={describedBy}
        value={value}
        readOnly={readOnly}
        maxLength={MOST_CHARACTERS}
        spellCheck={false}
        onChange={({ target }) => onChange(target.value.replaceAll('\n', ' '))}
        {...handlers}
      />
    </span>
  )
}
