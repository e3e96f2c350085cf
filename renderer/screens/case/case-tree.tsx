import { CaretDownOutlined, CaretRightOutlined, LockOutlined, SearchOutlined } from '@ant-design/icons'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Input, type InputRef } from 'antd'
import { type KeyboardEvent, type Ref, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { VOLUME_KIND_INFO } from '../../../shared/domain/volume-kind.ts'
import { useTerm } from '../../app/terms.ts'
import { usePageWords } from '../../viewer/page-words.ts'
import { ProofMark } from '../../widgets/proof-words.tsx'
import { bookWords } from './case-words.ts'
import {
  type CaseTree as CaseTreeData,
  type OpenVolume,
  pagesByHolder,
  printedRange,
  type TreeRow,
  treeRows,
  volumePageCount,
} from './tree-rows.ts'

const ROW_HEIGHT = 26

interface CaseTreeProps {
  readonly tree: CaseTreeData
  readonly open: OpenVolume | undefined
  readonly currentPageId: string | null
  readonly filterRef: Ref<InputRef>
  readonly onPage: (pageId: string) => void
  readonly onVolume: (volumeId: string) => void
  readonly onItem: (volumeId: string, itemId: string) => void
}

function expandable(row: TreeRow): boolean {
  switch (row.kind) {
    case 'volume':
    case 'book':
      return true
    case 'item':
      return row.item.pageCount > 0
    case 'loose':
      return row.firstPageId !== undefined
    case 'page':
    case 'locked':
    case 'empty':
      return false
  }
}

/** Volumes, books, catalogue rows and pages of a case; only the lines in sight exist. */
export function CaseTree(props: CaseTreeProps) {
  const { tree, open, currentPageId, filterRef, onPage, onVolume, onItem } = props
  const { t } = useTranslation('case')
  const scrollRef = useRef<HTMLDivElement>(null)
  const [filter, setFilter] = useState('')
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [cursor, setCursor] = useState<string>()
  const holders = useMemo(() => pagesByHolder(open?.pages ?? []), [open])
  const rows = useMemo(
    () => treeRows({ tree, open, holders, toggled, filter }),
    [tree, open, holders, toggled, filter],
  )
  const currentPage = useMemo(
    () => open?.pages.find((page) => page.id === currentPageId),
    [open, currentPageId],
  )
  const currentKey = useMemo(() => {
    if (currentPage === undefined) return undefined
    const keys = new Set([`page ${currentPage.id}`, `item ${currentPage.itemId ?? ''}`])
    const found = rows.findLast((row) => keys.has(row.key))
    return (
      found?.key ??
      rows.find((row) => row.key.endsWith(` ${currentPage.bookId}`) && row.kind === 'loose')?.key
    )
  }, [currentPage, rows])

  const lines = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
  })
  const rowsRef = useRef(rows)
  rowsRef.current = rows
  useEffect(() => {
    if (currentKey === undefined) return
    setCursor(currentKey)
    const index = rowsRef.current.findIndex((row) => row.key === currentKey)
    if (index !== -1) lines.scrollToIndex(index, { align: 'auto' })
  }, [currentKey, lines])

  const toggle = (key: string) => {
    const next = new Set(toggled)
    if (!next.delete(key)) next.add(key)
    setToggled(next)
  }
  const activate = (row: TreeRow) => {
    setCursor(row.key)
    switch (row.kind) {
      case 'volume':
        return row.volume.readable && row.volume.id !== open?.volumeId
          ? onVolume(row.volume.id)
          : toggle(row.key)
      case 'book':
        return toggle(row.key)
      case 'item':
        return onItem(row.volume.id, row.item.id)
      case 'page':
        return onPage(row.page.id)
      case 'loose':
        return row.firstPageId === undefined ? onVolume(row.volume.id) : onPage(row.firstPageId)
      case 'empty':
        return onVolume(row.volume.id)
      case 'locked':
        return undefined
    }
  }
  const unfold = (row: TreeRow) => {
    if (row.kind === 'item' && row.volume.id !== open?.volumeId) onItem(row.volume.id, row.item.id)
    toggle(row.key)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const at = Math.max(
      0,
      rows.findIndex((row) => row.key === cursor),
    )
    const row = rows[at]
    if (row === undefined) return
    const move = (to: number) => {
      const target = Math.min(rows.length - 1, Math.max(0, to))
      setCursor(rows[target]?.key)
      lines.scrollToIndex(target, { align: 'auto' })
    }
    const expanded = 'expanded' in row && row.expanded
    if (event.key === 'ArrowDown') move(at + 1)
    else if (event.key === 'ArrowUp') move(at - 1)
    else if (event.key === 'ArrowRight' && expandable(row) && !expanded) unfold(row)
    else if (event.key === 'ArrowRight') move(at + 1)
    else if (event.key === 'ArrowLeft' && expanded) toggle(row.key)
    else if (event.key === 'ArrowLeft') {
      move(rows.findLastIndex((above, index) => index < at && above.level < row.level))
    } else if (event.key === 'Home') move(0)
    else if (event.key === 'End') move(rows.length - 1)
    else if (event.key === 'Enter' || event.key === ' ') activate(row)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="case-tree">
      <Input
        ref={filterRef}
        size="small"
        allowClear
        prefix={<SearchOutlined />}
        placeholder={t('tree.filter')}
        aria-label={t('tree.filter')}
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            setFilter('')
            event.currentTarget.blur()
          }
          if (event.key === 'Enter') {
            const first = rows.find((row) => row.kind === 'item')
            if (first !== undefined) activate(first)
          }
        }}
      />
      <div
        ref={scrollRef}
        className="case-tree-lines"
        role="tree"
        aria-label={t('tree.label')}
        aria-activedescendant={cursor === undefined ? undefined : `tree ${cursor}`.replaceAll(' ', '-')}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div style={{ height: lines.getTotalSize(), position: 'relative' }}>
          {lines.getVirtualItems().map((line) => {
            const row = rows[line.index]
            if (row === undefined) return null
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys for all its lines
              <div
                key={row.key}
                ref={lines.measureElement}
                data-index={line.index}
                id={`tree ${row.key}`.replaceAll(' ', '-')}
                role="treeitem"
                tabIndex={-1}
                aria-level={row.level}
                aria-expanded={expandable(row) && 'expanded' in row ? row.expanded : undefined}
                aria-selected={row.key === currentKey}
                data-cursor={row.key === cursor ? '' : undefined}
                data-kind={row.kind}
                className="case-tree-line"
                style={{ top: line.start, paddingInlineStart: 4 + (row.level - 1) * 14 }}
                onClick={() => activate(row)}
              >
                {expandable(row) ? (
                  <span
                    className="case-tree-arrow"
                    aria-hidden="true"
                    onClick={(event) => {
                      event.stopPropagation()
                      unfold(row)
                    }}
                  >
                    {'expanded' in row && row.expanded ? <CaretDownOutlined /> : <CaretRightOutlined />}
                  </span>
                ) : (
                  <span className="case-tree-arrow" aria-hidden="true" />
                )}
                <RowWords row={row} total={open?.pages.length ?? 0} />
              </div>
            )
          })}
        </div>
        {filter.trim() !== '' && rows.every((row) => row.kind !== 'item') && (
          <p className="case-tree-none">{t('tree.nothingFound', { text: filter.trim() })}</p>
        )}
      </div>
    </div>
  )
}

