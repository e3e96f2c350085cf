import { App, Button, Form, Input, Modal, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SignedIn } from '../state/session.ts'
import { ErrorNotice } from '../widgets/error-notice.tsx'
import { call } from './client.ts'
import { SecondFactorCode } from './second-factor-code.tsx'
import { useAction, useQuery } from './use-call.ts'

interface SecondFactorProps {
  readonly session: SignedIn
  readonly onClose: () => void
}

interface Proof {
  readonly password: string
}

/** What the account signs in with beside its password: to see, to set up, to stop. */
export function SecondFactor({ session, onClose }: SecondFactorProps) {
  const { t } = useTranslation('frame')
  const { message } = App.useApp()
  const factors = useQuery('session.secondFactors', {})
  const [doing, setDoing] = useState<'enrol-code' | 'remove-code' | 'enrol-key' | 'remove-key'>()
  const [keyFile, setKeyFile] = useState<string>()
  const done = (words: string) => {
    void message.success(words)
    setDoing(undefined)
    factors.reload()
  }
  const act = useAction(async ({ password }: Proof) => {
    const proof = { password, ...(keyFile === undefined ? {} : { keyFile }) }
    if (doing === 'enrol-key') {
      const { path } = await call('shell.chooseSaveFile', {
        title: t('second-factor.key-file-save'),
        suggestedName: t('second-factor.key-file-name', { account: session.accountName }),
      })
      if (path === null) return
      const { fileName } = await call('session.enrolKeyFile', { ...proof, file: path })
      done(t('second-factor.key-file-done', { fileName }))
      return
    }
    await call(doing === 'remove-code' ? 'session.removeCode' : 'session.removeKeyFile', proof)
    done(t('second-factor.removed'))
  })
  const chooseKeyFile = useAction(async () => {
    const title = t('second-factor.key-file-current')
    const { paths } = await call('shell.chooseFiles', { title, kind: 'key-file' })
    setKeyFile(paths[0])
  })
  const row = (on: boolean, label: string, enrol: 'enrol-code' | 'enrol-key', remove: typeof doing) => (
    <div className="second-factor-row">
      <span>{label}</span>
      <Tag color={on ? 'success' : 'default'}>{t(on ? 'second-factor.on' : 'second-factor.off')}</Tag>
      <Button
        aria-label={`${label} ${t(on ? 'second-factor.remove' : 'second-factor.enrol')}`}
        onClick={() => setDoing(on ? remove : enrol)}
      >
        {t(on ? 'second-factor.remove' : 'second-factor.enrol')}
      </Button>
    </div>
  )
  return (
    <Modal open title={t('second-factor.title')} footer={null} onCancel={onClose} destroyOnHidden>
      <p>{t('second-factor.text')}</p>
      <ErrorNotice error={factors.error} onRetry={factors.reload} />
      {factors.data !== undefined && (
        <>
          {row(factors.data.code, t('second-factor.code'), 'enrol-code', 'remove-code')}
          {row(factors.data.keyFile, t('second-factor.key-file'), 'enrol-key', 'remove-key')}
        </>
      )}
      {doing === 'enrol-code' && <SecondFactorCode onDone={() => done(t('second-factor.code-done'))} />}
      {doing !== undefined && doing !== 'enrol-code' && (
        <Form key={doing} layout="vertical" requiredMark={false} onFinish={act.run}>
          {doing === 'enrol-key' && <p className="muted">{t('second-factor.key-file-step')}</p>}
          <Form.Item
            name="password"
            label={t('second-factor.password')}
            rules={[{ required: true, message: t('common:password.required') }]}
          >
            <Input.Password autoFocus autoComplete="current-password" />
          </Form.Item>
          {factors.data?.keyFile === true && (
            <Form.Item label={t('second-factor.key-file-current')}>
              <Button onClick={() => chooseKeyFile.run()}>{keyFile ?? t('second-factor.choose')}</Button>
            </Form.Item>
          )}
          <ErrorNotice error={act.error ?? chooseKeyFile.error} />
          <Button type="primary" htmlType="submit" loading={act.busy}>
            {t(doing === 'enrol-key' ? 'second-factor.key-file-write' : 'second-factor.remove')}
          </Button>
        </Form>
      )}
    </Modal>
  )
}
