import {
  CloseOutlined,
  FileAddOutlined,
  FolderAddOutlined,
  InboxOutlined,
  TableOutlined,
} from '@ant-design/icons'
import { App, Button, Checkbox, Radio, Segmented, Spin } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { ReasonDialog } from '../../widgets/reason-dialog.tsx'
import { sizeText } from '../../widgets/size-text.ts'
import { FileList } from './file-list.tsx'
import { MatterOptions } from './matter-options.tsx'
import { type ColumnMapping, RowTable } from './row-table.tsx'
import { useDroppedPaths } from './use-dropped-paths.ts'
import { useKeptMatter } from './use-kept-matter.ts'
import { VolumeChoice } from './volume-choice.tsx'

interface PrepareImportProps {
  readonly startCaseId: string | undefined
  readonly startVolumeId: string | undefined
  readonly onStarted: (jobId: string, volumeId: string) => void
}

const TABLE_NAME = /\.(?:csv|tsv|xlsx)$/i

function baseName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path
}

interface StepProps {
  readonly number: number
  readonly title: string
  readonly children: ReactNode
}

function Step({ number, title, children }: StepProps) {
  return (
    <section className="intake-step" aria-label={title}>
      <h2>
        <span className="intake-step-number" aria-hidden="true">
          {number}
        </span>
        {title}
      </h2>
      {children}
    </section>
  )
}

