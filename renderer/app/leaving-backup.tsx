import { Alert, Button, Modal, Progress } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isUnderWay, type JobSummary, useJobs } from '../state/jobs.ts'
import { type LeavingFor, useLeaving } from '../state/leaving.ts'
import { ErrorNotice } from '../widgets/error-notice.tsx'
import { sizeText } from '../widgets/size-text.ts'
import { call } from './client.ts'
import { useAction } from './use-call.ts'
import { leaveSession } from './wiring.ts'

/** Signs out now, whatever runs: it stops where it is and can be taken up again. */
export async function signOutNow(): Promise<void> {
  await call('session.signOut', {})
  await leaveSession('asked')
}

/** Signs out, or first runs the backup that is due, where the unit wants it so. */
export async function signOut(mayBackUp: boolean): Promise<void> {
  const due = mayBackUp ? await call('backup.dueOnLeaving', {}) : null
  if (due === null) await signOutNow()
  else useLeaving.getState().begin('sign-out')
}

/** While the person leaves: the backup that runs before, and the ways not to wait for it or to stay. */
export function LeavingBackup() {
  const leavingFor = useLeaving((store) => store.leavingFor)
  return leavingFor === null ? null : <Leaving leavingFor={leavingFor} />
}

function Leaving({ leavingFor }: { readonly leavingFor: LeavingFor }) {
  const { t } = useTranslation(['frame', 'jobs', 'backup'])
  const end = useLeaving((store) => store.end)
  const [began] = useState(() => new Date().toISOString())
  const leave = useAction(async () => {
    await signOutNow()
    if (leavingFor === 'close') await call('shell.close', {})
  })
  const start = useAction(async () => {
    // Done meanwhile, or the drive was taken out: nothing is left to wait for.
    if ((await call('session.leaveAfterBackup', {})).jobId === null) await leave.run()
  })
  const stay = useAction(async () => {
    await call('session.stay', {})
    end()
  })
  const begin = start.run
  useEffect(() => {
    begin().catch((error: unknown) => console.warn('not begun', error))
  }, [begin])
  const job = useJobs(({ jobs }) =>
    jobs.find((one) => one.kind === 'backup-run' && (isUnderWay(one) || (one.finishedAt ?? '') > began)),
  )
  return (
    <Modal
      open
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      width={520}
      title={t(`backup.leaving.title_${leavingFor}`)}
      footer={
        <>
          <Button onClick={() => stay.run()} loading={stay.busy}>
            {t('backup.leaving.stay')}
          </Button>
          <Button danger onClick={() => leave.run()} loading={leave.busy}>
            {t(`backup.leaving.leave_${leavingFor}`)}
          </Button>
        </>
      }
    >
      <p>{t('backup.leaving.text')}</p>
      {job !== undefined && <LeavingProgress job={job} />}
      <ErrorNotice error={start.error ?? leave.error ?? stay.error} />
      <Alert type="info" showIcon title={t('backup.leaving.safe')} />
    </Modal>
  )
}

function LeavingProgress({ job }: { readonly job: JobSummary }) {
  const { t, i18n } = useTranslation(['jobs', 'frame'])
  const { done, total, bytes, phase } = job.progress
  const number = new Intl.NumberFormat(i18n.language)
  const facts = [
    isUnderWay(job) ? t(`jobs:phase.${phase}`, { defaultValue: '' }) : t(`jobs:state.${job.state}`),
    ...(total === null ? [] : [`${number.format(done)} / ${number.format(total)}`]),
    ...(bytes > 0 ? [sizeText(bytes, i18n.language)] : []),
  ].filter((part) => part !== '')
  return (
    <div data-testid="leaving-backup" data-state={job.state}>
      <p aria-live="polite">
        <strong>{t('frame:backup.leaving.to', { number: job.label })}</strong>{' '}
        <span className="figures muted">{facts.join(' · ')}</span>
      </p>
      <Progress
        percent={total === null || total === 0 ? 0 : Math.floor((done / total) * 100)}
        size="small"
        status="active"
        aria-label={t('jobs:progress.label')}
      />
    </div>
  )
}
