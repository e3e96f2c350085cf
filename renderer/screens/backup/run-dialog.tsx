import { Form, Modal, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Medium } from '../../../shared/contract/media.ts'
import { dueBackup, type RunKind } from '../../../shared/domain/backup/due-backup.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { useBackupQuery } from './backup-jobs.ts'
import { firstMedium, MediumChoice, usableMedia } from './medium-choice.tsx'

interface RunForm {
  readonly mediumId: string
  readonly kind: RunKind
}

interface RunDialogProps {
  readonly media: readonly Medium[]
  readonly mediumId?: string
  readonly kind?: RunKind
  readonly onClose: () => void
  readonly onStarted: (jobId: string, mediumId: string) => void
}

/** 立即备份: to which medium, and whether everything on it is to be read again as well. */
export function RunDialog({ media, onClose, onStarted, ...given }: RunDialogProps) {
  const { t } = useTranslation('backup')
  const duties = useBackupQuery('duties.list', {})
  const [form] = Form.useForm<RunForm>()
  const run = useAction(async ({ mediumId, kind }: RunForm) => {
    const { jobId } = await call('backup.run', { mediumId, kind })
    onStarted(jobId, mediumId)
  })
  const mediumId = firstMedium(media, 'write', given.mediumId)
  const medium = media.find(({ id }) => id === mediumId)
  const due = medium === undefined ? undefined : dueBackup(medium, duties.data ?? [])
  return (
    <Modal
      open
      title={t('run.title')}
      okText={t('run.do')}
      okButtonProps={{ disabled: usableMedia(media, 'write').length === 0, autoFocus: true }}
      confirmLoading={run.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <p className="muted">{t('run.text')}</p>
      <ErrorNotice error={run.error} />
      {duties.loading && duties.data === undefined ? null : (
        <Form
          form={form}
          name="backup-run"
          layout="vertical"
          initialValues={{ mediumId, kind: given.kind ?? due ?? 'incremental' }}
          onFinish={(typed) => {
            run.run(typed).catch((error: unknown) => console.warn('not started', error))
          }}
        >
          <MediumChoice media={media} need="write" wanted={given.mediumId} />
          <Form.Item name="kind" label={t('field.kind')}>
            <Radio.Group className="backup-options">
              {(['incremental', 'full'] as const).map((kind) => (
                <Radio key={kind} value={kind}>
                  {t(`kind.${kind}`)} <span className="muted">{t(`run.${kind}`)}</span>
                </Radio>
              ))}
            </Radio.Group>
          </Form.Item>
        </Form>
      )}
    </Modal>
  )
}
