import { DeleteOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  UNPLANNED_REASON_INFO,
  UNPLANNED_REASONS,
  type UnplannedReason,
} from '../../../../shared/domain/reconcile/plan-words.ts'
import { call } from '../../../app/client.ts'
import { useTerm } from '../../../app/terms.ts'
import { useAction, useQuery } from '../../../app/use-call.ts'
import { useMay } from '../../../state/session.ts'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { useReconcileChanges } from '../use-checking.ts'
import { PlanPicture } from './plan-picture.tsx'
import { type Step, usePlanWords } from './plan-words.ts'

const isUnplanned = (reason: string): reason is UnplannedReason =>
  UNPLANNED_REASONS.some((known) => known === reason)

interface PlanDraftProps {
  readonly volumeId: string
  readonly reconciliationId: string
  readonly onPrepared: () => void
}

/** The steps that the judged differences ask for: any can be left out; then the whole volume is shown as it would be. */
export function PlanDraft({ volumeId, reconciliationId, onPrepared }: PlanDraftProps) {
  const { t } = useTranslation('settling')
  const term = useTerm()
  const mayPrepare = useMay('difference.judge')
  const proposed = useQuery('settlements.propose', { volumeId, reconciliationId })
  useReconcileChanges(volumeId, proposed.reload)
  const words = usePlanWords(volumeId, reconciliationId)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const all = proposed.data?.steps
  const steps = useMemo(() => all?.filter((step) => !left.has(JSON.stringify(step))) ?? [], [all, left])
  const preview = useQuery(
    'settlements.preview',
    steps.length === 0 ? undefined : { volumeId, reconciliationId, steps: [...steps] },
  )
  // Steps that are proposed no longer are not remembered as left out.
  useEffect(() => {
    if (all === undefined) return
    const known = new Set(all.map((step) => JSON.stringify(step)))
    setLeft((before) => {
      const kept = [...before].filter((key) => known.has(key))
      return kept.length === before.size ? before : new Set(kept)
    })
  }, [all])
  const prepare = useAction(async (wanted: readonly Step[]) => {
    await call('settlements.prepare', { volumeId, reconciliationId, steps: [...wanted] })
    onPrepared()
  })
  if (proposed.error !== undefined && all === undefined)
    return <ErrorNotice error={proposed.error} onRetry={proposed.reload} />
  if (all === undefined) return <Skeleton active className="difference-wait" paragraph={{ rows: 6 }} />
  const unplanned = proposed.data?.unplanned ?? []
  if (all.length === 0 && unplanned.length === 0)
    return <EmptyState icon="⇄" title={t('plan.none-title')} text={t('plan.none-text')} />
  return (
    <section className="plan-draft" aria-label={t('plan.draft')}>
      <h3>{t('plan.steps', { count: steps.length })}</h3>
      <ol className="plan-steps">
        {steps.map((step) => (
          <li key={JSON.stringify(step)}>
            <span>{words.step(step)}</span>
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined aria-hidden="true" />}
              aria-label={t('plan.leave-out')}
              title={t('plan.leave-out')}
              onClick={() => setLeft((before) => new Set([...before, JSON.stringify(step)]))}
            />
          </li>
        ))}
      </ol>
      {left.size > 0 && (
        <Button size="small" type="link" onClick={() => setLeft(new Set())}>
          {t('plan.left-out', { count: left.size })}
        </Button>
      )}
      {unplanned.length > 0 && (
        <details className="plan-unplanned">
          <summary>{t('plan.unplanned', { count: unplanned.length })}</summary>
          <ul>
            {unplanned.map(({ differenceId, reason }) => (
              <li key={differenceId}>
                {words.difference(differenceId)}
                {t('step-part.colon')}
                {isUnplanned(reason) ? term(UNPLANNED_REASON_INFO[reason]) : reason}
              </li>
            ))}
          </ul>
        </details>
      )}
      <ErrorNotice error={preview.error} />
      {preview.data !== undefined && steps.length > 0 && <PlanPicture {...preview.data} />}
      <ErrorNotice error={prepare.error} />
      {steps.length > 0 &&
        (mayPrepare ? (
          <Button
            type="primary"
            loading={prepare.busy}
            disabled={preview.data === undefined || preview.error !== undefined}
            onClick={() => {
              prepare.run(steps).catch((error: unknown) => console.warn('not prepared', error))
            }}
          >
            {t('plan.prepare')}
          </Button>
        ) : (
          <p className="muted">{t('plan.not-yours')}</p>
        ))}
    </section>
  )
}
