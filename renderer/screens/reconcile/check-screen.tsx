import { AuditOutlined, ScanOutlined } from '@ant-design/icons'
import { Alert, Button, Skeleton, Tabs } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { call } from '../../app/client.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { isUnderWay, useJobs } from '../../state/jobs.ts'
import { useMay } from '../../state/session.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { ReasonDialog } from '../../widgets/reason-dialog.tsx'
import { CheckHeader } from './check-header.tsx'
import { type CheckPlace, type CheckTab, isCheckTab, type TabProps } from './check-tabs.ts'
import { CompareTab } from './compare-tab.tsx'
import { ListsTab } from './lists/lists-tab.tsx'
import { ReportTab } from './report/report-tab.tsx'
import { RescanDialog } from './rescan-dialog.tsx'
import { RescanProgress } from './rescan-progress.tsx'
import { PlanTab } from './settling/plan-tab.tsx'
import { SheetsTab } from './sheets/sheets-tab.tsx'
import { type Checking, useReconcileChanges } from './use-checking.ts'
import { useMoment } from './use-moment.ts'

/** One volume against its paper. `?tab=`, `?match=` and `?difference=` say where to begin. */
export function CheckScreen() {
  const { caseId, volumeId } = useParams()
  if (caseId === undefined || volumeId === undefined) return null
  return <OpenVolume key={volumeId} caseId={caseId} volumeId={volumeId} />
}

interface OpenVolumeProps {
  readonly caseId: string
  readonly volumeId: string
}

function OpenVolume({ caseId, volumeId }: OpenVolumeProps) {
  const { t } = useTranslation('reconcile')
  const mayRun = useMay('reconcile.run')
  const checking = useQuery('reconcile.ofVolume', { volumeId })
  useReconcileChanges(volumeId, checking.reload)
  const start = useAction(async () => {
    await call('reconcile.start', { volumeId })
    checking.reload()
  })
  const begin = () => {
    start.run().catch((error: unknown) => console.warn('checking not begun', error))
  }
  if (checking.error !== undefined) {
    return (
      <div className="check-fault">
        <ErrorNotice error={checking.error} onRetry={checking.reload} />
      </div>
    )
  }
  if (checking.data === undefined) return <Skeleton active className="check-wait" paragraph={{ rows: 8 }} />
  if (checking.data === null) {
    return (
      <EmptyState icon={<AuditOutlined aria-hidden="true" />} title={t('begin.title')} text={t('begin.text')}>
        {mayRun && (
          <Button type="primary" loading={start.busy} onClick={begin}>
            {t('begin.do')}
          </Button>
        )}
        <Button href={`#/cases/${caseId}?volume=${volumeId}`}>{t('begin.to-case')}</Button>
        <ErrorNotice error={start.error} />
      </EmptyState>
    )
  }
  return (
    <OpenChecking
      key={checking.data.id}
      checking={checking.data}
      reload={checking.reload}
      onAgain={mayRun && checking.data.state !== 'open' ? begin : undefined}
      againBusy={start.busy}
    >
      <ErrorNotice error={start.error} />
    </OpenChecking>
  )
}

interface OpenCheckingProps {
  readonly checking: Checking
  readonly reload: () => void
  readonly onAgain: (() => void) | undefined
  readonly againBusy: boolean
  readonly children: React.ReactNode
}

/** The job that scans and compares for this checking: the one begun here, else the newest unless it came to its end. */
function useRescanJob(ofVolumeId: string, startedId: string | undefined) {
  return useJobs((store) => {
    if (startedId !== undefined) return store.jobs.find(({ id }) => id === startedId)
    const newest = store.jobs.find((job) => job.kind === 'reconcile' && job.volumeId === ofVolumeId)
    return newest?.state === 'succeeded' ? undefined : newest
  })
}

