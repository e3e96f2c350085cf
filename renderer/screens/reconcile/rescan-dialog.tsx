import { CloseOutlined, FileAddOutlined, FolderAddOutlined } from '@ant-design/icons'
import { Button, Checkbox, InputNumber, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import type { TabProps } from './check-tabs.ts'
import { ScanList } from './scan-list.tsx'

interface RescanDialogProps extends Omit<TabProps, 'caseId'> {
  readonly onStarted: (jobId: string) => void
  readonly onClose: () => void
}

const fileName = (path: string) => path.split(/[\\/]/).findLast((part) => part !== '') ?? path

/** Says which images are the paper, whether they are all of it, and where a part belongs. */
export function RescanDialog({ volumeId, reconciliationId, onStarted, onClose }: RescanDialogProps) {
  const { t } = useTranslation('reconcile')
  const sides = useQuery('reconcile.sides', { volumeId, reconciliationId })
  const [paths, setPaths] = useState<readonly string[]>([])
  const [part, setPart] = useState(false)
  const [duplex, setDuplex] = useState(false)
  const [after, setAfter] = useState<number | null>(null)
  const paper = sides.data?.paper ?? []
  const add = (added: readonly string[]) => setPaths((before) => [...new Set([...before, ...added])])
  const chooseFiles = useAction(async () => {
    add((await call('shell.chooseFiles', { title: t('rescan.files'), kind: 'scans' })).paths)
  })
  const chooseFolder = useAction(async () => {
    add((await call('shell.chooseFolder', { title: t('rescan.folder') })).paths)
  })
  const start = useAction(async () => {
    const afterPaperPageId = part && after !== null ? (paper[after - 1]?.id ?? null) : null
    onStarted(
      await call('reconcile.rescan', {
        volumeId,
        reconciliationId,
        paths: [...paths],
        part,
        duplex,
        afterPaperPageId,
      }),
    )
  })
  const run = (work: Promise<unknown>) => {
    work.catch((error: unknown) => console.warn('rescan', error))
  }
  return (
    <Modal
      open
      width={620}
      title={t('rescan.title')}
      okText={t('rescan.start')}
      okButtonProps={{ disabled: paths.length === 0 }}
      confirmLoading={start.busy}
      onOk={() => run(start.run())}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <p>{t('rescan.text')}</p>
      <div className="rescan-choose">
        <Button
          icon={<FolderAddOutlined aria-hidden="true" />}
          onClick={() => run(chooseFolder.run())}
          autoFocus
        >
          {t('rescan.folder')}
        </Button>
        <Button icon={<FileAddOutlined aria-hidden="true" />} onClick={() => run(chooseFiles.run())}>
          {t('rescan.files')}
        </Button>
        <span className="muted figures">
          {paths.length > 0 && t('rescan.chosen', { count: paths.length })}
        </span>
      </div>
      {paths.length > 0 && (
        <ul className="rescan-paths" aria-label={t('rescan.chosen', { count: paths.length })}>
          {paths.map((path) => (
            <li key={path}>
              <span>{fileName(path)}</span>
              <Button
                size="small"
                type="text"
                icon={<CloseOutlined />}
                aria-label={t('rescan.remove-path', { name: fileName(path) })}
                onClick={() => setPaths((before) => before.filter((known) => known !== path))}
              />
            </li>
          ))}
        </ul>
      )}
      <Radio.Group
        className="rescan-part"
        aria-label={t('rescan.extent')}
        value={part ? 'part' : 'whole'}
        onChange={(event) => setPart(event.target.value === 'part')}
      >
        <Radio value="whole">{t('rescan.whole')}</Radio>
        <Radio value="part">{t('rescan.part')}</Radio>
      </Radio.Group>
      <p className="muted">{t(part ? 'rescan.part-help' : 'rescan.whole-help')}</p>
      {part && paper.length > 0 && (
        <p className="rescan-after">
          {t('rescan.after')}{' '}
          <InputNumber
            min={1}
            max={paper.length}
            precision={0}
            value={after}
            aria-label={t('rescan.after')}
            placeholder={t('rescan.at-end')}
            onChange={setAfter}
          />{' '}
          {t('rescan.after-page', { of: paper.length })}
        </p>
      )}
      <Checkbox
        className="rescan-duplex"
        checked={duplex}
        onChange={({ target }) => setDuplex(target.checked)}
      >
        {t('rescan.duplex')}
      </Checkbox>
      {duplex && <p className="muted">{t('rescan.duplex-help')}</p>}
      <ErrorNotice error={start.error ?? chooseFiles.error ?? chooseFolder.error} />
      {sides.data !== undefined && sides.data.scans.length > 0 && (
        <ScanList
          scans={sides.data.scans}
          volumeId={volumeId}
          reconciliationId={reconciliationId}
          onRemoved={sides.reload}
        />
      )}
    </Modal>
  )
}
