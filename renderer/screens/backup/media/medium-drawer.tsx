import { Button, Descriptions, Drawer, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Medium } from '../../../../shared/contract/media.ts'
import { useMay } from '../../../state/session.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import type { OpenDialog } from '../backup-dialog.ts'
import { useBackupQuery } from '../backup-jobs.ts'
import { useBackupWords } from '../use-backup-words.ts'
import { eventsFor } from './medium-events.ts'

interface MediumDrawerProps {
  readonly mediumId: string
  readonly media: readonly Medium[]
  readonly open: OpenDialog
  readonly onClose: () => void
}

/** One medium: what it is, where it is, what happened to it, and what may be done with it. */
export function MediumDrawer({ mediumId, media, open, onClose }: MediumDrawerProps) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  const mayManage = useMay('backup.manage')
  const medium = media.find(({ id }) => id === mediumId)
  if (medium === undefined) return null
  const none = t('common:none')
  const facts = [
    ['set', words.set(medium.set)],
    ['state', t(`medium.state.${medium.state}`)],
    ['place', medium.place],
    ['secrecy', medium.secrecy || none],
    ['model', [medium.model, medium.serial].filter((part) => part !== '').join(' · ') || none],
    [
      'capacity',
      t('medium.free-of', { free: words.size(medium.freeBytes), all: words.size(medium.capacityBytes) }),
    ],
    ['folder', medium.folder],
    ['registered', words.time(medium.registeredAt)],
    [
      'last-seen',
      medium.present
        ? t('medium.present')
        : medium.lastSeenAt === null
          ? none
          : words.time(medium.lastSeenAt),
    ],
    ['last-backup', medium.lastBackupAt === null ? none : words.time(medium.lastBackupAt)],
    ['last-verified', medium.lastVerifiedAt === null ? none : words.time(medium.lastVerifiedAt)],
    ['inspection', `${words.day(medium.inspectionDueAt)} · ${words.until(medium.inspectionDueAt)}`],
    ['smart', medium.smart || t('medium.no-smart')],
    ['note', medium.note || none],
  ] as const
  return (
    <Drawer
      open
      onClose={onClose}
      size={720}
      title={t('medium.title', { number: medium.number })}
      extra={<Button onClick={() => open({ name: 'check', mediumId })}>{t('check.open')}</Button>}
    >
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
      {mayManage && (
        <div className="backup-tools">
          {eventsFor(medium).map((event) => (
            <Button
              key={event}
              danger={event === 'retired' || event === 'lost'}
              onClick={() => open({ name: 'note', medium, event })}
            >
              {t(`event.${event}`)}
            </Button>
          ))}
        </div>
      )}
      <h2 className="backup-part-head">{t('medium.history')}</h2>
      <MediumHistory mediumId={mediumId} />
    </Drawer>
  )
}

function MediumHistory({ mediumId }: { readonly mediumId: string }) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  const events = useBackupQuery('media.events', { mediumId })
  if (events.error !== undefined) return <ErrorNotice error={events.error} onRetry={events.reload} />
  if (events.data === undefined) return <Skeleton active paragraph={{ rows: 3 }} />
  return (
    <table className="plain-table">
      <thead>
        <tr>
          {['time', 'event', 'details', 'by'].map((column) => (
            <th key={column} scope="col">
              {t(`column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {events.data.map((row) => (
          <tr key={row.sequence}>
            <td className="figures cell-line">{words.time(row.at)}</td>
            <th scope="row">{t(`event.${row.event}`)}</th>
            <td className="cell-any">
              {[
                row.fromPlace !== '' && row.toPlace !== '' && row.fromPlace !== row.toPlace
                  ? `${row.fromPlace} → ${row.toPlace}`
                  : row.toPlace,
                row.counterpart,
                row.sampled === null
                  ? ''
                  : t('medium.sampled', { sampled: row.sampled, unreadable: row.unreadable ?? 0 }),
                row.smart,
                row.note,
              ]
                .filter((part) => part !== '')
                .join(' · ')}
            </td>
            <td>{row.by}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
