// biome-ignore-all lint/a11y/useSemanticElements: rows placed by transform cannot be rows of a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid keeps the focus and names the active row (ARIA grid pattern)
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys
import { CaretDownFilled, CaretUpFilled } from '@ant-design/icons'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'

export interface GridColumn<R> {
  readonly key: string
  readonly title: string
  /** Narrowest width in pixels. */
  readonly width: number
  /** Share of the room that is left over; 0 keeps the width. */
  readonly grow?: number
  readonly align?: 'end'
  readonly sortable?: boolean
  readonly render: (row: R) => ReactNode
}

export interface GridSort {
  readonly column: string
  readonly descending: boolean
}

interface WindowedGridProps<R> {
  readonly label: string
  readonly columns: readonly GridColumn<R>[]
  readonly total: number
  /** `undefined` while the window around the row is on its way. */
  readonly rowAt: (index: number) => R | undefined
  readonly onVisible: (first: number, last: number) => void
  readonly activeIndex: number
  readonly onActive: (index: number) => void
  readonly onOpen: (row: R) => void
  readonly sort: GridSort
  readonly onSort: (column: string) => void
}

const ROW_HEIGHT = 32
const HEAD_HEIGHT = 32
const PAGE_ROWS = 15

/** A table of any length: only the rows in sight exist. Rows grow with what they hold; arrows and Enter work. */
export function WindowedGrid<R>(props: WindowedGridProps<R>) {
  const { label, columns, total, rowAt, onVisible, activeIndex, onActive, onOpen, sort, onSort } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollPaddingStart: HEAD_HEIGHT,
    initialOffset: Math.max(0, activeIndex - 8) * ROW_HEIGHT,
  })
  const rows = virtualizer.getVirtualItems()
  const first = rows[0]?.index ?? 0
  const last = rows.at(-1)?.index ?? 0
  useEffect(() => onVisible(first, last), [first, last, onVisible])

  const goTo = (index: number) => {
    const next = Math.max(0, Math.min(index, total - 1))
    onActive(next)
    virtualizer.scrollToIndex(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current || event.altKey || event.ctrlKey || event.metaKey) return
    const next = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      PageDown: activeIndex + PAGE_ROWS,
      PageUp: activeIndex - PAGE_ROWS,
      Home: 0,
      End: total - 1,
    }[event.key]
    if (next !== undefined) {
      event.preventDefault()
      goTo(next)
    } else if (event.key === 'Enter') {
      const row = rowAt(activeIndex)
      if (row !== undefined) onOpen(row)
    }
  }
  const template = columns
    .map(({ width, grow = 0 }) => (grow > 0 ? `minmax(${width}px, ${grow}fr)` : `${width}px`))
    .join(' ')
  const narrowest = columns.reduce((sum, { width }) => sum + width, 0)
  const activeInSight = activeIndex >= first && activeIndex <= last && total > 0
  return (
    <div
      ref={scroller}
      className="grid"
      role="grid"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-activedescendant={activeInSight ? `${id}-${activeIndex}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="grid-head" style={{ minWidth: narrowest }}>
        <div role="row" aria-rowindex={1} className="grid-row" style={{ gridTemplateColumns: template }}>
          {columns.map((column) => (
            <HeadCell key={column.key} column={column} sort={sort} onSort={onSort} />
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        className="grid-body"
        style={{ height: virtualizer.getTotalSize(), minWidth: narrowest }}
      >
        {rows.map(({ index, start, key }) => {
          const row = rowAt(index)
          return (
            <div
              key={key}
              id={`${id}-${index}`}
              ref={virtualizer.measureElement}
              data-index={index}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={index === activeIndex}
              className="grid-row grid-row-body"
              style={{ gridTemplateColumns: template, transform: `translateY(${start}px)` }}
              onClick={() => onActive(index)}
              onDoubleClick={() => row !== undefined && onOpen(row)}
            >
              {columns.map((column) => (
                <span key={column.key} role="gridcell" className={cellClass(column.align)}>
                  {row === undefined ? <span className="grid-waiting" /> : column.render(row)}
                </span>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}

const cellClass = (align: 'end' | undefined) => (align === 'end' ? 'grid-cell grid-cell-end' : 'grid-cell')

interface HeadCellProps<R> {
  readonly column: GridColumn<R>
  readonly sort: GridSort
  readonly onSort: (column: string) => void
}

function HeadCell<R>({ column, sort, onSort }: HeadCellProps<R>) {
  const sorted = sort.column === column.key
  return (
    <span
      role="columnheader"
      className={cellClass(column.align)}
      aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      {column.sortable ? (
        <button type="button" className="grid-sort" onClick={() => onSort(column.key)}>
          {column.title}
          {sorted &&
            (sort.descending ? <CaretDownFilled aria-hidden="true" /> : <CaretUpFilled aria-hidden="true" />)}
        </button>
      ) : (
        column.title
      )}
    </span>
  )
}
