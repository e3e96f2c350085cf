import { Button, Form, Input, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../widgets/error-notice.tsx'
import { call } from './client.ts'
import { useAction, useQuery } from './use-call.ts'

interface SecondFactorCodeProps {
  readonly onDone: () => void
}

/** A secret for an authenticator, and the code that proves it arrived there. */
export function SecondFactorCode({ onDone }: SecondFactorCodeProps) {
  const { t } = useTranslation('frame')
  const prepared = useQuery('session.prepareCode', {})
  const enrol = useAction(async ({ code }: { readonly code: string }) => {
    await call('session.enrolCode', { code })
    onDone()
  })
  if (prepared.error !== undefined) return <ErrorNotice error={prepared.error} onRetry={prepared.reload} />
  if (prepared.data === undefined) return <Skeleton active paragraph={{ rows: 4 }} />
  const { secret, qrSvg } = prepared.data
  return (
    <Form layout="vertical" requiredMark={false} onFinish={enrol.run}>
      <p className="muted">{t('second-factor.code-step')}</p>
      <img
        className="second-factor-code"
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(qrSvg)}`}
        alt={t('second-factor.code')}
      />
      <p>
        <code className="share-text" data-testid="code-secret">
          {secret}
        </code>
      </p>
      <Form.Item
        name="code"
        label={t('second-factor.code-input')}
        rules={[{ required: true, message: t('second-factor.code-input') }]}
      >
        <Input autoFocus inputMode="numeric" maxLength={7} autoComplete="one-time-code" />
      </Form.Item>
      <ErrorNotice error={enrol.error} />
      <Button type="primary" htmlType="submit" loading={enrol.busy}>
        {t('second-factor.confirm')}
      </Button>
    </Form>
  )
}
