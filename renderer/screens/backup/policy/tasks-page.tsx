import { CheckSquareOutlined } from '@ant-design/icons'
import { App, Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackupTask } from '../../../../shared/contract/backup.ts'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { useMay } from '../../../state/session.ts'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { ReasonDialog } from '../../../widgets/reason-dialog.tsx'
import { useBackupQuery } from '../backup-jobs.ts'
import { BackupTable } from '../backup-table.tsx'
import { RegisterFileButtons } from '../register-file-buttons.tsx'
import { StandingMark } from '../standing-mark.tsx'
import { useBackupWords } from '../use-backup-words.ts'
import { useTaskWords } from '../use-finding-words.ts'

const COLUMNS = ['standing', 'opened', 'origin', 'subject', 'remedy', 'do']

/** 异常处置: what failed checks and drills left to do, the open ones first. */
export function TasksPage() {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  const taskWords = useTaskWords()
  const { message } = App.useApp()
  const mayManage = useMay('backup.manage')
  const tasks = useBackupQuery('backupTasks.list', {})
  const [closing, setClosing] = useState<BackupTask>()
  const close = useAction(async (taskId: string, remedy: string) => {
    await call('backupTasks.close', { taskId, remedy })
    setClosing(undefined)
    void message.success(t('tasks.closed'))
    tasks.reload()
  })
  if (tasks.error !== undefined) return <ErrorNotice error={tasks.error} onRetry={tasks.reload} />
  if (tasks.data === undefined) return <Skeleton active paragraph={{ rows: 5 }} />
  if (tasks.data.length === 0) {
    return (
      <EmptyState
        icon={<CheckSquareOutlined aria-hidden="true" />}
        title={t('empty.tasks.title')}
        text={t('empty.tasks.text')}
      />
    )
  }
  const sorted = tasks.data.toSorted(
    (a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null) || (a.openedAt < b.openedAt ? 1 : -1),
  )
  return (
    <div className="backup-page">
      <div className="backup-tools">
        <RegisterFileButtons register="tasks" />
      </div>
      <BackupTable columns={COLUMNS}>
        {sorted.map((task) => (
          <tr key={task.id} data-open={task.closedAt === null}>
            <td className="cell-line">
              <StandingMark standing={task.closedAt === null ? 'bad' : 'good'} />{' '}
              {t(task.closedAt === null ? 'tasks.open' : 'tasks.done')}
            </td>
            <td className="figures cell-line">{words.time(task.openedAt)}</td>
            <td className="cell-line">{t(`origin.${task.origin}`)}</td>
            <th scope="row" className="cell-any">
              {task.subject}
              <div className="muted backup-task-details">{taskWords.about(task)}</div>
            </th>
            <td className="cell-any">
              {taskWords.remedy(task)}
              {task.closedAt !== null && (
                <div className="muted figures">
                  {words.time(task.closedAt)} {task.closedBy}
                </div>
              )}
            </td>
            <td>
              {task.closedAt === null && mayManage && (
                <Button size="small" onClick={() => setClosing(task)}>
                  {t('tasks.close')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </BackupTable>
      {closing !== undefined && (
        <ReasonDialog
          title={t('tasks.close-title')}
          text={closing.subject}
          label={t('column.remedy')}
          doText={t('tasks.close')}
          busy={close.busy}
          error={close.error}
          onDo={(remedy) => {
            close.run(closing.id, remedy).catch((error: unknown) => console.warn('not closed', error))
          }}
          onCancel={() => setClosing(undefined)}
        />
      )}
    </div>
  )
}
