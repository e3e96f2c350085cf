import { AuditOutlined, CheckCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons'
import { Alert, Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reviewPeriodWords } from '../../../shared/domain/review-period.ts'
import { call } from '../../app/client.ts'
import { useTerm } from '../../app/terms.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { ReviewPage } from './review-page.tsx'
import './rights.css'

interface ReviewsPageProps {
  readonly onChanged: () => void
}

/** 权限复核: once a quarter, every right of everybody. */
export function ReviewsPage({ onChanged }: ReviewsPageProps) {
  const { t, i18n } = useTranslation('rights')
  const term = useTerm()
  const mayReview = useMay('right.review')
  const answer = useQuery('reviews.list', {})
  const [chosen, setChosen] = useState<string>()
  const changed = () => {
    answer.reload()
    onChanged()
  }
  const start = useAction(async (period: string) => {
    const review = await call('reviews.start', { period })
    setChosen(review.id)
    changed()
  })
  if (chosen !== undefined)
    return <ReviewPage reviewId={chosen} onChanged={changed} onBack={() => setChosen(undefined)} />
  if (answer.error !== undefined) return <ErrorNotice error={answer.error} onRetry={answer.reload} />
  if (answer.data === undefined) return <Skeleton active paragraph={{ rows: 6 }} />
  const { reviews, due } = answer.data
  const period = term(reviewPeriodWords(due.period))
  const startButton = mayReview && due.state === 'missing' && (
    <Button type="primary" loading={start.busy} onClick={() => start.run(due.period)}>
      {t('reviews.start', { period })}
    </Button>
  )
  return (
    <div className="rights-page">
      <p className="muted">{t('reviews.text')}</p>
      <Alert
        className="rights-note"
        showIcon
        type={due.state === 'done' ? 'success' : 'warning'}
        title={t(`reviews.due.${due.state}`, { period, dueOn: due.dueOn })}
        action={startButton}
      />
      <ErrorNotice error={start.error} />
      {reviews.length === 0 ? (
        <EmptyState
          icon={<AuditOutlined aria-hidden="true" />}
          title={t('reviews.empty.title')}
          text={t(mayReview ? 'reviews.empty.text' : 'reviews.empty.only-read')}
        />
      ) : (
        <table className="plain-table rights-table">
          <thead>
            <tr>
              {(['period', 'started', 'progress', 'state', 'do'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`reviews.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {reviews.map((review) => (
              <tr key={review.id}>
                <th scope="row">{term(reviewPeriodWords(review.period))}</th>
                <td className="figures">
                  {new Date(review.startedAt).toLocaleDateString(i18n.language)}
                  <div className="muted rights-small">{review.startedBy}</div>
                </td>
                <td className="figures">
                  {t('reviews.progress', {
                    decided: review.decidedCount,
                    lines: review.lineCount,
                    revoked: review.revokedCount,
                  })}
                </td>
                <td>
                  {review.finishedAt === null ? (
                    <span>
                      <ExclamationCircleOutlined aria-hidden="true" /> {t('reviews.open')}
                    </span>
                  ) : (
                    <span>
                      <CheckCircleOutlined aria-hidden="true" />{' '}
                      {t('reviews.finished', {
                        at: new Date(review.finishedAt).toLocaleDateString(i18n.language),
                        by: review.finishedBy,
                      })}
                    </span>
                  )}
                </td>
                <td>
                  <Button
                    size="small"
                    type={mayReview && review.finishedAt === null ? 'primary' : 'default'}
                    onClick={() => setChosen(review.id)}
                  >
                    {t(mayReview && review.finishedAt === null ? 'reviews.go-on' : 'reviews.look')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
