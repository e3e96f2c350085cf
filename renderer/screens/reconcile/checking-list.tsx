import { AuditOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { VOLUME_KIND_INFO } from '../../../shared/domain/volume-kind.ts'
import { useTerm } from '../../app/terms.ts'
import { useQuery } from '../../app/use-call.ts'
import { CaseNumber } from '../../widgets/case-number.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { ProofWords } from '../../widgets/proof-words.tsx'
import { type Checking, useReconcileChanges } from './use-checking.ts'
import { useMoment } from './use-moment.ts'

const COLUMNS = ['case', 'pages', 'differences', 'ways', 'since'] as const

interface CheckingListProps {
  readonly ended: boolean
  readonly onBegin: (() => void) | undefined
}

/** Checkings as a table: what each found, how it was looked for, what still waits. */
export function CheckingList({ ended, onBegin }: CheckingListProps) {
  const { t } = useTranslation('reconcile')
  const list = useQuery('reconcile.list', { ended })
  useReconcileChanges(undefined, list.reload)
  if (list.error !== undefined) return <ErrorNotice error={list.error} onRetry={list.reload} />
  if (list.data === undefined) return <Skeleton active paragraph={{ rows: 6 }} />
  const rows = list.data.filter(({ state }) => (state === 'open') !== ended)
  if (rows.length === 0) {
    const name = ended ? 'ended' : 'open'
    return (
      <EmptyState
        icon={<AuditOutlined aria-hidden="true" />}
        title={t(`empty.${name}.title`)}
        text={t(`empty.${name}.text`)}
      >
        {onBegin !== undefined && <Button onClick={onBegin}>{t('new.title')}</Button>}
      </EmptyState>
    )
  }
  return (
    <table className="plain-table checking-table">
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {t(`column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <CheckingRow key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function CheckingRow({ row }: { readonly row: Checking }) {
  const { t } = useTranslation('reconcile')
  const term = useTerm()
  const moment = useMoment()
  const { differences, ways } = row
  const counts = (['found', 'judged', 'handled', 'closed', 'dismissed'] as const).filter(
    (state) => differences[state] > 0,
  )
  const used = [
    ...(ways.catalogue === 'given' ? [t('way.lists')] : []),
    ...(ways.sheets.firstDone > 0
      ? [
          t('way.sheets', {
            first: ways.sheets.firstDone,
            second: ways.sheets.secondDone,
            of: ways.sheets.of,
          }),
        ]
      : []),
    ...(ways.rescan.scans > 0 ? [t('way.rescan', { count: ways.rescan.scans })] : []),
  ]
  return (
    <tr>
      <th scope="row" className="cell-any">
        <Link to={`/reconcile/${row.caseId}/${row.volumeId}`}>
          <CaseNumber number={row.caseNumber} /> {term(VOLUME_KIND_INFO[row.volumeKind])}
        </Link>
        {row.state !== 'open' && <div className="muted">{t(`ended-state.${row.state}`)}</div>}
        {row.proof !== null && (
          <div>
            <ProofWords proof={row.proof} />
          </div>
        )}
      </th>
      <td className="figures">{t('pages-of', { paper: row.paperPages, electronic: row.electronicPages })}</td>
      <td className="figures">
        {counts.length === 0
          ? t('count.none')
          : counts.map((state) => (
              <div key={state}>{t(`count.${state}`, { count: differences[state] })}</div>
            ))}
      </td>
      <td className="figures">
        {used.length === 0 ? t('way.none') : used.map((words) => <div key={words}>{words}</div>)}
        {ways.rescan.toDecide > 0 && (
          <div className="checking-waits">{t('way.to-decide', { count: ways.rescan.toDecide })}</div>
        )}
      </td>
      <td className="figures">
        {row.startedBy}
        <div className="muted">
          {moment(row.startedAt)}
          {row.endedAt !== null && ` — ${moment(row.endedAt)}`}
        </div>
      </td>
    </tr>
  )
}
