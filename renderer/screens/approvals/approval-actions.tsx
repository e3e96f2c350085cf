import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { ReasonDialog } from '../../widgets/reason-dialog.tsx'
import type { ApprovalRow } from './approval-words.ts'

type Choice = 'approve' | 'refuse' | 'execute' | 'accept' | 'reject' | 'withdraw'

const CHOICES: Readonly<Record<ApprovalRow['may'][number], readonly Choice[]>> = {
  decide: ['approve', 'refuse'],
  execute: ['execute'],
  check: ['accept', 'reject'],
  withdraw: ['withdraw'],
}
/** A no says why: the next person acts on it. */
const NEEDS_NOTE: ReadonlySet<Choice> = new Set(['refuse', 'reject'])
const MAIN: ReadonlySet<Choice> = new Set(['approve', 'execute', 'accept'])

async function send(id: string, choice: Choice, note: string): Promise<void> {
  switch (choice) {
    case 'approve':
    case 'refuse':
      await call('approvals.decide', { id, approve: choice === 'approve', note })
      return
    case 'execute':
      await call('approvals.execute', { id })
      return
    case 'accept':
    case 'reject':
      await call('approvals.check', { id, ok: choice === 'accept', note })
      return
    case 'withdraw':
      await call('approvals.withdraw', { id, note })
      return
  }
}

interface ApprovalActionsProps {
  readonly approval: ApprovalRow
  readonly onDone: (choice: Choice) => void
}

/** What the person may do with the request now, and why not where a person would look for a button. */
export function ApprovalActions({ approval, onDone }: ApprovalActionsProps) {
  const { t } = useTranslation('approvals')
  const [choice, setChoice] = useState<Choice>()
  const act = useAction(async (chosen: Choice, note: string) => {
    await send(approval.id, chosen, note)
    setChoice(undefined)
    onDone(chosen)
  })
  const run = (chosen: Choice, note: string) => {
    act.run(chosen, note).catch((error: unknown) => console.warn('step not taken', error))
  }
  const choices = approval.may.flatMap((action) => CHOICES[action])
  return (
    <div className="approval-actions">
      {choices.length === 0 && <p className="muted">{t(`waits.${approval.state}`)}</p>}
      {choices.map((chosen) => (
        <Button
          key={chosen}
          type={MAIN.has(chosen) ? 'primary' : 'default'}
          danger={NEEDS_NOTE.has(chosen)}
          loading={act.busy && chosen === 'execute'}
          onClick={() => {
            act.clearError()
            if (chosen === 'execute') run(chosen, '')
            else setChoice(chosen)
          }}
        >
          {t(`do.${chosen}`)}
        </Button>
      ))}
      {choice === undefined && <ErrorNotice error={act.error} />}
      {choice !== undefined && (
        <ReasonDialog
          title={t(`do.${choice}`)}
          text={t(`ask.${choice}`)}
          label={t(NEEDS_NOTE.has(choice) ? 'note-needed' : 'note')}
          doText={t(`do.${choice}`)}
          required={NEEDS_NOTE.has(choice)}
          busy={act.busy}
          error={act.error}
          onDo={(note) => run(choice, note)}
          onCancel={() => {
            act.clearError()
            setChoice(undefined)
          }}
        />
      )}
    </div>
  )
}
