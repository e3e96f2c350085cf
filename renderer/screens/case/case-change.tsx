import { App } from 'antd'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InputOf } from '../../../shared/contract/index.ts'
import type { Permission } from '../../../shared/domain/permission.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { useSignedIn } from '../../state/session.ts'
import { ReasonDialog } from '../../widgets/reason-dialog.tsx'

/** The changes that the case screen makes; each waits for approval once the case is filed. */
type ChangeMethod =
  | 'cases.update'
  | 'cases.addVolume'
  | 'cases.setSecrecy'
  | 'cases.setRetention'
  | 'items.create'
  | 'items.update'
  | 'pages.assign'
  | 'pages.mark'

/** What became of a change: made, asked for, or given up when the reason was asked. */
export type Sent = 'done' | 'requested' | 'given-up'

interface CaseChange {
  readonly filed: boolean
  /** Whether a control for it is on the screen at all. */
  readonly may: (permission: Permission) => boolean
  /** Makes the change, or asks for it when the case is filed. */
  readonly send: <M extends ChangeMethod>(method: M, input: InputOf<M>) => Promise<Sent>
}

interface Wanted {
  readonly method: ChangeMethod
  readonly input: Record<string, unknown>
  readonly end: (sent: Sent) => void
}

const Context = createContext<CaseChange>({
  filed: false,
  may: () => false,
  send: () => Promise.resolve('given-up'),
})

export function useCaseChange(): CaseChange {
  return useContext(Context)
}

interface CaseChangesProps {
  readonly filed: boolean
  readonly children: ReactNode
}

/** One way for every change of a case: the same forms serve the open case and, as requests, the filed one. */
export function CaseChanges({ filed, children }: CaseChangesProps) {
  const { t } = useTranslation('case')
  const { message } = App.useApp()
  const { permissions } = useSignedIn()
  const [wanted, setWanted] = useState<Wanted>()
  const request = useAction(async (reason: string) => {
    if (wanted === undefined) return
    await call('approvals.request', { method: wanted.method, input: wanted.input, reason })
    void message.success(t('filed.requested'))
    wanted.end('requested')
    setWanted(undefined)
  })
  const change = useMemo<CaseChange>(
    () => ({
      filed,
      may: (permission) => permissions.includes(filed ? 'change.request' : permission),
      send: async (method, input) => {
        if (filed) return await new Promise((end) => setWanted({ method, input: { ...input }, end }))
        await call(method, input)
        return 'done'
      },
    }),
    [filed, permissions],
  )
  const giveUp = () => {
    request.clearError()
    wanted?.end('given-up')
    setWanted(undefined)
  }
  return (
    <Context value={change}>
      {children}
      {wanted !== undefined && (
        <ReasonDialog
          title={t('filed.requestTitle')}
          text={t('filed.requestText')}
          label={t('filed.reason')}
          doText={t('filed.requestDo')}
          busy={request.busy}
          error={request.error}
          onDo={(reason) => {
            request.run(reason).catch((error: unknown) => console.warn('not requested', error))
          }}
          onCancel={giveUp}
        />
      )}
    </Context>
  )
}
