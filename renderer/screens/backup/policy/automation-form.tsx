import { App, InputNumber, Switch, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Automation } from '../../../../shared/contract/backup.ts'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { useMay, useSession, useSignedIn } from '../../../state/session.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { useBackupQuery } from '../backup-jobs.ts'
import './automation.css'

/** 自动备份: when backups that are due run by themselves, and the command line for the system's scheduler. */
export function AutomationPart() {
  const { t } = useTranslation('backup')
  const automation = useBackupQuery('backup.automation', {})
  return (
    <section aria-label={t('automation.title')}>
      <h2 className="backup-part-head">{t('automation.title')}</h2>
      <p className="muted">{t('automation.text')}</p>
      <ErrorNotice error={automation.error} onRetry={automation.reload} />
      {automation.data !== undefined && (
        <AutomationForm
          key={automation.data.idleMinutes}
          automation={automation.data}
          onSet={automation.reload}
        />
      )}
      <SchedulerLine />
    </section>
  )
}

interface AutomationFormProps {
  readonly automation: Automation
  readonly onSet: () => void
}

function AutomationForm({ automation, onSet }: AutomationFormProps) {
  const { t } = useTranslation('backup')
  const { message } = App.useApp()
  const mayManage = useMay('backup.manage')
  const [minutes, setMinutes] = useState<number | null>(automation.idleMinutes)
  const set = useAction(async (change: Partial<Automation>) => {
    await call('backup.setAutomation', { ...automation, ...change })
    void message.success(t('automation.saved'))
    onSet()
  })
  const run = (change: Partial<Automation>) => {
    set.run(change).catch((error: unknown) => console.warn('not set', error))
  }
  const keepMinutes = () => {
    if (minutes !== null && minutes !== automation.idleMinutes) run({ idleMinutes: minutes })
  }
  return (
    <ul className="backup-automation">
      <li>
        <Switch
          size="small"
          checked={automation.idle}
          disabled={!mayManage}
          loading={set.busy}
          aria-label={t('automation.idle')}
          onChange={(idle) => run({ idle })}
        />
        <span>
          {t('automation.idle')}
          <span className="muted backup-automation-text">{t('automation.idle-text')}</span>
        </span>
        <span className="backup-row-buttons">
          <InputNumber
            aria-label={t('automation.minutes-label')}
            min={1}
            max={240}
            precision={0}
            value={minutes}
            disabled={!mayManage || !automation.idle}
            style={{ width: 72 }}
            onChange={setMinutes}
            onBlur={keepMinutes}
            onPressEnter={keepMinutes}
          />
          {t('automation.minutes')}
        </span>
      </li>
      <li>
        <Switch
          size="small"
          checked={automation.signOut}
          disabled={!mayManage}
          loading={set.busy}
          aria-label={t('automation.sign-out')}
          onChange={(signOut) => run({ signOut })}
        />
        <span>
          {t('automation.sign-out')}
          <span className="muted backup-automation-text">{t('automation.sign-out-text')}</span>
        </span>
      </li>
      <ErrorNotice error={set.error} />
    </ul>
  )
}

/** The words to copy into cron, systemd or the Windows task scheduler. */
function SchedulerLine() {
  const { t } = useTranslation('backup')
  const { accountName } = useSignedIn()
  const folder = useSession((store) => store.vaultFolder) ?? t('automation.folder')
  const line = `npm run juanku -- backup due --run --vault "${folder}" --user "${accountName}" --password-fd 0`
  return (
    <div className="backup-scheduler">
      <p>{t('automation.scheduler')}</p>
      <Typography.Paragraph code copyable={{ text: line }} className="backup-command">
        {line}
      </Typography.Paragraph>
      <p className="muted">{t('automation.scheduler-text')}</p>
    </div>
  )
}
