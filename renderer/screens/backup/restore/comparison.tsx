import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../../app/use-call.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { useBackupWords } from '../use-backup-words.ts'

interface ComparisonProps {
  readonly mediumId: string
  readonly snapshotId: string
  /** Of this case alone. */
  readonly caseId?: string | undefined
}

const COUNTS = ['cases', 'volumes', 'pages'] as const

/** What a backup has and today has not, and the other way round. */
export function Comparison({ mediumId, snapshotId, caseId }: ComparisonProps) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  const compared = useQuery('restores.compare', {
    ...{ mediumId, snapshotId },
    ...(caseId === undefined ? {} : { caseId }),
  })
  if (compared.error !== undefined) return <ErrorNotice error={compared.error} onRetry={compared.reload} />
  if (compared.data === undefined) return <Skeleton active paragraph={{ rows: 3 }} />
  const { data } = compared
  const same = data.pagesOnlyThen === 0 && data.pagesOnlyToday === 0 && data.pagesChanged === 0
  return (
    <section className="backup-comparison" data-testid="comparison" aria-label={t('restore.compared')}>
      <h2 className="backup-part-head">{t('restore.compared')}</h2>
      <table className="plain-table">
        <thead>
          <tr>
            <td />
            <th scope="col" className="cell-end">
              {t('restore.then', { time: words.moment(data.createdAt) })}
            </th>
            <th scope="col" className="cell-end">
              {t('restore.today')}
            </th>
          </tr>
        </thead>
        <tbody>
          {(caseId === undefined ? COUNTS : COUNTS.slice(1)).map((count) => (
            <tr key={count}>
              <th scope="row">{t(`restore.count.${count}`)}</th>
              <td className="figures cell-end">{words.count(data.inSnapshot[count])}</td>
              <td className="figures cell-end">{words.count(data.today[count])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {same ? (
        <p>{t('restore.same')}</p>
      ) : (
        <ul>
          {data.pagesOnlyToday > 0 && <li>{t('restore.only-today', { count: data.pagesOnlyToday })}</li>}
          {data.pagesOnlyThen > 0 && <li>{t('restore.only-then', { count: data.pagesOnlyThen })}</li>}
          {data.pagesChanged > 0 && <li>{t('restore.changed', { count: data.pagesChanged })}</li>}
        </ul>
      )}
    </section>
  )
}
