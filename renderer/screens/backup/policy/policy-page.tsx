import { App, Button, InputNumber, Skeleton, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Duty } from '../../../../shared/contract/backup.ts'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { useMay } from '../../../state/session.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import type { OpenDialog } from '../backup-dialog.ts'
import { useBackupQuery } from '../backup-jobs.ts'
import { BackupTable } from '../backup-table.tsx'
import { DutyTag } from '../duty-tag.tsx'
import { RegisterFileButtons } from '../register-file-buttons.tsx'
import { useBackupWords } from '../use-backup-words.ts'
import { AutomationPart } from './automation-form.tsx'

const COLUMNS = ['duty', 'about', 'every', 'active', 'last', 'due', 'standing']

interface PolicyPageProps {
  readonly open: OpenDialog
}

/** 备份策略: the regular duties, how often each is owed, and how long backups are kept. */
export function PolicyPage({ open }: PolicyPageProps) {
  const { t } = useTranslation('backup')
  const duties = useBackupQuery('duties.list', {})
  const retention = useBackupQuery('backup.retention', {})
  const mayManage = useMay('backup.manage')
  if (duties.error !== undefined) return <ErrorNotice error={duties.error} onRetry={duties.reload} />
  if (duties.data === undefined) return <Skeleton active paragraph={{ rows: 8 }} />
  return (
    <div className="backup-page">
      <div className="backup-tools">
        <RegisterFileButtons register="policy" />
      </div>
      <p className="muted">{t('policy.text')}</p>
      <BackupTable columns={COLUMNS}>
        {duties.data.map((duty) => (
          <DutyRow
            key={`${duty.kind} ${duty.everyDays} ${duty.state === 'off'}`}
            duty={duty}
            onSet={duties.reload}
          />
        ))}
      </BackupTable>
      <h2 className="backup-part-head">{t('policy.retention')}</h2>
      <p>
        {retention.data !== undefined &&
          (['daily', 'weekly', 'monthly', 'yearly'] as const)
            .map((period) => `${t(`retention.${period}`)} ${retention.data?.[period]}`)
            .join(' · ')}{' '}
        {mayManage && (
          <Button size="small" onClick={() => open({ name: 'prune' })}>
            {t('do.retention')}
          </Button>
        )}
      </p>
      <AutomationPart />
    </div>
  )
}

interface DutyRowProps {
  readonly duty: Duty
  readonly onSet: () => void
}

function DutyRow({ duty, onSet }: DutyRowProps) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  const { message } = App.useApp()
  const mayManage = useMay('backup.manage')
  const name = t(`duty.${duty.kind}`)
  const [days, setDays] = useState<number | null>(duty.everyDays)
  const set = useAction(async (everyDays: number, active: boolean) => {
    await call('duties.set', { kind: duty.kind, everyDays, active })
    void message.success(t('policy.saved', { duty: name }))
    onSet()
  })
  const active = duty.state !== 'off'
  const run = (everyDays: number, on: boolean) => {
    set.run(everyDays, on).catch((error: unknown) => console.warn('not set', error))
  }
  const changed = days !== null && days !== duty.everyDays
  return (
    <tr>
      <th scope="row" className="cell-line">
        {name}
      </th>
      <td className="cell-any">{t(`duty-text.${duty.kind}`)}</td>
      <td className="cell-line figures">
        {mayManage ? (
          <span className="backup-row-buttons">
            <InputNumber
              aria-label={t('policy.every', { duty: name })}
              min={1}
              max={3660}
              precision={0}
              value={days}
              disabled={!active}
              style={{ width: 64 }}
              onChange={setDays}
              onPressEnter={() => {
                if (changed) run(days, active)
              }}
            />
            {t('policy.days')}
            {changed && (
              <Button size="small" type="primary" loading={set.busy} onClick={() => run(days, active)}>
                {t('common:save')}
              </Button>
            )}
          </span>
        ) : (
          t('policy.every-days', { days: duty.everyDays })
        )}
        <ErrorNotice error={set.error} />
      </td>
      <td>
        <Switch
          size="small"
          checked={active}
          disabled={!mayManage}
          loading={set.busy}
          aria-label={t('policy.active', { duty: name })}
          onChange={(on) => run(duty.everyDays, on)}
        />
      </td>
      <td className="figures cell-line">{duty.lastAt === null ? t('ago.never') : words.day(duty.lastAt)}</td>
      <td className="figures cell-line">{duty.dueAt === null ? '' : words.day(duty.dueAt)}</td>
      <td>
        <DutyTag state={duty.state} />
      </td>
    </tr>
  )
}
