import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Item, type PageRow, usePageWords } from './page-words.ts'
import { Thumbnail } from './thumbnail.tsx'
import { useElementSize } from './use-element-size.ts'

const LEAST_CELL_WIDTH = 142
const ROW_HEIGHT = 208
const PADDING = 8

interface ThumbnailGridProps {
  readonly pages: readonly PageRow[]
  readonly items: readonly Item[]
  readonly currentIndex: number
  /** Ids of the chosen pages; without `onSelect` a click opens the page. */
  readonly selected: ReadonlySet<string>
  readonly onSelect: ((ids: ReadonlySet<string>) => void) | undefined
  readonly onMove: (index: number) => void
  readonly onOpen: (index: number) => void
}

function idsBetween(pages: readonly PageRow[], from: number, to: number): Set<string> {
  return new Set(pages.slice(Math.min(from, to), Math.max(from, to) + 1).map((page) => page.id))
}

/** All pages as pictures: click chooses, Shift takes the range, Ctrl adds one, Enter or a double click opens. */
export function ThumbnailGrid(props: ThumbnailGridProps) {
  const { pages, items, currentIndex, selected, onSelect, onMove, onOpen } = props
  const { t } = useTranslation('viewer')
  const words = usePageWords()
  const scrollRef = useRef<HTMLDivElement>(null)
  const size = useElementSize(scrollRef)
  const room = (size?.width ?? 800) - 2 * PADDING
  const columns = Math.max(1, Math.floor(room / LEAST_CELL_WIDTH))
  const cellWidth = Math.floor(room / columns)
  const [anchor, setAnchor] = useState(currentIndex)
  const titles = useMemo(() => new Map(items.map((item) => [item.id, item.title])), [items])
  const rows = useVirtualizer({
    count: Math.ceil(pages.length / columns),
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 2,
    isScrollingResetDelay: 60,
    paddingStart: PADDING,
    paddingEnd: PADDING,
    initialOffset: Math.max(0, Math.floor(currentIndex / columns) * ROW_HEIGHT - ROW_HEIGHT),
  })
  useEffect(() => {
    rows.scrollToIndex(Math.floor(currentIndex / columns), { align: 'auto' })
  }, [currentIndex, columns, rows])
  useEffect(() => scrollRef.current?.focus({ preventScroll: true }), [])

  const choose = (index: number, how: { readonly shift: boolean; readonly add: boolean }) => {
    const page = pages[index]
    if (page === undefined) return
    onMove(index)
    if (onSelect === undefined) return
    if (how.shift) {
      const range = idsBetween(pages, anchor, index)
      onSelect(how.add ? new Set([...selected, ...range]) : range)
      return
    }
    setAnchor(index)
    if (!how.add) return onSelect(new Set([page.id]))
    const next = new Set(selected)
    if (!next.delete(page.id)) next.add(page.id)
    onSelect(next)
  }

  const onClick = (event: MouseEvent, index: number) => {
    if (onSelect === undefined) return onOpen(index)
    choose(index, { shift: event.shiftKey, add: event.ctrlKey || event.metaKey })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
      PageUp: -columns * 3,
      PageDown: columns * 3,
      Home: -pages.length,
      End: pages.length,
    }
    const step = steps[event.key]
    const command = event.ctrlKey || event.metaKey
    if (step !== undefined && !command && !event.altKey) {
      const target = Math.min(pages.length - 1, Math.max(0, currentIndex + step))
      choose(target, { shift: event.shiftKey, add: false })
    } else if (event.key === 'Enter') onOpen(currentIndex)
    else if (event.key === ' ') choose(currentIndex, { shift: false, add: true })
    else if (command && event.key.toLowerCase() === 'a' && onSelect !== undefined) {
      onSelect(new Set(pages.map((page) => page.id)))
    } else if (event.key === 'Escape' && selected.size > 0) onSelect?.(new Set())
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      ref={scrollRef}
      className="viewer-grid"
      role="listbox"
      aria-multiselectable={onSelect !== undefined}
      aria-label={t('grid')}
      aria-activedescendant={`viewer-page-${pages[currentIndex]?.id ?? ''}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className="viewer-grid-space" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) =>
          pages.slice(row.index * columns, (row.index + 1) * columns).map((page, column) => {
            const index = row.index * columns + column
            const title = page.itemId === null ? undefined : titles.get(page.itemId)
            const begins = index === 0 || pages[index - 1]?.itemId !== page.itemId
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list box hears the keys for all its options
              <div
                key={page.id}
                id={`viewer-page-${page.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={selected.has(page.id)}
                className="viewer-tile"
                data-current={index === currentIndex ? '' : undefined}
                data-begins={begins ? '' : undefined}
                style={{
                  top: row.start,
                  left: PADDING + column * cellWidth,
                  width: cellWidth,
                  height: ROW_HEIGHT,
                }}
                onClick={(event) => onClick(event, index)}
                onDoubleClick={() => onOpen(index)}
              >
                <span className="visually-hidden">
                  {words.place(page, index, pages.length)} · {title ?? t('unassigned')}
                </span>
                <span className="viewer-tile-picture">
                  <Thumbnail page={page} wait={rows.isScrolling} />
                  {selected.has(page.id) && (
                    <span className="viewer-tile-mark" aria-hidden="true">
                      ✓
                    </span>
                  )}
                </span>
                <span className="viewer-tile-numbers" aria-hidden="true">
                  <b>{page.printedNumber === '' ? '–' : page.printedNumber}</b>
                  <span>{index + 1}</span>
                </span>
                <span className="viewer-tile-title" title={title} aria-hidden="true">
                  {begins ? (title ?? t('unassigned')) : ''}
                </span>
              </div>
            )
          }),
        )}
      </div>
    </div>
  )
}
