import { FolderOpenOutlined } from '@ant-design/icons'
import { Alert, Button, Form, Input, Modal, Radio } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Medium } from '../../../../shared/contract/media.ts'
import type { PageThenAndNow, SnapshotCase } from '../../../../shared/contract/restores.ts'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { useBackupQuery } from '../backup-jobs.ts'
import { firstMedium, MediumChoice, usableMedia } from '../medium-choice.tsx'
import { CaseChoice } from './case-choice.tsx'
import { Comparison } from './comparison.tsx'
import { isMendable, PageChoice } from './page-choice.tsx'
import {
  type Begun,
  beginRestore,
  needsCase,
  needsFolder,
  RESTORES,
  type RestoreForm,
} from './restore-choice.ts'
import { RestoreRun } from './restore-run.tsx'
import { firstSnapshot, SnapshotChoice } from './snapshot-choice.tsx'

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
  const [chosen, setChosen] = useState<SnapshotCase>()
  const [page, setPage] = useState<PageThenAndNow>()
  const caseId = needsCase(what) ? chosen?.caseId : undefined
  const filed = chosen?.filedToday === true
  const choosePage = (wanted: PageThenAndNow | undefined) => {
    setPage(wanted)
    form.setFieldValue('pageId', wanted?.pageId)
  }
  const chooseCase = (wanted: SnapshotCase | undefined) => {
    setChosen(wanted)
    form.setFieldValue('caseId', wanted?.caseId)
    choosePage(undefined)
  }
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
    const started = await beginRestore(typed, { page, filed })
    if (started !== undefined) setBegun(started)
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
      width={what === 'page' ? 900 : 640}
      okText={t(okWords(what, page, filed))}
      okButtonProps={{
        disabled:
          usableMedia(media, 'read').length === 0 ||
          (what === 'page' && (page === undefined || page.difference === 'gone')),
      }}
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
        <div className={what === 'page' ? 'backup-pair' : undefined}>
          <MediumChoice media={media} need="read" wanted={given.mediumId} />
          <SnapshotChoice rows={rows.data ?? []} onChange={() => chooseCase(undefined)} />
        </div>
        <Form.Item name="what" label={t('restore.what')}>
          <Radio.Group className="backup-options">
            {RESTORES.map((way) => (
              <Radio key={way} value={way}>
                {t(`restore.${way}`)} <span className="muted">{t(`restore.${way}-text`)}</span>
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
        {mediumId !== undefined && snapshotId !== undefined && needsCase(what) && (
          <CaseChoice key={`${mediumId} ${snapshotId}`} {...{ mediumId, snapshotId }} onChoose={chooseCase} />
        )}
        {mediumId !== undefined && snapshotId !== undefined && (!needsCase(what) || caseId !== undefined) && (
          <Comparison key={`${snapshotId} ${caseId}`} {...{ mediumId, snapshotId, caseId }} />
        )}
        {what === 'page' && mediumId !== undefined && snapshotId !== undefined && caseId !== undefined && (
          <PageChoice
            key={`${snapshotId} ${caseId}`}
            {...{ mediumId, snapshotId, caseId, filed, page }}
            onChoose={choosePage}
          />
        )}
        {needsFolder(what) && (
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
            <Alert
              type="info"
              showIcon
              title={t(what === 'case' ? 'restore.case-alone' : 'restore.never-over')}
            />
          </>
        )}
      </Form>
    </Modal>
  )
}

/** The button says what it does. */
function okWords(what: RestoreForm['what'], page: PageThenAndNow | undefined, filed: boolean) {
  if (what === 'objects') return 'restore.do-objects'
  if (what !== 'page') return 'restore.do'
  if (page !== undefined && isMendable(page)) return 'restore.do-mend'
  return filed ? 'restore.do-request' : 'restore.do-page'
}
