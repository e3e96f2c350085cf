import { AuditOutlined } from '@ant-design/icons'
import { Button, Segmented, Skeleton } from 'antd'
import { type KeyboardEvent, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useCoreEvent, useQuery } from '../../app/use-call.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { KeyHint } from '../../widgets/key-hint.tsx'
import { ApprovalDetail } from './approval-detail.tsx'
import { type ApprovalRow, timeWords, type View } from './approval-words.ts'
import './approvals.css'

const VIEWS: readonly View[] = ['decide', 'execute', 'check', 'own', 'all']

/** 审批: what waits for me, what I asked for, and everything I may see. */
export function ApprovalsScreen() {
  const { t } = useTranslation('approvals')
  const [search, setSearch] = useSearchParams()
  const caseId = search.get('case') ?? undefined
  const view =
    VIEWS.find((known) => known === search.get('view')) ?? (caseId === undefined ? 'decide' : 'all')
  const list = useQuery('approvals.list', { view, ...(caseId === undefined ? {} : { caseId }) })
  useCoreEvent('changed', ({ what }) => {
    if (what === 'approvals') list.reload()
  })
  const rows = list.data?.rows ?? []
  const chosen = search.get('id') ?? rows[0]?.id
  const change = (next: Readonly<Record<string, string | undefined>>) => {
    const all = { view, case: caseId, id: undefined, ...next }
    const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)
    void setSearch(Object.fromEntries(kept), { replace: true })
  }
  const waiting = list.data?.waiting
  const nothingForMe = waiting !== undefined && search.get('view') === null && waiting.decide === 0
  const first =
    waiting === undefined
      ? undefined
      : VIEWS.find((known) => known in waiting && waiting[known as 'decide'] > 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where to begin; afterwards the person chooses
  useEffect(() => {
    // Whoever executes or checks begins where something waits.
    if (nothingForMe && caseId === undefined && first !== undefined) change({ view: first })
  }, [nothingForMe, first])
  return (
    <div className="approvals-screen">
      <header className="screen-head">
        <h1>{t('title')}</h1>
        <Segmented
          value={view}
          aria-label={t('views')}
          options={VIEWS.map((known) => ({
            value: known,
            label: t(`view.${known}`, { count: waiting?.[known as 'decide'] ?? 0 }),
          }))}
          onChange={(next) => change({ view: next })}
        />
        {caseId !== undefined && (
          <Button onClick={() => change({ case: undefined })}>{t('all-cases')}</Button>
        )}
      </header>
      <ErrorNotice error={list.error} onRetry={list.reload} />
      {list.data === undefined ? (
        list.error === undefined && <Skeleton active paragraph={{ rows: 8 }} />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={<AuditOutlined aria-hidden="true" />}
          title={t(`empty.${view}`)}
          text={t('empty.text')}
        />
      ) : (
        <div className="approvals-desk">
          <ApprovalList rows={rows} chosen={chosen} onChoose={(id) => change({ id })} />
          <div className="approvals-detail">
            {chosen !== undefined && <ApprovalDetail id={chosen} onDone={list.reload} />}
          </div>
        </div>
      )}
      <footer className="key-line">
        <span>
          <KeyHint keys="↑" /> <KeyHint keys="↓" /> {t('keys.move')}
        </span>
      </footer>
    </div>
  )
}

interface ApprovalListProps {
  readonly rows: readonly ApprovalRow[]
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
}

function ApprovalList({ rows, chosen, onChoose }: ApprovalListProps) {
  const { t } = useTranslation('approvals')
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const next = rows[rows.findIndex(({ id }) => id === chosen) + step]
    if (step === 0 || next === undefined) return
    event.preventDefault()
    onChoose(next.id)
    event.currentTarget.querySelector<HTMLElement>(`[data-id="${next.id}"]`)?.focus()
  }
  return (
    <ul className="approvals-list" aria-label={t('list')} onKeyDown={onKeyDown}>
      {rows.map((row) => (
        <li key={row.id}>
          <button
            type="button"
            data-id={row.id}
            aria-current={row.id === chosen ? 'true' : undefined}
            onClick={() => onChoose(row.id)}
          >
            <span className="approvals-list-head">
              <strong>{t(`method.${row.method}`)}</strong>
              <span className="approval-state" data-state={row.state}>
                {t(`state.${row.state}`)}
              </span>
            </span>
            <span className="figures">{row.caseNumber}</span>
            <span className="muted">
              {row.requested.name} · <span className="figures">{timeWords(row.requested.at)}</span>
            </span>
            <span className="approvals-list-reason">{row.reason}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
