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
import { FolderNotice } from './folder-notice.tsx'
import { RecoverDialog } from './recover-dialog.tsx'

interface SignInForm {
  readonly account: string
  readonly password: string
}

interface SignInScreenProps {
  readonly reason: SignedOutReason | null
}

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

  const signIn = useAction(async (takeOverLock: boolean) => {
    if (folder === null) return
    const { account, password: typed } = form.getFieldsValue()
    const session = await call('session.signIn', {
      folder,
      accountName: account.trim(),
      password: typed,
      takeOverLock,
    })
    form.resetFields()
    await call('shell.rememberVaultFolder', { folder })
    await enterSession(session)
  })
  const failure = signIn.error

  useEffect(() => {
    // A stale lock is decided with the same password; any other failure asks for it again.
    if (failure === undefined || failure.code === 'VAULT_LOCK_STALE') return
    form.setFieldValue('password', '')
    password.current?.focus()
  }, [failure, form])

  const chooseFolder = useAction(async () => {
    const { paths } = await call('shell.chooseFolder', { title: t('choose-folder') })
    const [chosen] = paths
    if (chosen === undefined) return
    signIn.clearError()
    form.resetFields()
    setFolder(chosen)
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
            name="password"
            label={t('password')}
            rules={[{ required: true, message: t('common:password.required') }]}
          >
            <Input.Password
              ref={password}
              autoComplete="current-password"
              autoFocus={onlyAccount !== undefined}
            />
          </Form.Item>
          <ErrorNotice error={failure}>
            {failure?.code === 'VAULT_LOCK_STALE' && (
              <Button danger onClick={confirmTakeOver}>
                {t('take-over.offer')}
              </Button>
            )}
          </ErrorNotice>
          <Button type="primary" htmlType="submit" size="large" block loading={signIn.busy}>
            {t('sign-in')}
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
          onRecovered={(account) => {
            setRecovering(false)
            signIn.clearError()
            form.setFieldValue('account', account)
            password.current?.focus()
          }}
        />
      )}
    </GateCard>
  )
}
