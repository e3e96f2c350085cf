import { Alert, App, Button, Descriptions, Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Drill } from '../../../../shared/contract/restores.ts'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { useMay, useSignedIn } from '../../../state/session.ts'
import { ReasonDialog } from '../../../widgets/reason-dialog.tsx'
import { RegisterFileButtons } from '../register-file-buttons.tsx'
import { StandingMark } from '../standing-mark.tsx'
import { timeOfSnapshot, useBackupWords } from '../use-backup-words.ts'
import { usePointWords } from '../use-finding-words.ts'
import { drillResult } from './drill-result.ts'

interface DrillDrawerProps {
  readonly drill: Drill
  readonly onClose: () => void
}

/** 恢复演练记录: what was done, point by point, and its approval by another person. */
export function DrillDrawer({ drill, onClose }: DrillDrawerProps) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  const pointWords = usePointWords()
  const { displayName } = useSignedIn()
  const mayManage = useMay('backup.manage')
  const { message } = App.useApp()
  const [approving, setApproving] = useState(false)
  const approve = useAction(async (conclusion: string) => {
    await call('drills.approve', { drillId: drill.id, conclusion })
    setApproving(false)
    void message.success(t('drill.approved', { number: drill.number }))
  })
  const own = drill.by === displayName
  const result = drillResult(drill)
  const facts = [
    ['scenario', drill.scenario],
    ['medium', drill.mediumNumber],
    ['snapshot', words.moment(timeOfSnapshot(drill.snapshotId))],
    ['way', t(`way.${drill.way}`)],
    ['machine', drill.machine],
    ['time', `${words.time(drill.startedAt)} — ${words.time(drill.endedAt)}`],
    [
      'rto',
      `${t('drill.minutes', { value: words.count(drill.rtoMinutes) })}（${t('drill.target-minutes', { value: words.count(drill.rtoTargetMinutes) })}）`,
    ],
    [
      'rpo',
      `${t('drill.hours', { value: words.count(drill.rpoHours) })}（${t('drill.target-hours', { value: words.count(drill.rpoTargetHours) })}）`,
    ],
    ['by', drill.by],
    ['participants', drill.participants || t('common:none')],
    ['conclusion', drill.conclusion || t('common:none')],
    [
      'approved',
      drill.approvedBy === null
        ? t('drill.not-approved')
        : `${drill.approvedBy} ${words.time(drill.approvedAt ?? '')}`,
    ],
  ] as const
  return (
    <Drawer
      open
      onClose={onClose}
      size={760}
      title={t('drill.record', { number: drill.number })}
      extra={
        <span className="backup-row-buttons">
          <RegisterFileButtons register="drills" drillId={drill.id} formats={['pdf']} />
          {mayManage && drill.approvedBy === null && !own && (
            <Button type="primary" onClick={() => setApproving(true)}>
              {t('drill.approve')}
            </Button>
          )}
        </span>
      }
    >
      <Alert
        type={result === 'passed' ? 'success' : result === 'missed' ? 'warning' : 'error'}
        showIcon
        data-testid="drill-result"
        data-passed={drill.passed}
        title={t(`drill.${result}-title`)}
        description={t(`drill.${result}-text`)}
      />
      <table className="plain-table backup-points">
        <thead>
          <tr>
            {['point', 'result', 'checked', 'wrong', 'note'].map((column) => (
              <th key={column} scope="col">
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {drill.points.map(({ point, passed, checked, wrong, note, findings }) => (
            <tr key={point}>
              <th scope="row">{t(`point.${point}`)}</th>
              <td className="cell-line">
                <StandingMark standing={passed ? 'good' : 'bad'} />{' '}
                {t(passed ? 'drill.passed' : point === 'targets' ? 'drill.missed' : 'drill.failed')}
              </td>
              <td className="figures cell-end">{words.count(checked)}</td>
              <td className="figures cell-end">{words.count(wrong)}</td>
              <td className="cell-any">{pointWords({ note, findings })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Descriptions
        bordered
        size="small"
        column={2}
        items={facts.map(([key, text]) => ({
          key,
          label: t(`column.${key}`),
          children: <span className="figures">{text}</span>,
        }))}
      />
      {drill.approvedBy === null && own && <p className="muted">{t('drill.another-person')}</p>}
      <p className="muted backup-code">
        {t('drill.signature')} {drill.signature}
      </p>
      {approving && (
        <ReasonDialog
          title={t('drill.approve-title', { number: drill.number })}
          text={t('drill.approve-text')}
          label={t('column.conclusion')}
          doText={t('drill.approve')}
          busy={approve.busy}
          error={approve.error}
          onDo={(conclusion) => {
            approve.run(conclusion).catch((error: unknown) => console.warn('not approved', error))
          }}
          onCancel={() => setApproving(false)}
        />
      )}
    </Drawer>
  )
}
