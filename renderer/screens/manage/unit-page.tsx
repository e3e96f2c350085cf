import { Alert, App, Button, Form, Input, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { call } from '../../app/client.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { NameTemplateField } from './name-template-field.tsx'
import { SignInPolicyForm } from './sign-in-policy-form.tsx'
import { WatermarkSetting } from './watermark-setting.tsx'

type UnitSettings = OutputOf<'settings.get'>

export function UnitPage() {
  const settings = useQuery('settings.get', {})
  if (settings.error !== undefined) return <ErrorNotice error={settings.error} onRetry={settings.reload} />
  if (settings.data === undefined) return <Skeleton active paragraph={{ rows: 8 }} />
  return (
    <>
      <UnitForm settings={settings.data} />
      <WatermarkSetting />
      <SignInPolicyForm />
    </>
  )
}

function UnitForm({ settings }: { readonly settings: UnitSettings }) {
  const { t } = useTranslation('manage')
  const { message } = App.useApp()
  const mayEdit = useMay('settings.edit')
  const save = useAction(async (typed: UnitSettings) => {
    await call('settings.set', typed)
    void message.success(t('unit.saved'))
  })
  const required = [{ required: true, whitespace: true, message: t('unit.required') }]
  return (
    <Form
      className="manage-page"
      layout="vertical"
      requiredMark={false}
      initialValues={settings}
      disabled={!mayEdit}
      onFinish={save.run}
    >
      {!mayEdit && <Alert type="info" showIcon className="gate-note" title={t('unit.read-only')} />}
      <Form.Item name="unitName" label={t('unit.name')} rules={required} extra={t('unit.name-extra')}>
        <Input maxLength={100} />
      </Form.Item>
      <h2>{t('names.title')}</h2>
      <p className="muted">{t('names.text')}</p>
      <Form.Item name="masterNameTemplate" label={t('names.master')} rules={required}>
        <NameTemplateField makes="page-image" editable={mayEdit} />
      </Form.Item>
      <Form.Item name="exportNameTemplate" label={t('names.export')} rules={required}>
        <NameTemplateField makes="exported-document" editable={mayEdit} />
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
