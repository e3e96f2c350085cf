import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCoreEvent, useQuery } from '../../../app/use-call.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import type { TabProps } from '../check-tabs.ts'
import { useIsOpen, useReconcileChanges } from '../use-checking.ts'
import { NoteLines } from './note-lines.tsx'
import { PlanDraft } from './plan-draft.tsx'
import { PlanView } from './plan-view.tsx'
import './settling.css'

const UNDER_WAY: ReadonlySet<string> = new Set(['prepared', 'requested', 'applied'])

/** 处理方案: what the judged differences ask for, before and after, made in one step and checked by another person. */
export function PlanTab({ volumeId, reconciliationId }: TabProps) {
  const { t } = useTranslation('settling')
  const plans = useQuery('settlements.list', { volumeId })
  const isOpen = useIsOpen(volumeId, reconciliationId)
  const [past, setPast] = useState(false)
  useReconcileChanges(volumeId, plans.reload)
  useCoreEvent('changed', ({ what }) => {
    if (what === 'approvals') plans.reload()
  })
  if (plans.error !== undefined && plans.data === undefined)
    return <ErrorNotice error={plans.error} onRetry={plans.reload} />
  if (plans.data === undefined) return <Skeleton active className="difference-wait" paragraph={{ rows: 6 }} />
  const current = plans.data.find(({ state }) => UNDER_WAY.has(state))
  const ended = plans.data.filter(({ state }) => !UNDER_WAY.has(state))
  return (
    <div className="plan-tab">
      {current !== undefined ? (
        <PlanView plan={current} onChanged={plans.reload} />
      ) : isOpen ? (
        <PlanDraft volumeId={volumeId} reconciliationId={reconciliationId} onPrepared={plans.reload} />
      ) : (
        <p className="muted">{t('plan.over')}</p>
      )}
      <NoteLines volumeId={volumeId} />
      {ended.length > 0 && (
        <section className="plan-ended">
          <Button size="small" type="link" onClick={() => setPast((before) => !before)} aria-expanded={past}>
            {t('plan.ended', { count: ended.length })}
          </Button>
          {past && ended.map((plan) => <PlanView key={plan.id} plan={plan} onChanged={plans.reload} />)}
        </section>
      )}
    </div>
  )
}
