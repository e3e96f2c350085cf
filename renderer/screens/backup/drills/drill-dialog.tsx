import { Alert, AutoComplete, Form, Input, InputNumber, Modal, Radio } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Medium } from '../../../../shared/contract/media.ts'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { useBackupQuery } from '../backup-jobs.ts'
import { firstMedium, MediumChoice, usableMedia } from '../medium-choice.tsx'
import { firstSnapshot, SnapshotChoice } from '../restore/snapshot-choice.tsx'
import { DrillKeyFields } from './drill-key-fields.tsx'

interface DrillForm {
  readonly mediumId: string
  readonly snapshotId: string
  readonly scenario: string
  readonly participants?: string
  readonly way: 'password' | 'shares'
  readonly accountName?: string
  readonly password?: string
  readonly shares?: readonly string[]
  readonly extent: 'all' | 'sample'
  readonly sample?: number
  readonly rtoTargetMinutes: number
  readonly rpoTargetHours: number
}

interface DrillDialogProps {
  readonly media: readonly Medium[]
  readonly mediumId?: string
  readonly snapshotId?: string
  readonly all?: boolean
  readonly onClose: () => void
  readonly onStarted: (jobId: string, mediumId: string) => void
}

const SCENARIOS = ['disk', 'ransom', 'fire', 'yearly'] as const

/** 演练: which backup, by which key, how much of it, and the times that it must keep to. */
export function DrillDialog({ media, all, onClose, onStarted, ...given }: DrillDialogProps) {
  const { t } = useTranslation('backup')
  const [form] = Form.useForm<DrillForm>()
  const mediumId = Form.useWatch('mediumId', form) ?? firstMedium(media, 'read', given.mediumId)
  const extent = Form.useWatch('extent', form)
  const rows = useBackupQuery('backup.list', mediumId === undefined ? undefined : { mediumId })
  useEffect(() => {
    if (rows.data === undefined) return
    form.setFieldValue('snapshotId', firstSnapshot(rows.data, given.snapshotId))
  }, [rows.data, given.snapshotId, form])
  const start = useAction(async (typed: DrillForm) => {
    const { jobId } = await call('drills.run', {
      mediumId: typed.mediumId,
      snapshotId: typed.snapshotId,
      scenario: typed.scenario,
      participants: typed.participants ?? '',
      key:
        typed.way === 'password'
          ? { way: 'password', accountName: typed.accountName ?? '', password: typed.password ?? '' }
          : { way: 'shares', shares: (typed.shares ?? []).map((share) => share.trim()) },
      sample: typed.extent === 'sample' ? (typed.sample ?? null) : null,
      rtoTargetMinutes: typed.rtoTargetMinutes,
      rpoTargetHours: typed.rpoTargetHours,
    })
    onStarted(jobId, typed.mediumId)
  })
  return (
    <Modal
      open
      title={t('drill.title')}
      width={640}
      okText={t('drill.do')}
      okButtonProps={{ disabled: usableMedia(media, 'read').length === 0 }}
      confirmLoading={start.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <p className="muted">{t('drill.text')}</p>
      <ErrorNotice error={start.error ?? rows.error} />
      <Form
        form={form}
        name="drill"
        layout="vertical"
        autoComplete="off"
        initialValues={{
          mediumId,
          scenario: t(`scenario.${all === true ? 'yearly' : 'disk'}`),
          way: 'password',
          extent: 'all',
          sample: 200,
          rtoTargetMinutes: 240,
          rpoTargetHours: 24,
        }}
        onFinish={(typed) => {
          start.run(typed).catch((error: unknown) => console.warn('not started', error))
        }}
      >
        <MediumChoice media={media} need="read" wanted={given.mediumId} />
        <SnapshotChoice rows={rows.data ?? []} />
        <div className="backup-pair">
          <Form.Item
            name="scenario"
            label={t('column.scenario')}
            rules={[{ required: true, whitespace: true, message: t('drill.scenario-required') }]}
          >
            <AutoComplete
              maxLength={200}
              options={SCENARIOS.map((scenario) => ({ value: t(`scenario.${scenario}`) }))}
            />
          </Form.Item>
          <Form.Item name="participants" label={t('column.participants')}>
            <Input maxLength={300} />
          </Form.Item>
        </div>
        <DrillKeyFields />
        <Form.Item name="extent" label={t('drill.extent')}>
          <Radio.Group
            options={[
              { value: 'all', label: t('drill.all') },
              { value: 'sample', label: t('drill.sample') },
            ]}
          />
        </Form.Item>
        <div className="backup-pair">
          {extent === 'sample' && (
            <Form.Item
              name="sample"
              label={t('drill.sample-count')}
              rules={[{ required: true, message: t('note.needed', { field: t('drill.sample-count') }) }]}
            >
              <InputNumber min={1} max={100_000_000} precision={0} />
            </Form.Item>
          )}
          <Form.Item name="rtoTargetMinutes" label={t('drill.rto')} rules={[{ required: true }]}>
            <InputNumber min={1} max={100_000} precision={0} />
          </Form.Item>
          <Form.Item name="rpoTargetHours" label={t('drill.rpo')} rules={[{ required: true }]}>
            <InputNumber min={1} max={100_000} precision={0} />
          </Form.Item>
        </div>
      </Form>
      <Alert type="info" showIcon title={t('drill.apart')} />
    </Modal>
  )
}
