import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'

interface VirtualLinesProps {
  readonly count: number
  readonly label: string
  readonly line: (index: number) => ReactNode
  /** Hears which lines stand on the screen. */
  readonly onShown?: (first: number, last: number) => void
}

/** A numbered list of any length; only the lines in sight exist. */
export function VirtualLines({ count, label, line, onShown }: VirtualLinesProps) {
  const scrollRef = useRef<HTMLElement>(null)
  const lines = useVirtualizer({
    count,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => 27,
    overscan: 12,
  })
  const shown = lines.getVirtualItems()
  const first = shown[0]?.index ?? 0
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => onShown?.(first, last), [first, last, onShown])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached by the keyboard
    <section ref={scrollRef} className="intake-lines" aria-label={label} tabIndex={0}>
      <ul style={{ height: lines.getTotalSize() }}>
        {shown.map((item) => (
          <li
            key={item.key}
            ref={lines.measureElement}
            data-index={item.index}
            aria-setsize={count}
            aria-posinset={item.index + 1}
            style={{ top: item.start }}
          >
            <span className="intake-line-number">{item.index + 1}</span>
            {line(item.index)}
          </li>
        ))}
      </ul>
    </section>
  )
}
