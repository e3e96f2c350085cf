import { Alert, App, Form, Input, InputNumber, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Medium } from '../../../../shared/contract/media.ts'
import type { MediumEvent } from '../../../../shared/domain/backup/medium.ts'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { useBackupAtWork } from '../backup-jobs.ts'
import { useRefusal } from '../use-refusal.ts'
import { ASKED } from './medium-events.ts'

interface NoteForm {
  readonly toPlace?: string
  readonly counterpart?: string
  readonly sampled?: number | null
  readonly unreadable?: number | null
  readonly note?: string
}

interface NoteDialogProps {
  readonly medium: Medium
  readonly event: MediumEvent
  readonly onClose: () => void
}

/** 出入库、交接、检测、安全移除、报废: one line of a medium's register. */
export function NoteDialog({ medium, event, onClose }: NoteDialogProps) {
  const { t } = useTranslation('backup')
  const { message } = App.useApp()
  const atWork = useBackupAtWork()
  const [form] = Form.useForm<NoteForm>()
  const note = useAction(async (typed: NoteForm) => {
    await call('media.note', {
      mediumId: medium.id,
      event,
      toPlace: typed.toPlace ?? '',
      counterpart: typed.counterpart ?? '',
      sampled: typed.sampled ?? null,
      unreadable: typed.unreadable ?? null,
      note: typed.note ?? '',
    })
    void message.success(t('note.done', { number: medium.number, event: t(`event.${event}`) }))
    onClose()
  })
  const refusal = useRefusal()(note.error)
  const asked = ASKED[event]
  const needed = (label: string) => [
    { required: true, whitespace: true, message: t('note.needed', { field: label }) },
  ]
  const counterpart = t(event === 'migrated' ? 'field.successor' : 'field.counterpart')
  const waits = event === 'removed-safely' && atWork
  return (
    <Modal
      open
      title={t('note.title', { number: medium.number, event: t(`event.${event}`) })}
      okText={t(event === 'removed-safely' ? 'note.removed' : 'note.do')}
      okButtonProps={{
        danger: event === 'retired' || event === 'lost',
        disabled: waits,
      }}
      confirmLoading={note.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      {waits && <Alert type="warning" showIcon title={t('note.wait')} description={t('note.wait-text')} />}
      <p className="muted">{t(`event-text.${event}`)}</p>
      {event === 'removed-safely' && (
        <ol>
          {(['1', '2', '3'] as const).map((step) => (
            <li key={step}>{t(`note.removal.${step}`)}</li>
          ))}
        </ol>
      )}
      {refusal === undefined ? (
        <ErrorNotice error={note.error} />
      ) : (
        <Alert type="error" showIcon role="alert" title={refusal.words} />
      )}
      <Form
        form={form}
        name="medium-note"
        layout="vertical"
        initialValues={event === 'inspected' ? { unreadable: 0 } : {}}
        onFinish={(typed) => {
          note.run(typed).catch((error: unknown) => console.warn('not noted', error))
        }}
      >
        {asked.toPlace !== undefined && (
          <Form.Item
            name="toPlace"
            label={t('field.to-place')}
            rules={asked.toPlace === 'needed' ? needed(t('field.to-place')) : []}
          >
            <Input maxLength={120} autoFocus placeholder={medium.place} />
          </Form.Item>
        )}
        {asked.counterpart !== undefined && (
          <Form.Item
            name="counterpart"
            label={counterpart}
            rules={asked.counterpart === 'needed' ? needed(counterpart) : []}
          >
            <Input maxLength={120} />
          </Form.Item>
        )}
        {asked.counts === true && (
          <div className="backup-pair">
            <Form.Item
              name="sampled"
              label={t('field.sampled')}
              rules={[{ required: true, message: t('note.needed', { field: t('field.sampled') }) }]}
            >
              <InputNumber min={0} max={100_000_000} precision={0} autoFocus />
            </Form.Item>
            <Form.Item
              name="unreadable"
              label={t('field.unreadable')}
              rules={[{ required: true, message: t('note.needed', { field: t('field.unreadable') }) }]}
            >
              <InputNumber min={0} max={100_000_000} precision={0} />
            </Form.Item>
          </div>
        )}
        <Form.Item name="note" label={t('field.note')}>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
