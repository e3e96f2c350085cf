import { Button, Popconfirm } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { useMoment } from './use-moment.ts'

interface ScanListProps {
  readonly scans: OutputOf<'reconcile.sides'>['scans']
  readonly volumeId: string
  readonly reconciliationId: string
  readonly onRemoved: () => void
}

/** The scans of the paper that this checking has already; one that went wrong is taken out here. */
export function ScanList({ scans, volumeId, reconciliationId, onRemoved }: ScanListProps) {
  const { t } = useTranslation('reconcile')
  const moment = useMoment()
  const remove = useAction(async (scanId: string) => {
    await call('reconcile.removeScan', { volumeId, reconciliationId, scanId })
    onRemoved()
  })
  return (
    <section aria-label={t('scans.title')}>
      <h3 className="rescan-scans-title">{t('scans.title')}</h3>
      <ul className="rescan-paths">
        {scans.map((scan) => (
          <li key={scan.id}>
            <span>
              {scan.name}{' '}
              <span className="muted figures">
                {t('scans.facts', { count: scan.pages, by: scan.by, at: moment(scan.at) })}
                {scan.part && ` · ${t('scans.part')}`}
                {scan.duplex && ` · ${t('scans.duplex')}`}
              </span>
            </span>
            <Popconfirm
              title={t('scans.remove-title')}
              description={t('scans.remove-text')}
              okText={t('scans.remove')}
              onConfirm={() => remove.run(scan.id)}
            >
              <Button size="small" danger disabled={remove.busy}>
                {t('scans.remove')}
              </Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
      <ErrorNotice error={remove.error} />
    </section>
  )
}