interface RowWordsProps {
  readonly row: TreeRow
  readonly total: number
}

function RowWords({ row, total }: RowWordsProps) {
  const { t } = useTranslation('case')
  const term = useTerm()
  const words = usePageWords()
  switch (row.kind) {
    case 'volume':
      return (
        <>
          <b className="case-tree-title">{term(VOLUME_KIND_INFO[row.volume.kind])}</b>
          {row.volume.proof != null && <ProofMark proof={row.volume.proof} />}
          {row.volume.readable ? (
            <span className="case-tree-count">{t('pages', { count: volumePageCount(row.volume) })}</span>
          ) : (
            <LockOutlined aria-label={t('tree.locked')} />
          )}
        </>
      )
    case 'locked':
      return <span className="case-tree-note">{t('tree.lockedWhy')}</span>
    case 'empty':
      return <span className="case-tree-note">{t('tree.empty')}</span>
    case 'book':
      return (
        <>
          <span className="case-tree-title">{bookWords(t, row.book)}</span>
          <span className="case-tree-count">{t('pages', { count: row.book.pageCount })}</span>
        </>
      )
    case 'item':
      return (
        <>
          <span className="case-tree-sequence">{row.item.sequence}</span>
          <span className="case-tree-title">{row.item.title}</span>
          <span className="case-tree-count">
            {row.item.pageCount === 0 ? t('tree.noPages') : printedRange(row.item)}
          </span>
        </>
      )
    case 'loose':
      return (
        <>
          <span className="case-tree-title case-tree-loose" data-loose={row.loose}>
            {t(`tree.${row.loose}`)}
          </span>
          <span className="case-tree-count">{t('pages', { count: row.count })}</span>
        </>
      )
    case 'page':
      return (
        <>
          <span className="case-tree-title">{words.printed(row.page)}</span>
          <span className="case-tree-count">
            {row.index + 1}/{total}
          </span>
        </>
      )
  }
}
