import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../../shared/errors.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'

interface PasteDialogProps {
  readonly busy: boolean
  readonly error: AppError | undefined
  readonly onText: (text: string) => void
  readonly onClose: () => void
}

const MOST_CHARACTERS = 500_000

/** Room for a table out of a spreadsheet or a text, with or without its headings. */
export function PasteDialog({ busy, error, onText, onClose }: PasteDialogProps) {
  const { t } = useTranslation('lists')
  const [text, setText] = useState('')
  return (
    <Modal
      open
      title={t('paste.title')}
      width={760}
      okText={t('paste.do')}
      okButtonProps={{ disabled: text.trim() === '' }}
      confirmLoading={busy}
      onOk={() => onText(text)}
      onCancel={onClose}
      destroyOnHidden
    >
      <p className="muted">{t('paste.text')}</p>
      <Input.TextArea
        autoFocus
        aria-label={t('paste.title')}
        className="paste-room"
        rows={12}
        value={text}
        maxLength={MOST_CHARACTERS}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          if (text.trim() !== '') onText(text)
        }}
      />
      <ErrorNotice error={error} />
    </Modal>
  )
}
