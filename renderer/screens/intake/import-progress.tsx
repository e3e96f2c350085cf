import { CheckCircleOutlined, CloseCircleOutlined, CopyOutlined, FolderOpenOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AppError, type ErrorCode } from '../../../shared/errors.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { isUnderWay, type JobSummary } from '../../state/jobs.ts'
import { useMay } from '../../state/session.ts'
import { CaseNumber } from '../../widgets/case-number.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { sizeText } from '../../widgets/size-text.ts'
import { durationWords, isErrorCode } from './intake-words.ts'
import { OutcomeList } from './outcome-list.tsx'
import { useProgressRate } from './use-progress-rate.ts'

const FOLLOW_EVERY_MS = 500

interface ImportProgressProps {
  readonly job: JobSummary
  readonly onOpenCase: () => void
  readonly onAgain: () => void
}

function statusOf(job: JobSummary): 'active' | 'success' | 'exception' | 'normal' {
  if (isUnderWay(job)) return 'active'
  if (job.state === 'succeeded') return 'success'
  return job.state === 'failed' ? 'exception' : 'normal'
}

/** An import under way, and what became of every file. */
export function ImportProgress({ job, onOpenCase, onAgain }: ImportProgressProps) {
  const { t, i18n } = useTranslation(['intake', 'common'])
  const mayControl = useMay('job.control')
  const running = isUnderWay(job)
  const rate = useProgressRate(job)
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: one more look when the state changes
  useEffect(() => {
    setRound((before) => before + 1)
    if (!running) return
    const timer = setInterval(() => setRound((before) => before + 1), FOLLOW_EVERY_MS)
    return () => clearInterval(timer)
  }, [running, job.state])
  const cancel = useAction(() => call('jobs.cancel', { jobId: job.id }))
  const resume = useAction(() => call('jobs.resume', { jobId: job.id }))
  const { done, total, bytes, phase } = job.progress
  const percent =
    job.state === 'succeeded' ? 100 : total === null || total === 0 ? 0 : Math.floor((done / total) * 100)
  const code: ErrorCode | undefined =
    job.errorCode !== null && isErrorCode(job.errorCode) ? job.errorCode : undefined
  const run = (work: Promise<unknown>) => {
    work.catch((error: unknown) => console.warn('job not reached', error))
  }
  const tally = (name: string) => job.tally[name] ?? 0

  return (
    <div className="intake-progress" data-testid="import-progress" data-state={job.state}>
      <div className="intake-progress-head">
        <h1>
          {t(`job.${job.state}`)} <CaseNumber number={job.label} />
        </h1>
        <div className="intake-buttons">
          {running && mayControl && (
            <Button danger loading={cancel.busy} onClick={() => run(cancel.run())}>
              {t('job.cancel')}
            </Button>
          )}
          {!running && job.resumable && mayControl && (
            <Button type="primary" loading={resume.busy} onClick={() => run(resume.run())}>
              {t('job.resume')}
            </Button>
          )}
          {!running && <Button onClick={onAgain}>{t('job.again')}</Button>}
          {job.caseId !== null && (
            <Button
              type={running || job.resumable ? 'default' : 'primary'}
              size={running ? 'small' : 'medium'}
              icon={<FolderOpenOutlined />}
              autoFocus={!running}
              onClick={onOpenCase}
            >
              {t('job.openCase')}
            </Button>
          )}
        </div>
      </div>
      <Progress
        percent={percent}
        status={statusOf(job)}
        showInfo={total !== null}
        aria-label={t('job.progress')}
      />
      <p className="intake-progress-facts" aria-live="polite">
        <span>{running ? t(`phase.${phase}`, phase) : t(`job.state.${job.state}`)}</span>
        {total !== null && <b>{t('job.files', { done, total })}</b>}
        {bytes > 0 && <span>{sizeText(bytes, i18n.language)}</span>}
        {rate !== undefined && (
          <>
            <span>
              {t('job.rate', {
                files: rate.filesPerSecond.toFixed(rate.filesPerSecond < 10 ? 1 : 0),
                bytes: sizeText(rate.bytesPerSecond, i18n.language),
              })}
            </span>
            {rate.secondsLeft !== undefined && rate.secondsLeft > 0 && (
              <span>{t('job.left', { time: durationWords(t, rate.secondsLeft) })}</span>
            )}
          </>
        )}
        <span className="intake-tally">
          <span className="intake-outcome" data-outcome="imported">
            <CheckCircleOutlined /> {t('outcome.kind.imported')} {tally('imported')}
          </span>
          {tally('duplicate') > 0 && (
            <span className="intake-outcome" data-outcome="duplicate">
              <CopyOutlined /> {t('outcome.kind.duplicate')} {tally('duplicate')}
            </span>
          )}
          {tally('failed') > 0 && (
            <span className="intake-outcome" data-outcome="failed">
              <CloseCircleOutlined /> {t('outcome.kind.failed')} {tally('failed')}
            </span>
          )}
        </span>
      </p>
      {!running && code !== undefined && <ErrorNotice error={new AppError(code, job.errorDetails ?? {})} />}
      <ErrorNotice error={cancel.error ?? resume.error} />
      <OutcomeList jobId={job.id} round={round} running={running} />
    </div>
  )
}
