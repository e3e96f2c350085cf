import { Form, Input, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { type CatalogueTemplateRow, MaterialClass } from '../../../shared/domain/catalogue-template.ts'
import type { TemplateRowContent } from '../../../shared/domain/template-revision.ts'
import type { AppError } from '../../../shared/errors.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

type RowForm = Pick<TemplateRowContent, 'title' | 'constraint' | 'materialClass' | 'aliases'>

const NEW_ROW: RowForm = { title: '', constraint: 'optional', materialClass: 'other', aliases: [] }

interface TemplateRowDialogProps {
  readonly row: CatalogueTemplateRow | undefined
  readonly error: AppError | undefined
  readonly onCancel: () => void
  readonly onDone: (content: RowForm) => void
}

export function TemplateRowDialog({ row, error, onCancel, onDone }: TemplateRowDialogProps) {
  const { t } = useTranslation('manage')
  const [form] = Form.useForm<RowForm>()
  return (
    <Modal
      open
      title={row === undefined ? t('templates.add-row') : t('templates.edit-row', { title: row.title })}
      okText={t('templates.take')}
      onOk={() => form.submit()}
      onCancel={onCancel}
      destroyOnHidden
    >
      <Form
        form={form}
        name="template-row"
        layout="vertical"
        requiredMark={false}
        initialValues={row ?? NEW_ROW}
        onFinish={onDone}
      >
        <Form.Item
          name="title"
          label={t('templates.column.title')}
          rules={[{ required: true, whitespace: true, message: t('templates.title-required') }]}
        >
          <Input autoFocus maxLength={80} />
        </Form.Item>
        <Form.Item name="constraint" label={t('templates.column.constraint')}>
          <Select
            options={(['required', 'optional'] as const).map((value) => ({
              value,
              label: t(`templates.constraint.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="materialClass" label={t('templates.column.class')}>
          <Select
            options={MaterialClass.options.map((value) => ({ value, label: t(`templates.class.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="aliases" label={t('templates.column.aliases')} extra={t('templates.aliases-extra')}>
          <Select mode="tags" tokenSeparators={['、', '，', ',', ';', '；']} suffixIcon={null} open={false} />
        </Form.Item>
        <ErrorNotice error={error} />
        <button type="submit" className="enter-submits" tabIndex={-1} aria-hidden="true" />
      </Form>
    </Modal>
  )
}
