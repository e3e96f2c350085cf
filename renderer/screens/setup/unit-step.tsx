import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { StepButtons } from './step-buttons.tsx'

interface UnitStepProps {
  readonly unitName: string
  readonly onBack: () => void
  readonly onNext: (unitName: string) => void
}

/** The name that covers and registers carry. */
export function UnitStep({ unitName, onBack, onNext }: UnitStepProps) {
  const { t } = useTranslation('setup')
  return (
    <Form
      layout="vertical"
      size="middle"
      requiredMark={false}
      initialValues={{ unitName }}
      onFinish={(typed: { readonly unitName: string }) => onNext(typed.unitName.trim())}
    >
      <h2>{t('unit.title')}</h2>
      <p className="muted">{t('unit.text')}</p>
      <Form.Item
        name="unitName"
        label={t('unit.label')}
        rules={[{ required: true, whitespace: true, message: t('unit.required') }]}
      >
        <Input autoFocus maxLength={100} placeholder={t('unit.example')} />
      </Form.Item>
      <StepButtons onBack={onBack} next={t('common:next')} />
    </Form>
  )
}
