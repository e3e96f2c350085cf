import { SyncOutlined, UnorderedListOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { isUnderWay, useJobs } from '../state/jobs.ts'
import { useMay } from '../state/session.ts'

/** How many jobs run, always in sight; opens all of them. */
export function JobsButton() {
  const { t } = useTranslation('frame')
  const running = useJobs(({ jobs }) => jobs.filter(isUnderWay).length)
  const waiting = useJobs(
    ({ jobs }) => jobs.filter(({ state, resumable }) => state === 'interrupted' && resumable).length,
  )
  const openDrawer = useJobs((store) => store.openDrawer)
  if (!useMay('job.read')) return null
  const label = running > 0 ? t('jobs.running', { running }) : t('jobs.none-running')
  return (
    <Button
      type="text"
      className="top-bar-button"
      icon={
        running > 0 ? <SyncOutlined spin aria-hidden="true" /> : <UnorderedListOutlined aria-hidden="true" />
      }
      onClick={() => openDrawer()}
      aria-haspopup="dialog"
    >
      {label}
      {waiting > 0 && ` · ${t('jobs.interrupted', { waiting })}`}
    </Button>
  )
}
