import { App, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../shared/domain/permission.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { useSignedIn } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { NewPasswordFields } from '../../widgets/new-password-fields.tsx'
import { RoleChoice } from './role-choice.tsx'

interface AccountForm {
  readonly name: string
  readonly displayName?: string
  readonly staffNumber?: string
  readonly roles: Role[]
  readonly password: string
}

interface NewAccountDialogProps {
  /** Names that are given already. */
  readonly taken: readonly string[]
  readonly onClose: () => void
  readonly onDone: () => void
}

/** A new account: who, and what they shall be. It opens nothing until 安全保密管理员 has approved it. */
export function NewAccountDialog({ taken, onClose, onDone }: NewAccountDialogProps) {
  const { t } = useTranslation('rights')
  const { message } = App.useApp()
  const session = useSignedIn()
  const [form] = Form.useForm<AccountForm>()
  const name = Form.useWatch('name', form) ?? ''
  const displayName = Form.useWatch('displayName', form) ?? ''
  const create = useAction(async (typed: AccountForm) => {
    const account = await call('accounts.create', {
      name: typed.name.trim(),
      displayName: (typed.displayName ?? '').trim(),
      staffNumber: (typed.staffNumber ?? '').trim(),
      roles: typed.roles,
      password: typed.password,
    })
    form.resetFields()
    onDone()
    onClose()
    void message.success(t('accounts.created', { name: account.displayName || account.name }))
  })
  return (
    <Modal
      open
      title={t('accounts.create')}
      okText={t('accounts.create-do')}
      confirmLoading={create.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <p className="muted">{t('accounts.create-text')}</p>
      <Form
        form={form}
        name="new-account"
        layout="vertical"
        requiredMark={false}
        initialValues={{ roles: [] }}
        onFinish={create.run}
      >
        <Form.Item
          name="name"
          label={t('accounts.account-name')}
          extra={t('accounts.name-extra')}
          validateTrigger="onBlur"
          rules={[
            { required: true, whitespace: true, message: t('accounts.name-required') },
            {
              validator: async (_rule, value: string | undefined) => {
                if (taken.includes(value?.trim() ?? '')) throw new Error(t('accounts.name-taken'))
              },
            },
          ]}
        >
          <Input autoFocus maxLength={60} autoComplete="off" spellCheck={false} />
        </Form.Item>
        <div className="two-columns">
          <Form.Item name="displayName" label={t('accounts.display-name')}>
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
          <Form.Item name="staffNumber" label={t('accounts.column.staff-number')}>
            <Input className="figures" maxLength={40} autoComplete="off" />
          </Form.Item>
        </div>
        <RoleChoice label={t('accounts.wanted-roles')} />
        <NewPasswordFields hints={[name, displayName, session.unitName]} />
        <ErrorNotice error={create.error} />
        <button type="submit" className="enter-submits" tabIndex={-1} aria-hidden="true" />
      </Form>
    </Modal>
  )
}
