import { CheckCircleFilled, CloseCircleFilled, PauseCircleFilled, SyncOutlined } from '@ant-design/icons'
import { Button, Popconfirm, Progress } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AppError, ERROR_CODES } from '../../../shared/errors.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { isUnderWay, type JobSummary, useJobs } from '../../state/jobs.ts'
import { useMay } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import type { OpenDialog } from './backup-dialog.ts'
import { isBackupJob } from './backup-jobs.ts'
import { useBackupWords } from './use-backup-words.ts'

interface BackupProgressProps {
  readonly mediumOfJob: Readonly<Record<string, string>>
  readonly open: OpenDialog
}

/** What runs now, and what ended since the screen was opened, until it is put away. */
export function BackupProgress({ mediumOfJob, open }: BackupProgressProps) {
  const [openedAt] = useState(() => new Date().toISOString())
  const [away, setAway] = useState<ReadonlySet<string>>(new Set())
  const all = useJobs(({ jobs }) => jobs)
  const shown = all.filter(
    (job) =>
      isBackupJob(job) &&
      !away.has(job.id) &&
      (isUnderWay(job) ||
        (job.state === 'interrupted' && job.resumable) ||
        (job.finishedAt !== null && job.finishedAt > openedAt)),
  )
  // Of those that ended the newest one says how things stand.
  const newestEnded = shown.find((job) => !isUnderWay(job) && job.state !== 'interrupted')
  const lines = shown.filter(
    (job) => isUnderWay(job) || job.state === 'interrupted' || job.id === newestEnded?.id,
  )
  if (lines.length === 0) return null
  return (
    <ul className="backup-jobs">
      {lines.map((job) => (
        <li key={job.id}>
          <JobLine
            job={job}
            mediumId={mediumOfJob[job.id]}
            open={open}
            onPutAway={() => setAway((before) => new Set([...before, job.id]))}
          />
        </li>
      ))}
    </ul>
  )
}

function Sign({ state, troubled }: { readonly state: JobSummary['state']; readonly troubled: boolean }) {
  if (state === 'running' || state === 'queued') return <SyncOutlined spin aria-hidden="true" />
  if (state === 'succeeded' && !troubled)
    return <CheckCircleFilled className="sign-good" aria-hidden="true" />
  if (state === 'failed' || troubled) return <CloseCircleFilled className="sign-bad" aria-hidden="true" />
  return <PauseCircleFilled className="sign-care" aria-hidden="true" />
}

/** The sum of what a job found wrong. */
function troublesOf({ tally }: JobSummary): number {
  return (tally.damaged ?? 0) + (tally.missing ?? 0) + (tally.failed ?? 0)
}

interface JobLineProps {
  readonly job: JobSummary
  readonly mediumId?: string | undefined
  readonly open?: OpenDialog
  readonly onPutAway?: () => void
}

/** One job with its numbers, a way to stop it, and what is to be known when it ended. */
export function JobLine({ job, mediumId, open, onPutAway }: JobLineProps) {
  const { t } = useTranslation(['backup', 'jobs'])
  const words = useBackupWords()
  const mayControl = useMay('job.control')
  const openDrawer = useJobs((store) => store.openDrawer)
  const cancel = useAction(() => call('jobs.cancel', { jobId: job.id }))
  const resume = useAction(() => call('jobs.resume', { jobId: job.id }))
  const { done, total, bytes, phase } = job.progress
  const running = isUnderWay(job)
  const troubles = troublesOf(job)
  const code = ERROR_CODES.find((known) => known === job.errorCode)
  const numbers = [
    running ? t(`jobs:phase.${phase}`, { defaultValue: '' }) : t(`jobs:state.${job.state}`),
    ...(running && total !== null ? [`${words.count(done)} / ${words.count(total)}`] : []),
    ...(bytes > 0 ? [words.size(bytes)] : []),
    ...(!running && troubles > 0 ? [t('progress.troubles', { count: troubles })] : []),
  ].filter((part) => part !== '')
  return (
    <article className="backup-job" data-testid="backup-job" data-kind={job.kind} data-state={job.state}>
      <p aria-live="polite">
        <Sign state={job.state} troubled={troubles > 0} />{' '}
        <strong>{t(`jobs:kind.${job.kind}`, { defaultValue: job.kind })}</strong> {job.label}{' '}
        <span className="figures muted">{numbers.join(' · ')}</span>
      </p>
      {running && (
        <Progress
          percent={total === null || total === 0 ? 0 : Math.floor((done / total) * 100)}
          size="small"
          status="active"
          aria-label={t('jobs:progress.label')}
        />
      )}
      <span className="backup-job-buttons">
        {!running && mediumId !== undefined && job.kind === 'backup-verify' && (
          <Button onClick={() => open?.({ name: 'check', mediumId })}>{t('check.open')}</Button>
        )}
        <Button onClick={() => openDrawer(job.id)}>{t('jobs:outcomes')}</Button>
        {running && mayControl && (
          <Popconfirm
            title={t('jobs:stop.title')}
            description={t('progress.stop')}
            okText={t('jobs:stop.confirm')}
            onConfirm={() => cancel.run()}
          >
            <Button danger loading={cancel.busy}>
              {t('jobs:stop.button')}
            </Button>
          </Popconfirm>
        )}
        {!running && job.resumable && mayControl && (
          <Button type="primary" loading={resume.busy} onClick={() => void resume.run()}>
            {t('jobs:resume')}
          </Button>
        )}
        {!running && onPutAway !== undefined && <Button onClick={onPutAway}>{t('common:close')}</Button>}
      </span>
      <ErrorNotice error={cancel.error ?? resume.error} />
      {!running && code !== undefined && <ErrorNotice error={new AppError(code, job.errorDetails ?? {})} />}
    </article>
  )
}
