import { Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Medium } from '../../../../shared/contract/media.ts'
import type { MediumSet } from '../../../../shared/domain/backup/medium.ts'
import { useMay } from '../../../state/session.ts'
import type { OpenDialog } from '../backup-dialog.ts'
import { StandingMark } from '../standing-mark.tsx'
import { useBackupWords } from '../use-backup-words.ts'

interface SetCardProps {
  readonly set: MediumSet
  readonly media: readonly Medium[]
  readonly open: OpenDialog
}

/** One of the three sets: its media, where they are, and how they are. */
export function SetCard({ set, media, open }: SetCardProps) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  const mayManage = useMay('backup.manage')
  const own = media.filter((medium) => medium.set === set && !['retired', 'lost'].includes(medium.state))
  return (
    <article className="backup-set" aria-label={words.set(set)}>
      <h2>
        {words.set(set)} <span className="muted">{t(`set-text.${set}`)}</span>
      </h2>
      {own.length === 0 ? (
        <p className="backup-set-none">
          <StandingMark standing="care" /> {t('overview.no-medium')}{' '}
          {mayManage && (
            <Button type="link" size="small" onClick={() => open({ name: 'register-medium', set })}>
              {t('do.register')}
            </Button>
          )}
        </p>
      ) : (
        <ul>
          {own.map((medium) => (
            <li key={medium.id}>
              <MediumLine medium={medium} open={open} />
            </li>
          ))}
        </ul>
      )}
    </article>
  )
}

function MediumLine({ medium, open }: { readonly medium: Medium; readonly open: OpenDialog }) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  const { capacityBytes, freeBytes } = medium
  const used =
    capacityBytes === null || freeBytes === null || capacityBytes === 0
      ? null
      : Math.round((1 - freeBytes / capacityBytes) * 100)
  const inspectionLate = new Date(medium.inspectionDueAt).getTime() < Date.now()
  return (
    <>
      <p className="backup-medium-head">
        <Button type="link" onClick={() => open({ name: 'medium', mediumId: medium.id })}>
          {medium.number}
        </Button>
        <span className={medium.present ? 'backup-present' : 'muted'}>
          {medium.present ? t('medium.present') : t('medium.seen', { ago: words.ago(medium.lastSeenAt) })}
        </span>
        {medium.state !== 'in-use' && <span>{t(`medium.state.${medium.state}`)}</span>}
      </p>
      <dl>
        <dt>{t('column.place')}</dt>
        <dd>{medium.place}</dd>
        <dt>{t('column.last-backup')}</dt>
        <dd className="figures">{words.ago(medium.lastBackupAt)}</dd>
        <dt>{t('column.last-verified')}</dt>
        <dd className="figures">{words.ago(medium.lastVerifiedAt)}</dd>
        <dt>{t('column.inspection')}</dt>
        <dd className="figures">
          {inspectionLate && <StandingMark standing="care" />} {words.day(medium.inspectionDueAt)}
        </dd>
      </dl>
      {used !== null && (
        <Progress
          percent={used}
          size="small"
          showInfo={false}
          status={used > 90 ? 'exception' : 'normal'}
          aria-label={t('medium.used', { percent: used })}
        />
      )}
      {freeBytes !== null && (
        <p className="figures muted">
          {t('medium.free-of', { free: words.size(freeBytes), all: words.size(capacityBytes) })}
        </p>
      )}
    </>
  )
}