function OpenChecking({ checking, reload, onAgain, againBusy, children }: OpenCheckingProps) {
  const { t } = useTranslation('reconcile')
  const moment = useMoment()
  const [search, setSearch] = useSearchParams()
  const [rescanning, setRescanning] = useState(false)
  const [ending, setEnding] = useState(false)
  const [startedId, setStartedId] = useState<string>()
  const [dismissed, setDismissed] = useState<string>()
  const { id: reconciliationId, volumeId, caseId } = checking
  const mayRun = useMay('reconcile.run') && checking.state === 'open'
  const job = useRescanJob(volumeId, startedId)
  const running = job !== undefined && isUnderWay(job)
  const runningId = running ? job.id : undefined
  // One that was seen under way stays in sight when it has come to its end.
  useEffect(() => {
    if (runningId !== undefined) setStartedId(runningId)
  }, [runningId])
  const asked = search.get('tab')
  const tab: CheckTab = isCheckTab(asked) ? asked : 'compare'
  const goTo = ({ tab: next, match, difference }: CheckPlace) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        after.set('tab', next)
        if (match !== undefined || difference !== undefined) after.delete('match')
        if (match !== undefined) after.set('match', match)
        if (difference !== undefined) after.set('difference', difference)
        else if (match !== undefined) after.delete('difference')
        return after
      },
      { replace: true },
    )
  const matchAgain = useAction(async () => {
    setStartedId(await call('reconcile.rescan', { volumeId, reconciliationId, paths: [] }))
  })
  const abandon = useAction(async (reason: string) => {
    await call('reconcile.abandon', { volumeId, reconciliationId, reason })
    setEnding(false)
    reload()
  })
  const props: TabProps = { volumeId, caseId, reconciliationId }
  const { sheets, rescan } = checking.ways
  const pages: readonly {
    readonly key: CheckTab
    readonly label: string
    readonly children: React.ReactNode
  }[] = [
    {
      key: 'compare',
      label: rescan.toDecide > 0 ? t('tab.compare-waiting', { count: rescan.toDecide }) : t('tab.compare'),
      children: (
        <CompareTab
          {...props}
          mayRun={mayRun}
          running={running}
          onRescan={() => setRescanning(true)}
          onMatchAgain={() => {
            matchAgain.run().catch((error: unknown) => console.warn('not matched again', error))
          }}
        />
      ),
    },
    {
      key: 'lists',
      label: t(checking.ways.catalogue === 'given' ? 'tab.lists-given' : 'tab.lists'),
      children: <ListsTab {...props} />,
    },
    {
      key: 'sheets',
      label:
        sheets.firstDone > 0
          ? t('tab.sheets-progress', { done: Math.max(sheets.firstDone, sheets.secondDone), of: sheets.of })
          : t('tab.sheets'),
      children: <SheetsTab {...props} />,
    },
    { key: 'plan', label: t('tab.plan'), children: <PlanTab {...props} /> },
    {
      key: 'report',
      label: t('tab.report'),
      children: <ReportTab {...props} checking={checking} onGo={goTo} />,
    },
  ]
  return (
    <div className="check-screen">
      <CheckHeader checking={checking} />
      {checking.state !== 'open' && (
        <Alert
          type="info"
          showIcon
          banner
          title={t(`ended.${checking.state}`, {
            at: checking.endedAt === null ? '' : moment(checking.endedAt),
          })}
          action={
            onAgain !== undefined && (
              <Button size="small" loading={againBusy} onClick={onAgain}>
                {t('ended.again')}
              </Button>
            )
          }
        />
      )}
      {children}
      {job !== undefined && job.id !== dismissed && (running || checking.state === 'open') && (
        <RescanProgress job={job} onDismiss={() => setDismissed(job.id)} />
      )}
      <ErrorNotice error={matchAgain.error} />
      <div className="check-tabs-room">
        <Tabs
          className="check-tabs"
          items={pages.map((page) => ({ ...page }))}
          activeKey={tab}
          onChange={(key) => isCheckTab(key) && goTo({ tab: key })}
          destroyOnHidden
        />
        {mayRun && !running && (
          <span className="check-actions">
            <Button
              size="small"
              icon={<ScanOutlined aria-hidden="true" />}
              onClick={() => setRescanning(true)}
            >
              {t('rescan.do')}
            </Button>
            <Button size="small" onClick={() => setEnding(true)}>
              {t('end.open')}
            </Button>
          </span>
        )}
      </div>
      {rescanning && (
        <RescanDialog
          volumeId={volumeId}
          reconciliationId={reconciliationId}
          onClose={() => setRescanning(false)}
          onStarted={(jobId) => {
            setStartedId(jobId)
            setRescanning(false)
          }}
        />
      )}
      {ending && (
        <ReasonDialog
          title={t('end.title')}
          text={t('end.text')}
          label={t('end.reason')}
          doText={t('end.do')}
          busy={abandon.busy}
          error={abandon.error}
          onDo={(reason) => {
            abandon.run(reason).catch((error: unknown) => console.warn('not ended', error))
          }}
          onCancel={() => setEnding(false)}
        />
      )}
    </div>
  )
}
