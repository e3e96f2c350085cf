import { Form, Input, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { InputOf } from '../../../shared/contract/index.ts'
import { parseFieldDate } from '../../../shared/domain/field-date.ts'
import { RETENTION_CODES, RETENTION_LABELS } from '../../../shared/domain/retention.ts'
import { SECRECY_LEVEL_INFO, SECRECY_LEVELS } from '../../../shared/domain/secrecy.ts'
import { useTerm } from '../../app/terms.ts'
import { useAction } from '../../app/use-call.ts'
import { ArchiveNumberField } from '../../widgets/archive-number-field.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { FieldDateInput, useDayRule } from '../../widgets/field-date-input.tsx'
import { PartyFields } from '../../widgets/party-fields.tsx'
import { type Sent, useCaseChange } from './case-change.tsx'
import type { CaseTree } from './tree-rows.ts'

type Draft = InputOf<'cases.update'>['draft']
type Typed = Omit<Draft, 'acceptedOn' | 'closedOn'> & { acceptedOn: string; closedOn: string }

interface CaseEditDialogProps {
  readonly tree: CaseTree
  readonly onDone: (sent: Sent) => void
  readonly onCancel: () => void
}

function typedOf({ case: row, parties, numberRaw }: CaseTree): Typed {
  const { archiveNumber, cause, handler, retention, secrecy } = row
  const dates = { acceptedOn: row.acceptedOn ?? '', closedOn: row.closedOn ?? '' }
  const facts = { archiveNumber, cause, handler, retention, secrecy }
  return { number: numberRaw, ...facts, parties: [...parties], ...dates }
}

function dayOf(typed: string): string | null {
  const reading = parseFieldDate(typed)
  return reading.ok ? reading.iso : null
}

/** Facts of the case; 密级 and 保管期限 only for those who may change them, shown with the reason to the others. */
export function CaseEditDialog({ tree, onDone, onCancel }: CaseEditDialogProps) {
  const { t } = useTranslation(['case', 'cases', 'common'])
  const term = useTerm()
  const dayRule = useDayRule()
  const change = useCaseChange()
  const [form] = Form.useForm<Typed>()
  const save = useAction(async (typed: Typed) => {
    const parties = (typed.parties ?? []).filter(({ name }) => name.trim() !== '')
    const draft = {
      ...typedOf(tree),
      ...typed,
      parties,
      retention: typed.retention ?? null,
      acceptedOn: dayOf(typed.acceptedOn),
      closedOn: dayOf(typed.closedOn),
    }
    const sent = await change.send('cases.update', { caseId: tree.case.id, draft })
    if (sent !== 'given-up') onDone(sent)
  })
  const maySecrecy = change.may('secrecy.change')
  const mayRetention = change.may('retention.change')
  return (
    <Modal
      open
      title={t(change.filed ? 'edit.requestTitle' : 'edit.title')}
      width={760}
      okText={t(change.filed ? 'filed.request' : 'common:save')}
      confirmLoading={save.busy}
      onOk={() => form.submit()}
      onCancel={onCancel}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={typedOf(tree)}
        onFinish={(typed) => {
          save.run(typed).catch((error: unknown) => console.warn('case not saved', error))
        }}
      >
        <Form.Item
          name="number"
          label={t('cases:column.number')}
          rules={[{ required: true, whitespace: true, message: t('cases:number.required') }]}
        >
          <Input autoFocus className="figures" maxLength={200} spellCheck={false} />
        </Form.Item>
        <div className="case-fields">
          <Form.Item name="cause" label={t('cases:column.cause')}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="handler" label={t('cases:column.handler')}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="acceptedOn" label={t('cases:column.acceptedOn')} rules={[dayRule]}>
            <FieldDateInput />
          </Form.Item>
          <Form.Item name="closedOn" label={t('cases:column.closedOn')} rules={[dayRule]}>
            <FieldDateInput />
          </Form.Item>
          <ArchiveNumberField />
          <Form.Item
            name="retention"
            label={t('cases:column.retention')}
            extra={mayRetention ? undefined : t('edit.retentionNotYours')}
          >
            <Select
              allowClear
              disabled={!mayRetention}
              options={RETENTION_CODES.map((value) => ({ value, label: term(RETENTION_LABELS[value]) }))}
            />
          </Form.Item>
          <Form.Item
            name="secrecy"
            label={t('cases:column.secrecy')}
            extra={maySecrecy ? undefined : t('edit.secrecyNotYours')}
          >
            <Select
              disabled={!maySecrecy}
              options={SECRECY_LEVELS.map((value) => ({ value, label: term(SECRECY_LEVEL_INFO[value]) }))}
            />
          </Form.Item>
        </div>
        <PartyFields />
        <ErrorNotice error={save.error} />
        <button type="submit" className="enter-submits" tabIndex={-1} aria-hidden="true" />
      </Form>
    </Modal>
  )
}
