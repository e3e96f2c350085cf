import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Duty } from '../../../../shared/contract/backup.ts'
import { useMay } from '../../../state/session.ts'
import type { BackupDialog, OpenDialog } from '../backup-dialog.ts'
import { DutyTag } from '../duty-tag.tsx'
import { useBackupWords } from '../use-backup-words.ts'

/** What is done to settle a duty; undefined: it is done away from the screen, or by a medium's register. */
function dialogOf(kind: Duty['kind']): BackupDialog | undefined {
  switch (kind) {
    case 'incremental':
    case 'full':
      return { name: 'run', kind }
    case 'offline-set':
    case 'off-site':
      return { name: 'run', kind: 'full' }
    case 'sample':
    case 'rehash':
      return { name: 'verify', depth: 'full' }
    case 'drill':
      return { name: 'drill' }
    case 'full-drill':
      return { name: 'drill', all: true }
    case 'inspection':
      return undefined
  }
}

interface DutyLinesProps {
  readonly duties: readonly Duty[]
  readonly open: OpenDialog
}

/** The regular duties, each with how it stands and the button that settles it. */
export function DutyLines({ duties, open }: DutyLinesProps) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  const mayRun = useMay('backup.run')
  return (
    <section className="backup-part" aria-label={t('overview.duties')}>
      <h2>{t('overview.duties')}</h2>
      <table className="plain-table">
        <thead>
          <tr>
            {['duty', 'last', 'due', 'standing'].map((column) => (
              <th key={column} scope="col">
                {t(`column.${column}`)}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{t('column.do')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {duties
            .filter(({ state }) => state !== 'off')
            .map((duty) => {
              const dialog = dialogOf(duty.kind)
              return (
                <tr key={duty.kind}>
                  <th scope="row">{t(`duty.${duty.kind}`)}</th>
                  <td className="figures cell-line">{words.ago(duty.lastAt)}</td>
                  <td className="figures cell-line">{words.until(duty.dueAt)}</td>
                  <td>
                    <DutyTag state={duty.state} />
                  </td>
                  <td className="cell-end">
                    {mayRun && dialog !== undefined && duty.state !== 'done' && (
                      <Button
                        size="small"
                        aria-label={t('duty-do-named', { duty: t(`duty.${duty.kind}`) })}
                        onClick={() => open(dialog)}
                      >
                        {t('duty-do')}
                      </Button>
                    )}
                  </td>
                </tr>
              )
            })}
        </tbody>
      </table>
    </section>
  )
}
