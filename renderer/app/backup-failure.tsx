import { App, Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ERROR_CODES } from '../../shared/errors.ts'
import { useMay } from '../state/session.ts'
import { errorWords } from './error-words.ts'
import { useCoreEvent, useQuery } from './use-call.ts'

/** Whoever may act is told of a backup that ran by itself and failed, when it does and at the next sign-in. */
export function BackupFailure() {
  const mayRun = useMay('backup.run')
  return mayRun ? <Telling /> : null
}

function Telling() {
  const { t } = useTranslation(['frame', 'errors'])
  const { notification } = App.useApp()
  const navigate = useNavigate()
  const tasks = useQuery('backupTasks.list', {})
  /** A task that goes on is told once while the person is here. */
  const told = useRef<ReadonlySet<string>>(new Set())
  useCoreEvent('changed', ({ what }) => {
    if (what === 'backup') tasks.reload()
  })
  useEffect(() => {
    for (const { id, origin, subject, findings, closedAt } of tasks.data ?? []) {
      if (origin !== 'automatic') continue
      if (closedAt !== null) notification.destroy(id)
      else if (!told.current.has(id)) {
        told.current = new Set([...told.current, id])
        const found = findings[0]?.details.code
        const code = ERROR_CODES.find((known) => known === found)
        const why = code === undefined ? undefined : errorWords(t, { code, details: { medium: subject } })
        notification.warning({
          key: id,
          placement: 'bottomRight',
          duration: 0,
          title: t('frame:backup.failed', { number: subject }),
          description:
            why === undefined ? (
              t('frame:backup.failed-unproven')
            ) : (
              <>
                <div>{why.title}</div>
                <div>{why.next}</div>
              </>
            ),
          actions: (
            <Button
              type="primary"
              onClick={() => {
                notification.destroy(id)
                Promise.resolve(navigate('/backup/tasks')).catch((error: unknown) =>
                  console.warn('navigation', error),
                )
              }}
            >
              {t('frame:backup.failed-do')}
            </Button>
          ),
        })
      }
    }
  }, [tasks.data, notification, navigate, t])
  return null
}
