import { Form, Modal, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CheckDepth } from '../../../shared/contract/backup.ts'
import type { Medium } from '../../../shared/contract/media.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { firstMedium, MediumChoice, usableMedia } from './medium-choice.tsx'

interface VerifyForm {
  readonly mediumId: string
  readonly depth: CheckDepth
}

interface VerifyDialogProps {
  readonly media: readonly Medium[]
  readonly mediumId?: string
  readonly depth?: CheckDepth
  readonly onClose: () => void
  readonly onStarted: (jobId: string, mediumId: string) => void
}

/** 核验: what is read back from the medium. */
export function VerifyDialog({ media, onClose, onStarted, ...given }: VerifyDialogProps) {
  const { t } = useTranslation('backup')
  const [form] = Form.useForm<VerifyForm>()
  const verify = useAction(async ({ mediumId, depth }: VerifyForm) => {
    const { jobId } = await call('backup.verify', { mediumId, depth })
    onStarted(jobId, mediumId)
  })
  const mediumId = firstMedium(media, 'read', given.mediumId)
  return (
    <Modal
      open
      title={t('verify.title')}
      okText={t('verify.do')}
      okButtonProps={{ disabled: usableMedia(media, 'read').length === 0, autoFocus: true }}
      confirmLoading={verify.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <p className="muted">{t('verify.text')}</p>
      <ErrorNotice error={verify.error} />
      <Form
        form={form}
        name="backup-verify"
        layout="vertical"
        initialValues={{ mediumId, depth: given.depth ?? 'full' }}
        onFinish={(typed) => {
          verify.run(typed).catch((error: unknown) => console.warn('not started', error))
        }}
      >
        <MediumChoice media={media} need="read" wanted={given.mediumId} />
        <Form.Item name="depth" label={t('field.depth')}>
          <Radio.Group className="backup-options">
            {(['full', 'sample', 'quick'] as const).map((depth) => (
              <Radio key={depth} value={depth}>
                {t(`depth.${depth}`)} <span className="muted">{t(`verify.${depth}`)}</span>
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
      </Form>
    </Modal>
  )
}
