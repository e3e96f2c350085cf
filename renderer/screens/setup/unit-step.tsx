import { Alert, Checkbox, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { StepButtons } from './step-buttons.tsx'

interface UnitStepProps {
  readonly unitName: string
  readonly smallUnit: boolean
  readonly onBack: () => void
  readonly onNext: (unitName: string, smallUnit: boolean) => void
}

interface UnitForm {
  readonly unitName: string
  readonly smallUnit: boolean
}

/** The name that covers and registers carry, and whether there are people enough for three officers. */
export function UnitStep({ unitName, smallUnit, onBack, onNext }: UnitStepProps) {
  const { t } = useTranslation('setup')
  const [form] = Form.useForm<UnitForm>()
  const small = Form.useWatch('smallUnit', form) ?? smallUnit
  return (
    <Form
      form={form}
      layout="vertical"
      size="middle"
      requiredMark={false}
      initialValues={{ unitName, smallUnit }}
      onFinish={(typed: UnitForm) => onNext(typed.unitName.trim(), typed.smallUnit)}
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
      <Form.Item name="smallUnit" valuePropName="checked">
        <Checkbox>{t('unit.small')}</Checkbox>
      </Form.Item>
      {small && <Alert type="warning" showIcon className="gate-note" title={t('unit.small-warning')} />}
      <StepButtons onBack={onBack} next={t('common:next')} />
    </Form>
  )
}
