import { App, Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import type { Medium } from '../../shared/contract/media.ts'
import { dueBackup, type RunKind } from '../../shared/domain/backup/due-backup.ts'
import { isUnderWay, useJobs } from '../state/jobs.ts'
import { useMay } from '../state/session.ts'
import { call } from './client.ts'
import { useErrorWords } from './error-words.ts'
import { useAction, useCoreEvent, useQuery } from './use-call.ts'

/** A medium that is plugged in while its backup is due is offered that backup, once for each time it is plugged in. */
export function BackupOffer() {
  const mayRun = useMay('backup.run')
  return mayRun ? <Offering /> : null
}

function Offering() {
  const { t } = useTranslation(['frame', 'backup'])
  const { notification } = App.useApp()
  const overview = useQuery('backup.overview', {})
  // The screen of backups shows what is due by itself.
  const atBackup = useLocation().pathname.startsWith('/backup')
  const openDrawer = useJobs((store) => store.openDrawer)
  const offered = useRef<ReadonlySet<string>>(new Set())
  useCoreEvent('changed', ({ what }) => {
    if (what === 'backup') overview.reload()
  })
  const start = useAction(async (medium: Medium, kind: RunKind) => {
    notification.destroy(medium.id)
    const { jobId } = await call('backup.run', { mediumId: medium.id, kind })
    openDrawer(jobId)
  })
  const failure = useErrorWords(start.error)
  useEffect(() => {
    if (failure !== undefined) notification.error({ title: failure.title, description: failure.next })
  }, [failure, notification])
  const run = useRef(start.run)
  run.current = start.run
  useEffect(() => {
    if (overview.data === undefined) return
    const { media, duties } = overview.data
    const present = new Set(media.filter((medium) => medium.present).map(({ id }) => id))
    const before = offered.current
    offered.current = present
    // While something is copied already, the due backup is most likely just that.
    const busy = useJobs.getState().jobs.some((job) => job.kind.startsWith('backup-') && isUnderWay(job))
    for (const medium of media) {
      const kind = dueBackup(medium, duties)
      if (!present.has(medium.id) || kind === undefined || atBackup) notification.destroy(medium.id)
      else if (!before.has(medium.id) && !busy) {
        notification.info({
          key: medium.id,
          placement: 'bottomRight',
          duration: 0,
          title: t('frame:backup.offer', { number: medium.number }),
          description: t('frame:backup.offer-text', { kind: t(`backup:kind.${kind}`) }),
          actions: (
            <Button
              type="primary"
              onClick={() => {
                run.current(medium, kind).catch((error: unknown) => console.warn('not started', error))
              }}
            >
              {t('frame:backup.offer-do')}
            </Button>
          ),
        })
      }
    }
  }, [overview.data, atBackup, notification, t])
  return null
}
