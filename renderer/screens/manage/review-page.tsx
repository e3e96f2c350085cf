import { ArrowLeftOutlined, DownloadOutlined, PrinterOutlined } from '@ant-design/icons'
import { Alert, App, Button, Segmented, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reviewPeriodWords } from '../../../shared/domain/review-period.ts'
import { call } from '../../app/client.ts'
import { useTerm } from '../../app/terms.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import type { Review, ReviewLine } from './review.ts'
import { ReviewLineRow } from './review-line.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'
import { useExport } from './use-export.ts'

interface ReviewPageProps {
  readonly reviewId: string
  readonly onChanged: () => void
  readonly onBack: () => void
}

const SHOWN = ['all', 'undecided', 'concerns'] as const
type Shown = (typeof SHOWN)[number]
const BELONGS: Readonly<Record<Shown, (line: ReviewLine) => boolean>> = {
  all: () => true,
  undecided: ({ verdict }) => verdict === null,
  concerns: ({ concerns }) => concerns.length > 0,
}

/** One review, line by line; the signature once it is finished. */
export function ReviewPage({ reviewId, onChanged, onBack }: ReviewPageProps) {
  const { t } = useTranslation('rights')
  const term = useTerm()
  const { modal } = App.useApp()
  const mayReview = useMay('right.review')
  const answer = useQuery('reviews.get', { reviewId })
  const [latest, setLatest] = useState<Review>()
  const [revoking, setRevoking] = useState<ReviewLine>()
  const [shown, setShown] = useState<Shown>('all')
  const confirm = useAction(async (lineId: string) => {
    setLatest(await call('reviews.decideLine', { lineId, verdict: 'confirm' }))
    onChanged()
  })
  const finish = useAction(async () => {
    setLatest(await call('reviews.finish', { reviewId }))
    onChanged()
  })
  const save = useExport<'pdf' | 'csv'>()
  if (answer.error !== undefined) return <ErrorNotice error={answer.error} onRetry={answer.reload} />
  const review = latest ?? answer.data
  if (review === undefined) return <Skeleton active paragraph={{ rows: 8 }} />
  const period = term(reviewPeriodWords(review.period))
  const undecided = review.lineCount - review.decidedCount
  const open = mayReview && review.finishedAt === null
  const write = (format: 'pdf' | 'csv') =>
    save.run({
      suggestedName: t('reviews.file-name', { period }),
      format,
      write: (file, as) => call('reviews.export', { reviewId, file, format: as }),
    })
  const askFinish = () =>
    modal.confirm({
      title: t('reviews.finish-ask.title', { period }),
      content: t('reviews.finish-ask.text'),
      okText: t('reviews.finish'),
      onOk: () => finish.run(),
    })
  return (
    <div className="rights-page">
      <div className="rights-bar">
        <Button icon={<ArrowLeftOutlined aria-hidden="true" />} onClick={onBack}>
          {t('reviews.back')}
        </Button>
        <strong>{t('reviews.title', { period })}</strong>
        <span className="muted figures">
          {t('reviews.progress', {
            decided: review.decidedCount,
            lines: review.lineCount,
            revoked: review.revokedCount,
          })}
        </span>
        <span className="rights-bar-end">
          <Button
            icon={<PrinterOutlined aria-hidden="true" />}
            loading={save.busy}
            onClick={() => write('pdf')}
          >
            {t('export.print')}
          </Button>
          <Button icon={<DownloadOutlined aria-hidden="true" />} onClick={() => write('csv')}>
            {t('export.csv')}
          </Button>
          {open && (
            <Button type="primary" disabled={undecided > 0} loading={finish.busy} onClick={askFinish}>
              {undecided > 0 ? t('reviews.undecided', { count: undecided }) : t('reviews.finish')}
            </Button>
          )}
        </span>
      </div>
      <Seal review={review} />
      <ErrorNotice error={confirm.error ?? finish.error ?? save.error} />
      <div className="rights-bar">
        <Segmented<Shown>
          aria-label={t('accounts.shown')}
          value={shown}
          onChange={setShown}
          options={SHOWN.map((value) => ({
            value,
            label: `${t(`reviews.show.${value}`)} ${review.lines.filter(BELONGS[value]).length}`,
          }))}
        />
      </div>
      <table className="plain-table rights-table">
        <thead>
          <tr>
            {(['name', 'role', 'facts', 'concerns', 'verdict'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`reviews.line.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {review.lines.filter(BELONGS[shown]).map((line) => (
            <ReviewLineRow
              key={line.id}
              line={line}
              open={open}
              onConfirm={() => confirm.run(line.id)}
              onRevoke={() => setRevoking(line)}
            />
          ))}
        </tbody>
      </table>
      {revoking !== undefined && (
        <RevokeDialog
          line={revoking}
          onClose={() => setRevoking(undefined)}
          onDone={(changed) => {
            setLatest(changed)
            onChanged()
          }}
        />
      )}
    </div>
  )
}

function Seal({ review }: { readonly review: Review }) {
  const { t, i18n } = useTranslation('rights')
  const { signature, finishedAt } = review
  if (signature === null || finishedAt === null) return null
  const state = !signature.valid ? 'broken' : signature.keyInVault ? 'valid' : 'other-key'
  return (
    <Alert
      className="rights-note review-seal"
      showIcon
      type={state === 'broken' ? 'error' : state === 'valid' ? 'success' : 'warning'}
      title={t(`reviews.seal.${state}`, {
        by: signature.signedBy,
        at: new Date(finishedAt).toLocaleString(i18n.language),
      })}
      description={
        <>
          SHA-256 <code>{signature.digest}</code>
        </>
      }
    />
  )
}
