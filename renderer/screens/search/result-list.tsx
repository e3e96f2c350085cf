// biome-ignore-all lint/a11y/useFocusableInteractive: the list keeps the focus and names the active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the list handles the keys
import { useVirtualizer } from '@tanstack/react-virtual'
import { Spin } from 'antd'
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ResultRowContent } from './result-row.tsx'
import { type ResultRow, rowStep } from './result-rows.ts'

const HEIGHTS: Readonly<Record<ResultRow['kind'], number>> = { case: 40, hit: 76, more: 32 }
const PAGE_ROWS = 6
/** More is asked for when so few rows are left below. */
const AHEAD_ROWS = 10

export interface ResultListHandle {
  readonly focus: () => void
}

interface ResultListProps {
  readonly rows: readonly ResultRow[]
  readonly activeIndex: number
  readonly onActive: (index: number) => void
  readonly onOpen: (row: ResultRow) => void
  /** Up from the first row, or Esc. */
  readonly onLeave: () => void
  readonly hasMore: boolean
  readonly loadingMore: boolean
  readonly onMore: () => void
  readonly ref?: Ref<ResultListHandle>
}

/** The results, however many: only the rows in sight exist. Arrows go from row to row, Enter opens. */
export function ResultList(props: ResultListProps) {
  const { rows, activeIndex, onActive, onOpen, onLeave, hasMore, loadingMore, onMore, ref } = props
  const { t } = useTranslation('search')
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  useImperativeHandle(ref, () => ({ focus: () => scroller.current?.focus() }))
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => HEIGHTS[rows[index]?.kind ?? 'hit'],
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
  })
  const lines = virtualizer.getVirtualItems()
  const last = lines.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !loadingMore && last >= rows.length - AHEAD_ROWS) onMore()
  }, [hasMore, loadingMore, last, rows.length, onMore])
  // Come back from a page: the row that was opened is in sight again.
  const firstActive = useRef(activeIndex)
  useEffect(() => {
    if (firstActive.current > 0) virtualizer.scrollToIndex(firstActive.current, { align: 'center' })
  }, [virtualizer])

  const goTo = (index: number) => {
    onActive(index)
    virtualizer.scrollToIndex(index)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const row = rows[activeIndex]
    if (event.key === 'ArrowDown') goTo(rowStep(rows, activeIndex, 1))
    else if (event.key === 'ArrowUp' && activeIndex === 0) onLeave()
    else if (event.key === 'ArrowUp') goTo(rowStep(rows, activeIndex, -1))
    else if (event.key === 'PageDown') goTo(rowStep(rows, activeIndex, PAGE_ROWS))
    else if (event.key === 'PageUp') goTo(rowStep(rows, activeIndex, -PAGE_ROWS))
    else if (event.key === 'Home') goTo(0)
    else if (event.key === 'End') goTo(rows.length - 1)
    else if (event.key === 'Enter' && row !== undefined) onOpen(row)
    else if (event.key === 'Escape') onLeave()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const activeInSight = lines.some(({ index }) => index === activeIndex)
  return (
    <div
      ref={scroller}
      className="results"
      role="listbox"
      aria-label={t('results')}
      aria-activedescendant={activeInSight ? `${id}-${activeIndex}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {lines.map((line) => {
          const row = rows[line.index]
          if (row === undefined) return null
          return (
            <div
              key={line.key}
              ref={virtualizer.measureElement}
              id={`${id}-${line.index}`}
              data-index={line.index}
              data-kind={row.kind}
              role="option"
              aria-selected={line.index === activeIndex}
              className="result"
              style={{ transform: `translateY(${line.start}px)` }}
              onClick={() => {
                onActive(line.index)
                onOpen(row)
              }}
            >
              <ResultRowContent row={row} />
            </div>
          )
        })}
      </div>
      {loadingMore && (
        <div className="results-more" role="presentation">
          <Spin size="small" />
        </div>
      )}
    </div>
  )
}
