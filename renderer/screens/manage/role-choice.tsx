import { Alert, Checkbox, Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { OFFICER_ROLES, ROLES, type Role } from '../../../shared/domain/permission.ts'
import { COMPARTMENT_WORDS, ROLE_WORDS } from '../../../shared/domain/permission-words.ts'
import { separationProblem } from '../../../shared/domain/role-separation.ts'
import { useTerm } from '../../app/terms.ts'
import { useSignedIn } from '../../state/session.ts'

interface RoleChoiceProps {
  /** Roles that the person has already, counted against the separation of officers too. */
  readonly beside?: readonly Role[]
  readonly among?: readonly Role[]
  readonly label?: string
}

/** Field `roles` of the form around. What 三员分立 forbids is explained as it is chosen, before anything is sent. */
export function RoleChoice({ beside = [], among = ROLES, label }: RoleChoiceProps) {
  const { t } = useTranslation('rights')
  const term = useTerm()
  const { smallUnit } = useSignedIn()
  return (
    <Form.Item
      name="roles"
      label={label ?? t('accounts.column.roles')}
      rules={[
        { required: true, message: t('roles.required') },
        {
          validator: async (_rule, roles: readonly Role[] = []) => {
            const problem = separationProblem([...beside, ...roles], smallUnit)
            if (problem !== null) throw new Error(t(`separation.${problem}`))
          },
        },
      ]}
    >
      <Select
        mode="multiple"
        placeholder={t('roles.choose')}
        options={among.map((role) => ({ value: role, label: term(ROLE_WORDS[role]) }))}
        showSearch={{ optionFilterProp: 'label' }}
      />
    </Form.Item>
  )
}

const COMPARTMENTS = ['open', 'restricted'] as const

/** Field `compartments` of the form around: the keys that go with the roles; none for the three officers. */
export function KeyChoice() {
  const { t } = useTranslation('rights')
  const term = useTerm()
  const roles: readonly Role[] = Form.useWatch('roles', Form.useFormInstance()) ?? []
  const officer = roles.some((role) => OFFICER_ROLES.includes(role))
  if (officer)
    return <Alert type="info" showIcon className="rights-note" title={t('keys.none-for-officers')} />
  return (
    <Form.Item name="compartments" label={t('keys.label')} extra={t('keys.extra')}>
      <Checkbox.Group
        options={COMPARTMENTS.map((compartment) => ({
          value: compartment,
          label: t('accounts.key', { name: term(COMPARTMENT_WORDS[compartment]) }),
        }))}
      />
    </Form.Item>
  )
}
