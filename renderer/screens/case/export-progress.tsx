import { Alert, Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { ERROR_CODES } from '../../../shared/errors.ts'
import { call } from '../../app/client.ts'
import { useErrorWords } from '../../app/error-words.ts'
import { useAction } from '../../app/use-call.ts'
import { isUnderWay, type JobSummary, useJobs } from '../../state/jobs.ts'
import { useMay } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

export type BegunExport = OutputOf<'pages.exportSearchable'> & { readonly folder: string }

interface ExportProgressProps {
  readonly begun: BegunExport
  readonly onClose: () => void
  readonly onAgain: () => void
}

/** How far an export is, with a way to stop it; then how many files and pages, and which pages have no text. */
export function ExportProgress({ begun, onClose, onAgain }: ExportProgressProps) {
  const { t } = useTranslation('export')
  const job = useJobs(({ jobs }) => jobs.find(({ id }) => id === begun.jobId))
  const stop = useAction(() => call('pages.stopExport', { jobId: begun.jobId }))
  if (job === undefined || isUnderWay(job)) {
    const done = job?.progress.done ?? 0
    return (
      <>
        <p className="figures">{t('running', { done, total: begun.pageCount })}</p>
        <Progress
          percent={Math.floor((100 * done) / Math.max(1, begun.pageCount))}
          status="active"
          aria-label={t('progress')}
        />
        <ErrorNotice error={stop.error} />
        <footer className="export-buttons">
          <Button
            danger
            loading={stop.busy}
            onClick={() => {
              stop.run().catch((error: unknown) => console.warn('not stopped', error))
            }}
          >
            {t('stop')}
          </Button>
          <Button type="primary" onClick={onClose}>
            {t('hide')}
          </Button>
        </footer>
      </>
    )
  }
  return <ExportResult begun={begun} job={job} onClose={onClose} onAgain={onAgain} />
}

function ExportResult({ begun, job, onClose, onAgain }: ExportProgressProps & { readonly job: JobSummary }) {
  const { t } = useTranslation('export')
  const mayRead = useMay('job.read')
  const openDrawer = useJobs((store) => store.openDrawer)
  const code = ERROR_CODES.find((known) => known === job.errorCode)
  const words = useErrorWords(code === undefined ? undefined : { code, details: job.errorDetails ?? {} })
  const { exported = 0, unread = 0, failed = 0 } = job.tally
  const good = job.state === 'succeeded' && failed === 0
  const lines = [
    ...(job.state === 'succeeded' ? [t('numbers', { numbers: begun.jobNumbers.join(' ') })] : []),
    ...(exported > 0 ? [t('folderIs', { folder: begun.folder })] : []),
    ...(unread > 0 ? [t('unread', { count: unread })] : []),
    ...(begun.volumesLeftOut > 0 ? [t('leftOut', { count: begun.volumesLeftOut })] : []),
    ...(failed > 0 ? [t('failed', { count: failed })] : []),
    ...(words === undefined ? [] : [`${words.body}${words.next}`]),
  ]
  const title =
    job.state === 'succeeded'
      ? t(failed === 0 ? 'done' : 'doneSome', { count: exported, pages: begun.pageCount })
      : (words?.title ?? t('stopped'))
  return (
    <>
      <Alert
        className="export-result"
        type={good ? 'success' : job.state === 'failed' ? 'error' : 'warning'}
        showIcon
        role="status"
        title={title}
        description={lines.map((line) => <p key={line}>{line}</p>)}
      />
      <footer className="export-buttons">
        {mayRead && (
          <Button
            onClick={() => {
              onClose()
              openDrawer(begun.jobId)
            }}
          >
            {t('outcomes')}
          </Button>
        )}
        {job.state === 'failed' && <Button onClick={onClose}>{t('leave')}</Button>}
        <Button type="primary" onClick={job.state === 'failed' ? onAgain : onClose}>
          {t(job.state === 'failed' ? 'again' : 'close')}
        </Button>
      </footer>
    </>
  )
}
