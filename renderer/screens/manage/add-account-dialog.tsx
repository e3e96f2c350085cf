import { Checkbox, Form, Input, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { ROLES, type Role } from '../../../shared/domain/permission.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { useSignedIn } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { NewPasswordFields } from '../../widgets/new-password-fields.tsx'

type Compartment = ReturnType<typeof useSignedIn>['compartments'][number]

interface AccountForm {
  readonly name: string
  readonly displayName?: string
  readonly roles: Role[]
  readonly compartments: Compartment[]
  readonly password: string
}

const COMPARTMENTS = ['open', 'restricted'] as const

interface AddAccountDialogProps {
  /** Names that are given already. */
  readonly taken: readonly string[]
  readonly onCancel: () => void
  readonly onAdded: (name: string) => void
}

/** A new account: who, as what, which compartments' keys it gets, and its first password. */
export function AddAccountDialog({ taken, onCancel, onAdded }: AddAccountDialogProps) {
  const { t } = useTranslation('manage')
  const session = useSignedIn()
  const [form] = Form.useForm<AccountForm>()
  const name = Form.useWatch('name', form) ?? ''
  const displayName = Form.useWatch('displayName', form) ?? ''
  const add = useAction(async (typed: AccountForm) => {
    const account = await call('accounts.add', {
      name: typed.name.trim(),
      displayName: (typed.displayName ?? '').trim(),
      roles: typed.roles,
      compartments: typed.compartments,
      password: typed.password,
    })
    form.resetFields()
    onAdded(account.name)
  })
  return (
    <Modal
      open
      title={t('accounts.add')}
      okText={t('accounts.add-do')}
      confirmLoading={add.busy}
      onOk={() => form.submit()}
      onCancel={onCancel}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <Form
        form={form}
        name="new-account"
        layout="vertical"
        requiredMark={false}
        initialValues={{ roles: [], compartments: ['open'] }}
        onFinish={add.run}
      >
        <Form.Item
          name="name"
          label={t('accounts.column.name')}
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
        <Form.Item name="displayName" label={t('accounts.column.display-name')}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="roles"
          label={t('accounts.column.roles')}
          rules={[{ required: true, message: t('accounts.roles-required') }]}
        >
          <Select
            mode="multiple"
            placeholder={t('accounts.roles-choose')}
            options={ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
            showSearch={{ optionFilterProp: 'label' }}
          />
        </Form.Item>
        <Form.Item
          name="compartments"
          label={t('accounts.compartments')}
          extra={t('accounts.compartments-extra')}
        >
          <Checkbox.Group
            options={COMPARTMENTS.map((compartment) => ({
              value: compartment,
              label: session.compartments.includes(compartment)
                ? t(`accounts.compartment.${compartment}`)
                : t('accounts.compartment-not-held', { name: t(`accounts.compartment.${compartment}`) }),
              disabled: !session.compartments.includes(compartment),
            }))}
          />
        </Form.Item>
        <NewPasswordFields hints={[name, displayName, session.unitName]} />
        <ErrorNotice error={add.error} />
        <button type="submit" className="enter-submits" tabIndex={-1} aria-hidden="true" />
      </Form>
    </Modal>
  )
}
