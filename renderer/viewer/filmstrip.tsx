import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type PageRow, usePageWords } from './page-words.ts'
import { Thumbnail } from './thumbnail.tsx'

const CELL_WIDTH = 66

interface FilmstripProps {
  readonly pages: readonly PageRow[]
  readonly start: number
  readonly count: number
  readonly onOpen: (index: number) => void
}

/** All pages in a row under the stage; only what is in sight exists. */
export const Filmstrip = memo(function Filmstrip({ pages, start, count, onOpen }: FilmstripProps) {
  const { t } = useTranslation('viewer')
  const words = usePageWords()
  const scrollRef = useRef<HTMLDivElement>(null)
  const strip = useVirtualizer({
    count: pages.length,
    horizontal: true,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => CELL_WIDTH,
    overscan: 6,
    isScrollingResetDelay: 60,
    initialOffset: Math.max(0, start * CELL_WIDTH - 300),
  })
  useEffect(() => {
    strip.scrollToIndex(start, { align: 'auto' })
  }, [start, strip])

  useEffect(() => {
    const element = scrollRef.current
    if (element === null) return
    const onWheel = (event: WheelEvent) => {
      if (event.deltaX !== 0 || event.ctrlKey) return
      event.preventDefault()
      element.scrollLeft += event.deltaY
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [])

  return (
    <nav ref={scrollRef} className="viewer-filmstrip" aria-label={t('filmstrip')}>
      <div className="viewer-filmstrip-row" style={{ width: strip.getTotalSize() }}>
        {strip.getVirtualItems().map((cell) => {
          const page = pages[cell.index]
          if (page === undefined) return null
          const shown = cell.index >= start && cell.index < start + count
          const begins = cell.index > 0 && pages[cell.index - 1]?.itemId !== page.itemId
          return (
            <button
              key={page.id}
              type="button"
              tabIndex={-1}
              className="viewer-cell"
              aria-current={shown ? 'page' : undefined}
              data-begins={begins ? '' : undefined}
              aria-label={words.place(page, cell.index, pages.length)}
              style={{ left: cell.start, width: CELL_WIDTH }}
              onClick={() => onOpen(cell.index)}
            >
              <span className="viewer-cell-picture">
                <Thumbnail page={page} wait={strip.isScrolling} />
              </span>
              <span className="viewer-cell-number" aria-hidden="true">
                {page.printedNumber === '' ? '–' : page.printedNumber}
              </span>
            </button>
          )
        })}
      </div>
    </nav>
  )
})
