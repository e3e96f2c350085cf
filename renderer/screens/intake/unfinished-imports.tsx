import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { isUnderWay, type JobSummary } from '../../state/jobs.ts'
import { CaseNumber } from '../../widgets/case-number.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

interface UnfinishedImportsProps {
  readonly jobs: readonly JobSummary[]
  readonly mayControl: boolean
  readonly onShow: (jobId: string) => void
}

/** Imports that run now or stopped half-way: the way back to them. */
export function UnfinishedImports({ jobs, mayControl, onShow }: UnfinishedImportsProps) {
  const { t } = useTranslation('intake')
  const resume = useAction(async (jobId: string) => {
    await call('jobs.resume', { jobId })
    onShow(jobId)
  })
  return (
    <>
      {jobs.map((job) => (
        <Alert
          key={job.id}
          className="intake-unfinished"
          type={isUnderWay(job) ? 'info' : 'warning'}
          showIcon
          title={
            <>
              {t(`job.${job.state}`)} <CaseNumber number={job.label} />{' '}
              {job.progress.total !== null &&
                t('job.files', { done: job.progress.done, total: job.progress.total })}
            </>
          }
          action={
            <span className="intake-buttons">
              {!isUnderWay(job) && mayControl && (
                <Button
                  type="primary"
                  loading={resume.busy}
                  onClick={() => {
                    resume.run(job.id).catch((error: unknown) => console.warn('not resumed', error))
                  }}
                >
                  {t('job.resume')}
                </Button>
              )}
              <Button onClick={() => onShow(job.id)}>{t('job.show')}</Button>
            </span>
          }
        />
      ))}
      <ErrorNotice error={resume.error} />
    </>
  )
}
