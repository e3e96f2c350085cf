import { FolderOpenOutlined } from '@ant-design/icons'
import { Alert, App, AutoComplete, Button, Form, Input, type InputRef, Skeleton } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { enterSession } from '../../app/wiring.ts'
import { type SignedOutReason, useSession } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { GateCard } from '../../widgets/gate-card.tsx'
import { NewPasswordFields } from '../../widgets/new-password-fields.tsx'
import { FolderNotice } from './folder-notice.tsx'
import { RecoverDialog } from './recover-dialog.tsx'
import { CodeField, KeyFileField } from './second-factor-fields.tsx'

interface SignInForm {
  readonly account: string
  /** What was typed first; not the new one, which `NewPasswordFields` calls `password`. */
  readonly current: string
  readonly code?: string
  readonly password?: string
}

interface SignInScreenProps {
  readonly reason: SignedOutReason | null
}

/** These are decided with the same password; any other failure asks for it again. */
const KEEPS_PASSWORD: ReadonlySet<string> = new Set([
  'VAULT_LOCK_STALE',
  'SESSION_PASSWORD_EXPIRED',
  'SESSION_PASSWORD_REUSED',
  'SESSION_SECOND_FACTOR_NEEDED',
])

/** Opens a vault with an account and its password. */
export function SignInScreen({ reason }: SignInScreenProps) {
  const { t } = useTranslation('sign-in')
  const { modal } = App.useApp()
  const folder = useSession((store) => store.vaultFolder)
  const setFolder = useSession((store) => store.setVaultFolder)
  const openSetup = useSession((store) => store.openSetup)
  const [form] = Form.useForm<SignInForm>()
  const password = useRef<InputRef>(null)
  const [recovering, setRecovering] = useState(false)
  const inspection = useQuery('vault.inspectFolder', folder === null ? undefined : { folder })
  const vault = inspection.data?.state === 'vault' ? inspection.data : undefined
  const accounts = vault?.accounts ?? []
  const onlyAccount = accounts.length === 1 ? accounts[0]?.name : undefined

  useEffect(() => {
    if (onlyAccount !== undefined && !form.getFieldValue('account')) {
      form.setFieldValue('account', onlyAccount)
      password.current?.focus()
    }
  }, [form, onlyAccount])

  const account = Form.useWatch('account', form) ?? ''
  const chosen = accounts.find(({ name }) => name === account.trim())
  const wantsCode = chosen?.code ?? false
  const wantsKeyFile = chosen?.keyFile ?? false
  const [keyFile, setKeyFile] = useState<string>()
  const [expired, setExpired] = useState(false)

  const signIn = useAction(async (takeOverLock: boolean) => {
    if (folder === null) return
    const { account, current, code, password: next } = form.getFieldsValue()
    const session = await call('session.signIn', {
      folder,
      accountName: account.trim(),
      password: current,
      ...(wantsCode && code ? { code } : {}),
      ...(wantsKeyFile && keyFile !== undefined ? { keyFile } : {}),
      ...(expired && next ? { newPassword: next } : {}),
      takeOverLock,
    })
    setExpired(false)
    setKeyFile(undefined)
    form.resetFields()
    await call('shell.rememberVaultFolder', { folder })
    await enterSession(session)
  })
  const failure = signIn.error

  useEffect(() => {
    if (failure === undefined || KEEPS_PASSWORD.has(failure.code)) {
      if (failure?.code === 'SESSION_PASSWORD_EXPIRED') setExpired(true)
      // A code is good once: the next try needs another.
      form.setFieldValue('code', undefined)
      return
    }
    form.setFieldValue('current', '')
    form.setFieldValue('code', undefined)
    password.current?.focus()
  }, [failure, form])

  const chooseFolder = useAction(async () => {
    const { paths } = await call('shell.chooseFolder', { title: t('choose-folder') })
    const [place] = paths
    if (place === undefined) return
    signIn.clearError()
    form.resetFields()
    setFolder(place)
  })

  const confirmTakeOver = () =>
    modal.confirm({
      title: t('take-over.title'),
      content: t('take-over.text', { host: failure?.details.host ?? '—' }),
      okText: t('take-over.confirm'),
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: async () => {
        await signIn.run(true)
      },
    })

  return (
    <GateCard title={vault?.unitName ?? t('title')} subtitle={t('subtitle')}>
      {reason !== null && reason !== 'asked' && (
        <Alert type="info" showIcon role="status" title={t(`reason.${reason}`)} className="gate-note" />
      )}
      <div className="gate-folder">
        <span className="muted">{t('folder')}</span>
        <span className="gate-folder-path">{folder ?? t('no-folder')}</span>
        <Button
          icon={<FolderOpenOutlined aria-hidden="true" />}
          onClick={() => chooseFolder.run()}
          loading={chooseFolder.busy}
        >
          {t('other-folder')}
        </Button>
      </div>
      <ErrorNotice error={chooseFolder.error ?? inspection.error} onRetry={inspection.reload} />
      {inspection.loading && inspection.data === undefined && <Skeleton active paragraph={{ rows: 3 }} />}
      {inspection.data !== undefined && (
        <FolderNotice folderState={inspection.data} onRetry={inspection.reload} />
      )}
      {vault !== undefined && (
        <Form
          form={form}
          name="sign-in"
          layout="vertical"
          size="middle"
          requiredMark={false}
          onFinish={() => signIn.run(false)}
          disabled={signIn.busy}
        >
          <Form.Item
            name="account"
            label={t('account')}
            rules={[{ required: true, whitespace: true, message: t('account-required') }]}
          >
            <AutoComplete
              autoFocus={onlyAccount === undefined}
              options={accounts.map(({ name, locked }) => ({
                value: name,
                label: locked ? t('account-locked', { name }) : name,
                disabled: locked,
              }))}
              showSearch={{ filterOption: (text, option) => String(option?.value ?? '').includes(text) }}
            />
          </Form.Item>
          <Form.Item
            name="current"
            label={t('password')}
            rules={[{ required: true, message: t('common:password.required') }]}
          >
            <Input.Password
              ref={password}
              autoComplete="current-password"
              autoFocus={onlyAccount !== undefined}
            />
          </Form.Item>
          {wantsCode && <CodeField />}
          {wantsKeyFile && <KeyFileField file={keyFile} onChosen={setKeyFile} />}
          {expired && <NewPasswordFields hints={[account, vault.unitName]} autoFocus />}
          <ErrorNotice error={failure}>
            {typeof failure?.details.attemptsLeft === 'number' && (
              <strong>{t('attempts-left', { count: failure.details.attemptsLeft })}</strong>
            )}
            {failure?.code === 'VAULT_LOCK_STALE' && (
              <Button danger onClick={confirmTakeOver}>
                {t('take-over.offer')}
              </Button>
            )}
          </ErrorNotice>
          <Button type="primary" htmlType="submit" size="large" block loading={signIn.busy}>
            {expired ? t('set-and-sign-in') : t('sign-in')}
          </Button>
        </Form>
      )}
      <div className="gate-links">
        <Button type="link" onClick={openSetup}>
          {t('create-vault')}
        </Button>
        {vault !== undefined && (
          <Button type="link" onClick={() => setRecovering(true)}>
            {t('forgot')}
          </Button>
        )}
      </div>
      {recovering && folder !== null && vault !== undefined && (
        <RecoverDialog
          folder={folder}
          unitName={vault.unitName}
          accounts={accounts.map(({ name }) => name)}
          onClose={() => setRecovering(false)}
          onRecovered={(recovered) => {
            setRecovering(false)
            signIn.clearError()
            form.setFieldValue('account', recovered)
            password.current?.focus()
          }}
        />
      )}
    </GateCard>
  )
}
