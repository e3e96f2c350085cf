import { App, AutoComplete, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { NewPasswordFields } from '../../widgets/new-password-fields.tsx'

interface RecoverForm {
  readonly account: string
  readonly first: string
  readonly second: string
  readonly password: string
}

interface RecoverDialogProps {
  readonly folder: string
  readonly unitName: string
  readonly accounts: readonly string[]
  readonly onClose: () => void
  readonly onRecovered: (account: string) => void
}

/** A new password by two of the three recovery shares. */
export function RecoverDialog({ folder, unitName, accounts, onClose, onRecovered }: RecoverDialogProps) {
  const { t } = useTranslation('sign-in')
  const { message } = App.useApp()
  const [form] = Form.useForm<RecoverForm>()
  const account = Form.useWatch('account', form) ?? ''
  const recover = useAction(async (typed: RecoverForm) => {
    await call('vault.recover', {
      folder,
      shares: [typed.first, typed.second],
      accountName: typed.account.trim(),
      newPassword: typed.password,
    })
    form.resetFields()
    void message.success(t('recover.done'))
    onRecovered(typed.account.trim())
  })
  const shareRules = [{ required: true, whitespace: true, message: t('recover.share-required') }]
  return (
    <Modal
      open
      title={t('recover.title')}
      okText={t('recover.set')}
      confirmLoading={recover.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      width={600}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <p>{t('recover.text')}</p>
      <Form
        form={form}
        name="recover"
        layout="vertical"
        requiredMark={false}
        onFinish={recover.run}
        initialValues={{ account: accounts.length === 1 ? accounts[0] : '' }}
      >
        <Form.Item
          name="account"
          label={t('account')}
          rules={[{ required: true, whitespace: true, message: t('account-required') }]}
        >
          <AutoComplete options={accounts.map((value) => ({ value }))} />
        </Form.Item>
        <Form.Item name="first" label={t('recover.first')} rules={shareRules}>
          <Input.TextArea autoSize={{ minRows: 2 }} className="share-text" autoFocus spellCheck={false} />
        </Form.Item>
        <Form.Item name="second" label={t('recover.second')} rules={shareRules}>
          <Input.TextArea autoSize={{ minRows: 2 }} className="share-text" spellCheck={false} />
        </Form.Item>
        <NewPasswordFields hints={[account, unitName]} />
        <ErrorNotice error={recover.error} />
        <button type="submit" className="enter-submits" tabIndex={-1} aria-hidden="true" />
      </Form>
    </Modal>
  )
}
