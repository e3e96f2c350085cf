import { FolderOpenOutlined } from '@ant-design/icons'
import { Alert, App, Button, Descriptions, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../shared/contract/index.ts'
import { MEDIUM_SETS, type MediumSet } from '../../../../shared/domain/backup/medium.ts'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import type { OpenDialog } from '../backup-dialog.ts'
import { useBackupWords } from '../use-backup-words.ts'
import { useRefusal } from '../use-refusal.ts'

interface MediumForm {
  readonly number: string
  readonly set: MediumSet
  readonly model?: string
  readonly serial?: string
  readonly secrecy?: string
  readonly place: string
  readonly note?: string
}

interface Found {
  readonly folder: string
  readonly look: OutputOf<'media.look'>
}

interface RegisterMediumDialogProps {
  readonly onClose: () => void
  readonly open: OpenDialog
  /** Chosen at first. */
  readonly set: MediumSet
}

/** A drive is picked, what lies on it is said, and only then is it taken into the register. */
export function RegisterMediumDialog({ onClose, open, set }: RegisterMediumDialogProps) {
  const { t } = useTranslation('backup')
  const { message } = App.useApp()
  const [found, setFound] = useState<Found>()
  const [form] = Form.useForm<MediumForm>()
  const choose = useAction(async () => {
    const [folder] = (await call('shell.chooseFolder', { title: t('look.choose-title') })).paths
    if (folder === undefined) return
    const look = await call('media.look', { folder })
    setFound({ folder, look })
    if (look.serial !== '') form.setFieldValue('serial', look.serial)
  })
  const register = useAction(async (typed: MediumForm) => {
    if (found === undefined) return
    const medium = await call('media.register', { folder: found.folder, ...typed })
    void message.success(t('look.registered', { number: medium.number }))
    open({ name: 'run', mediumId: medium.id })
  })
  const refusal = useRefusal()(register.error)
  const takes = found !== undefined && ['empty', 'unregistered-set'].includes(found.look.state)
  const needed = (label: string) => [
    { required: true, whitespace: true, message: t('note.needed', { field: label }) },
  ]
  return (
    <Modal
      open
      title={t('look.title')}
      width={640}
      okText={t('look.register')}
      okButtonProps={{ disabled: !takes }}
      confirmLoading={register.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <p className="muted">{t('look.text')}</p>
      <p className="backup-folder">
        <Button
          type={found === undefined ? 'primary' : 'default'}
          icon={<FolderOpenOutlined aria-hidden="true" />}
          loading={choose.busy}
          autoFocus
          onClick={() => {
            choose.run().catch((error: unknown) => console.warn('no folder', error))
          }}
        >
          {t(found === undefined ? 'look.choose' : 'look.choose-other')}
        </Button>
        {found !== undefined && <code>{found.folder}</code>}
      </p>
      {refusal === undefined ? (
        <ErrorNotice error={choose.error ?? register.error} />
      ) : (
        <Alert type="error" showIcon role="alert" title={refusal.words} />
      )}
      {found !== undefined && <LookNotice found={found} />}
      {takes && (
        <Form
          form={form}
          name="medium"
          layout="vertical"
          initialValues={{ set, serial: found.look.serial }}
          onFinish={(typed) => {
            register.run(typed).catch((error: unknown) => console.warn('not registered', error))
          }}
        >
          <div className="backup-pair">
            <Form.Item name="number" label={t('column.number')} rules={needed(t('column.number'))}>
              <Input maxLength={60} placeholder="YP-2026-001" />
            </Form.Item>
            <Form.Item name="place" label={t('column.place')} rules={needed(t('column.place'))}>
              <Input maxLength={120} placeholder={t('look.place-example')} />
            </Form.Item>
          </div>
          <Form.Item name="set" label={t('column.set')}>
            <Radio.Group className="backup-options">
              {MEDIUM_SETS.map((set) => (
                <SetOption key={set} set={set} />
              ))}
            </Radio.Group>
          </Form.Item>
          <div className="backup-pair">
            <Form.Item name="model" label={t('field.model')}>
              <Input maxLength={120} />
            </Form.Item>
            <Form.Item name="serial" label={t('field.serial')}>
              <Input maxLength={120} />
            </Form.Item>
            <Form.Item name="secrecy" label={t('column.secrecy')}>
              <Input maxLength={40} />
            </Form.Item>
            <Form.Item name="note" label={t('field.note')}>
              <Input maxLength={500} />
            </Form.Item>
          </div>
        </Form>
      )}
    </Modal>
  )
}

function SetOption({ set }: { readonly set: MediumSet }) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  return (
    <Radio value={set}>
      {words.set(set)} <span className="muted">{t(`set-text.${set}`)}</span>
    </Radio>
  )
}

const TONES = {
  empty: 'success',
  registered: 'info',
  'unregistered-set': 'warning',
  foreign: 'error',
  unwritable: 'error',
} as const

/** What was found on the drive, in plain words. */
function LookNotice({ found: { look } }: { readonly found: Found }) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  return (
    <>
      <Alert
        type={TONES[look.state]}
        showIcon
        data-testid="look"
        data-state={look.state}
        title={t(`look.state.${look.state}.title`, { number: look.medium?.number })}
        description={t(`look.state.${look.state}.text`, { number: look.medium?.number })}
      />
      <Descriptions
        size="small"
        column={2}
        className="backup-look"
        items={[
          { key: 'capacity', label: t('column.capacity'), children: words.size(look.capacityBytes) },
          { key: 'free', label: t('look.free'), children: words.size(look.freeBytes) },
          { key: 'system', label: t('look.file-system'), children: look.fileSystem || t('common:none') },
          { key: 'serial', label: t('field.serial'), children: look.serial || t('look.no-serial') },
        ]}
      />
    </>
  )
}
