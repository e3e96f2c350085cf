import { Button, Input, Skeleton, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../shared/contract/index.ts'
import type { AppError } from '../../../../shared/errors.ts'
import { call } from '../../../app/client.ts'
import { useAction, useQuery } from '../../../app/use-call.ts'
import { useMay } from '../../../state/session.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import type { CheckPlace, TabProps } from '../check-tabs.ts'
import { type Checking, useIsOpen, useReconcileChanges } from '../use-checking.ts'
import { useMoment } from '../use-moment.ts'
import { LackingList } from './lacking-list.tsx'
import { ProofPoints } from './proof-points.tsx'
import { ProofProgress } from './proof-progress.tsx'
import './report.css'

interface ReportTabProps extends TabProps {
  readonly checking: Checking
  readonly onGo: (place: CheckPlace) => void
}

type Report = OutputOf<'proofs.list'>[number]

/** Stopped by the person: nothing went wrong that a notice should tell of. */
const unlessStopped = (error: AppError | undefined) => (error?.code === 'CALL_CANCELLED' ? undefined : error)

/** 纸电一致性核对报告: what is still lacking, the making of it, and every report of the volume. */
export function ReportTab({ volumeId, reconciliationId, checking, onGo }: ReportTabProps) {
  const { t } = useTranslation('proofs')
  const isOpen = useIsOpen(volumeId, reconciliationId)
  const readiness = useQuery('proofs.readiness', isOpen ? { volumeId, reconciliationId } : undefined)
  const reports = useQuery('proofs.list', { volumeId })
  const reload = () => {
    readiness.reload()
    reports.reload()
  }
  useReconcileChanges(volumeId, reload)
  return (
    <div className="report-tab">
      {isOpen && (
        <Readiness
          volumeId={volumeId}
          reconciliationId={reconciliationId}
          readiness={readiness}
          made={reports.data?.length ?? 0}
          sheets={checking.ways.sheets}
          onGo={onGo}
          onMade={reload}
        />
      )}
      <section aria-label={t('reports')}>
        <h3>{t('reports')}</h3>
        <ErrorNotice error={reports.error} onRetry={reports.reload} />
        {reports.data !== undefined && <Reports volumeId={volumeId} reports={reports.data} />}
      </section>
    </div>
  )
}

interface ReadinessProps {
  readonly volumeId: string
  readonly reconciliationId: string
  readonly readiness: ReturnType<typeof useQuery<'proofs.readiness'>>
  readonly made: number
  readonly sheets: Checking['ways']['sheets']
  readonly onGo: (place: CheckPlace) => void
  readonly onMade: () => void
}

function Readiness({ volumeId, reconciliationId, readiness, made, sheets, onGo, onMade }: ReadinessProps) {
  const { t } = useTranslation('proofs')
  const mayProve = useMay('reconcile.prove')
  const [conclusion, setConclusion] = useState('')
  const make = useAction(async () => {
    await call('proofs.make', { volumeId, reconciliationId, conclusion })
    setConclusion('')
    onMade()
  })
  const { data, error, reload } = readiness
  // Once the report is there the checking has ended: nothing can be lacking any more.
  if (error !== undefined)
    return error.code === 'RECONCILE_NOT_OPEN' && made > 0 ? null : (
      <ErrorNotice error={error} onRetry={reload} />
    )
  if (data === undefined) return <Skeleton active paragraph={{ rows: 4 }} />
  // Not asked for, but the report will say that only one person looked.
  const onePass = sheets.of > 0 && sheets.firstDone >= sheets.of && sheets.secondDone < sheets.of && (
    <p className="muted">{t('one-pass')}</p>
  )
  if (!data.ready)
    return (
      <section aria-label={t('lacking')}>
        <h3>{t('lacking')}</h3>
        <LackingList
          volumeId={volumeId}
          reconciliationId={reconciliationId}
          lacking={data.lacking}
          onGo={onGo}
        />
        {onePass}
      </section>
    )
  return (
    <section aria-label={t('make')}>
      <h3>{t('ready')}</h3>
      <p className="muted">{t('ready-text')}</p>
      {onePass}
      {mayProve ? (
        <div className="report-make">
          <Input.TextArea
            value={conclusion}
            onChange={({ target }) => setConclusion(target.value)}
            placeholder={t('conclusion')}
            aria-label={t('conclusion')}
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={1000}
          />
          <Button
            type="primary"
            loading={make.busy}
            onClick={() => {
              make.run().catch((thrown: unknown) => console.warn('no report', thrown))
            }}
          >
            {t('make')}
          </Button>
        </div>
      ) : (
        <p>{t('not-yours')}</p>
      )}
      {make.busy && <ProofProgress volumeId={volumeId} />}
      <ErrorNotice error={unlessStopped(make.error)} />
    </section>
  )
}

function Reports({ volumeId, reports }: { readonly volumeId: string; readonly reports: readonly Report[] }) {
  const { t } = useTranslation('proofs')
  const moment = useMoment()
  const mayExport = useMay('page.export')
  const [verified, setVerified] = useState<{ id: string; answer: OutputOf<'proofs.verify'> }>()
  const [written, setWritten] = useState<string>()
  const write = useAction(async ({ id, at }: Report, format: 'pdf' | 'json') => {
    const suggestedName = `${t('file-name')}-${at.slice(0, 10)}.${format}`
    const { path } = await call('shell.chooseSaveFile', { title: t(`export.${format}`), suggestedName })
    if (path === null) return
    await call('proofs.export', { volumeId, reportId: id, format, path })
    setWritten(path)
  })
  const verify = useAction(async ({ id }: Report) => {
    setVerified({ id, answer: await call('proofs.verify', { volumeId, reportId: id }) })
  })
  if (reports.length === 0) return <p className="muted">{t('none')}</p>
  return (
    <>
      <Table<Report>
        size="small"
        pagination={false}
        rowKey="id"
        dataSource={[...reports]}
        columns={[
          {
            title: t('at'),
            dataIndex: 'at',
            render: (at: string) => <time dateTime={at}>{moment(at)}</time>,
          },
          { title: t('by'), dataIndex: 'by' },
          { title: t('pages'), dataIndex: 'pages', align: 'right' },
          { title: t('differences'), dataIndex: 'differences', align: 'right' },
          {
            title: t('digest'),
            dataIndex: 'sha256',
            render: (digest: string) => <code className="report-digest">{digest}</code>,
          },
          {
            key: 'do',
            render: (_, report) => (
              <div className="report-do">
                {mayExport &&
                  (['pdf', 'json'] as const).map((format) => (
                    <Button
                      key={format}
                      size="small"
                      disabled={write.busy || verify.busy}
                      onClick={() => {
                        write
                          .run(report, format)
                          .catch((thrown: unknown) => console.warn('not written', thrown))
                      }}
                    >
                      {t(`export.${format}`)}
                    </Button>
                  ))}
                <Button
                  size="small"
                  disabled={write.busy || verify.busy}
                  onClick={() => {
                    verify.run(report).catch((thrown: unknown) => console.warn('not verified', thrown))
                  }}
                >
                  {t('verify')}
                </Button>
              </div>
            ),
          },
        ]}
        expandable={{
          showExpandColumn: false,
          expandedRowKeys: verified === undefined ? [] : [verified.id],
          expandedRowRender: () => verified !== undefined && <ProofPoints answer={verified.answer} />,
        }}
      />
      {(write.busy || verify.busy) && <ProofProgress volumeId={volumeId} />}
      <ErrorNotice error={unlessStopped(write.error ?? verify.error)} />
      {written !== undefined && (
        <p role="status">
          {t('written', { name: written.split(/[\\/]/).at(-1) })}{' '}
          <Button
            size="small"
            type="link"
            onClick={() => {
              call('shell.openWrittenFile', { path: written }).catch((thrown: unknown) =>
                console.warn('not opened', thrown),
              )
            }}
          >
            {t('open-folder')}
          </Button>
        </p>
      )}
    </>
  )
}
