import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Duty } from '../../../../shared/contract/backup.ts'
import type { Medium } from '../../../../shared/contract/media.ts'
import { isWritable } from '../../../../shared/domain/backup/due-backup.ts'
import { useMay } from '../../../state/session.ts'
import type { BackupDialog, OpenDialog } from '../backup-dialog.ts'
import { DutyTag } from '../duty-tag.tsx'
import { useBackupWords } from '../use-backup-words.ts'

/** What is done to settle a duty; undefined: it is done away from the screen, or by a medium's register. */
function dialogOf(kind: Duty['kind'], media: readonly Medium[]): BackupDialog | undefined {
  switch (kind) {
    case 'incremental':
    case 'full':
      return { name: 'run', kind }
    case 'offline-set':
      return runOf('A', media)
    case 'off-site':
      return runOf('B', media)
    case 'sample':
      return { name: 'verify', depth: 'sample' }
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

/** To a medium of the set, plugged in or to be fetched; where there is none it is registered first. */
function runOf(set: Medium['set'], media: readonly Medium[]): BackupDialog {
  const own = media.filter((medium) => medium.set === set && !['retired', 'lost'].includes(medium.state))
  const medium = own.find(isWritable) ?? own[0]
  return medium === undefined
    ? { name: 'register-medium', set }
    : { name: 'run', mediumId: medium.id, kind: 'full' }
}

interface DutyLinesProps {
  readonly media: readonly Medium[]
  readonly duties: readonly Duty[]
  readonly open: OpenDialog
}

/** The regular duties, each with how it stands and the button that settles it. */
export function DutyLines({ duties, media, open }: DutyLinesProps) {
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
              const dialog = dialogOf(duty.kind, media)
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
