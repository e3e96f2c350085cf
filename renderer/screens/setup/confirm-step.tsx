import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { StepButtons } from './step-buttons.tsx'

interface ConfirmStepProps {
  readonly onBack: () => void
  readonly onConfirmed: () => void
}

/** One share typed back from paper proves that the sheets can be read. */
export function ConfirmStep({ onBack, onConfirmed }: ConfirmStepProps) {
  const { t } = useTranslation('setup')
  const [form] = Form.useForm<{ readonly share: string }>()
  const confirm = useAction(async ({ share }: { readonly share: string }) => {
    await call('vault.confirmShare', { text: share })
    form.resetFields()
    await call('vault.finishSetup', {})
    onConfirmed()
  })
  return (
    <Form form={form} layout="vertical" size="middle" requiredMark={false} onFinish={confirm.run}>
      <h2>{t('confirm.title')}</h2>
      <p className="muted">{t('confirm.text')}</p>
      <Form.Item
        name="share"
        label={t('confirm.label')}
        rules={[{ required: true, whitespace: true, message: t('confirm.required') }]}
      >
        <Input.TextArea
          autoFocus
          autoSize={{ minRows: 3 }}
          className="share-text"
          spellCheck={false}
          onPressEnter={(event) => {
            event.preventDefault()
            form.submit()
          }}
        />
      </Form.Item>
      <ErrorNotice error={confirm.error} />
      <StepButtons onBack={onBack} next={t('confirm.check')} busy={confirm.busy} />
    </Form>
  )
}
