import { Alert, App, Button, Checkbox, Form, Input, Modal, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { RETENTION_CODES, RETENTION_LABELS } from '../../../shared/domain/retention.ts'
import { SECRECY_LEVEL_INFO, SECRECY_LEVELS } from '../../../shared/domain/secrecy.ts'
import { VOLUME_KIND_INFO, VOLUME_KINDS } from '../../../shared/domain/volume-kind.ts'
import { call } from '../../app/client.ts'
import { useTerm } from '../../app/terms.ts'
import { useAction, useQuery, useSettled } from '../../app/use-call.ts'
import { ArchiveNumberField } from '../../widgets/archive-number-field.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { FieldDateInput, useDayRule } from '../../widgets/field-date-input.tsx'
import { PartyFields } from '../../widgets/party-fields.tsx'
import { type CaseForm, caseInput, EMPTY_CASE, hasTyping, readCaseForm } from './case-draft.ts'
import { NumberReadingLine } from './number-reading.tsx'
import { useKeptDraft } from './use-kept-draft.ts'

interface NewCaseDialogProps {
  readonly onClose: () => void
}

/** Registers a case: number first, everything else can follow later. */
export function NewCaseDialog({ onClose }: NewCaseDialogProps) {
  const { t } = useTranslation('cases')
  const { message } = App.useApp()
  const navigate = useNavigate()
  const [form] = Form.useForm<CaseForm>()
  const draft = useKeptDraft()
  const create = useAction(async (typed: CaseForm) => {
    const tree = await call('cases.create', caseInput(typed))
    await draft.save(null)
    void message.success(t('created', { number: tree.case.number }))
    await navigate(`/cases/${tree.case.id}`)
  })
  const close = () => {
    draft.flush().catch((error: unknown) => console.warn('draft not kept', error))
    onClose()
  }
  return (
    <Modal
      open
      title={t('new')}
      width={820}
      className="new-case"
      okText={t('register')}
      confirmLoading={create.busy}
      okButtonProps={{ disabled: draft.found === undefined }}
      onOk={() => form.submit()}
      onCancel={close}
      mask={{ closable: false }}
      destroyOnHidden
    >
      {draft.found === undefined ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : (
        <Form
          form={form}
          name="new-case"
          layout="vertical"
          requiredMark={false}
          initialValues={readCaseForm(draft.found.value) ?? EMPTY_CASE}
          onFinish={create.run}
          onValuesChange={(_changed, all: CaseForm) =>
            draft.keep(hasTyping(all) ? JSON.stringify(all) : null)
          }
        >
          <RestoredNotice
            restored={readCaseForm(draft.found.value) !== null}
            onDiscard={() => {
              form.setFieldsValue(EMPTY_CASE)
              draft.keep(null)
            }}
          />
          <NumberField />
          <CaseFields />
          <ErrorNotice error={create.error} />
          <button type="submit" className="enter-submits" tabIndex={-1} aria-hidden="true" />
        </Form>
      )}
    </Modal>
  )
}

function RestoredNotice({
  restored,
  onDiscard,
}: {
  readonly restored: boolean
  readonly onDiscard: () => void
}) {
  const { t } = useTranslation('cases')
  const [shown, setShown] = useState(restored)
  if (!shown) return null
  return (
    <Alert
      type="info"
      showIcon
      className="gate-note"
      title={t('draft.restored')}
      action={
        <Button
          onClick={() => {
            setShown(false)
            onDiscard()
          }}
        >
          {t('draft.discard')}
        </Button>
      }
    />
  )
}

function NumberField() {
  const { t } = useTranslation('cases')
  const form = Form.useFormInstance<CaseForm>()
  const number = useSettled((Form.useWatch('number', form) ?? '').trim(), 150)
  const reading = useQuery('cases.readNumber', number === '' ? undefined : { text: number })
  return (
    <>
      <Form.Item
        name="number"
        label={t('column.number')}
        className="number-field"
        rules={[{ required: true, whitespace: true, message: t('number.required') }]}
      >
        <Input
          autoFocus
          size="large"
          className="figures"
          maxLength={200}
          spellCheck={false}
          placeholder={t('number.example')}
        />
      </Form.Item>
      {reading.data !== undefined && number !== '' && (
        <NumberReadingLine
          reading={reading.data}
          onTake={(taken) => {
            form.setFieldValue('number', taken)
            form.getFieldInstance('number')?.focus()
          }}
        />
      )}
      {reading.error !== undefined && <ErrorNotice error={reading.error} />}
    </>
  )
}

function CaseFields() {
  const { t } = useTranslation('cases')
  const term = useTerm()
  const dayRule = useDayRule()
  return (
    <>
      <div className="case-fields">
        <Form.Item name="cause" label={t('column.cause')}>
          <Input maxLength={200} placeholder={t('cause-example')} />
        </Form.Item>
        <Form.Item name="handler" label={t('column.handler')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="acceptedOn"
          label={t('column.acceptedOn')}
          rules={[dayRule]}
          validateTrigger="onBlur"
        >
          <FieldDateInput />
        </Form.Item>
        <Form.Item name="closedOn" label={t('column.closedOn')} rules={[dayRule]} validateTrigger="onBlur">
          <FieldDateInput />
        </Form.Item>
      </div>
      <PartyFields />
      <div className="case-fields">
        <ArchiveNumberField />
        <Form.Item name="retention" label={t('column.retention')}>
          <Select
            allowClear
            placeholder={t('retention-later')}
            options={RETENTION_CODES.map((value) => ({ value, label: term(RETENTION_LABELS[value]) }))}
          />
        </Form.Item>
        <Form.Item name="secrecy" label={t('column.secrecy')}>
          <Select
            options={SECRECY_LEVELS.map((value) => ({
              value,
              label: term(SECRECY_LEVEL_INFO[value]),
            }))}
          />
        </Form.Item>
        <StateSecretNotice />
      </div>
      <Form.Item
        name="volumes"
        label={t('volumes')}
        rules={[{ type: 'array', min: 1, message: t('volumes-required') }]}
      >
        <Checkbox.Group
          options={VOLUME_KINDS.map((value) => ({ value, label: term(VOLUME_KIND_INFO[value]) }))}
        />
      </Form.Item>
    </>
  )
}

function StateSecretNotice() {
  const { t } = useTranslation('cases')
  const secrecy = Form.useWatch('secrecy', Form.useFormInstance<CaseForm>())
  if (secrecy === undefined || !SECRECY_LEVEL_INFO[secrecy].stateSecret) return null
  return <Alert type="warning" showIcon className="case-fields-wide" title={t('state-secret')} />
}
