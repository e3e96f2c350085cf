import { Segmented, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../../app/use-call.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import type { TabProps } from '../check-tabs.ts'
import { type Difference, useReconcileChanges } from '../use-checking.ts'
import { DifferenceDetail } from './difference-detail.tsx'
import { DifferenceList } from './difference-list.tsx'
import './settling.css'

interface DifferencePanelProps extends TabProps {
  readonly selectedId: string | null
  readonly onSelect: (differenceId: string) => void
  /** The match that is shown beside the panel. */
  readonly matchId: string | null
}

const SHOWN = ['todo', 'here', 'all'] as const
type Shown = (typeof SHOWN)[number]
const DONE: ReadonlySet<Difference['state']> = new Set(['closed', 'dismissed'])
/** More than a volume ever had; the register has them all. */
const MOST_ROWS = 1000

const isSettled = ({ state, checked }: Difference) =>
  DONE.has(state) && (state !== 'dismissed' || checked !== null)

/** What was found in a checking, one after the other, and what is decided of the one in hand. */
export function DifferencePanel(props: DifferencePanelProps) {
  const { volumeId, reconciliationId, selectedId, onSelect, matchId } = props
  const { t } = useTranslation('settling')
  const [shown, setShown] = useState<Shown>('todo')
  const list = useQuery('differences.list', { filter: { volumeId }, limit: MOST_ROWS })
  useReconcileChanges(volumeId, list.reload)
  // Those of this checking, and what is still open from before it or was entered by hand.
  const rows = useMemo(
    () =>
      list.data?.rows.filter(
        (row) => row.reconciliationId === reconciliationId || !isSettled(row) || row.id === selectedId,
      ),
    [list.data, reconciliationId, selectedId],
  )
  const counts = useMemo(
    () => ({
      todo: rows?.filter((row) => !isSettled(row)).length ?? 0,
      here: rows?.filter((row) => row.matchId !== null && row.matchId === matchId).length ?? 0,
      all: rows?.length ?? 0,
    }),
    [rows, matchId],
  )
  if (list.error !== undefined && rows === undefined)
    return <ErrorNotice error={list.error} onRetry={list.reload} />
  if (rows === undefined) return <Skeleton active className="difference-wait" paragraph={{ rows: 6 }} />
  const fitting = rows.filter((row) =>
    shown === 'all'
      ? true
      : shown === 'here'
        ? row.matchId === matchId
        : !isSettled(row) || row.id === selectedId,
  )
  const selected = rows.find(({ id }) => id === selectedId)
  const next = () => {
    const at = fitting.findIndex(({ id }) => id === selectedId)
    const following = [...fitting.slice(at + 1), ...fitting.slice(0, Math.max(0, at))]
    const open = following.find(({ state }) => state === 'found')
    if (open !== undefined) onSelect(open.id)
  }
  return (
    <div className="difference-panel">
      <Segmented<Shown>
        block
        size="small"
        className="difference-shown"
        value={shown}
        onChange={setShown}
        options={SHOWN.map((value) => ({ value, label: t(`shown.${value}`, { count: counts[value] }) }))}
      />
      <DifferenceList
        rows={fitting}
        selectedId={selectedId}
        onSelect={onSelect}
        empty={t(`empty.${shown}`)}
      />
      {selected === undefined ? (
        <p className="muted difference-choose">{t('choose')}</p>
      ) : (
        <DifferenceDetail key={selected.id} difference={selected} onChanged={list.reload} onNext={next} />
      )}
    </div>
  )
}
