import { ToolOutlined } from '@ant-design/icons'
import { Alert, Button, Drawer, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import type { MediumCheck, MediumProblem } from '../../../../shared/contract/backup.ts'
import type { Medium } from '../../../../shared/contract/media.ts'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { useMay } from '../../../state/session.ts'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { useBackupQuery } from '../backup-jobs.ts'
import { timeOfSnapshot, useBackupWords } from '../use-backup-words.ts'
import { FILE_KINDS, fileKind } from './file-kind.ts'

interface CheckDrawerProps {
  readonly mediumId: string
  readonly media: readonly Medium[]
  readonly onClose: () => void
  readonly onStarted: (jobId: string, mediumId: string) => void
}

/** 核验结果: what the last check of a medium found, in words, and what to do about it. */
export function CheckDrawer({ mediumId, media, onClose, onStarted }: CheckDrawerProps) {
  const { t } = useTranslation('backup')
  const medium = media.find(({ id }) => id === mediumId)
  const check = useBackupQuery('backup.lastCheck', { mediumId })
  const mayRun = useMay('backup.run')
  const repair = useAction(async () => {
    const { jobId } = await call('backup.repair', { mediumId })
    onStarted(jobId, mediumId)
  })
  const problems = check.data?.problems ?? []
  const repairable = problems.filter((problem) => problem.repairable).length
  const present = medium?.present === true
  return (
    <Drawer open onClose={onClose} size={760} title={t('check.title', { number: medium?.number ?? '' })}>
      <ErrorNotice error={check.error} onRetry={check.reload} />
      {check.data === undefined && check.loading && <Skeleton active paragraph={{ rows: 5 }} />}
      {check.data === null && (
        <EmptyState
          icon={<ToolOutlined aria-hidden="true" />}
          title={t('check.none.title')}
          text={t('check.none.text')}
        />
      )}
      {check.data !== undefined && check.data !== null && (
        <>
          <CheckFacts check={check.data} />
          {repairable > 0 && (
            <div className="backup-tools">
              {mayRun && present ? (
                <Button
                  type="primary"
                  icon={<ToolOutlined aria-hidden="true" />}
                  loading={repair.busy}
                  onClick={() => {
                    repair.run().catch((error: unknown) => console.warn('not started', error))
                  }}
                >
                  {t('check.repair', { count: repairable })}
                </Button>
              ) : (
                <span className="muted">{t(present ? 'check.repair-who' : 'check.repair-absent')}</span>
              )}
              <span className="muted">{t('check.repair-text')}</span>
            </div>
          )}
          <ErrorNotice error={repair.error} />
          {problems.length > 0 && <ProblemTable problems={problems} />}
        </>
      )}
    </Drawer>
  )
}

function CheckFacts({ check }: { readonly check: MediumCheck }) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  const { problems } = check
  const sound = problems.length === 0
  const hit = new Set(problems.flatMap(({ snapshots }) => snapshots))
  return (
    <Alert
      type={sound ? 'success' : 'error'}
      showIcon
      role="alert"
      data-testid="check-result"
      data-sound={sound}
      title={t(sound ? 'check.sound' : 'check.damaged', {
        count: problems.length,
        problems: problems.length,
      })}
      description={
        <>
          <p className="figures">
            {t('check.facts', {
              time: words.time(check.at),
              by: check.by,
              depth: t(`depth.${check.depth}`),
              snapshots: words.count(check.snapshots),
              objects: words.count(check.objects),
              size: words.size(check.bytes),
            })}
          </p>
          {!sound && (
            <p>
              {t(hit.size >= check.snapshots ? 'check.hit-all' : 'check.hit', {
                hit: hit.size,
                all: check.snapshots,
              })}
            </p>
          )}
          {check.sample !== null && <p className="figures">{t('check.sampled', { ...check.sample })}</p>}
          {check.depth !== 'quick' && !check.pastCache && <p>{t('check.cached')}</p>}
          {check.unneeded > 0 && <p>{t('check.unneeded', { count: check.unneeded })}</p>}
        </>
      }
    />
  )
}

/** Rows of one kind that are shown; a drive that is failing has thousands. */
const SHOWN = 50

function ProblemTable({ problems }: { readonly problems: readonly MediumProblem[] }) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  const byKind = Map.groupBy(problems, ({ file }) => fileKind(file))
  return FILE_KINDS.map((kind) => {
    const own = byKind.get(kind) ?? []
    if (own.length === 0) return null
    return (
      <section key={kind} className="backup-problems">
        <h2>{t('check.kind-count', { kind: t(`file-kind.${kind}.name`), count: own.length })}</h2>
        <p>{t(`file-kind.${kind}.means`)}</p>
        <table className="plain-table">
          <thead>
            <tr>
              {['file', 'fault', 'hit', 'next'].map((column) => (
                <th key={column} scope="col">
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {own.slice(0, SHOWN).map((problem) => (
              <tr key={`${problem.file} ${problem.reason}`}>
                <td className="cell-any backup-file">{problem.file}</td>
                <td className="cell-line">{t(`fault.${problem.reason}`)}</td>
                <td className="figures">
                  {problem.snapshots.length === 0
                    ? t('check.no-snapshot')
                    : problem.snapshots.map((id) => (
                        <div key={id} className="cell-line">
                          {words.moment(timeOfSnapshot(id))}
                        </div>
                      ))}
                </td>
                <td>{t(problem.repairable ? 'check.next-repair' : `check.next.${kind}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {own.length > SHOWN && <p className="muted">{t('check.more', { count: own.length - SHOWN })}</p>}
      </section>
    )
  })
}
