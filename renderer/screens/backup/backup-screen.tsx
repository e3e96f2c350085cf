import { Badge, Button, Tabs } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { useMay } from '../../state/session.ts'
import type { BackupDialog } from './backup-dialog.ts'
import { BackupDialogs } from './backup-dialogs.tsx'
import { useBackupQuery } from './backup-jobs.ts'
import { BackupProgress } from './backup-progress.tsx'
import { DrillsPage } from './drills/drills-page.tsx'
import { MediaPage } from './media/media-page.tsx'
import { OverviewPage } from './overview/overview-page.tsx'
import { PolicyPage } from './policy/policy-page.tsx'
import { TasksPage } from './policy/tasks-page.tsx'
import { RegisterPage } from './register/register-page.tsx'
import './backup.css'

/** 备份: what there is, what is due, where it lies, and the proof that it can be had back. */
export function BackupScreen() {
  const { t } = useTranslation('backup')
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const overview = useBackupQuery('backup.overview', {})
  const mayRun = useMay('backup.run')
  const mayRestore = useMay('backup.restore')
  const [dialog, setDialog] = useState<BackupDialog>()
  /** Which medium a job that was started here works on. */
  const [mediumOfJob, setMediumOfJob] = useState<Readonly<Record<string, string>>>({})
  const openTasks = overview.data?.openTasks ?? 0
  const pages = [
    {
      key: 'overview',
      label: t('tabs.overview'),
      children: <OverviewPage {...{ overview, open: setDialog }} />,
    },
    { key: 'media', label: t('tabs.media'), children: <MediaPage open={setDialog} /> },
    { key: 'register', label: t('tabs.register'), children: <RegisterPage open={setDialog} /> },
    { key: 'drills', label: t('tabs.drills'), children: <DrillsPage open={setDialog} /> },
    { key: 'policy', label: t('tabs.policy'), children: <PolicyPage open={setDialog} /> },
    {
      key: 'tasks',
      label: (
        <Badge
          count={openTasks}
          size="small"
          offset={[10, 0]}
          title={t('tasks.open-count', { count: openTasks })}
        >
          {t('tabs.tasks')}
        </Badge>
      ),
      children: <TasksPage />,
    },
  ]
  const wanted = pathname.split('/')[2]
  const hasMedia = (overview.data?.media ?? []).length > 0
  return (
    <div className="manage-screen backup-screen">
      <header className="screen-head">
        <h1>{t('title')}</h1>
        <span className="screen-head-end">
          {mayRun && hasMedia && (
            <>
              <Button type="primary" onClick={() => setDialog({ name: 'run' })}>
                {t('do.run')}
              </Button>
              <Button onClick={() => setDialog({ name: 'verify' })}>{t('do.verify')}</Button>
              <Button onClick={() => setDialog({ name: 'drill' })}>{t('do.drill')}</Button>
            </>
          )}
          {mayRestore && hasMedia && (
            <Button onClick={() => setDialog({ name: 'restore' })}>{t('do.restore')}</Button>
          )}
        </span>
      </header>
      <BackupProgress mediumOfJob={mediumOfJob} open={setDialog} />
      <Tabs
        items={pages}
        activeKey={pages.find(({ key }) => key === wanted)?.key ?? 'overview'}
        onChange={(key) => {
          Promise.resolve(navigate(`/backup/${key}`)).catch((error: unknown) =>
            console.warn('navigation', error),
          )
        }}
        destroyOnHidden
      />
      <BackupDialogs
        dialog={dialog}
        open={setDialog}
        onClose={() => setDialog(undefined)}
        onStarted={(jobId, mediumId) => setMediumOfJob((before) => ({ ...before, [jobId]: mediumId }))}
      />
    </div>
  )
}
