import { type PointerEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { imagePartAt, type Rotation } from './geometry.ts'
import { quadPoints } from './quad-path.ts'
import {
  caretAt,
  lineRange,
  type PageCharacters,
  rangeQuads,
  type TextRange,
  wordRange,
} from './text-selection.ts'
import type { ShownText } from './use-shown-texts.ts'
import './text-layer.css'

/** Two places of a page between which everything is selected; `anchor` is where it began. */
export interface TextSelection {
  readonly anchor: number
  readonly focus: number
}

export function rangeOf({ anchor, focus }: TextSelection): TextRange {
  return { start: Math.min(anchor, focus), end: Math.max(anchor, focus) }
}

/** How far beside a line, in pixels of the screen, the mouse still means its text and not the page. */
const REACH_PIXELS = 14

interface TextLayerProps {
  readonly shown: Extract<ShownText, { state: 'read' }>
  readonly rotation: Rotation
  readonly selection: TextSelection | undefined
  /** Absent where nothing may be copied: then the mouse moves the page as ever. */
  readonly onSelect: ((selection: TextSelection | undefined) => void) | undefined
}

/**
 * The words of a page over its image. The selection is our own and not the browser's: what the browser selects can
 * leave by the middle mouse button or by dragging, past the core's word on copying.
 */
export function TextLayer({ shown, rotation, selection, onSelect }: TextLayerProps) {
  const { t } = useTranslation('viewer')
  const { text, characters } = shown
  const svgRef = useRef<SVGSVGElement>(null)
  const anchorRef = useRef<number>(undefined)

  const caretUnder = (event: PointerEvent) => {
    const bounds = svgRef.current?.getBoundingClientRect()
    if (bounds === undefined) return undefined
    const part = imagePartAt(bounds, rotation, { x: event.clientX, y: event.clientY })
    const found = caretAt(characters, { x: part.x * text.widthPixels, y: part.y * text.heightPixels })
    if (found === undefined) return undefined
    const across = rotation === 90 || rotation === 270 ? bounds.height : bounds.width
    return { ...found, awayOnScreen: (found.away * across) / text.widthPixels }
  }
  const onPointerDown = (event: PointerEvent) => {
    // A finger moves the page; it has no other way to.
    if (onSelect === undefined || event.button !== 0 || event.pointerType === 'touch') return
    const found = caretUnder(event)
    if (found === undefined || found.awayOnScreen > REACH_PIXELS) return onSelect(undefined)
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    const anchor = event.shiftKey && selection !== undefined ? selection.anchor : found.caret
    anchorRef.current = anchor
    onSelect({ anchor, focus: found.caret })
  }
  const onPointerMove = (event: PointerEvent) => {
    const anchor = anchorRef.current
    const found = anchor === undefined ? undefined : caretUnder(event)
    if (anchor === undefined || found === undefined) return
    event.stopPropagation()
    onSelect?.({ anchor, focus: found.caret })
  }
  const onPointerEnd = () => {
    anchorRef.current = undefined
  }
  const onClick = (event: React.MouseEvent) => {
    if (onSelect === undefined || event.detail < 2 || selection === undefined) return
    const line = lineOf(characters, selection.focus)
    const range =
      event.detail === 2 ? wordRange(characters, selection.focus, line) : lineRange(characters, line)
    onSelect({ anchor: range.start, focus: range.end })
  }

  const selected = selection === undefined ? [] : rangeQuads(characters, rangeOf(selection))
  return (
    <>
      <svg
        ref={svgRef}
        className="viewer-text"
        data-testid="viewer-text"
        data-selectable={onSelect === undefined ? undefined : ''}
        viewBox={`0 0 ${text.widthPixels} ${text.heightPixels}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerEnd}
        onPointerCancel={onPointerEnd}
        onClick={onClick}
      >
        {text.lines.map((line) => (
          <polygon
            key={line.quad.join()}
            className="viewer-text-line"
            data-doubtful={line.kind === 'doubtful' ? '' : undefined}
            points={quadPoints(line.quad)}
          >
            {line.kind === 'doubtful' && <title>{t('text.doubtful')}</title>}
          </polygon>
        ))}
        {selected.map((quad) => (
          <polygon
            key={quad.join()}
            className="viewer-text-selected"
            data-testid="viewer-text-selected"
            points={quadPoints(quad)}
          />
        ))}
      </svg>
      <div className="viewer-text-read visually-hidden">
        {text.lines.map((line) => (
          <p key={line.quad.join()}>
            {line.kind === 'doubtful' ? t('text.doubtfulLine', { text: line.text }) : line.text}
          </p>
        ))}
      </div>
    </>
  )
}

/** The line in which a place stands; the end of a line counts to it. */
function lineOf({ starts, lines }: PageCharacters, caret: number): number {
  const at = starts.findLastIndex((start, index) => start < caret && lines[index]?.text !== '')
  const first = lines.findIndex((line) => line.text !== '')
  return at === -1 ? Math.max(0, first) : at
}
