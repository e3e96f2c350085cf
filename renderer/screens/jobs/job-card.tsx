import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  MinusCircleFilled,
  PauseCircleFilled,
  SyncOutlined,
} from '@ant-design/icons'
import { Button, Popconfirm, Progress } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ERROR_CODES } from '../../../shared/errors.ts'
import { call } from '../../app/client.ts'
import { useErrorWords } from '../../app/error-words.ts'
import { useAction } from '../../app/use-call.ts'
import { isUnderWay, type JobSummary, useJobs } from '../../state/jobs.ts'
import { useMay } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { useJobWords } from './use-job-words.ts'

const SIGNS: Readonly<Record<JobSummary['state'], ReactNode>> = {
  queued: <ClockCircleOutlined aria-hidden="true" />,
  running: <SyncOutlined spin aria-hidden="true" />,
  succeeded: <CheckCircleFilled className="sign-good" aria-hidden="true" />,
  failed: <CloseCircleFilled className="sign-bad" aria-hidden="true" />,
  cancelled: <MinusCircleFilled aria-hidden="true" />,
  interrupted: <PauseCircleFilled className="sign-care" aria-hidden="true" />,
}

interface JobCardProps {
  readonly job: JobSummary
  readonly onOutcomes?: () => void
}

export function JobCard({ job, onOutcomes }: JobCardProps) {
  const { t } = useTranslation('jobs')
  const words = useJobWords()
  const mayControl = useMay('job.control')
  const closeDrawer = useJobs((store) => store.closeDrawer)
  const cancel = useAction(() => call('jobs.cancel', { jobId: job.id }))
  const resume = useAction(() => call('jobs.resume', { jobId: job.id }))
  const { done, total } = job.progress
  const underWay = isUnderWay(job)
  return (
    <article className="job-card" aria-label={`${words.kind(job)} ${job.label}`}>
      <header>
        <span className="job-state">
          {SIGNS[job.state]} {t(`state.${job.state}`)}
        </span>
        <strong>{words.kind(job)}</strong>
        <span className="job-label">{job.label}</span>
      </header>
      {underWay && (
        <Progress
          percent={total === null || total === 0 ? 0 : Math.floor((done / total) * 100)}
          status="active"
          aria-label={t('progress.label')}
        />
      )}
      <p className="figures">
        {[underWay ? words.phase(job) : '', done > 0 || underWay ? words.progress(job) : '', words.tally(job)]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      <FailureLine job={job} />
      <ErrorNotice error={cancel.error ?? resume.error} />
      <footer>
        <span className="muted figures">
          {t('started-by', { name: job.startedBy, time: words.time(job.startedAt ?? job.createdAt) })}
          {job.finishedAt !== null && ` — ${words.time(job.finishedAt)}`}
        </span>
        <span className="job-buttons">
          {job.caseId !== null && (
            <Button
              type="link"
              onClick={() => {
                closeDrawer()
                window.location.hash = `#/cases/${job.caseId}`
              }}
            >
              {t('open-case')}
            </Button>
          )}
          {onOutcomes !== undefined && <Button onClick={onOutcomes}>{t('outcomes')}</Button>}
          {job.state === 'interrupted' && job.resumable && mayControl && (
            <Button type="primary" onClick={() => resume.run()} loading={resume.busy}>
              {t('resume')}
            </Button>
          )}
          {underWay && mayControl && (
            <Popconfirm
              title={t('stop.title')}
              description={t('stop.text')}
              okText={t('stop.confirm')}
              onConfirm={() => cancel.run()}
            >
              <Button danger loading={cancel.busy}>
                {t('stop.button')}
              </Button>
            </Popconfirm>
          )}
        </span>
      </footer>
    </article>
  )
}

function FailureLine({ job }: { readonly job: JobSummary }) {
  const code = ERROR_CODES.find((known) => known === job.errorCode)
  const words = useErrorWords(code === undefined ? undefined : { code, details: job.errorDetails ?? {} })
  if (words === undefined) return null
  return (
    <p className="job-failure">
      {words.title}。{words.body}
      {words.next}
    </p>
  )
}
