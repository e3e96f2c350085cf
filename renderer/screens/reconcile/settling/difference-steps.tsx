import { useTranslation } from 'react-i18next'
import type { Difference } from '../use-checking.ts'
import { useMoment } from '../use-moment.ts'

/** Who did what with a difference, and when: 登记, 判定, 审批, 处理, 复核. */
export function DifferenceSteps({ difference }: { readonly difference: Difference }) {
  const { t } = useTranslation('settling')
  const moment = useMoment()
  const found = { by: difference.foundBy, at: difference.foundAt, note: '' }
  const steps = [
    ['found', found],
    ['judged', difference.judged],
    ['approved', difference.approved],
    ['handled', difference.handled],
    ['checked', difference.checked],
  ] as const
  return (
    <ol className="difference-steps">
      {steps.map(([step, done]) =>
        done === null ? null : (
          <li key={step}>
            <span className="difference-step">{t(`step.${step}`)}</span> {done.by}
            <time dateTime={done.at}>{moment(done.at)}</time>
            {done.note !== '' && <q>{done.note}</q>}
          </li>
        ),
      )}
      {difference.noted && <li>{t('step.noted')}</li>}
    </ol>
  )
}