/** Says what goes where, and shows it before anything is read. */
export function PrepareImport({ startCaseId, startVolumeId, onStarted }: PrepareImportProps) {
  const { t, i18n } = useTranslation('intake')
  const { message } = App.useApp()
  const [target, setTarget] = useState({ caseId: startCaseId, volumeId: startVolumeId })
  const [paths, setPaths] = useState<readonly string[]>([])
  const [tablePath, setTablePath] = useState<string>()
  const [mapping, setMapping] = useState<ColumnMapping>()
  const [side, setSide] = useState<'files' | 'table'>('files')
  const [duplicates, setDuplicates] = useState<'skip' | 'keep'>('skip')
  const [detectBlank, setDetectBlank] = useState(true)
  const [matter, setMatter] = useKeptMatter()

  const addPaths = (added: readonly string[]) => {
    const table = added.find((path) => TABLE_NAME.test(path))
    if (table !== undefined) {
      setTablePath(table)
      setMapping(undefined)
    }
    setPaths((before) => [...new Set([...before, ...added.filter((path) => !TABLE_NAME.test(path))])])
    setSide('files')
  }
  const hovering = useDroppedPaths(addPaths)
  const plan = useQuery('intake.plan', paths.length === 0 ? undefined : { paths: [...paths] })
  const readable = mapping === undefined || mapping.title !== ''
  const table = useQuery(
    'intake.readTable',
    tablePath === undefined
      ? undefined
      : { path: tablePath, ...(mapping !== undefined && readable ? { mapping } : {}) },
  )
  const files = paths.length === 0 ? undefined : plan.data
  const preview = tablePath === undefined ? undefined : table.data
  const effective = mapping ?? preview?.mapping ?? undefined
  const tableReady = tablePath === undefined || (effective !== undefined && effective.title !== '')

  const chooseFiles = useAction(async () => {
    addPaths((await call('shell.chooseFiles', { title: t('files.chooseFiles'), kind: 'scans' })).paths)
  })
  const chooseFolder = useAction(async () => {
    addPaths((await call('shell.chooseFolder', { title: t('files.chooseFolder') })).paths)
  })
  const chooseTable = useAction(async () => {
    const [path] = (await call('shell.chooseFiles', { title: t('table.choose'), kind: 'table' })).paths
    if (path === undefined) return
    setTablePath(path)
    setMapping(undefined)
    setSide('table')
  })
  const inputFor = (volumeId: string) => ({
    volumeId,
    paths: [...paths],
    duplicates,
    detectBlank,
    frontMatter: [...matter.front],
    backMatter: [...matter.back],
    ...(tablePath === undefined
      ? {}
      : { table: { path: tablePath, ...(effective === undefined ? {} : { mapping: effective }) } }),
  })
  const start = useAction(async () => {
    if (target.volumeId === undefined) return
    onStarted(await call('intake.start', inputFor(target.volumeId)), target.volumeId)
  })
  // 补扫 into a filed case: the same import, as a request.
  const mayRequest = useMay('change.request')
  const [asking, setAsking] = useState(false)
  const request = useAction(async (reason: string) => {
    if (target.volumeId === undefined) return
    const input = inputFor(target.volumeId)
    await call('approvals.request', { method: 'intake.start', input, reason })
    setAsking(false)
    start.clearError()
    void message.success(t('start.requested'))
  })
  const run = (work: Promise<unknown>) => {
    work.catch((error: unknown) => console.warn('not done', error))
  }
  const importable = files?.files.filter((file) => file.problem === null).length ?? 0
  const missing =
    target.volumeId === undefined
      ? t('start.noVolume')
      : paths.length === 0
        ? t('start.noFiles')
        : !tableReady
          ? t('table.titleNeeded')
          : undefined

  return (
    <div className="intake-prepare">
      <div className="intake-steps">
        <Step number={1} title={t('target.title')}>
          <VolumeChoice
            caseId={target.caseId}
            volumeId={target.volumeId}
            onChange={(caseId, volumeId) => setTarget({ caseId, volumeId })}
          />
        </Step>
        <Step number={2} title={t('files.title')}>
          <div className="intake-buttons">
            <Button
              icon={<FileAddOutlined />}
              loading={chooseFiles.busy}
              onClick={() => run(chooseFiles.run())}
            >
              {t('files.chooseFiles')}
            </Button>
            <Button
              icon={<FolderAddOutlined />}
              loading={chooseFolder.busy}
              onClick={() => run(chooseFolder.run())}
            >
              {t('files.chooseFolder')}
            </Button>
          </div>
          <p className="muted">{t('files.dropHint')}</p>
          <ul className="intake-paths">
            {paths.map((path) => (
              <li key={path} title={path}>
                <span>{baseName(path)}</span>
                <Button
                  type="text"
                  icon={<CloseOutlined />}
                  aria-label={t('files.remove', { name: baseName(path) })}
                  onClick={() => setPaths(paths.filter((known) => known !== path))}
                />
              </li>
            ))}
          </ul>
          <ErrorNotice error={chooseFiles.error ?? chooseFolder.error} />
        </Step>
        <Step number={3} title={t('table.title')}>
          {tablePath === undefined ? (
            <>
              <Button
                icon={<TableOutlined />}
                loading={chooseTable.busy}
                onClick={() => run(chooseTable.run())}
              >
                {t('table.choose')}
              </Button>
              <p className="muted">{t('table.hint')}</p>
            </>
          ) : (
            <ul className="intake-paths">
              <li title={tablePath}>
                <button type="button" className="intake-link" onClick={() => setSide('table')}>
                  {baseName(tablePath)}
                </button>
                <Button
                  type="text"
                  icon={<CloseOutlined />}
                  aria-label={t('files.remove', { name: baseName(tablePath) })}
                  onClick={() => {
                    setTablePath(undefined)
                    setMapping(undefined)
                    setSide('files')
                  }}
                />
              </li>
            </ul>
          )}
          <ErrorNotice error={chooseTable.error} />
        </Step>
        <Step number={4} title={t('options.title')}>
          <div className="intake-options">
            <span>{t('options.duplicates')}</span>
            <Radio.Group
              aria-label={t('options.duplicates')}
              value={duplicates}
              onChange={(event) => setDuplicates(event.target.value === 'keep' ? 'keep' : 'skip')}
            >
              <Radio value="skip">{t('options.skip')}</Radio>
              <Radio value="keep">{t('options.keep')}</Radio>
            </Radio.Group>
          </div>
          <Checkbox checked={detectBlank} onChange={(event) => setDetectBlank(event.target.checked)}>
            {t('options.detectBlank')}
          </Checkbox>
          <MatterOptions
            matter={matter}
            onChange={setMatter}
            names={files?.files.filter((file) => file.problem === null).map((file) => baseName(file.name))}
          />
        </Step>
        <div className="intake-start">
          <ErrorNotice error={start.error}>
            {start.error?.code === 'ACCESS_APPROVAL_NEEDED' && mayRequest && (
              <Button onClick={() => setAsking(true)}>{t('start.request')}</Button>
            )}
          </ErrorNotice>
          {asking && (
            <ReasonDialog
              title={t('start.request')}
              text={t('start.requestText')}
              label={t('start.reason')}
              doText={t('start.requestDo')}
              busy={request.busy}
              error={request.error}
              onDo={(reason) => run(request.run(reason))}
              onCancel={() => setAsking(false)}
            />
          )}
          <Button
            type="primary"
            size="large"
            block
            disabled={missing !== undefined}
            loading={start.busy}
            onClick={() => run(start.run())}
          >
            {files === undefined
              ? t('start.do')
              : t('start.doCounted', { count: importable, size: sizeText(files.totalBytes, i18n.language) })}
          </Button>
          {missing !== undefined && <p className="muted">{missing}</p>}
        </div>
      </div>
      <div className="intake-side">
        {tablePath !== undefined && paths.length > 0 && (
          <Segmented
            value={side}
            options={[
              { value: 'files', label: t('plan.title') },
              { value: 'table', label: t('table.tab') },
            ]}
            onChange={setSide}
          />
        )}
        {tablePath !== undefined && (side === 'table' || paths.length === 0) ? (
          <>
            <ErrorNotice error={table.error} onRetry={table.reload} />
            {preview !== undefined && <RowTable preview={preview} mapping={mapping} onMapping={setMapping} />}
          </>
        ) : (
          <>
            <ErrorNotice error={plan.error} onRetry={plan.reload} />
            {files !== undefined ? (
              <FileList plan={files} />
            ) : paths.length > 0 && plan.error === undefined ? (
              <Spin delay={150} description={t('plan.reading')}>
                <div style={{ padding: 48 }} />
              </Spin>
            ) : (
              paths.length === 0 && (
                <EmptyState icon={<InboxOutlined />} title={t('empty.title')} text={t('empty.text')}>
                  <Button type="primary" onClick={() => run(chooseFolder.run())}>
                    {t('files.chooseFolder')}
                  </Button>
                </EmptyState>
              )
            )}
          </>
        )}
      </div>
      {hovering && (
        <div className="intake-drop" aria-hidden="true">
          <InboxOutlined />
          {t('files.dropHere')}
        </div>
      )}
    </div>
  )
}
