import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { ReasonDialog } from '../../../widgets/reason-dialog.tsx'
import type { Plan } from './plan-words.ts'

type Choice = 'request' | 'apply' | 'accept' | 'reject' | 'undo' | 'drop'

const CHOICES: Readonly<Record<Plan['may'][number], readonly Choice[]>> = {
  // Another plan is prepared in place of one that is dropped.
  change: [],
  request: ['request'],
  apply: ['apply'],
  check: ['accept', 'reject'],
  undo: ['undo'],
  drop: ['drop'],
}
const AT_ONCE: ReadonlySet<Choice> = new Set(['apply', 'drop'])
const MAIN: ReadonlySet<Choice> = new Set(['request', 'apply', 'accept'])
const NO_WORDS: ReadonlySet<Choice> = new Set(['accept'])

async function send(plan: Plan, choice: Choice, words: string): Promise<void> {
  const one = { volumeId: plan.volumeId, planId: plan.id }
  switch (choice) {
    case 'request':
      await call('approvals.request', { method: 'settlements.apply', input: one, reason: words })
      return
    case 'apply':
      // After 归档 the approved request is carried out; the plan goes with it.
      if (plan.needsApproval && plan.approvalId !== null)
        await call('approvals.execute', { id: plan.approvalId })
      else await call('settlements.apply', one)
      return
    case 'accept':
    case 'reject':
      await call('settlements.check', { ...one, ok: choice === 'accept', note: words })
      return
    case 'undo':
      await call('settlements.undo', { ...one, reason: words })
      return
    case 'drop':
      await call('settlements.drop', one)
      return
  }
}

/** The next steps of a plan that this person may take; where none, who is waited for. */
export function PlanActions({ plan, onDone }: { readonly plan: Plan; readonly onDone: () => void }) {
  const { t } = useTranslation('settling')
  const [choice, setChoice] = useState<Choice>()
  const act = useAction(async (chosen: Choice, words: string) => {
    await send(plan, chosen, words)
    setChoice(undefined)
    onDone()
  })
  const run = (chosen: Choice, words: string) => {
    act.run(chosen, words).catch((error: unknown) => console.warn('step not taken', error))
  }
  const choices = plan.may.flatMap((action) => CHOICES[action])
  const waits = plan.state === 'prepared' && plan.needsApproval ? 'needs-request' : plan.state
  return (
    <div className="difference-actions">
      {choices.map((chosen) => (
        <Button
          key={chosen}
          type={MAIN.has(chosen) ? 'primary' : 'default'}
          danger={chosen === 'reject'}
          loading={act.busy && AT_ONCE.has(chosen)}
          onClick={() => {
            act.clearError()
            if (AT_ONCE.has(chosen)) run(chosen, '')
            else setChoice(chosen)
          }}
        >
          {t(`plan-do.${chosen}`)}
        </Button>
      ))}
      {(choices.length === 0 || (plan.state === 'applied' && !plan.may.includes('check'))) && (
        <p className="muted">{t(`plan-waits.${waits}`)}</p>
      )}
      {choice === undefined && <ErrorNotice error={act.error} />}
      {choice !== undefined && (
        <ReasonDialog
          title={t(`plan-do.${choice}`)}
          text={t(`plan-ask.${choice}`)}
          label={t(NO_WORDS.has(choice) ? 'note' : 'reason')}
          doText={t(`plan-do.${choice}`)}
          required={!NO_WORDS.has(choice)}
          busy={act.busy}
          error={act.error}
          onDo={(words) => run(choice, words)}
          onCancel={() => {
            act.clearError()
            setChoice(undefined)
          }}
        />
      )}
    </div>
  )
}
