import { Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { ROLE_WORDS } from '../../../shared/domain/permission-words.ts'
import { call } from '../../app/client.ts'
import { useTerm } from '../../app/terms.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import type { Review, ReviewLine } from './review.ts'

interface RevokeDialogProps {
  readonly line: ReviewLine
  readonly onClose: () => void
  readonly onDone: (review: Review) => void
}

export function RevokeDialog({ line, onClose, onDone }: RevokeDialogProps) {
  const { t } = useTranslation('rights')
  const term = useTerm()
  const [form] = Form.useForm<{ readonly note: string }>()
  const role = term(ROLE_WORDS[line.role])
  const revoke = useAction(async ({ note }: { readonly note: string }) => {
    onDone(await call('reviews.decideLine', { lineId: line.id, verdict: 'revoke', note }))
    onClose()
  })
  return (
    <Modal
      open
      title={t('reviews.revoke-ask.title', { name: line.displayName || line.accountName, role })}
      okText={t('reviews.revoke')}
      okButtonProps={{ danger: true }}
      confirmLoading={revoke.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <p className="muted">
        {t(line.delegationId === null ? 'reviews.revoke-ask.text' : 'reviews.revoke-ask.delegated')}
      </p>
      <Form form={form} name="revoke" layout="vertical" requiredMark={false} onFinish={revoke.run}>
        <Form.Item
          name="note"
          label={t('reason.label')}
          rules={[{ required: true, whitespace: true, message: t('reason.required') }]}
        >
          <Input autoFocus maxLength={300} />
        </Form.Item>
        <ErrorNotice error={revoke.error} />
        <button type="submit" className="enter-submits" tabIndex={-1} aria-hidden="true" />
      </Form>
    </Modal>
  )
}
