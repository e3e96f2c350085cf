import { HddOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Medium } from '../../../../shared/contract/media.ts'
import { isWritable } from '../../../../shared/domain/backup/due-backup.ts'
import { useMay } from '../../../state/session.ts'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import type { OpenDialog } from '../backup-dialog.ts'
import { useBackupQuery } from '../backup-jobs.ts'
import { BackupTable } from '../backup-table.tsx'
import { RegisterFileButtons } from '../register-file-buttons.tsx'
import { StandingMark } from '../standing-mark.tsx'
import { useBackupWords } from '../use-backup-words.ts'
import { eventsFor } from './medium-events.ts'

const COLUMNS = [
  'number',
  'set',
  'model',
  'capacity',
  'secrecy',
  'place',
  'state',
  'last-seen',
  'last-verified',
  'inspection',
]

interface MediaPageProps {
  readonly open: OpenDialog
}

/** 载体台账. */
export function MediaPage({ open }: MediaPageProps) {
  const { t } = useTranslation('backup')
  const mayManage = useMay('backup.manage')
  const media = useBackupQuery('media.list', {})
  if (media.error !== undefined) return <ErrorNotice error={media.error} onRetry={media.reload} />
  if (media.data === undefined) return <Skeleton active paragraph={{ rows: 6 }} />
  const register = mayManage && (
    <Button
      type="primary"
      icon={<PlusOutlined aria-hidden="true" />}
      onClick={() => open({ name: 'register-medium' })}
    >
      {t('do.register')}
    </Button>
  )
  if (media.data.length === 0) {
    return (
      <EmptyState
        icon={<HddOutlined aria-hidden="true" />}
        title={t('empty.media.title')}
        text={t('empty.media.text')}
      >
        {register}
      </EmptyState>
    )
  }
  return (
    <div className="backup-page">
      <div className="backup-tools">
        {register}
        <RegisterFileButtons register="media" named />
        <RegisterFileButtons register="media-events" named formats={['pdf']} />
        <RegisterFileButtons register="inspections" named formats={['pdf']} />
        <RegisterFileButtons register="migrations" named formats={['pdf']} />
      </div>
      <BackupTable columns={[...COLUMNS, 'do']}>
        {media.data.map((medium) => (
          <MediumRow key={medium.id} medium={medium} open={open} />
        ))}
      </BackupTable>
    </div>
  )
}

function MediumRow({ medium, open }: { readonly medium: Medium; readonly open: OpenDialog }) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  const mayRun = useMay('backup.run')
  const mayManage = useMay('backup.manage')
  const inspectionLate = new Date(medium.inspectionDueAt).getTime() < Date.now()
  const mediumId = medium.id
  const more = [
    { key: 'check', label: t('check.open') },
    ...(mayManage && medium.present ? [{ key: 'prune', label: t('do.prune') }] : []),
    ...(mayManage ? eventsFor(medium).map((event) => ({ key: event, label: t(`event.${event}`) })) : []),
  ]
  return (
    <tr data-state={medium.state}>
      <th scope="row">
        <Button type="link" onClick={() => open({ name: 'medium', mediumId })}>
          {medium.number}
        </Button>
      </th>
      <td className="cell-line">{words.set(medium.set)}</td>
      <td className="cell-any">
        {medium.model}
        <div className="muted figures">{medium.serial}</div>
      </td>
      <td className="figures cell-line">
        {words.size(medium.capacityBytes)}
        {medium.freeBytes !== null && (
          <div className="muted">{t('medium.free', { size: words.size(medium.freeBytes) })}</div>
        )}
      </td>
      <td>{medium.secrecy}</td>
      <td className="cell-any">{medium.place}</td>
      <td className="cell-line">{t(`medium.state.${medium.state}`)}</td>
      <td className="figures cell-line">
        {medium.present ? (
          <span className="backup-present">{t('medium.present')}</span>
        ) : (
          words.ago(medium.lastSeenAt)
        )}
      </td>
      <td className="figures cell-line">{words.ago(medium.lastVerifiedAt)}</td>
      <td className="figures cell-line">
        {inspectionLate && <StandingMark standing="care" />} {words.day(medium.inspectionDueAt)}
      </td>
      <td>
        <span className="backup-row-buttons">
          {mayRun && isWritable(medium) && (
            <Button size="small" onClick={() => open({ name: 'run', mediumId })}>
              {t('do.run-short')}
            </Button>
          )}
          {mayRun && medium.present && (
            <Button size="small" onClick={() => open({ name: 'verify', mediumId })}>
              {t('do.verify-short')}
            </Button>
          )}
          <Dropdown
            trigger={['click']}
            menu={{
              items: more,
              onClick: ({ key }) => {
                if (key === 'check') open({ name: 'check', mediumId })
                else if (key === 'prune') open({ name: 'prune', mediumId })
                else {
                  const event = eventsFor(medium).find((known) => known === key)
                  if (event !== undefined) open({ name: 'note', medium, event })
                }
              },
            }}
          >
            <Button size="small" aria-label={t('do.more-named', { number: medium.number })}>
              {t('do.more')}
            </Button>
          </Dropdown>
        </span>
      </td>
    </tr>
  )
}
