import { Alert, App, Button, Form, InputNumber, Modal, Popconfirm, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Retention } from '../../../../shared/contract/backup.ts'
import type { OutputOf } from '../../../../shared/contract/index.ts'
import type { Medium } from '../../../../shared/contract/media.ts'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { useMay } from '../../../state/session.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { useBackupQuery } from '../backup-jobs.ts'
import { firstMedium } from '../medium-choice.tsx'
import { useBackupWords } from '../use-backup-words.ts'

interface PruneDialogProps {
  readonly media: readonly Medium[]
  readonly mediumId?: string
  readonly onClose: () => void
  readonly onStarted: (jobId: string, mediumId: string) => void
}

const PERIODS = ['daily', 'weekly', 'monthly', 'yearly'] as const

/** 保留与清理: the policy, what it keeps and why, and only then the removing of the rest. */
export function PruneDialog({ media, onClose, onStarted, ...given }: PruneDialogProps) {
  const { t } = useTranslation('backup')
  const retention = useBackupQuery('backup.retention', {})
  const [mediumId, setMediumId] = useState(
    () => firstMedium(media, 'write', given.mediumId) ?? given.mediumId ?? media[0]?.id,
  )
  return (
    <Modal
      open
      title={t('prune.title')}
      width={720}
      footer={null}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <p className="muted">{t('prune.text')}</p>
      <ErrorNotice error={retention.error} onRetry={retention.reload} />
      {retention.data !== undefined && (
        <RetentionForm retention={retention.data} onSaved={retention.reload} />
      )}
      <h2 className="backup-part-head">{t('prune.preview')}</h2>
      <Select
        aria-label={t('field.medium')}
        {...(mediumId === undefined ? {} : { value: mediumId })}
        style={{ minWidth: 220 }}
        options={media.map(({ id, number }) => ({ value: id, label: number }))}
        onChange={setMediumId}
      />
      {mediumId !== undefined && retention.data !== undefined && (
        <Preview
          key={`${mediumId} ${JSON.stringify(retention.data)}`}
          mediumId={mediumId}
          present={media.find(({ id }) => id === mediumId)?.present === true}
          onStarted={onStarted}
        />
      )}
    </Modal>
  )
}

interface RetentionFormProps {
  readonly retention: Retention
  readonly onSaved: () => void
}

function RetentionForm({ retention, onSaved }: RetentionFormProps) {
  const { t } = useTranslation('backup')
  const { message } = App.useApp()
  const mayManage = useMay('backup.manage')
  const save = useAction(async (typed: Retention) => {
    await call('backup.setRetention', typed)
    void message.success(t('prune.saved'))
    onSaved()
  })
  return (
    <Form
      layout="inline"
      className="backup-retention"
      disabled={!mayManage}
      initialValues={retention}
      onFinish={(typed: Retention) => {
        save.run(typed).catch((error: unknown) => console.warn('not saved', error))
      }}
    >
      {PERIODS.map((period) => (
        <Form.Item
          key={period}
          name={period}
          label={t(`retention.${period}`)}
          rules={[{ required: true, message: t('prune.number') }]}
        >
          <InputNumber min={0} max={period === 'yearly' ? 100 : 240} precision={0} style={{ width: 72 }} />
        </Form.Item>
      ))}
      {mayManage && (
        <Button htmlType="submit" loading={save.busy}>
          {t('common:save')}
        </Button>
      )}
      <ErrorNotice error={save.error} />
    </Form>
  )
}

interface PreviewProps {
  readonly mediumId: string
  readonly present: boolean
  readonly onStarted: (jobId: string, mediumId: string) => void
}

function Preview({ mediumId, present, onStarted }: PreviewProps) {
  const { t } = useTranslation('backup')
  const preview = useBackupQuery('backup.prunePreview', { mediumId })
  const prune = useAction(async (remove: string[]) => {
    const { jobId } = await call('backup.prune', { mediumId, remove })
    onStarted(jobId, mediumId)
  })
  if (preview.error !== undefined) return <ErrorNotice error={preview.error} onRetry={preview.reload} />
  if (preview.data === undefined) return <Skeleton active paragraph={{ rows: 3 }} />
  const going = preview.data.filter(({ reasons }) => reasons.length === 0)
  return (
    <>
      <PreviewTable lines={preview.data} />
      {going.length === 0 ? (
        <p className="muted">{t('prune.nothing')}</p>
      ) : present ? (
        <Popconfirm
          title={t('prune.sure', { count: going.length })}
          description={t('prune.sure-text')}
          okText={t('prune.do', { count: going.length })}
          okButtonProps={{ danger: true }}
          onConfirm={() => prune.run(going.map(({ snapshotId }) => snapshotId))}
        >
          <Button danger loading={prune.busy}>
            {t('prune.do', { count: going.length })}
          </Button>
        </Popconfirm>
      ) : (
        <Alert type="info" showIcon title={t('prune.absent')} />
      )}
      <ErrorNotice error={prune.error} />
    </>
  )
}

function PreviewTable({ lines }: { readonly lines: OutputOf<'backup.prunePreview'> }) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  if (lines.length === 0) return <p className="muted">{t('prune.no-snapshots')}</p>
  return (
    <div className="backup-preview">
      <table className="plain-table">
        <thead>
          <tr>
            {['snapshot', 'verified', 'fate', 'why'].map((column) => (
              <th key={column} scope="col">
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ snapshotId, createdAt, verifiedAt, reasons }) => (
            <tr key={snapshotId} data-goes={reasons.length === 0}>
              <th scope="row" className="figures cell-line">
                {words.moment(createdAt)}
              </th>
              <td className="figures cell-line">
                {verifiedAt === null ? t('result.not-yet') : words.day(verifiedAt)}
              </td>
              <td className="cell-line">
                {reasons.length === 0 ? <strong>{t('prune.goes')}</strong> : t('prune.stays')}
              </td>
              <td>
                {reasons.length === 0
                  ? t('prune.goes-why')
                  : reasons.map((reason) => t(`reason.${reason}`)).join(t('common:list-comma'))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
