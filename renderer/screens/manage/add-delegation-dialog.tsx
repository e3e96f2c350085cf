import { App, Form, Input, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../shared/domain/permission.ts'
import { call } from '../../app/client.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { dayOf, FieldDateInput, useDayRule } from '../../widgets/field-date-input.tsx'
import { RoleChoice } from './role-choice.tsx'

interface DelegationForm {
  readonly from: string
  readonly to: string
  readonly roles: Role[]
  readonly firstDay: string
  readonly lastDay: string
  readonly reason: string
}

interface AddDelegationDialogProps {
  readonly onClose: () => void
  readonly onDone: () => void
}

const DAY_MS = 86_400_000
/** Midnight at the desk: days are what people agree on. */
const startOf = (day: string) => new Date(`${day}T00:00:00`)

export function AddDelegationDialog({ onClose, onDone }: AddDelegationDialogProps) {
  const { t } = useTranslation('rights')
  const { message } = App.useApp()
  const dayRule = useDayRule()
  const accounts = useQuery('accounts.list', {})
  const [form] = Form.useForm<DelegationForm>()
  const from = Form.useWatch('from', form)
  const to = Form.useWatch('to', form)
  const active = (accounts.data ?? []).filter(({ state }) => state === 'active')
  const rolesOf = (id: string | undefined) => active.find((account) => account.id === id)?.roles ?? []
  const add = useAction(async (typed: DelegationForm) => {
    const firstDay = dayOf(typed.firstDay) ?? ''
    const lastDay = dayOf(typed.lastDay) ?? ''
    await call('delegations.add', {
      fromAccountId: typed.from,
      toAccountId: typed.to,
      roles: typed.roles,
      fromAt: startOf(firstDay).toISOString(),
      untilAt: new Date(startOf(lastDay).getTime() + DAY_MS).toISOString(),
      reason: typed.reason,
    })
    onDone()
    onClose()
    void message.success(t('delegations.added'))
  })
  const people = active.map(({ id, name, displayName }) => ({ value: id, label: displayName || name }))
  const needed = [{ required: true, message: t('delegations.person-required') }]
  const day = [{ required: true, message: t('delegations.day-required') }, dayRule]
  return (
    <Modal
      open
      title={t('delegations.add')}
      okText={t('delegations.add-do')}
      confirmLoading={add.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <Form
        form={form}
        name="delegation"
        layout="vertical"
        requiredMark={false}
        initialValues={{ roles: [] }}
        onFinish={add.run}
      >
        <div className="two-columns">
          <Form.Item name="from" label={t('delegations.column.from')} rules={needed}>
            <Select
              options={people.filter(({ value }) => value !== to)}
              showSearch={{ optionFilterProp: 'label' }}
              onChange={() => form.setFieldValue('roles', [])}
            />
          </Form.Item>
          <Form.Item name="to" label={t('delegations.column.to')} rules={needed}>
            <Select
              options={people.filter(({ value }) => value !== from)}
              showSearch={{ optionFilterProp: 'label' }}
            />
          </Form.Item>
        </div>
        <RoleChoice among={rolesOf(from)} beside={rolesOf(to)} label={t('delegations.column.roles')} />
        <div className="two-columns">
          <Form.Item name="firstDay" label={t('delegations.first-day')} rules={day}>
            <FieldDateInput />
          </Form.Item>
          <Form.Item
            name="lastDay"
            label={t('delegations.last-day')}
            dependencies={['firstDay']}
            rules={[
              ...day,
              {
                validator: async (_rule, value: string | undefined) => {
                  const first = dayOf(form.getFieldValue('firstDay'))
                  const last = dayOf(value)
                  if (first !== null && last !== null && last < first)
                    throw new Error(t('delegations.days-turned'))
                },
              },
            ]}
          >
            <FieldDateInput />
          </Form.Item>
        </div>
        <Form.Item
          name="reason"
          label={t('reason.label')}
          rules={[{ required: true, whitespace: true, message: t('reason.required') }]}
        >
          <Input maxLength={300} />
        </Form.Item>
        <ErrorNotice error={add.error ?? accounts.error} />
        <button type="submit" className="enter-submits" tabIndex={-1} aria-hidden="true" />
      </Form>
    </Modal>
  )
}
