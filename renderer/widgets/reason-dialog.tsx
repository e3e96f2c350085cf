import { Button, Form, Input, Modal } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../shared/errors.ts'
import { ErrorNotice } from './error-notice.tsx'
import { KeyHint } from './key-hint.tsx'

interface ReasonDialogProps {
  readonly title: string
  /** What will happen, in a sentence. */
  readonly text?: ReactNode
  readonly label: string
  readonly doText: string
  /** False where a note may stay empty. */
  readonly required?: boolean
  readonly busy: boolean
  readonly error: AppError | undefined
  readonly onDo: (reason: string) => void
  readonly onCancel: () => void
}

/** Asks for the words that the log or another person will read, before something is done. */
export function ReasonDialog({ required = true, ...dialog }: ReasonDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal open title={dialog.title} footer={null} width={480} destroyOnHidden onCancel={dialog.onCancel}>
      {dialog.text !== undefined && <div className="reason-text">{dialog.text}</div>}
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={({ reason }: { reason?: string }) => dialog.onDo((reason ?? '').trim())}
      >
        <Form.Item
          name="reason"
          label={dialog.label}
          rules={required ? [{ required: true, whitespace: true, message: t('reason.needed') }] : []}
        >
          <Input.TextArea
            autoFocus
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={300}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
              event.preventDefault()
              event.currentTarget.form?.requestSubmit()
            }}
          />
        </Form.Item>
        <ErrorNotice error={dialog.error} />
        <div className="reason-buttons">
          <Button type="primary" htmlType="submit" loading={dialog.busy}>
            {dialog.doText} <KeyHint keys="Ctrl Enter" />
          </Button>
          <Button onClick={dialog.onCancel}>{t('cancel')}</Button>
        </div>
      </Form>
    </Modal>
  )
}
