import { HddOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { OutputOf } from '../../../../shared/contract/index.ts'
import { dueBackup } from '../../../../shared/domain/backup/due-backup.ts'
import type { Answer } from '../../../app/use-call.ts'
import { useMay } from '../../../state/session.ts'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import type { OpenDialog } from '../backup-dialog.ts'
import { StandingMark } from '../standing-mark.tsx'
import { useBackupWords } from '../use-backup-words.ts'
import { BackupCalendar } from './backup-calendar.tsx'
import { DutyLines } from './duty-lines.tsx'
import { SetCard } from './set-card.tsx'

type Overview = OutputOf<'backup.overview'>

interface OverviewPageProps {
  readonly overview: Answer<Overview>
  readonly open: OpenDialog
}

/** How old the last proven backup may grow before it is said aloud. */
function standingOf(overview: Overview): 'good' | 'care' | 'bad' {
  if (overview.lastProvenAt === null) return 'bad'
  const late = overview.duties.some(
    ({ kind, state }) => (kind === 'incremental' || kind === 'full') && state !== 'done' && state !== 'off',
  )
  return late ? 'care' : 'good'
}

function drillStanding(overview: Overview): 'good' | 'care' | 'bad' {
  const state = overview.duties.find(({ kind }) => kind === 'drill')?.state
  return state === 'done' || state === 'off' ? 'good' : state === 'never' ? 'bad' : 'care'
}

/** 一览: whether the backups can be relied on today, and what is to be done next. */
export function OverviewPage({ overview, open }: OverviewPageProps) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  const mayManage = useMay('backup.manage')
  const mayRun = useMay('backup.run')
  const { data } = overview
  if (overview.error !== undefined && data === undefined)
    return <ErrorNotice error={overview.error} onRetry={overview.reload} />
  if (data === undefined) return <Skeleton active paragraph={{ rows: 8 }} />
  if (data.media.length === 0) {
    return (
      <EmptyState icon={<HddOutlined aria-hidden="true" />} title={t('empty.title')} text={t('empty.text')}>
        {mayManage ? (
          <Button type="primary" onClick={() => open({ name: 'register-medium' })}>
            {t('do.register')}
          </Button>
        ) : (
          <span className="muted">{t('empty.who')}</span>
        )}
      </EmptyState>
    )
  }
  const due = data.media
    .map((medium) => ({ medium, kind: dueBackup(medium, data.duties) }))
    .find(({ kind }) => kind !== undefined)
  return (
    <div className="backup-overview">
      <ul className="backup-tiles">
        <li>
          <span>{t('overview.proven')}</span>
          <b>
            <StandingMark standing={standingOf(data)} />{' '}
            {data.lastProvenAt === null ? t('overview.no-proven') : words.ago(data.lastProvenAt)}
          </b>
          <span className="figures muted">
            {data.lastProvenAt === null ? t('overview.proven-never') : words.time(data.lastProvenAt)}
          </span>
        </li>
        <li>
          <span>{t('overview.drill')}</span>
          <b>
            <StandingMark standing={drillStanding(data)} /> {words.ago(data.lastDrillAt)}
          </b>
          <span className="figures muted">
            {data.lastDrillAt === null ? t('overview.drill-never') : words.time(data.lastDrillAt)}
          </span>
        </li>
        <li>
          <span>{t('overview.tasks')}</span>
          <b>
            <StandingMark standing={data.openTasks === 0 ? 'good' : 'bad'} />{' '}
            {data.openTasks === 0 ? (
              t('overview.no-tasks')
            ) : (
              <Link to="/backup/tasks">{t('overview.task-count', { count: data.openTasks })}</Link>
            )}
          </b>
          <span className="muted">{t('overview.tasks-text')}</span>
        </li>
        {due !== undefined && mayRun && (
          <li className="backup-tile-due">
            <span>{t('overview.due', { number: due.medium.number })}</span>
            <Button
              type="primary"
              onClick={() =>
                open({
                  name: 'run',
                  mediumId: due.medium.id,
                  ...(due.kind === undefined ? {} : { kind: due.kind }),
                })
              }
            >
              {t('overview.run-to', { kind: t(`kind.${due.kind}`), number: due.medium.number })}
            </Button>
          </li>
        )}
      </ul>
      <section aria-label={t('overview.sets')} className="backup-sets">
        {(['A', 'B', 'C'] as const).map((set) => (
          <SetCard key={set} set={set} media={data.media} open={open} />
        ))}
      </section>
      <div className="backup-halves">
        <BackupCalendar history={data.history} duties={data.duties} />
        <DutyLines duties={data.duties} media={data.media} open={open} />
      </div>
    </div>
  )
}
