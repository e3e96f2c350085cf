import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ATTACHED_HANDLINGS } from '../../../../shared/domain/reconcile/handling.ts'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { ReasonDialog } from '../../../widgets/reason-dialog.tsx'
import type { Difference } from '../use-checking.ts'

type Choice = 'dismiss' | 'explain' | 'accept' | 'reject' | 'reopen'

const CHOICES: Readonly<Record<Exclude<Difference['may'][number], 'judge' | 'attach'>, readonly Choice[]>> = {
  dismiss: ['dismiss'],
  explain: ['explain'],
  check: ['accept', 'reject'],
  reopen: ['reopen'],
}

async function send({ id, volumeId }: Difference, choice: Choice, words: string): Promise<void> {
  const one = { volumeId, differenceId: id }
  switch (choice) {
    case 'dismiss':
      await call('differences.dismiss', { ...one, reason: words })
      return
    case 'explain':
      await call('differences.explain', { ...one, explanation: words })
      return
    case 'accept':
    case 'reject':
      await call('differences.check', { ...one, ok: choice === 'accept', note: words })
      return
    case 'reopen':
      await call('differences.reopen', { ...one, reason: words })
      return
  }
}

const lacksAttachment = ({ state, handling, attachments }: Difference) =>
  state === 'handled' && handling !== null && ATTACHED_HANDLINGS.has(handling) && attachments.length === 0

/** What may be done beside judging; where nothing may be, who is waited for. */
export function DifferenceActions({
  difference,
  onDone,
}: {
  readonly difference: Difference
  readonly onDone: () => void
}) {
  const { t } = useTranslation('settling')
  const [choice, setChoice] = useState<Choice>()
  const act = useAction(async (chosen: Choice, words: string) => {
    await send(difference, chosen, words)
    setChoice(undefined)
    onDone()
  })
  const choices = difference.may.flatMap((action) =>
    action === 'judge' || action === 'attach' ? [] : CHOICES[action],
  )
  const waits =
    difference.may.some((action) => action !== 'attach') ||
    (difference.state === 'dismissed' && difference.checked !== null)
      ? null
      : difference.planId !== null && difference.state !== 'closed'
        ? t('waits.plan')
        : t(`waits.${lacksAttachment(difference) ? 'attachment' : difference.state}`)
  return (
    <div className="difference-actions">
      {choices.map((chosen) => (
        <Button
          key={chosen}
          size="small"
          type={chosen === 'accept' ? 'primary' : 'default'}
          danger={chosen === 'reject'}
          onClick={() => {
            act.clearError()
            setChoice(chosen)
          }}
        >
          {t(`do.${chosen}`)}
        </Button>
      ))}
      {waits !== null && <p className="muted">{waits}</p>}
      {choice === undefined && <ErrorNotice error={act.error} />}
      {choice !== undefined && (
        <ReasonDialog
          title={t(`do.${choice}`)}
          text={t(`ask.${choice}`)}
          label={t(choice === 'accept' ? 'note' : 'reason')}
          doText={t(`do.${choice}`)}
          required={choice !== 'accept'}
          busy={act.busy}
          error={act.error}
          onDo={(words) => {
            act.run(choice, words).catch((error: unknown) => console.warn('step not taken', error))
          }}
          onCancel={() => {
            act.clearError()
            setChoice(undefined)
          }}
        />
      )}
    </div>
  )
}
