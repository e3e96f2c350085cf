import { ExperimentOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../../state/session.ts'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import type { OpenDialog } from '../backup-dialog.ts'
import { useBackupQuery } from '../backup-jobs.ts'
import { BackupTable } from '../backup-table.tsx'
import { RegisterFileButtons } from '../register-file-buttons.tsx'
import { StandingMark } from '../standing-mark.tsx'
import { useBackupWords } from '../use-backup-words.ts'
import { DrillDrawer } from './drill-drawer.tsx'
import { drillResult } from './drill-result.ts'

const COLUMNS = [
  'drill-number',
  'time',
  'scenario',
  'medium',
  'way',
  'rto',
  'rpo',
  'result',
  'by',
  'approved',
]

const MARKS = { passed: 'good', missed: 'care', failed: 'bad' } as const

interface DrillsPageProps {
  readonly open: OpenDialog
}

/** 恢复演练: every drill with its measured times, and whether somebody put their name to it. */
export function DrillsPage({ open }: DrillsPageProps) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  const mayRun = useMay('backup.run')
  const drills = useBackupQuery('drills.list', {})
  const [chosen, setChosen] = useState<string>()
  if (drills.error !== undefined) return <ErrorNotice error={drills.error} onRetry={drills.reload} />
  if (drills.data === undefined) return <Skeleton active paragraph={{ rows: 6 }} />
  const start = mayRun && (
    <Button type="primary" onClick={() => open({ name: 'drill' })}>
      {t('do.drill')}
    </Button>
  )
  if (drills.data.length === 0) {
    return (
      <EmptyState
        icon={<ExperimentOutlined aria-hidden="true" />}
        title={t('empty.drills.title')}
        text={t('empty.drills.text')}
      >
        {start}
      </EmptyState>
    )
  }
  const drill = drills.data.find(({ id }) => id === chosen)
  return (
    <div className="backup-page">
      <div className="backup-tools">
        {start}
        <RegisterFileButtons register="drills" />
      </div>
      <BackupTable columns={COLUMNS}>
        {drills.data.map((one) => (
          <tr key={one.id} data-passed={one.passed}>
            <th scope="row" className="cell-line">
              <Button type="link" size="small" onClick={() => setChosen(one.id)}>
                {one.number}
              </Button>
            </th>
            <td className="figures cell-line">{words.time(one.startedAt)}</td>
            <td className="cell-any">{one.scenario}</td>
            <td className="cell-line">{one.mediumNumber}</td>
            <td className="cell-line">{t(`way.${one.way}`)}</td>
            <td className="figures cell-line">
              {t('drill.minutes', { value: words.count(one.rtoMinutes) })}
              <div className="muted">
                {t('drill.target-minutes', { value: words.count(one.rtoTargetMinutes) })}
              </div>
            </td>
            <td className="figures cell-line">
              {t('drill.hours', { value: words.count(one.rpoHours) })}
              <div className="muted">
                {t('drill.target-hours', { value: words.count(one.rpoTargetHours) })}
              </div>
            </td>
            <td className="cell-line">
              <StandingMark standing={MARKS[drillResult(one)]} /> {t(`drill.${drillResult(one)}`)}
            </td>
            <td>{one.by}</td>
            <td>{one.approvedBy ?? <span className="muted">{t('drill.not-approved')}</span>}</td>
          </tr>
        ))}
      </BackupTable>
      {drill !== undefined && <DrillDrawer drill={drill} onClose={() => setChosen(undefined)} />}
    </div>
  )
}
