import { App, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCoreEvent, useQuery } from '../../app/use-call.ts'
import { CaseNumber } from '../../widgets/case-number.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { ApprovalActions } from './approval-actions.tsx'
import { ApprovalSteps } from './approval-steps.tsx'
import { timeWords } from './approval-words.ts'
import { ChangeTable } from './change-table.tsx'

interface ApprovalDetailProps {
  readonly id: string
  readonly onDone: () => void
}

/** One request: what, why, before and after, who did what, and what is to be done next. */
export function ApprovalDetail({ id, onDone }: ApprovalDetailProps) {
  const { t } = useTranslation('approvals')
  const { message } = App.useApp()
  const asked = useQuery('approvals.get', { id })
  useCoreEvent('changed', ({ what }) => {
    if (what === 'approvals') asked.reload()
  })
  const approval = asked.data?.id === id ? asked.data : undefined
  if (approval === undefined) {
    return asked.error === undefined ? (
      <Skeleton active paragraph={{ rows: 8 }} />
    ) : (
      <ErrorNotice error={asked.error} onRetry={asked.reload} />
    )
  }
  return (
    <article className="approval-detail" aria-label={t('detail')}>
      <header>
        <h2>{t(`method.${approval.method}`)}</h2>
        <Link to={`/cases/${approval.caseId}`}>
          <CaseNumber number={approval.caseNumber} />
        </Link>
        <span className="approval-state" data-state={approval.state}>
          {t(`state.${approval.state}`)}
        </span>
        {['requested', 'approved'].includes(approval.state) && (
          <span className="muted">{t('expires', { time: timeWords(approval.expiresAt) })}</span>
        )}
      </header>
      <p className="approval-reason">
        <strong>{t('reason')}</strong> {approval.reason}
      </p>
      <ApprovalActions
        key={`${approval.id} ${approval.state}`}
        approval={approval}
        onDone={(choice) => {
          void message.success(t(`done.${choice}`))
          asked.reload()
          onDone()
        }}
      />
      <ChangeTable approval={approval} />
      <ApprovalSteps approval={approval} />
      <p className="muted approval-digest">
        {t('digest')} <code>{approval.beforeDigest}</code>
        {approval.afterDigest !== null && (
          <>
            {' → '}
            <code>{approval.afterDigest}</code>
          </>
        )}
      </p>
    </article>
  )
}
