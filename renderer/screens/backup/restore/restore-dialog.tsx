import { FolderOpenOutlined } from '@ant-design/icons'
import { Alert, Button, Form, Input, Modal, Radio } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Medium } from '../../../../shared/contract/media.ts'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { useJobs } from '../../../state/jobs.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { useBackupQuery } from '../backup-jobs.ts'
import { JobLine } from '../backup-progress.tsx'
import { firstMedium, MediumChoice, usableMedia } from '../medium-choice.tsx'
import { Comparison } from './comparison.tsx'
import { firstSnapshot, SnapshotChoice } from './snapshot-choice.tsx'

interface RestoreForm {
  readonly mediumId: string
  readonly snapshotId: string
  readonly what: 'vault' | 'objects'
  readonly target?: string
}

interface Begun {
  readonly jobId: string
  /** Null: mended in place. */
  readonly target: string | null
}

interface RestoreDialogProps {
  readonly media: readonly Medium[]
  readonly mediumId?: string
  readonly snapshotId?: string
  readonly onClose: () => void
}

/** 恢复: from which backup, how it differs from today, where to; then how far it is and what comes next. */
export function RestoreDialog({ media, onClose, ...given }: RestoreDialogProps) {
  const { t } = useTranslation('backup')
  const [form] = Form.useForm<RestoreForm>()
  const [begun, setBegun] = useState<Begun>()
  const mediumId = Form.useWatch('mediumId', form) ?? firstMedium(media, 'read', given.mediumId)
  const snapshotId = Form.useWatch('snapshotId', form)
  const what = Form.useWatch('what', form) ?? 'vault'
  const rows = useBackupQuery('backup.list', mediumId === undefined ? undefined : { mediumId })
  useEffect(() => {
    if (rows.data === undefined) return
    form.setFieldValue('snapshotId', firstSnapshot(rows.data, given.snapshotId))
  }, [rows.data, given.snapshotId, form])
  const choose = useAction(async () => {
    const [folder] = (await call('shell.chooseFolder', { title: t('restore.choose-title') })).paths
    if (folder === undefined) return
    form.setFieldValue('target', folder)
    await form.validateFields(['target'])
  })
  const start = useAction(async (typed: RestoreForm) => {
    const from = { mediumId: typed.mediumId, snapshotId: typed.snapshotId }
    const target = typed.what === 'vault' ? (typed.target ?? '') : null
    const { jobId } =
      target === null
        ? await call('restores.objects', from)
        : await call('restores.vault', { ...from, target })
    setBegun({ jobId, target })
  })
  if (begun !== undefined) {
    return (
      <Modal
        open
        title={t('restore.title')}
        footer={<Button onClick={onClose}>{t('common:close')}</Button>}
        onCancel={onClose}
        mask={{ closable: false }}
        destroyOnHidden
      >
        <RestoreRun begun={begun} />
      </Modal>
    )
  }
  return (
    <Modal
      open
      title={t('restore.title')}
      width={640}
      okText={t(what === 'vault' ? 'restore.do' : 'restore.do-objects')}
      okButtonProps={{ disabled: usableMedia(media, 'read').length === 0 }}
      confirmLoading={start.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <ErrorNotice error={start.error ?? choose.error ?? rows.error} />
      <Form
        form={form}
        name="restore"
        layout="vertical"
        initialValues={{ mediumId, what: 'vault' }}
        onFinish={(typed) => {
          start.run(typed).catch((error: unknown) => console.warn('not started', error))
        }}
      >
        <MediumChoice media={media} need="read" wanted={given.mediumId} />
        <SnapshotChoice rows={rows.data ?? []} />
        {mediumId !== undefined && snapshotId !== undefined && (
          <Comparison key={snapshotId} mediumId={mediumId} snapshotId={snapshotId} />
        )}
        <Form.Item name="what" label={t('restore.what')}>
          <Radio.Group className="backup-options">
            {(['vault', 'objects'] as const).map((way) => (
              <Radio key={way} value={way}>
                {t(`restore.${way}`)} <span className="muted">{t(`restore.${way}-text`)}</span>
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
        {what === 'vault' && (
          <>
            <Form.Item
              label={t('restore.target')}
              htmlFor="restore_target"
              required
              extra={t('restore.target-text')}
            >
              <div className="backup-folder">
                <Form.Item
                  name="target"
                  noStyle
                  rules={[{ required: true, message: t('restore.target-required') }]}
                >
                  <Input readOnly placeholder={t('restore.target-required')} />
                </Form.Item>
                <Button
                  icon={<FolderOpenOutlined aria-hidden="true" />}
                  loading={choose.busy}
                  onClick={() => {
                    choose.run().catch((error: unknown) => console.warn('no folder', error))
                  }}
                >
                  {t('restore.choose')}
                </Button>
              </div>
            </Form.Item>
            <Alert type="info" showIcon title={t('restore.never-over')} />
          </>
        )}
      </Form>
    </Modal>
  )
}

/** How far it is; when it ended, what was made and what the person does now. */
function RestoreRun({ begun: { jobId, target } }: { readonly begun: Begun }) {
  const { t } = useTranslation('backup')
  const job = useJobs(({ jobs }) => jobs.find(({ id }) => id === jobId))
  if (job === undefined) return <p className="muted">{t('restore.starting')}</p>
  return (
    <>
      <JobLine job={job} />
      {job.state === 'succeeded' && (
        <Alert
          type="success"
          showIcon
          role="status"
          data-testid="restored"
          title={t(target === null ? 'restore.mended' : 'restore.restored')}
          description={
            target === null ? (
              t('restore.mended-text')
            ) : (
              <>
                <p>
                  <code>{target}</code>
                </p>
                <p>{t('restore.restored-text')}</p>
              </>
            )
          }
        />
      )}
    </>
  )
}
