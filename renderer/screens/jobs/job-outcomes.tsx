import { Pagination, Segmented, Skeleton } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { ERROR_CODES } from '../../../shared/errors.ts'
import { useErrorWords } from '../../app/error-words.ts'
import { useQuery, useSettled } from '../../app/use-call.ts'
import type { JobSummary } from '../../state/jobs.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

const PAGE = 100
/** A subject of so few characters stays on one line. */
const SHORT = 16
const FOLLOW_AFTER_MS = 500

/** What became of every file, problems first by choice. */
export function JobOutcomes({ job }: { readonly job: JobSummary }) {
  const { t } = useTranslation('jobs')
  const [onlyProblems, setOnlyProblems] = useState(job.state === 'failed')
  const [page, setPage] = useState(1)
  const outcomes = useQuery('jobs.outcomes', {
    jobId: job.id,
    offset: (page - 1) * PAGE,
    limit: PAGE,
    onlyProblems,
  })
  const { reload } = outcomes
  const progressed = useSettled(`${job.state} ${job.progress.done}`, FOLLOW_AFTER_MS)
  const shown = useRef(progressed)
  useEffect(() => {
    if (shown.current === progressed) return
    shown.current = progressed
    reload()
  }, [progressed, reload])
  const rows = outcomes.data?.rows
  return (
    <section className="job-outcomes">
      <Segmented
        aria-label={t('filter.label')}
        value={onlyProblems ? 'problems' : 'all'}
        options={[
          { value: 'all', label: t('filter.all') },
          { value: 'problems', label: t('filter.problems') },
        ]}
        onChange={(chosen) => {
          setOnlyProblems(chosen === 'problems')
          setPage(1)
        }}
      />
      <ErrorNotice error={outcomes.error} onRetry={outcomes.reload} />
      {rows === undefined && outcomes.loading && <Skeleton active paragraph={{ rows: 6 }} />}
      {rows?.length === 0 && <p className="muted">{t(onlyProblems ? 'no-problems' : 'no-outcomes')}</p>}
      {rows !== undefined && rows.length > 0 && (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col" className="cell-end">
                {t('column.sequence')}
              </th>
              <th scope="col">{t('column.subject')}</th>
              <th scope="col">{t('column.outcome')}</th>
              <th scope="col" className="cell-end">
                {t('column.pages')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <OutcomeRow key={row.sequence} row={row} />
            ))}
          </tbody>
        </table>
      )}
      {outcomes.data !== undefined && outcomes.data.total > PAGE && (
        <Pagination
          current={page}
          pageSize={PAGE}
          total={outcomes.data.total}
          showSizeChanger={false}
          onChange={setPage}
        />
      )}
    </section>
  )
}

function OutcomeRow({ row }: { readonly row: OutputOf<'jobs.outcomes'>['rows'][number] }) {
  const { t } = useTranslation('jobs')
  const code = ERROR_CODES.find((known) => known === row.code)
  const words = useErrorWords(code === undefined ? undefined : { code, details: row.details })
  return (
    <tr>
      <td className="figures cell-end">{row.sequence}</td>
      <td className={row.subject.length < SHORT ? 'cell-line' : 'cell-any'}>
        {row.subject === '' ? t('everything') : row.subject}
      </td>
      <td>
        {t(`outcome.${row.outcome}`)}
        {row.outcome === 'read' && <span className="muted"> {t('read-details', row.details)}</span>}
        {words !== undefined && (
          <span className="muted">
            {' '}
            {words.title}。{words.next}
          </span>
        )}
      </td>
      <td className="figures cell-end">{row.pageCount > 0 ? row.pageCount : ''}</td>
    </tr>
  )
}
