import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMoment } from '../use-moment.ts'
import { PlanActions } from './plan-actions.tsx'
import { PlanPicture } from './plan-picture.tsx'
import { type Plan, usePlanWords } from './plan-words.ts'

/** A plan as it was prepared: its course, its steps, the volume before and after. */
export function PlanView({ plan, onChanged }: { readonly plan: Plan; readonly onChanged: () => void }) {
  const { t } = useTranslation('settling')
  const moment = useMoment()
  const words = usePlanWords(plan.volumeId, plan.reconciliationId, plan.before)
  const course = [
    ['prepared', plan.prepared],
    ['applied', plan.applied],
    ['checked', plan.checked],
    ['undone', plan.undone],
  ] as const
  return (
    <section className="plan-view" aria-label={t(`plan-state.${plan.state}`)}>
      <header>
        <h3>{t('plan.steps', { count: plan.steps.length })}</h3>
        <Tag>{t(`plan-state.${plan.state}`)}</Tag>
      </header>
      <ol className="difference-steps">
        {course.map(([step, done]) =>
          done === null ? null : (
            <li key={step}>
              <span className="difference-step">{t(`course.${step}`)}</span> {done.by}
              <time dateTime={done.at}>{moment(done.at)}</time>
              {done.note !== '' && <q>{done.note}</q>}
            </li>
          ),
        )}
      </ol>
      <PlanActions plan={plan} onDone={onChanged} />
      <details className="plan-unplanned" open={plan.steps.length <= 12}>
        <summary>{t('plan.what')}</summary>
        <ol className="plan-steps">
          {plan.steps.map((step) => (
            <li key={JSON.stringify(step)}>{words.step(step)}</li>
          ))}
        </ol>
      </details>
      <PlanPicture {...plan} />
    </section>
  )
}
