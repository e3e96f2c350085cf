import { Fragment } from 'react'

/** A range of characters (UTF-16). */
export interface Mark {
  readonly start: number
  readonly end: number
}

export interface TextPiece {
  readonly text: string
  readonly marked: boolean
}

/** How much of a long text stands before the first mark. */
const LEAD = 24

/** Cuts a text at its marks; a long one begins a little before the first mark. Never cuts a surrogate pair. */
export function piecesOf(text: string, marks: readonly Mark[], room = 160): readonly TextPiece[] {
  const sorted = [...marks]
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(text.length, end) }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start)
  const first = sorted[0]?.start ?? 0
  let from = text.length > room && first > LEAD ? first - LEAD : 0
  if (from > 0 && /[\uDC00-\uDFFF]/.test(text[from] ?? '')) from -= 1
  const pieces: TextPiece[] = []
  if (from > 0) pieces.push({ text: '…', marked: false })
  let at = from
  for (const { start, end } of sorted) {
    if (end <= at) continue
    const begin = Math.max(at, start)
    if (begin > at) pieces.push({ text: text.slice(at, begin), marked: false })
    pieces.push({ text: text.slice(begin, end), marked: true })
    at = end
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false })
  return pieces
}

interface MarkedTextProps {
  readonly text: string
  readonly marks: readonly Mark[]
}

/** A text with what was found in it marked. */
export function MarkedText({ text, marks }: MarkedTextProps) {
  let at = 0
  return piecesOf(text, marks).map((piece) => {
    at += piece.text.length
    return piece.marked ? <mark key={at}>{piece.text}</mark> : <Fragment key={at}>{piece.text}</Fragment>
  })
}
