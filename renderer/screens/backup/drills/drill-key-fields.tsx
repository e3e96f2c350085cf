import { Form, Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'

/** The key that is really used: an account's password, or two of the three recovery sheets. Kept nowhere. */
export function DrillKeyFields() {
  const { t } = useTranslation('backup')
  const way = Form.useWatch<'password' | 'shares' | undefined>('way')
  const needed = (label: string) => [
    { required: true, whitespace: true, message: t('note.needed', { field: label }) },
  ]
  return (
    <>
      <Form.Item name="way" label={t('drill.key')} extra={t('drill.key-text')}>
        <Radio.Group
          options={[
            { value: 'password', label: t('way.password') },
            { value: 'shares', label: t('way.shares') },
          ]}
        />
      </Form.Item>
      {way === 'shares' ? (
        [0, 1].map((at) => (
          <Form.Item
            key={at}
            name={['shares', at]}
            label={t('drill.share', { number: at + 1 })}
            rules={needed(t('drill.share', { number: at + 1 }))}
          >
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 4 }} autoComplete="off" spellCheck={false} />
          </Form.Item>
        ))
      ) : (
        <div className="backup-pair">
          <Form.Item name="accountName" label={t('drill.account')} rules={needed(t('drill.account'))}>
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
          <Form.Item name="password" label={t('drill.password')} rules={needed(t('drill.password'))}>
            <Input.Password maxLength={200} autoComplete="off" />
          </Form.Item>
        </div>
      )}
    </>
  )
}
