import { App, Button, Form, InputNumber, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { call } from '../../app/client.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

type Policy = OutputOf<'session.policy'>

/** 登录规则: how long passwords last, how many must differ, and when a desk that was left covers itself. */
export function SignInPolicyForm() {
  const policy = useQuery('session.policy', {})
  if (policy.error !== undefined) return <ErrorNotice error={policy.error} onRetry={policy.reload} />
  if (policy.data === undefined) return <Skeleton active paragraph={{ rows: 3 }} />
  return <PolicyFields policy={policy.data} />
}

function PolicyFields({ policy }: { readonly policy: Policy }) {
  const { t } = useTranslation('manage')
  const { message } = App.useApp()
  const mayEdit = useMay('settings.edit')
  const save = useAction(
    async ({ idleMinutes, ...typed }: Omit<Policy, 'idleLockSeconds'> & { idleMinutes: number }) => {
      await call('session.setPolicy', { ...typed, idleLockSeconds: Math.round(idleMinutes * 60) })
      void message.success(t('sign-in-policy.saved'))
    },
  )
  const { idleLockSeconds, ...rest } = policy
  return (
    <Form
      className="manage-page sign-in-policy"
      layout="vertical"
      requiredMark={false}
      initialValues={{ ...rest, idleMinutes: idleLockSeconds / 60 }}
      disabled={!mayEdit}
      onFinish={save.run}
    >
      <h2>{t('sign-in-policy.title')}</h2>
      <p className="muted">{t('sign-in-policy.text')}</p>
      <Form.Item
        name="passwordDays"
        label={t('sign-in-policy.days')}
        extra={t('sign-in-policy.days-extra')}
        rules={[{ required: true }]}
      >
        <InputNumber min={0} max={730} precision={0} suffix={t('sign-in-policy.unit.days')} />
      </Form.Item>
      <Form.Item name="passwordHistory" label={t('sign-in-policy.history')} rules={[{ required: true }]}>
        <InputNumber min={1} max={24} precision={0} suffix={t('sign-in-policy.unit.passwords')} />
      </Form.Item>
      <Form.Item name="idleMinutes" label={t('sign-in-policy.idle')} rules={[{ required: true }]}>
        <InputNumber min={0.1} max={60} step={1} suffix={t('sign-in-policy.unit.minutes')} />
      </Form.Item>
      <ErrorNotice error={save.error} />
      {mayEdit && (
        <Button type="primary" htmlType="submit" loading={save.busy}>
          {t('common:save')}
        </Button>
      )}
    </Form>
  )
}
