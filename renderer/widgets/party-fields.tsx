import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { PARTY_ROLE_INFO, PARTY_ROLES } from '../../shared/domain/party-role.ts'
import { useTerm } from '../app/terms.ts'

/** The parties of a case as rows of a form's list `parties`: role, name, and whether the name is 隐名. */
export function PartyFields() {
  const { t } = useTranslation('cases')
  const term = useTerm()
  return (
    <fieldset className="parties">
      <legend>{t('parties.title')}</legend>
      <Form.List name="parties">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name: at }) => (
              <div key={key} className="party">
                <Form.Item name={[at, 'role']} noStyle>
                  <Select
                    aria-label={t('parties.role', { position: at + 1 })}
                    options={PARTY_ROLES.map((value) => ({ value, label: term(PARTY_ROLE_INFO[value]) }))}
                  />
                </Form.Item>
                <Form.Item name={[at, 'name']} noStyle>
                  <Input maxLength={200} aria-label={t('parties.name', { position: at + 1 })} />
                </Form.Item>
                <Form.Item name={[at, 'sheltered']} valuePropName="checked" noStyle>
                  <Checkbox title={t('parties.sheltered-why')}>{t('parties.sheltered')}</Checkbox>
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined aria-hidden="true" />}
                  aria-label={t('parties.remove', { position: at + 1 })}
                  onClick={() => remove(at)}
                />
              </div>
            ))}
            <Button
              type="dashed"
              icon={<PlusOutlined aria-hidden="true" />}
              onClick={() => add({ role: rows.length === 0 ? 'plaintiff' : 'defendant', name: '' })}
            >
              {t('parties.add')}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  )
}
