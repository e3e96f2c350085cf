import { FileSearchOutlined, ReloadOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditRow } from '../../../shared/contract/audit.ts'
import { useSettled } from '../../app/use-call.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { type GridColumn, WindowedGrid } from '../../widgets/windowed-grid.tsx'
import { useAuditWords } from './audit-words.ts'
import { RecordDrawer } from './record-drawer.tsx'
import { type RecordFilter, RecordFilterBar } from './record-filter-bar.tsx'
import { ResultMark } from './result-mark.tsx'
import { useRecords } from './use-records.ts'

const NEWEST_FIRST = { column: 'sequence', descending: true } as const
const ROWS_AHEAD = 50

/** 记录: the log itself, newest first. */
export function RecordsPage() {
  const { t } = useTranslation('audit')
  const words = useAuditWords()
  const [filter, setFilter] = useState<RecordFilter>({})
  const records = useRecords(useSettled(filter, 300))
  const [active, setActive] = useState(0)
  const [opened, setOpened] = useState<AuditRow>()
  const columns = useMemo(
    (): readonly GridColumn<AuditRow>[] => [
      {
        key: 'sequence',
        title: t('field.sequence'),
        width: 90,
        align: 'end',
        render: ({ sequence }) => <span className="figures">{sequence}</span>,
      },
      { key: 'at', title: t('field.time'), width: 170, render: ({ at }) => words.time(at) },
      { key: 'account', title: t('field.account'), width: 110, render: (row) => row.accountName },
      {
        key: 'action',
        title: t('field.action'),
        width: 170,
        grow: 1,
        render: (row) => words.action(row.action),
      },
      { key: 'case', title: t('field.case'), width: 190, grow: 1, render: (row) => row.caseNumber },
      {
        key: 'subject',
        title: t('field.subject'),
        width: 200,
        grow: 1,
        render: (row) => words.subject(row.subject),
      },
      {
        key: 'result',
        title: t('field.result'),
        width: 90,
        render: (row) => <ResultMark result={row.result} />,
      },
    ],
    [t, words],
  )
  const { rows, fetchMore } = records
  const onVisible = useCallback(
    (_first: number, last: number) => {
      if (last > rows.length - ROWS_AHEAD) fetchMore()
    },
    [rows.length, fetchMore],
  )
  return (
    <div className="audit-page">
      <div className="audit-bar">
        <RecordFilterBar filter={filter} onChange={setFilter} />
        <Button icon={<ReloadOutlined aria-hidden="true" />} onClick={records.reload}>
          {t('reload')}
        </Button>
      </div>
      <ErrorNotice error={records.error} onRetry={records.reload} />
      {rows.length === 0 && records.loading && <Skeleton active paragraph={{ rows: 8 }} />}
      {rows.length === 0 && !records.loading && records.error === undefined && (
        <EmptyState
          icon={<FileSearchOutlined aria-hidden="true" />}
          title={t('records.empty.title')}
          text={t('records.empty.text')}
        />
      )}
      {rows.length > 0 && (
        <>
          <p className="muted" aria-live="polite">
            {t(records.more ? 'records.shown-more' : 'records.shown', {
              count: rows.length,
              shown: rows.length,
            })}
          </p>
          <WindowedGrid
            label={t('tabs.records')}
            columns={columns}
            total={rows.length}
            rowAt={(index) => rows[index]}
            onVisible={onVisible}
            activeIndex={Math.min(active, rows.length - 1)}
            onActive={setActive}
            onOpen={setOpened}
            sort={NEWEST_FIRST}
            onSort={() => undefined}
          />
        </>
      )}
      <RecordDrawer record={opened} onClose={() => setOpened(undefined)} />
    </div>
  )
}
