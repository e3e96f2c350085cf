import { Alert, Button, Progress, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../shared/contract/index.ts'
import { call } from '../../../app/client.ts'
import { useAction, useQuery } from '../../../app/use-call.ts'
import { useMay } from '../../../state/session.ts'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import type { TabProps } from '../check-tabs.ts'
import { useIsOpen, useReconcileChanges } from '../use-checking.ts'
import { Disagreements } from './disagreements.tsx'
import { SheetDesk } from './sheet-desk.tsx'
import './sheets.css'

type Sheets = OutputOf<'sheets.get'>

/** 逐页核对: sheet by sheet with the paper in hand; a second person's pass is blind to the first. */
export function SheetsTab({ volumeId, reconciliationId }: TabProps) {
  const work = { volumeId, reconciliationId }
  const sheets = useQuery('sheets.get', work)
  const pages = useQuery('pages.list', { volumeId })
  useReconcileChanges(volumeId, sheets.reload)
  const error = sheets.error ?? pages.error
  if (error !== undefined && (sheets.data === undefined || pages.data === undefined))
    return <ErrorNotice error={error} onRetry={sheets.error === undefined ? pages.reload : sheets.reload} />
  if (sheets.data === undefined || pages.data === undefined)
    return <Skeleton active className="difference-wait" paragraph={{ rows: 8 }} />
  return <Pass work={work} sheets={sheets.data} pages={pages.data} reload={sheets.reload} />
}

interface PassProps {
  readonly work: { readonly volumeId: string; readonly reconciliationId: string }
  readonly sheets: Sheets
  readonly pages: OutputOf<'pages.list'>
  readonly reload: () => void
}

function Pass({ work, sheets, pages, reload }: PassProps) {
  const { t } = useTranslation('sheets')
  const isOpen = useIsOpen(work.volumeId, work.reconciliationId)
  const mayRun = useMay('reconcile.run') && isOpen
  const [looking, setLooking] = useState(false)
  const begin = useAction(async () => {
    await call('sheets.begin', work)
    reload()
  })
  const finish = useAction(async () => {
    await call('sheets.finish', work)
    setLooking(false)
    reload()
  })
  const mine = sheets.passes.find((pass) => pass.mine)
  const theirs = sheets.passes.filter((pass) => !pass.mine)
  const summary = useMemo(
    () =>
      sheets.passes.map((pass) =>
        t(pass.finishedAt === null ? 'pass.under-way' : 'pass.finished', {
          number: pass.number,
          by: pass.by,
          done: pass.done,
          of: pass.of,
        }),
      ),
    [sheets.passes, t],
  )
  const notBegun = mine === undefined
  const mayBegin = mayRun && notBegun && sheets.passes.length < 2
  const beginButton = (
    <Button
      type="primary"
      loading={begin.busy}
      onClick={() => {
        begin.run().catch((thrown: unknown) => console.warn('pass not begun', thrown))
      }}
    >
      {t(theirs.length === 0 ? 'begin.first' : 'begin.second')}
    </Button>
  )
  if (pages.length === 0) return <EmptyState icon="☰" title={t('no-pages')} text={t('no-pages-text')} />
  if (sheets.passes.length === 0)
    return (
      <EmptyState icon="☰" title={t('begin.title')} text={t('begin.text', { count: pages.length })}>
        {mayBegin && beginButton}
        <ErrorNotice error={begin.error} />
      </EmptyState>
    )
  return (
    <div className="sheets-tab">
      <div className="sheets-head">
        {mine !== undefined && (
          <Progress
            className="sheets-progress"
            aria-label={t('progress')}
            percent={mine.of === 0 ? 0 : (100 * mine.done) / mine.of}
            format={() => `${mine.done} / ${mine.of}`}
            size="small"
          />
        )}
        <span className="sheets-passes">{summary.join(' · ')}</span>
        {mayBegin && beginButton}
        {mine !== undefined && mine.finishedAt === null && (
          <Button
            loading={finish.busy}
            type={mine.done >= mine.of ? 'primary' : 'default'}
            onClick={() => {
              finish.run().catch((thrown: unknown) => console.warn('pass not ended', thrown))
            }}
          >
            {t('finish')}
          </Button>
        )}
        {mine?.finishedAt != null && (
          <Button onClick={() => setLooking((before) => !before)}>{t(looking ? 'hide' : 'look')}</Button>
        )}
      </div>
      <ErrorNotice error={begin.error ?? finish.error} />
      {mine?.finishedAt != null && theirs.length === 0 && (
        <Alert type="success" showIcon title={t('done')} description={t('done-text')} />
      )}
      {sheets.disagreements.length > 0 && (
        <Disagreements work={work} rows={sheets.disagreements} pages={pages} onSettled={reload} />
      )}
      {mine !== undefined && (mine.finishedAt === null || looking) && (
        <SheetDesk
          work={work}
          pages={pages}
          verdicts={sheets.mine}
          gaps={sheets.gaps}
          nextPageId={sheets.nextPageId}
          closed={mine.finishedAt !== null}
        />
      )}
    </div>
  )
}
