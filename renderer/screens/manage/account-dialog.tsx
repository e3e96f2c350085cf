import { App, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../shared/domain/permission.ts'
import { COMPARTMENT_WORDS, ROLE_WORDS } from '../../../shared/domain/permission-words.ts'
import { call } from '../../app/client.ts'
import { useTerm } from '../../app/terms.ts'
import { useAction } from '../../app/use-call.ts'
import { useSignedIn } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { NewPasswordFields } from '../../widgets/new-password-fields.tsx'
import type { Account, AccountTaskKind } from './account-tasks.ts'
import { KeyChoice, RoleChoice } from './role-choice.tsx'

export interface AccountTask {
  readonly kind: AccountTaskKind
  readonly account: Account
}

interface TaskForm {
  readonly roles?: Role[]
  readonly compartments?: Account['keysHeld']
  readonly reason?: string
  readonly password?: string
}

interface AccountDialogProps {
  readonly task: AccountTask
  readonly onClose: () => void
  readonly onDone: () => void
}

const WITH_REASON: ReadonlySet<AccountTaskKind> = new Set(['reject', 'grant', 'leave'])
const WITH_ROLES: ReadonlySet<AccountTaskKind> = new Set(['approve', 'grant'])
const GRAVE: ReadonlySet<AccountTaskKind> = new Set(['reject', 'lock', 'leave'])

async function carryOut({ kind, account }: AccountTask, form: TaskForm): Promise<void> {
  const accountId = account.id
  const { roles = [], compartments = [], reason = '', password = '' } = form
  switch (kind) {
    case 'approve':
      await call('accounts.approve', { accountId, roles, compartments })
      return
    case 'reject':
      await call('accounts.reject', { accountId, reason })
      return
    case 'grant':
      await call('accounts.setRoles', { accountId, roles, compartments, reason })
      return
    case 'deliver':
      await call('accounts.deliverKeys', { accountId })
      return
    case 'password':
      await call('accounts.resetPassword', { accountId, password })
      return
    case 'lock':
    case 'unlock':
      await call('accounts.setLocked', { accountId, locked: kind === 'lock' })
      return
    case 'leave':
      await call('accounts.leave', { accountId, reason })
  }
}

/** One thing done to one account: what it does is said, and what it needs is asked, before it is sent. */
export function AccountDialog({ task, onClose, onDone }: AccountDialogProps) {
  const { t } = useTranslation('rights')
  const term = useTerm()
  const { message } = App.useApp()
  const { unitName } = useSignedIn()
  const [form] = Form.useForm<TaskForm>()
  const { kind, account } = task
  const name = account.displayName || account.name
  const roles = account.state === 'pending' ? account.proposedRoles : account.roles
  const send = useAction(async (typed: TaskForm) => {
    await carryOut(task, typed)
    form.resetFields()
    onDone()
    onClose()
    void message.success(t(`task.${kind}.done`, { name }))
  })
  const compartments = account.state === 'pending' ? ['open'] : [...account.keysHeld, ...account.keysDue]
  return (
    <Modal
      open
      title={t(`task.${kind}.title`, { name })}
      okText={t(`task.${kind}.do`)}
      okButtonProps={{ danger: GRAVE.has(kind) }}
      confirmLoading={send.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <p className="muted">
        {t(`task.${kind}.text`, {
          name,
          keys: account.keysDue
            .map((compartment) => t('accounts.key', { name: term(COMPARTMENT_WORDS[compartment]) }))
            .join(t('common:list-comma')),
          roles: roles.map((role) => term(ROLE_WORDS[role])).join(t('common:list-comma')),
        })}
      </p>
      <Form
        form={form}
        name="account-task"
        layout="vertical"
        requiredMark={false}
        initialValues={{ roles, compartments }}
        onFinish={send.run}
      >
        {WITH_ROLES.has(kind) && (
          <>
            <RoleChoice />
            <KeyChoice />
          </>
        )}
        {kind === 'password' && <NewPasswordFields autoFocus hints={[account.name, name, unitName]} />}
        {WITH_REASON.has(kind) && (
          <Form.Item
            name="reason"
            label={t('reason.label')}
            rules={[{ required: true, whitespace: true, message: t('reason.required') }]}
          >
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={300} />
          </Form.Item>
        )}
        <ErrorNotice error={send.error} />
        <button type="submit" className="enter-submits" tabIndex={-1} aria-hidden="true" />
      </Form>
    </Modal>
  )
}
