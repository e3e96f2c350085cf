import { LockOutlined } from '@ant-design/icons'
import { Button, Form, Input, type InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { LockedDesk } from '../state/session.ts'
import { ErrorNotice } from '../widgets/error-notice.tsx'
import { GateCard } from '../widgets/gate-card.tsx'
import { call } from './client.ts'
import { useAction } from './use-call.ts'
import { leaveSession, uncoverDesk } from './wiring.ts'

interface LockScreenProps {
  readonly who: LockedDesk
}

/** Covers the whole window, its title and open dialogs too, until the person is back or another signs in. */
export function LockScreen({ who }: LockScreenProps) {
  const { t } = useTranslation('frame')
  const [form] = Form.useForm<{ readonly password: string }>()
  const password = useRef<InputRef>(null)
  const [keyFile, setKeyFile] = useState<string>()
  const unlock = useAction(async ({ password: typed }: { readonly password: string }) => {
    const session = await call('session.unlock', {
      password: typed,
      ...(keyFile === undefined ? {} : { keyFile }),
    })
    await uncoverDesk(session)
  })
  const switchUser = useAction(async () => {
    await call('session.leaveLocked', {})
    await leaveSession('asked')
  })
  const chooseKeyFile = useAction(async () => {
    const { paths } = await call('shell.chooseFiles', { title: t('lock.key-file'), kind: 'key-file' })
    if (paths[0] !== undefined) setKeyFile(paths[0])
  })
  const failure = unlock.error
  useEffect(() => {
    if (failure === undefined) return
    form.setFieldValue('password', '')
    password.current?.focus()
  }, [failure, form])
  useCover(t('lock.window-title', { app: t('app-name') }))
  // An open dialog takes the focus back until it is out of sight: hence only now.
  useEffect(() => password.current?.focus(), [])
  const name = who.displayName || who.accountName
  return createPortal(
    <div className="lock-cover">
      <GateCard title={t('lock.title')} subtitle={t('lock.text', { name })}>
        <Form form={form} layout="vertical" size="middle" requiredMark={false} onFinish={unlock.run}>
          <Form.Item
            name="password"
            label={t('lock.password')}
            rules={[{ required: true, message: t('lock.required') }]}
          >
            <Input.Password ref={password} autoFocus autoComplete="current-password" />
          </Form.Item>
          {failure?.code === 'SESSION_SECOND_FACTOR_NEEDED' && (
            <Form.Item>
              <Button onClick={() => chooseKeyFile.run()} loading={chooseKeyFile.busy}>
                {keyFile === undefined ? t('lock.key-file') : t('lock.key-file-chosen')}
              </Button>
            </Form.Item>
          )}
          <ErrorNotice error={failure ?? switchUser.error ?? chooseKeyFile.error}>
            {typeof failure?.details.attemptsLeft === 'number' && (
              <strong>{t('sign-in:attempts-left', { count: failure.details.attemptsLeft })}</strong>
            )}
          </ErrorNotice>
          <Button
            type="primary"
            htmlType="submit"
            size="large"
            block
            icon={<LockOutlined aria-hidden="true" />}
            loading={unlock.busy}
          >
            {t('lock.unlock')}
          </Button>
        </Form>
        <div className="gate-links">
          <Button type="link" onClick={() => switchUser.run()} loading={switchUser.busy}>
            {t('lock.switch-user')}
          </Button>
        </div>
      </GateCard>
    </div>,
    document.body,
  )
}

/** Takes the desk out of sight and keeps its keys from working blind. */
function useCover(title: string): void {
  useEffect(() => {
    document.title = title
    call('shell.setTitle', { title }).catch((error: unknown) => console.warn('title not set', error))
    document.body.classList.add('covered')
    const keepKeys = (event: KeyboardEvent) => event.stopImmediatePropagation()
    window.addEventListener('keydown', keepKeys, { capture: true })
    return () => {
      document.body.classList.remove('covered')
      window.removeEventListener('keydown', keepKeys, { capture: true })
    }
  }, [title])
}
