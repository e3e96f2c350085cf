import { FolderAddOutlined, FolderOpenOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, type InputRef, Skeleton } from 'antd'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { type CaseSort, isFiltered, NO_FILTER, useCaseList } from '../../state/case-list.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useMay } from '../../state/session.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { isTyping, KeyHint } from '../../widgets/key-hint.tsx'
import { WindowedGrid } from '../../widgets/windowed-grid.tsx'
import { FIRST_CASE_COLUMNS, useCaseColumns } from './case-columns.tsx'
import { CaseFilterBar } from './case-filter-bar.tsx'
import { ColumnChooser } from './column-chooser.tsx'
import { NewCaseDialog } from './new-case-dialog.tsx'
import { SavedViews } from './saved-views.tsx'
import { type CaseRow, useCaseWindows } from './use-case-windows.ts'

/** Every case of the room, however many. */
export function CasesScreen() {
  const { t, i18n } = useTranslation('cases')
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const { filter, sort, activeIndex, setFilter, setSort, apply, setActiveIndex } = useCaseList()
  const shown = usePreferences((preferences) => preferences.caseColumns) ?? FIRST_CASE_COLUMNS
  const change = usePreferences((preferences) => preferences.change)
  const columns = useCaseColumns(shown)
  const list = useCaseWindows(filter, sort)
  const mayCreate = useMay('case.create')
  const filterText = useRef<InputRef>(null)
  const gridArea = useRef<HTMLDivElement>(null)
  const newCaseOpen = search.get('new') !== null

  const setNewCaseOpen = useCallback(
    (open: boolean) => setSearch(open ? { new: '1' } : {}, { replace: true }),
    [setSearch],
  )
  const focusGrid = useCallback(
    () => gridArea.current?.querySelector<HTMLElement>('[role="grid"]')?.focus(),
    [],
  )
  const open = useCallback((row: CaseRow) => navigate(`/cases/${row.id}`), [navigate])
  const onSort = (column: string) =>
    setSort({
      column: column as CaseSort['column'],
      descending: sort.column === column ? !sort.descending : column === 'number',
    })

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
      if (document.querySelector('.ant-modal-wrap:not([style*="display: none"])') !== null) return
      if (event.key === '/') {
        event.preventDefault()
        filterText.current?.focus({ cursor: 'all' })
      } else if (event.key.toLowerCase() === 'n' && mayCreate) {
        event.preventDefault()
        void setNewCaseOpen(true)
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [mayCreate, setNewCaseOpen])

  const loaded = list.total !== undefined
  useEffect(() => {
    // Work by keyboard starts at once; typing in a field is never interrupted.
    if (loaded && !isTyping(document.activeElement)) focusGrid()
  }, [loaded, focusGrid])

  const count = useMemo(() => new Intl.NumberFormat(i18n.language), [i18n.language])
  const newCaseButton = mayCreate && (
    <Button
      type="primary"
      icon={<PlusOutlined aria-hidden="true" />}
      onClick={() => setNewCaseOpen(true)}
      aria-keyshortcuts="n"
    >
      {t('new')}
    </Button>
  )
  const nothingAtAll = list.total === 0 && !list.loading && !isFiltered(filter)
  return (
    <div className="cases-screen">
      <header className="screen-head">
        <h1>{t('title')}</h1>
        <span className="muted figures" role="status">
          {list.total !== undefined && t('total', { count: list.total, cases: count.format(list.total) })}
        </span>
        <span className="screen-head-end">
          <SavedViews
            current={{ filter, sort, columns: [...shown] }}
            onApply={(view) => {
              apply(view.filter, view.sort)
              if (view.columns.length > 0) change({ caseColumns: view.columns })
              focusGrid()
            }}
          />
          <ColumnChooser shown={shown} onChange={(caseColumns) => change({ caseColumns })} />
          {newCaseButton}
        </span>
      </header>
      {!nothingAtAll && <CaseFilterBar textRef={filterText} onDown={focusGrid} />}
      <ErrorNotice error={list.error} onRetry={list.reload} />
      <div className="cases-grid" ref={gridArea}>
        {!loaded && list.error === undefined && (
          <Skeleton active className="cases-skeleton" title={false} paragraph={{ rows: 12, width: '100%' }} />
        )}
        {nothingAtAll && (
          <EmptyState
            icon={<FolderAddOutlined aria-hidden="true" />}
            title={t('empty.title')}
            text={t('empty.text')}
          >
            {mayCreate && (
              <Button
                type="primary"
                size="large"
                icon={<PlusOutlined aria-hidden="true" />}
                onClick={() => setNewCaseOpen(true)}
              >
                {t('empty.first-step')}
              </Button>
            )}
          </EmptyState>
        )}
        {list.total === 0 && !list.loading && isFiltered(filter) && (
          <EmptyState
            icon={<SearchOutlined aria-hidden="true" />}
            title={t('no-match.title')}
            text={t('no-match.text')}
          >
            <Button icon={<FolderOpenOutlined aria-hidden="true" />} onClick={() => setFilter(NO_FILTER)}>
              {t('filter.clear')}
            </Button>
          </EmptyState>
        )}
        {list.total !== undefined && list.total > 0 && (
          <WindowedGrid
            key={JSON.stringify([filter, sort])}
            label={t('title')}
            columns={columns}
            total={list.total}
            rowAt={list.rowAt}
            onVisible={list.onVisible}
            activeIndex={activeIndex}
            onActive={setActiveIndex}
            onOpen={open}
            sort={sort}
            onSort={onSort}
          />
        )}
      </div>
      {list.total !== undefined && list.total > 0 && (
        <footer className="key-line">
          <span>
            <KeyHint keys="↑" /> <KeyHint keys="↓" /> {t('keys.move')}
          </span>
          <span>
            <KeyHint keys="Enter" /> {t('keys.open')}
          </span>
          <span>
            <KeyHint keys="/" /> {t('keys.filter')}
          </span>
          {mayCreate && (
            <span>
              <KeyHint keys="N" /> {t('keys.new')}
            </span>
          )}
        </footer>
      )}
      {newCaseOpen && mayCreate && <NewCaseDialog onClose={() => setNewCaseOpen(false)} />}
    </div>
  )
}
