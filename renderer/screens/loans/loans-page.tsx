import { BookOutlined, ClockCircleOutlined, WarningOutlined } from '@ant-design/icons'
import { App, Button, Skeleton, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { LOAN_MANNER_INFO, LOAN_STATE_INFO } from '../../../shared/domain/loan.ts'
import { useTerm } from '../../app/terms.ts'
import { useQuery } from '../../app/use-call.ts'
import { CaseNumber } from '../../widgets/case-number.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { dayWords, type Loan, type Step } from './loan-days.ts'
import { StepDialog } from './step-dialog.tsx'

/** What stands under the date when something is due: words first, the colour only follows. */
function DueMark({ loan }: { readonly loan: Loan }) {
  const { t } = useTranslation('loans')
  if (loan.due === 'none') return null
  const late = loan.due.startsWith('overdue')
  return (
    <div className={late ? 'loan-due loan-due-late' : 'loan-due'}>
      {late ? <WarningOutlined aria-hidden="true" /> : <ClockCircleOutlined aria-hidden="true" />}{' '}
      {t(`due.${loan.due}`, { count: Math.max(1, loan.lateDays), days: Math.max(1, loan.lateDays) })}
    </div>
  )
}

interface LoansPageProps {
  readonly list: 'current' | 'overdue' | 'past'
  readonly onAsk: () => void
}

/** One list of the register, with what this person may do to each loan. */
export function LoansPage({ list, onAsk }: LoansPageProps) {
  const { t } = useTranslation('loans')
  const term = useTerm()
  const { message } = App.useApp()
  const loans = useQuery('loans.list', { list })
  const [at, setAt] = useState<{ readonly loan: Loan; readonly step: Step }>()
  if (loans.error !== undefined) return <ErrorNotice error={loans.error} onRetry={loans.reload} />
  if (loans.data === undefined) return <Skeleton active paragraph={{ rows: 6 }} />
  if (loans.data.length === 0) {
    return (
      <EmptyState
        icon={<BookOutlined aria-hidden="true" />}
        title={t(`empty.${list}.title`)}
        text={t(`empty.${list}.text`)}
      >
        {list === 'current' && <Button onClick={onAsk}>{t('new.title')}</Button>}
      </EmptyState>
    )
  }
  return (
    <div className="loans-page">
      <table className="plain-table loans-table">
        <thead>
          <tr>
            {['number', 'case', 'borrower', 'extent', 'manner', 'purpose', 'until', 'state', 'do'].map(
              (column) => (
                <th key={column} scope="col">
                  {t(`column.${column}`)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {loans.data.map((loan) => (
            <tr key={loan.id} data-due={loan.due}>
              <td>{loan.number}</td>
              <th scope="row" className="cell-any">
                {loan.caseId !== null ? (
                  <Link to={`/cases/${loan.caseId}`}>
                    <CaseNumber number={loan.caseNumber} />
                  </Link>
                ) : (
                  <CaseNumber number={loan.caseNumber} />
                )}
              </th>
              <td className="cell-any">
                {loan.borrowerName}
                {loan.unit !== '' && <div className="muted">{loan.unit}</div>}
              </td>
              <td className="cell-any">
                {loan.extentWords}
                {loan.pageCount > 0 && <div className="muted">{t('pages', { count: loan.pageCount })}</div>}
              </td>
              <td>
                {loan.manners.map((manner) => term(LOAN_MANNER_INFO[manner])).join(t('common:list-comma'))}
              </td>
              <td className="cell-any">{loan.purpose}</td>
              <td>
                {dayWords(loan.untilAt)}
                <DueMark loan={loan} />
              </td>
              <td className="cell-any">
                {term(LOAN_STATE_INFO[loan.state])}
                {loan.reason !== '' && <div className="muted">{loan.reason}</div>}
                {loan.effect !== '' && <div className="muted">{loan.effect}</div>}
              </td>
              <td>
                <Space wrap size={4}>
                  {loan.steps.map((step) => (
                    <Button
                      key={step}
                      size="small"
                      danger={step === 'refuse'}
                      onClick={() => setAt({ loan, step })}
                    >
                      {t(`step.${step}.name`)}
                    </Button>
                  ))}
                </Space>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {at !== undefined && (
        <StepDialog
          loan={at.loan}
          step={at.step}
          onClose={() => setAt(undefined)}
          onDone={() => {
            setAt(undefined)
            void message.success(t(`step.${at.step}.done`))
            loans.reload()
          }}
        />
      )}
    </div>
  )
}
