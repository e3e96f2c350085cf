import { Button, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { OFFICER_ROLES } from '../../../shared/domain/permission.ts'
import { ROLE_WORDS } from '../../../shared/domain/permission-words.ts'
import { call } from '../../app/client.ts'
import { useTerm } from '../../app/terms.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { dayOf, FieldDateInput, useDayRule } from '../../widgets/field-date-input.tsx'

type People = OutputOf<'assignments.ofCase'>

interface PersonFormProps {
  readonly caseId: string
  readonly answer: People
  readonly onDone: () => void
}

const DAY_MS = 86_400_000

/** Who may be named, with their roles; the three officers have nothing to do with cases. */
function usePeople({ accounts }: People, without: ReadonlySet<string>) {
  const { t } = useTranslation()
  const term = useTerm()
  return accounts
    .filter(({ id, roles }) => !without.has(id) && !roles.some((role) => OFFICER_ROLES.includes(role)))
    .map(({ id, displayName, roles }) => ({
      value: id,
      label: `${displayName}（${roles.map((role) => term(ROLE_WORDS[role])).join(t('list-comma'))}）`,
    }))
}

interface NamingForm {
  readonly accountId: string
  readonly kind: 'own' | 'assigned'
  readonly until?: string
}

export function NamePerson({ caseId, answer, onDone }: PersonFormProps) {
  const { t } = useTranslation('rights')
  const [form] = Form.useForm<NamingForm>()
  const dayRule = useDayRule()
  const people = usePeople(answer, new Set(answer.recused.map(({ accountId }) => accountId)))
  const add = useAction(async ({ accountId, kind, until }: NamingForm) => {
    const lastDay = dayOf(until)
    const untilAt =
      lastDay === null ? null : new Date(new Date(`${lastDay}T00:00:00`).getTime() + DAY_MS).toISOString()
    await call('assignments.add', { caseId, accountId, kind, untilAt })
    form.resetFields()
    onDone()
  })
  return (
    <Form
      form={form}
      name="name-person"
      layout="inline"
      className="case-people-form"
      initialValues={{ kind: 'assigned' }}
      onFinish={add.run}
    >
      <Form.Item name="accountId" rules={[{ required: true, message: t('people.person-required') }]}>
        <Select
          aria-label={t('people.person')}
          placeholder={t('people.person')}
          options={people}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      <Form.Item name="kind">
        <Select
          aria-label={t('people.as')}
          options={(['own', 'assigned'] as const).map((value) => ({
            value,
            label: t(`people.kind.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="until" rules={[dayRule]} label={t('people.last-day')}>
        <FieldDateInput />
      </Form.Item>
      <Button htmlType="submit" type="primary" loading={add.busy}>
        {t('people.add')}
      </Button>
      <ErrorNotice error={add.error} />
    </Form>
  )
}

interface RecusalForm {
  readonly accountId: string
  readonly reason: string
}

export function RecusePerson({ caseId, answer, onDone }: PersonFormProps) {
  const { t } = useTranslation('rights')
  const [form] = Form.useForm<RecusalForm>()
  const people = usePeople(answer, new Set(answer.recused.map(({ accountId }) => accountId)))
  const recuse = useAction(async ({ accountId, reason }: RecusalForm) => {
    await call('assignments.recuse', { caseId, accountId, reason })
    form.resetFields()
    onDone()
  })
  return (
    <Form form={form} name="recuse-person" layout="inline" className="case-people-form" onFinish={recuse.run}>
      <Form.Item name="accountId" rules={[{ required: true, message: t('people.person-required') }]}>
        <Select
          aria-label={t('people.person-recused')}
          placeholder={t('people.person')}
          options={people}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      <Form.Item
        name="reason"
        className="case-people-reason"
        rules={[{ required: true, whitespace: true, message: t('reason.required') }]}
      >
        <Input aria-label={t('reason.label')} placeholder={t('people.reason')} maxLength={300} />
      </Form.Item>
      <Button htmlType="submit" danger loading={recuse.busy}>
        {t('people.recuse')}
      </Button>
      <ErrorNotice error={recuse.error} />
    </Form>
  )
}
