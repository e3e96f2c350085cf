import { FolderOpenOutlined } from '@ant-design/icons'
import { Button, Form, Input, Modal, Radio } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SEARCHABLE_FILES } from '../../../shared/contract/loans.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { type BegunExport, ExportProgress } from './export-progress.tsx'
import { useKeptFolder } from './use-kept-folder.ts'

export interface ExportExtent {
  readonly kind: 'item' | 'volume' | 'case'
  readonly id: string
  /** The document's title or the volume's kind. */
  readonly words: string
}

interface ExportForm {
  readonly files: (typeof SEARCHABLE_FILES)[number]
  readonly folder: string
  readonly purpose: string
}

interface ExportDialogProps {
  readonly extent: ExportExtent
  readonly severalVolumes: boolean
  readonly purpose: string
  readonly lent: boolean
  readonly onClose: () => void
}

/** Asks into which files, where to and what for; then shows how far it is and what came of it. */
export function ExportDialog({ extent, severalVolumes, purpose, lent, onClose }: ExportDialogProps) {
  const { t } = useTranslation('export')
  const [begun, setBegun] = useState<BegunExport>()
  const [form] = Form.useForm<ExportForm>()
  const [folder, keepFolder] = useKeptFolder()
  useEffect(() => {
    if (folder !== '') form.setFieldValue('folder', folder)
  }, [folder, form])
  const chooseFolder = useAction(async () => {
    const [chosen] = (await call('shell.chooseFolder', { title: t('folder.title') })).paths
    if (chosen === undefined) return
    keepFolder(chosen)
    form.setFieldValue('folder', chosen)
    await form.validateFields(['folder'])
  })
  const start = useAction(async ({ files, folder: into, purpose: given }: ExportForm) => {
    const { kind, id } = extent
    const answer = await call('pages.exportSearchable', {
      ...{ extent: { kind, id }, folder: into, purpose: given },
      files: kind === 'item' ? 'item' : files,
    })
    setBegun({ ...answer, folder: into })
  })
  const ways = SEARCHABLE_FILES.filter(
    (way) => way !== 'volume' || (extent.kind === 'case' && severalVolumes),
  )
  if (begun !== undefined) {
    return (
      <Modal
        open
        title={t('title')}
        footer={null}
        onCancel={onClose}
        mask={{ closable: false }}
        destroyOnHidden
      >
        <ExportProgress begun={begun} onClose={onClose} onAgain={() => setBegun(undefined)} />
      </Modal>
    )
  }
  return (
    <Modal
      open
      title={t('title')}
      okText={t('start')}
      confirmLoading={start.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <p className="muted">{t('about')}</p>
      {lent && <p>{t('lent')}</p>}
      <ErrorNotice error={start.error ?? chooseFolder.error} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ files: 'whole', folder, purpose }}
        onFinish={(typed) => {
          start.run(typed).catch((error: unknown) => console.warn('not exported', error))
        }}
      >
        <Form.Item label={t('extent.label')}>
          <strong>{t(`extent.${extent.kind}`, { title: extent.words, kind: extent.words })}</strong>
        </Form.Item>
        {extent.kind !== 'item' && (
          <Form.Item name="files" label={t('files.label')}>
            <Radio.Group options={ways.map((way) => ({ value: way, label: t(`files.${way}`) }))} />
          </Form.Item>
        )}
        <Form.Item label={t('folder.label')} htmlFor="export-folder" required>
          <div className="export-folder">
            <Form.Item name="folder" noStyle rules={[{ required: true, message: t('folder.required') }]}>
              <Input id="export-folder" readOnly placeholder={t('folder.required')} />
            </Form.Item>
            <Button
              icon={<FolderOpenOutlined aria-hidden="true" />}
              loading={chooseFolder.busy}
              onClick={() => {
                chooseFolder.run().catch((error: unknown) => console.warn('no folder', error))
              }}
            >
              {t('folder.choose')}
            </Button>
          </div>
        </Form.Item>
        <Form.Item
          name="purpose"
          label={t('purpose.label')}
          rules={[{ required: true, whitespace: true, message: t('purpose.required') }]}
        >
          <Input maxLength={300} />
        </Form.Item>
      </Form>
      <p className="muted">{t('counted')}</p>
    </Modal>
  )
}
