import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  CopyOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons'
import { Segmented } from 'antd'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import type { AppError } from '../../../shared/errors.ts'
import { asAppError, call } from '../../app/client.ts'
import { errorWords } from '../../app/error-words.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { isErrorCode, splitName } from './intake-words.ts'
import { VirtualLines } from './virtual-lines.tsx'

type JobOutcome = OutputOf<'jobs.outcomes'>['rows'][number]

const WINDOW = 200

interface OutcomeListProps {
  readonly jobId: string
  /** Grows while the job runs, so that the list follows. */
  readonly round: number
  readonly running: boolean
}

interface Fetched {
  readonly total: number
  readonly rows: ReadonlyMap<number, JobOutcome>
}

const NOTHING: Fetched = { total: 0, rows: new Map() }

/** One line of outcome for every file; only the lines in sight are fetched. */
export function OutcomeList({ jobId, round, running }: OutcomeListProps) {
  const { t } = useTranslation('intake')
  const [onlyProblems, setOnlyProblems] = useState(false)
  const [fetched, setFetched] = useState<Fetched>(NOTHING)
  const [failure, setFailure] = useState<AppError>()
  const [windows, setWindows] = useState({ first: 0, last: 0 })
  const onShown = useCallback((first: number, last: number) => {
    const next = { first: Math.floor(first / WINDOW), last: Math.floor(last / WINDOW) }
    setWindows((before) => (before.first === next.first && before.last === next.last ? before : next))
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again while the job runs
  useEffect(() => {
    let wanted = true
    const ask = async () => {
      for (let window = windows.first; window <= windows.last; window += 1) {
        const offset = window * WINDOW
        const answer = await call('jobs.outcomes', { jobId, offset, limit: WINDOW, onlyProblems })
        if (!wanted) return
        setFetched((before) => {
          const rows = new Map(before.rows)
          answer.rows.forEach((row, index) => {
            rows.set(offset + index, row)
          })
          return { total: answer.total, rows }
        })
      }
    }
    ask().then(
      () => wanted && setFailure(undefined),
      (thrown: unknown) => wanted && setFailure(asAppError(thrown)),
    )
    return () => {
      wanted = false
    }
  }, [jobId, onlyProblems, round, windows])

  return (
    <div className="intake-list">
      <p className="intake-list-sum">
        <b>{t('outcome.title')}</b>
        <Segmented
          size="small"
          value={onlyProblems ? 'problems' : 'all'}
          options={[
            { value: 'all', label: t('outcome.all') },
            { value: 'problems', label: t('outcome.onlyProblems') },
          ]}
          onChange={(value) => {
            setFetched(NOTHING)
            setOnlyProblems(value === 'problems')
          }}
        />
        <span className="muted">{t('outcome.lines', { count: fetched.total })}</span>
      </p>
      <ErrorNotice error={failure} />
      {fetched.total === 0 && failure === undefined && (
        <p className="muted intake-none">
          {onlyProblems ? t('outcome.noProblems') : running ? t('outcome.waiting') : t('outcome.none')}
        </p>
      )}
      <VirtualLines
        count={fetched.total}
        label={t('outcome.title')}
        onShown={onShown}
        line={(index) => {
          const row = fetched.rows.get(index)
          return row === undefined ? null : <OutcomeLine row={row} />
        }}
      />
    </div>
  )
}

const MARKS: Readonly<Partial<Record<JobOutcome['outcome'], ReactNode>>> = {
  imported: <CheckCircleOutlined />,
  duplicate: <CopyOutlined />,
  failed: <CloseCircleOutlined />,
  skipped: <MinusCircleOutlined />,
}

interface OutcomeLineProps {
  readonly row: JobOutcome
}

function OutcomeLine({ row }: OutcomeLineProps) {
  const { t } = useTranslation('intake')
  const { folder, base } = splitName(row.subject)
  const isTable = row.subject === ''
  const words =
    row.code !== null && isErrorCode(row.code)
      ? errorWords(t, { code: row.code, details: row.details })
      : undefined
  const text = (name: string) => {
    const value = row.details[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const notes = [
    row.outcome === 'duplicate' && text('of') !== undefined
      ? t('outcome.of', { name: text('of') })
      : undefined,
    text('sameAs') === undefined ? undefined : t('outcome.sameAs', { name: text('sameAs') }),
    ...(text('remarks') ?? '')
      .split(' ')
      .filter((code) => code !== '')
      .map((code) => t(`outcome.remark.${code}`, code)),
  ].filter((note) => note !== undefined)
  return (
    <>
      <span className="intake-outcome" data-outcome={row.outcome}>
        <span aria-hidden="true">{MARKS[row.outcome]}</span> {t(`outcome.kind.${row.outcome}`)}
      </span>
      <span className="intake-line-name">
        {isTable ? (
          t('outcome.table', {
            rows: Number(row.details.rows ?? 0),
            unmatched: Number(row.details.unmatched ?? 0),
          })
        ) : (
          <>
            {folder !== '' && <span className="muted">{folder}</span>}
            <wbr />
            {base}
          </>
        )}
        {words !== undefined && (
          <span className="intake-outcome-why">
            <b>{words.title}</b> {words.next}
          </span>
        )}
        {notes.length > 0 && <span className="intake-outcome-why">{notes.join(t('outcome.comma'))}</span>}
      </span>
      <span className="intake-line-size">
        {row.pageCount > 0 ? t('outcome.pages', { count: row.pageCount }) : ''}
      </span>
    </>
  )
}
