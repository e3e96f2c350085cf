import { CheckOutlined, ClockCircleOutlined, CloseOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { type ApprovalRow, timeWords } from './approval-words.ts'

const STEPS = ['requested', 'decided', 'executed', 'checked'] as const
const NO_AT: Readonly<Record<string, (typeof STEPS)[number]>> = {
  refused: 'decided',
  'rejected-by-check': 'checked',
}

/** Who did what when: 申请, 审批, 执行, 复核. */
export function ApprovalSteps({ approval }: { readonly approval: ApprovalRow }) {
  const { t } = useTranslation('approvals')
  return (
    <ol className="approval-steps" aria-label={t('steps.label')}>
      {STEPS.map((name) => {
        const step = approval[name]
        const said = NO_AT[approval.state] === name ? 'no' : step === null ? 'waiting' : 'done'
        return (
          <li key={name} data-step={said}>
            <strong>
              {said === 'no' ? (
                <CloseOutlined aria-hidden="true" />
              ) : said === 'done' ? (
                <CheckOutlined aria-hidden="true" />
              ) : (
                <ClockCircleOutlined aria-hidden="true" />
              )}{' '}
              {t(`steps.${name}`)}
            </strong>
            {step === null ? (
              <span className="muted">{t('steps.none')}</span>
            ) : (
              <>
                <span>{step.name}</span>
                <span className="muted figures">{timeWords(step.at)}</span>
                {step.note !== '' && <q>{step.note}</q>}
              </>
            )}
          </li>
        )
      })}
    </ol>
  )
}
