import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import type { PageThenAndNow } from '../../../../shared/contract/restores.ts'
import { useQuery } from '../../../app/use-call.ts'
import { pageAddress } from '../../../viewer/page-address.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { useBackupWords } from '../use-backup-words.ts'

interface PagePicturesProps {
  readonly mediumId: string
  readonly snapshotId: string
  readonly caseId: string
  readonly page: PageThenAndNow
}

/** The page as the backup shows it beside the page as it is today. */
export function PagePictures({ mediumId, snapshotId, caseId, page }: PagePicturesProps) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  const { inSnapshot, today } = page
  const picture = useQuery('restores.pagePicture', { mediumId, snapshotId, caseId, pageId: page.pageId })
  const todayShown = today !== null && today.fault === null
  return (
    <div className="backup-pictures" data-testid="page-pictures">
      <figure>
        <figcaption className="muted">
          {t('restore.page-then', { version: inSnapshot.number, time: words.time(inSnapshot.createdAt) })}
        </figcaption>
        <ErrorNotice error={picture.error} onRetry={picture.reload} />
        {picture.data === undefined ? (
          picture.error === undefined && <Skeleton.Node active className="backup-picture-waiting" />
        ) : (
          <img
            src={`data:${picture.data.mediaType};base64,${picture.data.base64}`}
            alt={t('restore.page-then-alt', { position: page.position })}
          />
        )}
      </figure>
      <figure>
        <figcaption className="muted">
          {today === null
            ? t('restore.page-today-none')
            : t('restore.page-today', { version: today.number, time: words.time(today.createdAt) })}
        </figcaption>
        {todayShown ? (
          <img
            src={pageAddress(today.versionId, 'view')}
            alt={t('restore.page-today-alt', { position: page.position })}
          />
        ) : (
          <p className="backup-picture-none">
            {t(
              `restore.difference-text.${page.difference === 'changed' ? (today?.fault ?? 'gone') : page.difference}`,
            )}
          </p>
        )}
      </figure>
    </div>
  )
}
