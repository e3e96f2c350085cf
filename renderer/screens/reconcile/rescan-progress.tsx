import { Button, Popconfirm, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { AppError, ERROR_CODES } from '../../../shared/errors.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { isUnderWay, type JobSummary, useJobs } from '../../state/jobs.ts'
import { useMay } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

interface RescanProgressProps {
  readonly job: JobSummary
  readonly onDismiss: () => void
}

/** How far the comparing has come, with a way to stop; and what is to be known of it when it ended. */
export function RescanProgress({ job, onDismiss }: RescanProgressProps) {
  const { t } = useTranslation(['reconcile', 'jobs'])
  const mayControl = useMay('job.control')
  const openDrawer = useJobs((store) => store.openDrawer)
  const cancel = useAction(() => call('jobs.cancel', { jobId: job.id }))
  const resume = useAction(() => call('jobs.resume', { jobId: job.id }))
  const { done, total, phase } = job.progress
  const failed = job.tally.failed ?? 0
  const code = ERROR_CODES.find((known) => known === job.errorCode)
  const running = isUnderWay(job)
  return (
    <div className="rescan-progress" data-testid="rescan-progress" data-state={job.state}>
      <span className="rescan-progress-words figures" aria-live="polite">
        {running
          ? t(`reconcile:phase.${phase}`, { defaultValue: t('reconcile:phase.other') })
          : t(`jobs:state.${job.state}`)}
        {running && total !== null && ` ${done}/${total}`}
        {failed > 0 && ` · ${t('reconcile:progress.failed', { count: failed })}`}
      </span>
      {running && (
        <Progress
          className="rescan-progress-bar"
          percent={total === null || total === 0 ? 0 : Math.floor((done / total) * 100)}
          size="small"
          status="active"
          aria-label={t('jobs:progress.label')}
        />
      )}
      <Button size="small" onClick={() => openDrawer(job.id)}>
        {t('jobs:outcomes')}
      </Button>
      {running && mayControl && (
        <Popconfirm
          title={t('jobs:stop.title')}
          description={t('jobs:stop.text')}
          okText={t('jobs:stop.confirm')}
          onConfirm={() => cancel.run()}
        >
          <Button size="small" danger loading={cancel.busy}>
            {t('jobs:stop.button')}
          </Button>
        </Popconfirm>
      )}
      {!running && job.resumable && mayControl && (
        <Button size="small" type="primary" loading={resume.busy} onClick={() => void resume.run()}>
          {t('jobs:resume')}
        </Button>
      )}
      {!running && (
        <Button size="small" onClick={onDismiss}>
          {t('common:close')}
        </Button>
      )}
      <ErrorNotice error={cancel.error ?? resume.error} />
      {!running && code !== undefined && <ErrorNotice error={new AppError(code, job.errorDetails ?? {})} />}
    </div>
  )
}
