import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { NewPasswordFields } from '../../widgets/new-password-fields.tsx'
import { StepButtons } from './step-buttons.tsx'

type Share = OutputOf<'vault.create'>['shares'][number]

interface AccountForm {
  readonly accountName: string
  readonly displayName: string
  readonly password: string
}

interface AccountStepProps {
  readonly folder: string
  readonly unitName: string
  readonly onBack: () => void
  readonly onCreated: (shares: readonly Share[]) => void
}

/** The first account; going on makes the vault. */
export function AccountStep({ folder, unitName, onBack, onCreated }: AccountStepProps) {
  const { t } = useTranslation('setup')
  const [form] = Form.useForm<AccountForm>()
  const accountName = Form.useWatch('accountName', form) ?? ''
  const displayName = Form.useWatch('displayName', form) ?? ''
  const create = useAction(async (typed: AccountForm) => {
    const { shares } = await call('vault.create', {
      folder,
      unitName,
      accountName: typed.accountName.trim(),
      displayName: (typed.displayName ?? '').trim(),
      password: typed.password,
    })
    form.resetFields()
    await call('shell.rememberVaultFolder', { folder })
    onCreated(shares)
  })
  return (
    <Form
      form={form}
      name="first-account"
      layout="vertical"
      size="middle"
      requiredMark={false}
      onFinish={create.run}
    >
      <h2>{t('account.title')}</h2>
      <p className="muted">{t('account.text')}</p>
      <div className="two-columns">
        <Form.Item
          name="accountName"
          label={t('account.name')}
          rules={[{ required: true, whitespace: true, message: t('account.name-required') }]}
        >
          <Input autoFocus maxLength={60} autoComplete="username" spellCheck={false} />
        </Form.Item>
        <Form.Item name="displayName" label={t('account.display-name')}>
          <Input maxLength={60} placeholder={t('account.display-name-example')} />
        </Form.Item>
        <NewPasswordFields hints={[accountName, displayName, unitName]} />
      </div>
      <ErrorNotice error={create.error} />
      <StepButtons onBack={onBack} next={t('account.create')} busy={create.busy} />
    </Form>
  )
}
