import { Button, Progress } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventOf } from '../../../../shared/contract/index.ts'
import { call } from '../../../app/client.ts'
import { useAction, useCoreEvent } from '../../../app/use-call.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'

/** How far the making, writing or checking of a report has come, with a way to stop it. */
export function ProofProgress({ volumeId }: { readonly volumeId: string }) {
  const { t } = useTranslation('proofs')
  const [at, setAt] = useState<EventOf<'proof'>>()
  useCoreEvent('proof', (event) => {
    if (event.volumeId === volumeId) setAt(event)
  })
  const stop = useAction(() => call('proofs.stop', { volumeId }))
  return (
    <div className="report-progress" data-testid="proof-progress">
      <span className="figures" aria-live="polite">
        {at === undefined ? t('phase.begin') : t(`phase.${at.phase}`, { done: at.done, total: at.total })}
      </span>
      <Progress
        className="report-progress-bar"
        size="small"
        status="active"
        percent={at === undefined || at.total === 0 ? 0 : Math.floor((100 * at.done) / at.total)}
        aria-label={t('phase.label')}
      />
      <Button
        size="small"
        danger
        loading={stop.busy}
        onClick={() => {
          stop.run().catch((thrown: unknown) => console.warn('not stopped', thrown))
        }}
      >
        {t('stop')}
      </Button>
      <ErrorNotice error={stop.error} />
    </div>
  )
}
