import { CheckOutlined } from '@ant-design/icons'
import { Form, Input, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { FOUNDING_ROLES, type FoundingAccount } from '../../../shared/contract/vault.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { NewPasswordFields } from '../../widgets/new-password-fields.tsx'
import { StepButtons } from './step-buttons.tsx'

type Share = OutputOf<'vault.create'>['shares'][number]

interface AccountForm {
  readonly accountName: string
  readonly displayName?: string
  readonly password: string
}

interface AccountStepProps {
  readonly folder: string
  readonly unitName: string
  readonly smallUnit: boolean
  readonly onBack: () => void
  readonly onCreated: (shares: readonly Share[]) => void
}

const fold = (name: string) => name.normalize('NFC').trim().toLowerCase()

/** One person after the other: the three officers, then the archivist; the last one makes the vault. */
export function AccountStep({ folder, unitName, smallUnit, onBack, onCreated }: AccountStepProps) {
  const { t } = useTranslation('setup')
  const roles = FOUNDING_ROLES.filter((role) => !(smallUnit && role === 'security-officer'))
  const [given, setGiven] = useState<readonly FoundingAccount[]>([])
  const role = roles[given.length] ?? 'archivist'
  const create = useAction(async (accounts: readonly FoundingAccount[]) => {
    const { shares } = await call('vault.create', { folder, unitName, smallUnit, accounts: [...accounts] })
    setGiven([])
    await call('shell.rememberVaultFolder', { folder })
    onCreated(shares)
  })
  return (
    <>
      <ol className="founders">
        {roles.map((one, place) => (
          <li key={one}>
            <Tag
              color={one === role ? 'processing' : 'default'}
              icon={place < given.length && <CheckOutlined aria-label={t('account.done')} />}
            >
              {t(`common:role.${one}`)}
            </Tag>
          </li>
        ))}
      </ol>
      <FounderForm
        key={role}
        role={role}
        place={t('account.progress', { index: given.length + 1, total: roles.length })}
        earlier={given}
        unitName={unitName}
        busy={create.busy}
        last={given.length === roles.length - 1}
        onBack={() => (given.length === 0 ? onBack() : setGiven(given.slice(0, -1)))}
        onGiven={(account) => {
          const accounts = [...given, account]
          if (accounts.length < roles.length) setGiven(accounts)
          else create.run(accounts).catch(() => undefined)
        }}
      />
      <ErrorNotice error={create.error} />
    </>
  )
}

interface FounderFormProps {
  readonly role: FoundingAccount['role']
  readonly place: string
  readonly earlier: readonly FoundingAccount[]
  readonly unitName: string
  readonly busy: boolean
  readonly last: boolean
  readonly onBack: () => void
  readonly onGiven: (account: FoundingAccount) => void
}

function FounderForm({ role, place, earlier, unitName, busy, last, onBack, onGiven }: FounderFormProps) {
  const { t } = useTranslation('setup')
  const [form] = Form.useForm<AccountForm>()
  const accountName = Form.useWatch('accountName', form) ?? ''
  const displayName = Form.useWatch('displayName', form) ?? ''
  const taken = new Set(earlier.flatMap((one) => [one.name, one.displayName || one.name].map(fold)))
  const another = {
    validator: async (_rule: unknown, value: string | undefined) => {
      if (value && taken.has(fold(value))) throw new Error(t('account.name-taken'))
    },
  }
  const finish = (typed: AccountForm) => {
    if (earlier.some(({ password }) => password === typed.password)) {
      form.setFields([{ name: 'password', errors: [t('account.password-taken')] }])
      return
    }
    onGiven({
      role,
      name: typed.accountName.trim(),
      displayName: (typed.displayName ?? '').trim(),
      password: typed.password,
    })
  }
  return (
    <Form form={form} name={role} layout="vertical" size="middle" requiredMark={false} onFinish={finish}>
      <h2>
        {t('account.title', { role: t(`common:role.${role}`) })} <small className="muted">{place}</small>
      </h2>
      <p>{t(`account.duty.${role}`)}</p>
      <p className="muted">{t('account.text')}</p>
      <div className="two-columns">
        <Form.Item
          name="accountName"
          label={t('account.name')}
          rules={[{ required: true, whitespace: true, message: t('account.name-required') }, another]}
        >
          <Input autoFocus maxLength={60} autoComplete="username" spellCheck={false} />
        </Form.Item>
        <Form.Item name="displayName" label={t('account.display-name')} rules={[another]}>
          <Input maxLength={60} placeholder={t('account.display-name-example')} />
        </Form.Item>
        <NewPasswordFields hints={[accountName, displayName, unitName]} />
      </div>
      <StepButtons onBack={onBack} next={last ? t('account.create') : t('common:next')} busy={busy} />
    </Form>
  )
}
