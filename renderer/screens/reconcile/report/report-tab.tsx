import { Button, Input, Skeleton, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../shared/contract/index.ts'
import { PROOF_LACK_INFO, PROOF_LACKS, type ProofLack } from '../../../../shared/domain/reconcile/proof.ts'
import { call } from '../../../app/client.ts'
import { useTerm } from '../../../app/terms.ts'
import { useAction, useQuery } from '../../../app/use-call.ts'
import { useMay } from '../../../state/session.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import type { CheckTab, TabProps } from '../check-tabs.ts'
import { useIsOpen, useReconcileChanges } from '../use-checking.ts'
import { useMoment } from '../use-moment.ts'
import { ProofPoints } from './proof-points.tsx'
import './report.css'

interface ReportTabProps extends TabProps {
  readonly onTab: (tab: CheckTab) => void
}

type Report = OutputOf<'proofs.list'>[number]

/** Where each thing that is lacking is done. */
const TAB_OF: Readonly<Record<ProofLack, CheckTab>> = {
  'no-pages': 'compare',
  'way-missing': 'compare',
  'page-unaccounted': 'compare',
  'match-undecided': 'compare',
  'pass-unfinished': 'sheets',
  'disagreement-unsettled': 'sheets',
  'difference-open': 'compare',
  'dismissal-unchecked': 'compare',
  'paper-unmatched': 'compare',
  'scan-unfinished': 'compare',
  'plan-open': 'plan',
}
const isLack = (code: string): code is ProofLack => PROOF_LACKS.some((known) => known === code)

/** 纸电一致性核对报告: what is still lacking, the making of it, and every report of the volume. */
export function ReportTab({ volumeId, reconciliationId, onTab }: ReportTabProps) {
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
          onTab={onTab}
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
  readonly onTab: (tab: CheckTab) => void
  readonly onMade: () => void
}

function Readiness({ volumeId, reconciliationId, readiness, made, onTab, onMade }: ReadinessProps) {
  const { t } = useTranslation('proofs')
  const term = useTerm()
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
  if (!data.ready)
    return (
      <section aria-label={t('lacking')}>
        <h3>{t('lacking')}</h3>
        <ul className="report-lacking">
          {data.lacking.map(({ code, count }) => (
            <li key={code}>
              <span className="report-count figures">{count}</span>
              <span>{isLack(code) ? term(PROOF_LACK_INFO[code]) : code}</span>
              {isLack(code) && (
                <Button size="small" type="link" onClick={() => onTab(TAB_OF[code])}>
                  {t('go')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </section>
    )
  return (
    <section aria-label={t('make')}>
      <h3>{t('ready')}</h3>
      <p className="muted">{t('ready-text')}</p>
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
      <ErrorNotice error={make.error} />
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
                  loading={verify.busy}
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
      <ErrorNotice error={write.error ?? verify.error} />
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
