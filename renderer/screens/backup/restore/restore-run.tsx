import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { useJobs } from '../../../state/jobs.ts'
import { JobLine } from '../backup-progress.tsx'
import type { Begun } from './restore-choice.ts'

/** How far it is; when it ended, what was made and what the person does now. */
export function RestoreRun({ begun }: { readonly begun: Begun }) {
  return begun.what === 'page' ? <PageRestored done={begun.done} /> : <JobRun {...begun} />
}

function PageRestored({ done }: { readonly done: 'mended' | 'returned' | 'requested' }) {
  const { t } = useTranslation('backup')
  return (
    <Alert
      type={done === 'requested' ? 'info' : 'success'}
      showIcon
      role="status"
      data-testid="page-restored"
      title={t(`restore.page-${done}`)}
      description={t(`restore.page-${done}-text`)}
    />
  )
}

function JobRun({ jobId, what, target }: Exclude<Begun, { readonly what: 'page' }>) {
  const { t } = useTranslation('backup')
  const job = useJobs(({ jobs }) => jobs.find(({ id }) => id === jobId))
  if (job === undefined) return <p className="muted">{t('restore.starting')}</p>
  const words = { vault: 'restored', case: 'case-restored', objects: 'mended' } as const
  const troubled = Object.keys(job.tally).some((outcome) => outcome !== 'sound')
  return (
    <>
      <JobLine job={job} />
      {job.state === 'succeeded' && (
        <Alert
          type={troubled ? 'warning' : 'success'}
          showIcon
          role="status"
          data-testid="restored"
          title={t(`restore.${words[what]}`)}
          description={
            <>
              {target !== null && (
                <p>
                  <code>{target}</code>
                </p>
              )}
              {troubled && <p>{t('restore.troubled')}</p>}
              <p>{t(`restore.${words[what]}-text`)}</p>
            </>
          }
        />
      )}
    </>
  )
}
