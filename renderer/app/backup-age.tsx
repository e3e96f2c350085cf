import { SafetyOutlined, WarningFilled } from '@ant-design/icons'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMay } from '../state/session.ts'
import { useCoreEvent, useQuery } from './use-call.ts'

/** The age grows by itself. */
const LOOK_EVERY_MS = 10 * 60_000

/** How old the last proven backup is, always in sight; leads to 备份 where the person may see it. */
export function BackupAge() {
  const { t } = useTranslation('frame')
  const mayRead = useMay('backup.read')
  const age = useQuery('backup.age', {})
  const { reload } = age
  useCoreEvent('changed', ({ what }) => {
    if (what === 'backup') reload()
  })
  useEffect(() => {
    const timer = setInterval(reload, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [reload])
  if (age.data === undefined) return null
  const { lastProvenAt, overdue } = age.data
  const days = lastProvenAt === null ? null : daysSince(lastProvenAt)
  const words =
    days === null ? t('backup.never') : t('backup.age', { days, context: days === 0 ? 'today' : '' })
  const shown = (
    <>
      {overdue ? (
        <WarningFilled className="backup-age-late" aria-hidden="true" />
      ) : (
        <SafetyOutlined aria-hidden="true" />
      )}{' '}
      <span className="figures">{words}</span>
      {overdue && <span className="visually-hidden"> {t('backup.overdue')}</span>}
    </>
  )
  const title = t(overdue ? 'backup.overdue' : 'backup.kept')
  return mayRead ? (
    <Link to="/backup" className="backup-age" title={title}>
      {shown}
    </Link>
  ) : (
    <span className="backup-age" title={title}>
      {shown}
    </span>
  )
}

function daysSince(iso: string): number {
  const midnight = (day: Date) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
  return Math.max(0, Math.round((midnight(new Date()) - midnight(new Date(iso))) / 86_400_000))
}
