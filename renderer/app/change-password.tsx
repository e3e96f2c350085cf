import { App, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SignedIn } from '../state/session.ts'
import { ErrorNotice } from '../widgets/error-notice.tsx'
import { NewPasswordFields } from '../widgets/new-password-fields.tsx'
import { call } from './client.ts'
import { useAction } from './use-call.ts'

interface ChangePasswordProps {
  readonly session: SignedIn
  readonly onClose: () => void
}

interface PasswordForm {
  readonly current: string
  readonly password: string
}

export function ChangePassword({ session, onClose }: ChangePasswordProps) {
  const { t } = useTranslation('frame')
  const { message } = App.useApp()
  const [form] = Form.useForm<PasswordForm>()
  const [keyFile, setKeyFile] = useState<string>()
  const chooseKeyFile = useAction(async () => {
    const { paths } = await call('shell.chooseFiles', { title: t('lock.key-file'), kind: 'key-file' })
    setKeyFile(paths[0])
  })
  const change = useAction(async ({ current, password }: PasswordForm) => {
    const proof = keyFile === undefined ? {} : { keyFile }
    await call('session.changePassword', { current, next: password, ...proof })
    void message.success(t('user.password-changed'))
    onClose()
  })
  return (
    <Modal
      open
      title={t('user.change-password')}
      okText={t('user.change-password')}
      confirmLoading={change.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form form={form} name="change-password" layout="vertical" requiredMark={false} onFinish={change.run}>
        <Form.Item
          name="current"
          label={t('user.current-password')}
          rules={[{ required: true, message: t('common:password.required') }]}
        >
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        <NewPasswordFields hints={[session.accountName, session.displayName, session.unitName]} />
        <ErrorNotice error={change.error ?? chooseKeyFile.error}>
          {change.error?.code === 'SESSION_SECOND_FACTOR_NEEDED' && (
            <Button onClick={() => chooseKeyFile.run()}>
              {keyFile === undefined ? t('lock.key-file') : t('lock.key-file-chosen')}
            </Button>
          )}
        </ErrorNotice>
        <button type="submit" className="enter-submits" tabIndex={-1} aria-hidden="true" />
      </Form>
    </Modal>
  )
}
