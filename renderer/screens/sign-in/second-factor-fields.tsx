import { UsbOutlined } from '@ant-design/icons'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

/** The six digits of an authenticator: field `code` of the form around. */
export function CodeField() {
  const { t } = useTranslation('sign-in')
  return (
    <Form.Item
      name="code"
      label={t('code')}
      extra={t('code-hint')}
      rules={[{ required: true, whitespace: true, message: t('code-required') }]}
    >
      <Input inputMode="numeric" maxLength={7} autoComplete="one-time-code" />
    </Form.Item>
  )
}

interface KeyFileFieldProps {
  readonly file: string | undefined
  readonly onChosen: (file: string) => void
}

export function KeyFileField({ file, onChosen }: KeyFileFieldProps) {
  const { t } = useTranslation('sign-in')
  const choose = useAction(async () => {
    const { paths } = await call('shell.chooseFiles', { title: t('key-file-title'), kind: 'key-file' })
    if (paths[0] !== undefined) onChosen(paths[0])
  })
  return (
    <Form.Item label={t('key-file')} htmlFor="key-file" extra={file}>
      <Button
        id="key-file"
        icon={<UsbOutlined aria-hidden="true" />}
        onClick={() => choose.run()}
        loading={choose.busy}
      >
        {t('key-file-choose')}
      </Button>
      <ErrorNotice error={choose.error} />
    </Form.Item>
  )
}
